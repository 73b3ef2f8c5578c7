-- What is filed under keys on a range of days each, and how much is, the %(days)s days before included: where that is more than %(most)s,
-- it is all that is returned. OFFSET 0 keeps each lookup a search of its own in the index, as in find_bands.
WITH loaded AS MATERIALIZED (
    SELECT
        wanted.key,
        wanted.first_day,
        found.day - DATE '0001-01-01' + 1 AS day,
        found.article_id,
        found.ordinal,
        found.needed,
        count(*) OVER (
            PARTITION BY wanted.key
            ORDER BY found.day
            RANGE BETWEEN make_interval(days => %(days)s) PRECEDING AND CURRENT ROW
        ) AS load
    FROM unnest(%(keys)s::bigint [], %(first_days)s::integer [], %(last_days)s::integer []) AS wanted (key, first_day, last_day)
    CROSS JOIN LATERAL (
        SELECT filed.day, filed.article_id, filed.ordinal, filed.needed
        FROM core.passage_key AS filed
        WHERE
            filed.key = wanted.key
            AND filed.day
            BETWEEN DATE '0001-01-01' + (wanted.first_day - 1 - %(days)s) AND DATE '0001-01-01' + (wanted.last_day - 1)
        OFFSET 0
    ) AS found
)

SELECT key, day, load, article_id, ordinal, needed
FROM loaded
WHERE day >= first_day AND load <= %(most)s
UNION ALL
SELECT DISTINCT key, day, load, 0::bigint, 0, 0
FROM loaded
WHERE day >= first_day AND load > %(most)s
