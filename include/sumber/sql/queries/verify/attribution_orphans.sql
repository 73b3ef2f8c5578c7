-- each hop belongs to an appearance and leads to a source that are there
SELECT
    'ordinal' AS reference,
    child.article_id AS record
FROM core.attribution AS child
WHERE
    NOT EXISTS (SELECT FROM core.appearance AS parent WHERE parent.captured_month = child.captured_month
        AND parent.article_id = child.article_id
        AND parent.generation = child.generation
        AND parent.ordinal = child.ordinal)
UNION ALL
SELECT
    'source_id' AS reference,
    child.article_id AS record
FROM core.attribution AS child
WHERE
    NOT EXISTS (SELECT FROM core.source AS parent WHERE parent.id = child.source_id)
LIMIT 20
