UPDATE core.derivation SET closed_at = greatest(now(), derivation.opened_at)
WHERE
    (derived_id = ANY(%(ids)s) OR original_id = ANY(%(ids)s))
    AND closed_at IS NULL
    AND NOT EXISTS (
        SELECT FROM staged_derivation AS staged
        WHERE
            staged.derived_id = derivation.derived_id
            AND staged.original_id = derivation.original_id
            AND staged.kind = derivation.kind
            AND staged.is_directed = derivation.is_directed
            AND staged.confidence = derivation.confidence
            AND staged.evidence = derivation.evidence
            AND staged.method_version = derivation.method_version
    )
RETURNING derived_id, original_id
