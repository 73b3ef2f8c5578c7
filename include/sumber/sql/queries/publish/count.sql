SELECT
    (
        SELECT count(*)
        FROM core.traced_article AS traced
        INNER JOIN core.chain ON chain.article_id = traced.article_id AND chain.generation = traced.generation
        WHERE traced.closed_at IS NULL
    ) AS chains,
    (SELECT count(*) FROM mart.fct_appearance) AS published
