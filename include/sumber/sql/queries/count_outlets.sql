WITH arrived AS (
    SELECT
        article.id,
        article.outlet,
        article.lang,
        article.url,
        article.text_sha256,
        article.headline IS NOT NULL AS has_headline,
        article.published_at IS NOT NULL AS has_date,
        extract(EPOCH FROM capture.captured_at - article.published_at) / 3600 AS hours_old,
        coalesce((
            SELECT sum((block ->> 1)::integer - (block ->> 0)::integer)
            FROM jsonb_array_elements(article.blocks) AS block
            WHERE block ->> 2 IN ('lead', 'body')
        ), 0) >= 200 AS has_body,
        EXISTS (SELECT FROM jsonb_array_elements(article.credits) AS credit WHERE credit ->> 0 <> 'outlet') AS has_credit,
        attributed.generation IS NOT NULL AS is_attributed,
        attributed.generation IS NOT NULL AND NOT EXISTS (
            SELECT FROM core.appearance
            WHERE appearance.article_id = attributed.article_id AND appearance.generation = attributed.generation
        ) AS is_unattributed
    FROM raw.capture
    INNER JOIN core.article ON article.capture_id = capture.id AND article.closed_at IS NULL
    LEFT JOIN core.attributed_article AS attributed ON attributed.article_id = article.id AND attributed.closed_at IS NULL
    WHERE
        capture.captured_at >= %(since)s
        AND capture.captured_at < %(until)s
        AND article.outlet IS NOT NULL
),

copied AS (
    SELECT outlet, text_sha256
    FROM arrived
    GROUP BY outlet, text_sha256
    HAVING count(DISTINCT coalesce(url, id::text)) > 1
),

spoken AS (
    SELECT outlet, jsonb_object_agg(lang, articles) AS langs
    FROM (SELECT outlet, lang, count(*) AS articles FROM arrived GROUP BY outlet, lang) AS by_lang
    GROUP BY outlet
)

SELECT
    arrived.outlet,
    count(*) AS articles,
    count(*) FILTER (WHERE has_headline) AS with_headline,
    count(*) FILTER (WHERE has_date) AS with_date,
    count(*) FILTER (WHERE has_body) AS with_body,
    count(*) FILTER (WHERE has_credit) AS with_credit,
    count(*) FILTER (WHERE has_headline AND has_date AND has_body AND has_credit) AS complete,
    count(copied.text_sha256) AS copies,
    count(*) FILTER (WHERE is_attributed) AS attributed,
    count(*) FILTER (WHERE is_unattributed) AS unattributed,
    spoken.langs,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY hours_old) AS hours_old
FROM arrived
INNER JOIN spoken ON spoken.outlet = arrived.outlet
LEFT JOIN copied ON copied.outlet = arrived.outlet AND copied.text_sha256 = arrived.text_sha256
GROUP BY arrived.outlet, spoken.langs
ORDER BY arrived.outlet
