-- the outlet and the day are there
SELECT
    'outlet_id' AS reference,
    child.article_id AS record
FROM mart.dim_article AS child
WHERE
    NOT EXISTS (SELECT FROM mart.dim_outlet AS parent WHERE parent.outlet_id = child.outlet_id)
UNION ALL
SELECT
    'day' AS reference,
    child.article_id AS record
FROM mart.dim_article AS child
WHERE
    NOT EXISTS (SELECT FROM mart.dim_date AS parent WHERE parent.day = child.day)
LIMIT 20
