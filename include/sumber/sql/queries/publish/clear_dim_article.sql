DELETE FROM mart.dim_article
WHERE NOT EXISTS (SELECT FROM published_article AS wanted WHERE wanted.article_id = dim_article.article_id)
