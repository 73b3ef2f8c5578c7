-- the article, the day, the outlets, the source and the claim are there
SELECT
    'article_id' AS reference,
    child.appearance_id AS record
FROM mart.fct_appearance AS child
WHERE
    NOT EXISTS (SELECT FROM mart.dim_article AS parent WHERE parent.article_id = child.article_id)
UNION ALL
SELECT
    'day' AS reference,
    child.appearance_id AS record
FROM mart.fct_appearance AS child
WHERE
    NOT EXISTS (SELECT FROM mart.dim_date AS parent WHERE parent.day = child.day)
UNION ALL
SELECT
    'outlet_id' AS reference,
    child.appearance_id AS record
FROM mart.fct_appearance AS child
WHERE
    NOT EXISTS (SELECT FROM mart.dim_outlet AS parent WHERE parent.outlet_id = child.outlet_id)
UNION ALL
SELECT
    'originating_outlet_id' AS reference,
    child.appearance_id AS record
FROM mart.fct_appearance AS child
WHERE
    NOT EXISTS (SELECT FROM mart.dim_outlet AS parent WHERE parent.outlet_id = child.originating_outlet_id)
UNION ALL
SELECT
    'supplying_agency_id' AS reference,
    child.appearance_id AS record
FROM mart.fct_appearance AS child
WHERE
    NOT EXISTS (SELECT FROM mart.dim_outlet AS parent WHERE parent.outlet_id = child.supplying_agency_id)
UNION ALL
SELECT
    'ultimate_source_id' AS reference,
    child.appearance_id AS record
FROM mart.fct_appearance AS child
WHERE
    NOT EXISTS (SELECT FROM mart.dim_source AS parent WHERE parent.source_id = child.ultimate_source_id)
UNION ALL
SELECT
    'claim_id' AS reference,
    child.appearance_id AS record
FROM mart.fct_appearance AS child
WHERE
    NOT EXISTS (SELECT FROM mart.fct_claim AS parent WHERE parent.claim_id = child.claim_id)
LIMIT 20
