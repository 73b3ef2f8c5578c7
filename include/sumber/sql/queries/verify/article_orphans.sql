-- each was read from a capture that is there, and revises an article that is there or none
SELECT
    'capture_id' AS reference,
    child.id AS record
FROM core.article AS child
WHERE
    NOT EXISTS (SELECT FROM raw.capture AS parent WHERE parent.id = child.capture_id)
UNION ALL
SELECT
    'revision_of' AS reference,
    child.id AS record
FROM core.article AS child
WHERE
    child.revision_of IS NOT NULL
    AND NOT EXISTS (SELECT FROM core.article AS parent WHERE parent.id = child.revision_of)
LIMIT 20
