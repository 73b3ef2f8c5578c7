UPDATE core.claim SET
    canonical_id = staged.canonical_id,
    slot = staged.slot,
    value = staged.value,
    unit = staged.unit,
    value_kind = staged.value_kind
FROM staged_claim AS staged, core.traced_article AS traced
WHERE
    claim.article_id = staged.article_id
    AND claim.ordinal = staged.ordinal
    AND traced.article_id = claim.article_id
    AND traced.generation = claim.generation
    AND traced.closed_at IS NULL
    AND (claim.canonical_id, claim.slot, claim.value, claim.unit, claim.value_kind)
    IS DISTINCT FROM (staged.canonical_id, staged.slot, staged.value, staged.unit, staged.value_kind)
