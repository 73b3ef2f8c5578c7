UPDATE core.traced_article SET closed_at = greatest(now(), opened_at)
WHERE
    article_id = ANY(ARRAY(SELECT staged_worked.item_id FROM staged_worked))
    AND closed_at IS NULL
    AND NOT EXISTS (
        SELECT FROM staged_traced
        WHERE
            staged_traced.article_id = traced_article.article_id
            AND staged_traced.attributed_generation = traced_article.attributed_generation
            AND staged_traced.output_hash = traced_article.output_hash
    )
RETURNING article_id
