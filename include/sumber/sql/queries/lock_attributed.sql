SELECT attributed_article.article_id FROM core.attributed_article
INNER JOIN staged_worked ON staged_worked.item_id = attributed_article.article_id
WHERE attributed_article.closed_at IS NULL
ORDER BY attributed_article.article_id
FOR UPDATE OF attributed_article
