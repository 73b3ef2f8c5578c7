-- The reading that was attributed: its offsets are the ones that hold, even where a newer reading waits to be attributed.
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
    article.credits
FROM core.attributed_article
INNER JOIN
    core.article
    ON article.id = attributed_article.article_id AND article.generation = attributed_article.article_generation
WHERE attributed_article.article_id = ANY(%(ids)s) AND attributed_article.closed_at IS NULL
ORDER BY article.id
