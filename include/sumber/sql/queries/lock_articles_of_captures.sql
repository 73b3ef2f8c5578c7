SELECT article.id FROM core.article
INNER JOIN staged_worked ON staged_worked.item_id = article.capture_id
WHERE article.closed_at IS NULL
ORDER BY article.id
FOR UPDATE OF article
