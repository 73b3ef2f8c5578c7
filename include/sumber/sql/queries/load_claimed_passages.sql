SELECT traced.article_id, appearance.content, claim.canonical_id AS claim
FROM core.traced_article AS traced
INNER JOIN core.claim ON claim.article_id = traced.article_id AND claim.generation = traced.generation
INNER JOIN
    core.appearance
    ON
        appearance.article_id = traced.article_id
        AND appearance.generation = traced.attributed_generation
        AND appearance.ordinal = claim.ordinal
WHERE traced.closed_at IS NULL AND traced.article_id = ANY(%(ids)s)
ORDER BY traced.article_id, claim.ordinal
