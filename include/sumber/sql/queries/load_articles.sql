SELECT
    article.id,
    article.generation,
    article.capture_id,
    article.name,
    article.url,
    article.outlet,
    article.lang,
    article.published_at,
    article.headline,
    article.dateline,
    article.text,
    article.blocks,
    article.credits,
    capture.sha256,
    capture.captured_at
FROM core.article
INNER JOIN raw.capture ON capture.id = article.capture_id
WHERE article.id = ANY(%(ids)s) AND article.closed_at IS NULL
ORDER BY article.id
