-- An article without any appearance is an article all the same; its page is then the outlet of that name, where one is known.
CREATE TEMPORARY TABLE published_article ON COMMIT DROP AS
WITH told AS (
    SELECT
        article_id,
        min(outlet_id) AS outlet_id,
        count(DISTINCT ordinal)::integer AS appearances
    FROM published_appearance
    GROUP BY article_id
),

page AS (
    SELECT
        name,
        min(id) AS outlet_id
    FROM core.source
    WHERE kind IN ('outlet', 'agency')
    GROUP BY name
)

SELECT
    article.id AS article_id,
    article.name,
    article.url,
    article.headline,
    article.lang,
    coalesce(told.outlet_id, page.outlet_id, 0) AS outlet_id,
    article.published_at,
    capture.captured_at,
    (coalesce(article.published_at, capture.captured_at) AT TIME ZONE 'UTC')::date AS day,
    coalesce(told.appearances, 0) AS appearances
FROM core.article
INNER JOIN raw.capture ON capture.id = article.capture_id
LEFT JOIN told ON told.article_id = article.id
LEFT JOIN page ON page.name = article.outlet
WHERE
    article.closed_at IS NULL
    OR EXISTS (
        SELECT FROM core.traced_article AS traced
        INNER JOIN
            core.attributed_article AS attributed
            ON attributed.article_id = traced.article_id AND attributed.generation = traced.attributed_generation
        WHERE
            traced.article_id = article.id
            AND traced.closed_at IS NULL
            AND attributed.article_generation = article.generation
            AND NOT EXISTS (SELECT FROM core.article AS present WHERE present.id = article.id AND present.closed_at IS NULL)
    )
