-- Merges of claims whose articles stay as they were traced. OFFSET 0 as in canonical_claims.
WITH merged AS MATERIALIZED (
    SELECT
        grouped.article_id,
        traced.generation,
        staged.ordinal,
        staged.canonical_id,
        staged.slot,
        staged.value,
        staged.unit,
        staged.value_kind
    FROM (SELECT DISTINCT staged_claim.article_id FROM staged_claim) AS grouped
    CROSS JOIN LATERAL (
        SELECT traced_article.generation
        FROM core.traced_article
        WHERE traced_article.article_id = grouped.article_id AND traced_article.closed_at IS NULL
        OFFSET 0
    ) AS traced
    CROSS JOIN LATERAL (
        SELECT present.ordinal, present.canonical_id, present.slot, present.value, present.unit, present.value_kind
        FROM core.claim AS present
        WHERE present.article_id = grouped.article_id AND present.generation = traced.generation
        OFFSET 0
    ) AS stored
    INNER JOIN staged_claim AS staged ON staged.article_id = grouped.article_id AND staged.ordinal = stored.ordinal
    WHERE
        (stored.canonical_id, stored.slot, stored.value, stored.unit, stored.value_kind)
        IS DISTINCT FROM (staged.canonical_id, staged.slot, staged.value, staged.unit, staged.value_kind)
)

UPDATE core.claim SET
    canonical_id = merged.canonical_id,
    slot = merged.slot,
    value = merged.value,
    unit = merged.unit,
    value_kind = merged.value_kind
FROM merged
WHERE claim.article_id = merged.article_id AND claim.generation = merged.generation AND claim.ordinal = merged.ordinal
