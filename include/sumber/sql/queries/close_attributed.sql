UPDATE core.attributed_article SET closed_at = greatest(now(), attributed_article.opened_at)
FROM staged_worked
WHERE
    attributed_article.article_id = staged_worked.item_id
    AND attributed_article.closed_at IS NULL
    AND NOT EXISTS (
        SELECT FROM staged_attributed
        WHERE
            staged_attributed.article_id = attributed_article.article_id
            AND staged_attributed.article_generation = attributed_article.article_generation
            AND staged_attributed.output_hash = attributed_article.output_hash
    )
RETURNING attributed_article.article_id
