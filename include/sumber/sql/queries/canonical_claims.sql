-- What the claims of the articles at work, and of those grouped with them, are part of.
-- OFFSET 0 keeps each lookup a search of its own: the planner, who does not know how few are staged, may read all that was ever traced.
SELECT DISTINCT claim.canonical_id
FROM (
    SELECT staged_worked.item_id AS article_id FROM staged_worked
    UNION
    SELECT staged_claim.article_id FROM staged_claim
) AS grouped
CROSS JOIN LATERAL (
    SELECT traced_article.generation
    FROM core.traced_article
    WHERE traced_article.article_id = grouped.article_id AND traced_article.closed_at IS NULL
    OFFSET 0
) AS traced
CROSS JOIN LATERAL (
    SELECT stored.canonical_id
    FROM core.claim AS stored
    WHERE stored.article_id = grouped.article_id AND stored.generation = traced.generation
    OFFSET 0
) AS claim
