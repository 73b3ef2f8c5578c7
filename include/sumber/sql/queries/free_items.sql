SELECT item_id, attempts FROM core.pending
WHERE step = %(step)s AND (leased_until IS NULL OR leased_until < now())
ORDER BY item_id
LIMIT %(most)s
FOR UPDATE SKIP LOCKED
