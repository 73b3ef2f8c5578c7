-- Explicit reprocessing: of the articles published from one day to another, of one outlet, or of all. Reading all again takes the captures
-- that were refused too: they may have been refused by a reader that knew less.
INSERT INTO core.pending (step, item_id)
SELECT
    %(step)s,
    CASE %(step)s WHEN 'read' THEN capture.id ELSE article.id END AS item_id
FROM raw.capture
LEFT JOIN core.article ON article.capture_id = capture.id AND article.closed_at IS NULL
WHERE
    (%(step)s = 'read' OR article.id IS NOT NULL)
    AND (%(since)s::timestamptz IS NULL OR article.published_at >= %(since)s)
    AND (%(until)s::timestamptz IS NULL OR article.published_at < %(until)s)
    AND (%(outlet)s::text IS NULL OR article.outlet = %(outlet)s)
ORDER BY item_id
ON CONFLICT (step, item_id) DO UPDATE SET requests = pending.requests + 1
