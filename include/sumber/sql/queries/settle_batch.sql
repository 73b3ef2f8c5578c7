DELETE FROM core.pending
WHERE batch_id = %(batch)s AND step = %(step)s AND requests = taken_requests
