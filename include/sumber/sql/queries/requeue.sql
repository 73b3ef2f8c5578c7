-- Explicit reprocessing: of the articles published from one day to another, of one outlet, or of all.
INSERT INTO core.pending (step, item_id)
SELECT
    %(step)s,
    CASE %(step)s WHEN 'read' THEN article.capture_id ELSE article.id END AS item_id
FROM core.article
WHERE
    article.closed_at IS NULL
    AND (%(since)s::timestamptz IS NULL OR article.published_at >= %(since)s)
    AND (%(until)s::timestamptz IS NULL OR article.published_at < %(until)s)
    AND (%(outlet)s::text IS NULL OR article.outlet = %(outlet)s)
ORDER BY item_id
ON CONFLICT (step, item_id) DO UPDATE SET requests = pending.requests + 1
