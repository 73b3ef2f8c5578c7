SELECT name, step, rule, record, reason, value, first_run, last_run
FROM core.rejection
WHERE closed_at IS NULL
ORDER BY step, name, rule, record, value_hash
