SELECT DISTINCT filed.article_id AS id
FROM unnest(%(keys)s::bigint [], %(days)s::integer []) AS wanted (key, day)
CROSS JOIN LATERAL (
    SELECT article_key.article_id
    FROM core.article_key
    WHERE article_key.key = wanted.key AND article_key.day = DATE '0001-01-01' + (wanted.day - 1)
    OFFSET 0
) AS filed
