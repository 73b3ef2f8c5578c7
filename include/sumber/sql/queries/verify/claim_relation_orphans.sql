-- both claims are there
SELECT
    'claim_id' AS reference,
    child.claim_id AS record
FROM core.claim_relation AS child
WHERE
    NOT EXISTS (SELECT FROM core.claim AS parent WHERE parent.id = child.claim_id)
UNION ALL
SELECT
    'other_id' AS reference,
    child.claim_id AS record
FROM core.claim_relation AS child
WHERE
    NOT EXISTS (SELECT FROM core.claim AS parent WHERE parent.id = child.other_id)
LIMIT 20
