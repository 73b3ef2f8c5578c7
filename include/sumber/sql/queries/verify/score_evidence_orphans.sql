-- each belongs to a score that is there
SELECT
    'source_key' AS reference,
    child.source_key AS record
FROM core.score_evidence AS child
WHERE
    NOT EXISTS (SELECT FROM core.source_score AS parent WHERE parent.source_key = child.source_key
        AND parent.ledger = child.ledger
        AND parent.day = child.day
        AND parent.known_at = child.known_at)
LIMIT 20
