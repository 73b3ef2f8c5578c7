SELECT item_id FROM core.pending
WHERE batch_id = %(batch)s AND step = %(step)s
ORDER BY item_id
FOR UPDATE
