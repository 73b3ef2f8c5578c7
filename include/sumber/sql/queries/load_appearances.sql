SELECT appearance.*
FROM core.attributed_article
INNER JOIN
    core.appearance
    ON appearance.article_id = attributed_article.article_id AND appearance.generation = attributed_article.generation
WHERE attributed_article.article_id = ANY(%(ids)s) AND attributed_article.closed_at IS NULL
ORDER BY appearance.article_id, appearance.ordinal
