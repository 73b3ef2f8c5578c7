-- What stands behind the open rejections that are chosen, and the item that its step works on: null where nothing is stored that could be
-- worked on again (bytes that were never kept, an article that is gone).
SELECT DISTINCT
    rejection.step,
    rejection.capture_id,
    CASE
        WHEN rejection.step = 'read' THEN capture.id
        WHEN rejection.step IN ('attribute', 'trace') THEN article.id
    END AS item_id
FROM core.rejection
LEFT JOIN raw.capture ON capture.id = rejection.capture_id
LEFT JOIN core.article ON article.capture_id = rejection.capture_id AND article.closed_at IS NULL
WHERE
    rejection.closed_at IS NULL
    AND (%(rule)s::text IS NULL OR rejection.rule = %(rule)s)
    AND (%(step)s::text IS NULL OR rejection.step = %(step)s)
    AND (%(outlet)s::text IS NULL OR coalesce(article.outlet, capture.outlet) = %(outlet)s)
    AND (%(since)s::timestamptz IS NULL OR coalesce(article.published_at, capture.published_at, capture.captured_at) >= %(since)s)
    AND (%(until)s::timestamptz IS NULL OR coalesce(article.published_at, capture.published_at, capture.captured_at) < %(until)s)
ORDER BY rejection.step, rejection.capture_id
