DELETE FROM core.source_score
WHERE
    day = %(day)s
    AND known_at = %(known_on)s
    AND NOT EXISTS (
        SELECT FROM staged_source_score AS staged
        WHERE staged.source_key = source_score.source_key AND staged.ledger = source_score.ledger
    )
