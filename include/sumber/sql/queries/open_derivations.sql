INSERT INTO core.derivation (derived_id, original_id, kind, is_directed, confidence, evidence, method_version, run)
SELECT derived_id, original_id, kind, is_directed, confidence, evidence, method_version, %(run)s
FROM staged_derivation AS staged
WHERE
    NOT EXISTS (
        SELECT FROM core.derivation AS present
        WHERE
            present.derived_id = staged.derived_id
            AND present.original_id = staged.original_id
            AND present.closed_at IS NULL
    )
ORDER BY derived_id, original_id
RETURNING derived_id, original_id
