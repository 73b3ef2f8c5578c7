SELECT traced_article.article_id FROM core.traced_article
INNER JOIN staged_worked ON staged_worked.item_id = traced_article.article_id
WHERE traced_article.closed_at IS NULL
ORDER BY traced_article.article_id
FOR UPDATE OF traced_article
