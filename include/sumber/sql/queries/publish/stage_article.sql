-- An article without any appearance is an article all the same; its page is then the outlet of that name, where one is known.
CREATE TEMPORARY TABLE published_article ON COMMIT DROP AS
SELECT
    article.id AS article_id,
    article.name,
    article.url,
    article.headline,
    article.lang,
    coalesce(
        (SELECT min(found.outlet_id) FROM published_appearance AS found WHERE found.article_id = article.id),
        (SELECT min(source.id) FROM core.source WHERE source.name = article.outlet AND source.kind IN ('outlet', 'agency')),
        0
    ) AS outlet_id,
    article.published_at,
    capture.captured_at,
    (coalesce(article.published_at, capture.captured_at) AT TIME ZONE 'UTC')::date AS day,
    (SELECT count(DISTINCT found.ordinal) FROM published_appearance AS found WHERE found.article_id = article.id)::integer AS appearances
FROM core.article
INNER JOIN raw.capture ON capture.id = article.capture_id
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
