DELETE FROM core.article_band AS filed
USING unnest(%(keys)s::bigint [], %(days)s::integer [], %(ids)s::bigint []) AS gone (band, day, article_id)
WHERE filed.band = gone.band AND filed.day = DATE '0001-01-01' + (gone.day - 1) AND filed.article_id = gone.article_id
