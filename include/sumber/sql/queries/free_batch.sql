UPDATE core.pending SET
    batch_id = NULL,
    owner = NULL,
    leased_until = NULL,
    attempts = 0
WHERE batch_id = %(batch)s AND step = %(step)s
