UPDATE core.article SET closed_at = greatest(now(), article.opened_at)
FROM staged_worked
WHERE
    article.capture_id = staged_worked.item_id
    AND article.closed_at IS NULL
    AND NOT EXISTS (
        SELECT FROM staged_article
        WHERE staged_article.id = article.id AND staged_article.output_hash = article.output_hash
    )
RETURNING article.id
