UPDATE core.pending SET
    batch_id = staged_lease.batch_id,
    owner = %(owner)s,
    leased_until = now() + make_interval(mins => %(minutes)s)
FROM staged_lease
WHERE pending.step = %(step)s AND pending.item_id = staged_lease.item_id
