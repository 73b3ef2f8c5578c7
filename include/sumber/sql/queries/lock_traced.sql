SELECT article_id FROM core.traced_article
WHERE article_id = ANY(ARRAY(SELECT staged_worked.item_id FROM staged_worked)) AND closed_at IS NULL
ORDER BY article_id
FOR UPDATE
