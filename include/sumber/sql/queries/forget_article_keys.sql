DELETE FROM core.article_key AS filed
USING unnest(%(keys)s::bigint [], %(days)s::integer [], %(ids)s::bigint []) AS gone (key, day, article_id)
WHERE filed.key = gone.key AND filed.day = DATE '0001-01-01' + (gone.day - 1) AND filed.article_id = gone.article_id
