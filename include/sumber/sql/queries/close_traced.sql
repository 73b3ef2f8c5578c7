UPDATE core.traced_article SET closed_at = greatest(now(), traced_article.opened_at)
FROM staged_worked
WHERE
    traced_article.article_id = staged_worked.item_id
    AND traced_article.closed_at IS NULL
    AND NOT EXISTS (
        SELECT FROM staged_traced
        WHERE
            staged_traced.article_id = traced_article.article_id
            AND staged_traced.attributed_generation = traced_article.attributed_generation
            AND staged_traced.output_hash = traced_article.output_hash
    )
RETURNING traced_article.article_id
