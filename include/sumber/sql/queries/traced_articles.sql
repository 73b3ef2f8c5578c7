SELECT traced_article.article_id AS id
FROM core.traced_article
WHERE traced_article.closed_at IS NULL
