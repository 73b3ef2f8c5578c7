-- Under which roots claims are, by their passages' open chains. OFFSET 0 keeps each lookup a search of its own; each article is looked up
-- once, and its chains are read in the partition of its month alone.
WITH told AS MATERIALIZED (
    SELECT wanted.claim_id, claim.article_id, claim.generation, claim.ordinal
    FROM unnest(%(claims)s::bigint []) AS wanted (claim_id)
    CROSS JOIN LATERAL (
        SELECT stored.article_id, stored.generation, stored.ordinal
        FROM core.claim AS stored
        WHERE stored.canonical_id = wanted.claim_id
        OFFSET 0
    ) AS claim
),

ends AS MATERIALIZED (
    SELECT own.article_id, own.generation, chain.ordinal, chain.root_id
    FROM (SELECT DISTINCT told.article_id, told.generation FROM told) AS own
    CROSS JOIN LATERAL (
        SELECT traced_article.attributed_generation
        FROM core.traced_article
        WHERE
            traced_article.article_id = own.article_id
            AND traced_article.generation = own.generation
            AND traced_article.closed_at IS NULL
        OFFSET 0
    ) AS traced
    CROSS JOIN LATERAL (
        SELECT article.captured_month
        FROM core.attributed_article AS attributed
        INNER JOIN core.article ON article.id = attributed.article_id AND article.generation = attributed.article_generation
        WHERE attributed.article_id = own.article_id AND attributed.generation = traced.attributed_generation
        OFFSET 0
    ) AS captured
    CROSS JOIN LATERAL (
        SELECT stored.ordinal, stored.root_id
        FROM core.chain AS stored
        WHERE
            stored.captured_month = captured.captured_month
            AND stored.article_id = own.article_id
            AND stored.generation = own.generation
        OFFSET 0
    ) AS chain
),

present AS MATERIALIZED (
    SELECT DISTINCT ends.root_id, told.claim_id
    FROM told
    INNER JOIN ends ON ends.article_id = told.article_id AND ends.generation = told.generation AND ends.ordinal = told.ordinal
),

gone AS (
    DELETE FROM core.root_claim
    WHERE
        root_claim.claim_id = ANY(%(claims)s)
        AND NOT EXISTS (SELECT FROM present WHERE present.root_id = root_claim.root_id AND present.claim_id = root_claim.claim_id)
)

INSERT INTO core.root_claim (root_id, claim_id)
SELECT present.root_id, present.claim_id FROM present
ON CONFLICT (root_id, claim_id) DO NOTHING
