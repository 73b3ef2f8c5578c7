UPDATE core.pending SET attempts = attempts + 1, taken_requests = requests
WHERE batch_id = %(batch)s AND step = %(step)s
RETURNING item_id
