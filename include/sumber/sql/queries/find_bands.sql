-- What is filed under bands: all of it where that is little; else from the first to the last place that is asked for, and up to
-- %(neighbours)s before and after it. OFFSET 0 keeps each lookup a search of its own in the index: joined as a whole, the planner may read
-- the entire archive instead.
WITH wanted AS (
    SELECT *
    FROM
        unnest(
            %(bands)s::bigint [], %(first_days)s::integer [], %(first_ids)s::bigint [], %(last_days)s::integer [], %(last_ids)s::bigint []
        ) AS place (band, first_day, first_id, last_day, last_id)
),

few AS MATERIALIZED (
    SELECT wanted.band, found.day, found.article_id, found.is_dated, count(*) OVER (PARTITION BY wanted.band) AS load
    FROM wanted
    CROSS JOIN LATERAL (
        SELECT filed.day, filed.article_id, filed.is_dated
        FROM core.article_band AS filed
        WHERE filed.band = wanted.band
        LIMIT 2 * %(neighbours)s
        OFFSET 0
    ) AS found
),

found AS (
    SELECT few.band, few.day, few.article_id, few.is_dated
    FROM few
    WHERE few.load < 2 * %(neighbours)s
    UNION ALL
    SELECT wanted.band, near.day, near.article_id, near.is_dated
    FROM wanted
    CROSS JOIN LATERAL (
        (
            SELECT filed.day, filed.article_id, filed.is_dated
            FROM core.article_band AS filed
            WHERE
                filed.band = wanted.band
                AND (filed.day, filed.article_id) < (DATE '0001-01-01' + (wanted.first_day - 1), wanted.first_id)
            ORDER BY filed.day DESC, filed.article_id DESC
            LIMIT %(neighbours)s
        )
        UNION ALL
        (
            SELECT filed.day, filed.article_id, filed.is_dated
            FROM core.article_band AS filed
            WHERE
                filed.band = wanted.band
                AND (filed.day, filed.article_id) >= (DATE '0001-01-01' + (wanted.first_day - 1), wanted.first_id)
                AND (filed.day, filed.article_id) <= (DATE '0001-01-01' + (wanted.last_day - 1), wanted.last_id)
        )
        UNION ALL
        (
            SELECT filed.day, filed.article_id, filed.is_dated
            FROM core.article_band AS filed
            WHERE
                filed.band = wanted.band
                AND (filed.day, filed.article_id) > (DATE '0001-01-01' + (wanted.last_day - 1), wanted.last_id)
            ORDER BY filed.day, filed.article_id
            LIMIT %(neighbours)s
        )
        OFFSET 0
    ) AS near
    WHERE wanted.band IN (SELECT few.band FROM few WHERE few.load >= 2 * %(neighbours)s)
)

SELECT found.band, found.day - DATE '0001-01-01' + 1 AS day, found.article_id, found.is_dated
FROM found
