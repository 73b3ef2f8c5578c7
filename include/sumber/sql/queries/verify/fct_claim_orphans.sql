-- the first article, its day and a fact about the claim are there
SELECT
    'first_article_id' AS reference,
    child.claim_id AS record
FROM mart.fct_claim AS child
WHERE
    NOT EXISTS (SELECT FROM mart.dim_article AS parent WHERE parent.article_id = child.first_article_id)
UNION ALL
SELECT
    'first_day' AS reference,
    child.claim_id AS record
FROM mart.fct_claim AS child
WHERE
    NOT EXISTS (SELECT FROM mart.dim_date AS parent WHERE parent.day = child.first_day)
UNION ALL
SELECT
    'claim_id' AS reference,
    child.claim_id AS record
FROM mart.fct_claim AS child
WHERE
    NOT EXISTS (SELECT FROM mart.fct_appearance AS parent WHERE parent.claim_id = child.claim_id)
LIMIT 20
