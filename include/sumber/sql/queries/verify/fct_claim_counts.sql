-- appearances and articles are the numbers of those in mart.fct_appearance
SELECT
    claim.claim_id AS record,
    claim.appearances AS stated,
    counted.appearances AS counted
FROM mart.fct_claim AS claim
INNER JOIN (
    SELECT
        claim_id,
        count(DISTINCT (article_id, ordinal)) AS appearances,
        count(DISTINCT article_id) AS articles
    FROM mart.fct_appearance
    GROUP BY claim_id
) AS counted ON counted.claim_id = claim.claim_id
WHERE (claim.appearances, claim.articles) <> (counted.appearances, counted.articles)
LIMIT 20
