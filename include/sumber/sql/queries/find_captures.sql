SELECT DISTINCT capture.sha256, capture.name, capture.captured_at
FROM raw.capture
INNER JOIN core.article ON article.capture_id = capture.id AND article.closed_at IS NULL
WHERE capture.sha256 = %(place)s OR capture.name = %(place)s OR capture.url = %(place)s
ORDER BY capture.captured_at, capture.sha256
