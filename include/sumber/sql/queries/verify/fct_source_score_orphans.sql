-- the source and the day are there
SELECT
    'source_id' AS reference,
    child.source_key AS record
FROM mart.fct_source_score AS child
WHERE
    NOT EXISTS (SELECT FROM mart.dim_source AS parent WHERE parent.source_id = child.source_id)
UNION ALL
SELECT
    'day' AS reference,
    child.source_key AS record
FROM mart.fct_source_score AS child
WHERE
    NOT EXISTS (SELECT FROM mart.dim_date AS parent WHERE parent.day = child.day)
LIMIT 20
