SELECT attributed_article.article_id, attributed_article.generation
FROM core.attributed_article
WHERE attributed_article.article_id = ANY(%(ids)s) AND attributed_article.closed_at IS NULL
ORDER BY attributed_article.article_id
