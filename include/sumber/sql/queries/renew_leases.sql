UPDATE core.pending SET leased_until = now() + make_interval(mins => %(minutes)s)
WHERE step = %(step)s AND owner = %(owner)s
RETURNING batch_id
