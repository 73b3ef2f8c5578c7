SELECT pending.item_id AS id
FROM core.pending
WHERE pending.step = %(step)s AND pending.item_id = ANY(%(ids)s)
