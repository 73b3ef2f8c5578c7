-- What is filed under keys on a range of days each. OFFSET 0 keeps each lookup a search of its own in the index, as in find_bands.
SELECT
    wanted.key,
    found.day - DATE '0001-01-01' + 1 AS day,
    found.article_id,
    found.is_one_of_few
FROM unnest(%(keys)s::bigint [], %(first_days)s::integer [], %(last_days)s::integer []) AS wanted (key, first_day, last_day)
CROSS JOIN LATERAL (
    SELECT filed.day, filed.article_id, filed.is_one_of_few
    FROM core.article_key AS filed
    WHERE
        filed.key = wanted.key
        AND filed.day BETWEEN DATE '0001-01-01' + (wanted.first_day - 1) AND DATE '0001-01-01' + (wanted.last_day - 1)
    OFFSET 0
) AS found
