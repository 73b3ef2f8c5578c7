SELECT
    capture.id,
    capture.sha256,
    capture.media_type,
    capture.captured_at,
    capture.url,
    capture.outlet,
    capture.lang,
    capture.published_at,
    capture.headline,
    capture.name,
    content.compressed
FROM raw.capture
INNER JOIN raw.content ON content.sha256 = capture.sha256
WHERE capture.id = ANY(%(ids)s)
ORDER BY capture.id
