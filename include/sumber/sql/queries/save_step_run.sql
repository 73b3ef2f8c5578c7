INSERT INTO core.step_run (
    run, step, batch_id, items, unit, came_in, went_out, refused, changed, warned, data_docs, started_at, finished_at
)
VALUES (
    %(run)s, %(step)s, %(batch)s, %(items)s, %(unit)s, %(came_in)s, %(went_out)s, %(refused)s, %(changed)s, %(warned)s, %(data_docs)s,
    %(started_at)s, greatest(now(), %(started_at)s)
)
ON CONFLICT (run, step, batch_id) DO UPDATE SET
    items = excluded.items,
    unit = excluded.unit,
    came_in = excluded.came_in,
    went_out = excluded.went_out,
    refused = excluded.refused,
    changed = excluded.changed,
    warned = excluded.warned,
    data_docs = excluded.data_docs,
    started_at = excluded.started_at,
    finished_at = excluded.finished_at
