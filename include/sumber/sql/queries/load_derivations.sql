-- Every open derivation that some of the articles reach, over any number of steps.
-- OFFSET 0 keeps each step a search in the index, as in similar_articles.
WITH RECURSIVE reached (article_id) AS (
    SELECT unnest(%(ids)s::bigint [])
    UNION
    SELECT edge.other_id
    FROM reached
    CROSS JOIN LATERAL (
        SELECT derivation.original_id AS other_id
        FROM core.derivation
        WHERE derivation.derived_id = reached.article_id AND derivation.closed_at IS NULL
        UNION ALL
        SELECT derivation.derived_id AS other_id
        FROM core.derivation
        WHERE derivation.original_id = reached.article_id AND derivation.closed_at IS NULL
        OFFSET 0
    ) AS edge
)

SELECT
    edge.derived_id,
    edge.original_id,
    edge.kind,
    edge.is_directed,
    edge.confidence,
    edge.evidence
FROM reached
CROSS JOIN LATERAL (
    SELECT
        derivation.derived_id,
        derivation.original_id,
        derivation.kind,
        derivation.is_directed,
        derivation.confidence,
        derivation.evidence
    FROM core.derivation
    WHERE derivation.derived_id = reached.article_id AND derivation.closed_at IS NULL
    OFFSET 0
) AS edge
ORDER BY edge.derived_id, edge.original_id
