-- Under which roots claims are, by their passages' open chains. OFFSET 0 keeps each lookup a search of its own.
WITH present AS MATERIALIZED (
    SELECT DISTINCT chain.root_id, wanted.claim_id
    FROM unnest(%(claims)s::bigint []) AS wanted (claim_id)
    CROSS JOIN LATERAL (
        SELECT claim.article_id, claim.generation, claim.ordinal
        FROM core.claim
        WHERE claim.canonical_id = wanted.claim_id
        OFFSET 0
    ) AS told
    INNER JOIN
        core.traced_article AS traced
        ON traced.article_id = told.article_id AND traced.generation = told.generation AND traced.closed_at IS NULL
    INNER JOIN
        core.attributed_article AS attributed
        ON attributed.article_id = traced.article_id AND attributed.generation = traced.attributed_generation
    INNER JOIN core.article ON article.id = attributed.article_id AND article.generation = attributed.article_generation
    CROSS JOIN LATERAL (
        SELECT own.root_id
        FROM core.chain AS own
        WHERE
            own.captured_month = article.captured_month
            AND own.article_id = told.article_id
            AND own.generation = told.generation
            AND own.ordinal = told.ordinal
        OFFSET 0
    ) AS chain
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
