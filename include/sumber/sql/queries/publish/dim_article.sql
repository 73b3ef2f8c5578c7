INSERT INTO mart.dim_article (
    article_id,
    name,
    url,
    headline,
    lang,
    outlet_id,
    published_at,
    captured_at,
    day,
    appearances
)
SELECT
    article_id,
    name,
    url,
    headline,
    lang,
    outlet_id,
    published_at,
    captured_at,
    day,
    appearances
FROM published_article
ORDER BY article_id
ON CONFLICT (article_id) DO UPDATE SET
    name = excluded.name,
    url = excluded.url,
    headline = excluded.headline,
    lang = excluded.lang,
    outlet_id = excluded.outlet_id,
    published_at = excluded.published_at,
    captured_at = excluded.captured_at,
    day = excluded.day,
    appearances = excluded.appearances
WHERE
    (
        dim_article.name,
        dim_article.url,
        dim_article.headline,
        dim_article.lang,
        dim_article.outlet_id,
        dim_article.published_at,
        dim_article.captured_at,
        dim_article.day,
        dim_article.appearances
    )
    IS DISTINCT FROM (
        excluded.name,
        excluded.url,
        excluded.headline,
        excluded.lang,
        excluded.outlet_id,
        excluded.published_at,
        excluded.captured_at,
        excluded.day,
        excluded.appearances
    )
