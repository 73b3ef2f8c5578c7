-- both sources are there
SELECT
    'subject_id' AS reference,
    child.subject_id AS record
FROM core.source_relation AS child
WHERE
    NOT EXISTS (SELECT FROM core.source AS parent WHERE parent.id = child.subject_id)
UNION ALL
SELECT
    'object_id' AS reference,
    child.subject_id AS record
FROM core.source_relation AS child
WHERE
    NOT EXISTS (SELECT FROM core.source AS parent WHERE parent.id = child.object_id)
LIMIT 20
