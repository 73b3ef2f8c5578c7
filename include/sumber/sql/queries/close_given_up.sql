-- Tracing refuses nothing by itself: what it settles at last was given up before, at most.
UPDATE core.rejection SET closed_at = now()
WHERE
    step = 'trace'
    AND closed_at IS NULL
    AND capture_id IN (SELECT article.capture_id FROM core.article WHERE article.id = ANY(%(articles)s))
