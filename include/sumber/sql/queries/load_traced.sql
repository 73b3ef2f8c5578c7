SELECT traced_article.article_id, traced_article.attributed_generation AS generation
FROM core.traced_article
WHERE traced_article.article_id = ANY(%(ids)s) AND traced_article.closed_at IS NULL
ORDER BY traced_article.article_id
