-- both articles are there
SELECT
    'derived_id' AS reference,
    child.derived_id AS record
FROM core.derivation AS child
WHERE
    NOT EXISTS (SELECT FROM core.article AS parent WHERE parent.id = child.derived_id)
UNION ALL
SELECT
    'original_id' AS reference,
    child.derived_id AS record
FROM core.derivation AS child
WHERE
    NOT EXISTS (SELECT FROM core.article AS parent WHERE parent.id = child.original_id)
LIMIT 20
