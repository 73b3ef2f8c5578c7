UPDATE core.pending SET last_failure = %(failure)s
WHERE batch_id = %(batch)s AND step = %(step)s
