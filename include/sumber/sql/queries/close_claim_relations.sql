UPDATE core.claim_relation SET closed_at = greatest(now(), claim_relation.opened_at)
WHERE
    (claim_id = ANY(%(claims)s) OR other_id = ANY(%(claims)s))
    AND closed_at IS NULL
    AND NOT EXISTS (
        SELECT FROM staged_claim_relation AS staged
        WHERE
            staged.claim_id = claim_relation.claim_id
            AND staged.relation = claim_relation.relation
            AND staged.other_id = claim_relation.other_id
            AND staged.confidence = claim_relation.confidence
            AND staged.evidence = claim_relation.evidence
            AND staged.cited = claim_relation.cited
            AND staged.method_version = claim_relation.method_version
    )
