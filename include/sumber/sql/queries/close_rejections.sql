UPDATE core.rejection SET closed_at = now()
WHERE
    step = %(step)s
    AND capture_id = ANY(%(captures)s)
    AND closed_at IS NULL
    AND NOT EXISTS (
        SELECT FROM staged_rejection
        WHERE
            staged_rejection.capture_id = rejection.capture_id
            AND staged_rejection.rule = rejection.rule
            AND staged_rejection.value_hash = rejection.value_hash
    )
