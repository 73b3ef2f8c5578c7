-- What the claims of the articles at work, and of those grouped with them, are part of.
SELECT DISTINCT claim.canonical_id
FROM (
    SELECT staged_worked.item_id AS article_id FROM staged_worked
    UNION
    SELECT staged_claim.article_id FROM staged_claim
) AS grouped
INNER JOIN core.traced_article AS traced ON traced.article_id = grouped.article_id AND traced.closed_at IS NULL
INNER JOIN core.claim ON claim.article_id = traced.article_id AND claim.generation = traced.generation
