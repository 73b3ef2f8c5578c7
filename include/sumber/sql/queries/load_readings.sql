-- The readings that were attributed: their offsets are the ones that hold, even where a newer reading waits to be attributed.
SELECT
    article.id,
    article.generation,
    article.capture_id,
    article.captured_month,
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
FROM unnest(%(ids)s::bigint [], %(generations)s::integer []) AS wanted (article_id, generation)
INNER JOIN
    core.attributed_article AS attributed
    ON attributed.article_id = wanted.article_id AND attributed.generation = wanted.generation
INNER JOIN core.article ON article.id = attributed.article_id AND article.generation = attributed.article_generation
INNER JOIN raw.capture ON capture.id = article.capture_id
ORDER BY article.id
