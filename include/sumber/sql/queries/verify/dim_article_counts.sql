-- appearances is the number of those in mart.fct_appearance
SELECT
    article.article_id AS record,
    article.appearances AS stated,
    coalesce(counted.appearances, 0) AS counted
FROM mart.dim_article AS article
LEFT JOIN (
    SELECT
        article_id,
        count(DISTINCT ordinal) AS appearances
    FROM mart.fct_appearance
    GROUP BY article_id
) AS counted ON counted.article_id = article.article_id
WHERE article.appearances <> coalesce(counted.appearances, 0)
LIMIT 20
