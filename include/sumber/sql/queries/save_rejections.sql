INSERT INTO core.rejection (capture_id, rule, value_hash, step, record, value, reason, name, first_run, last_run)
SELECT capture_id, rule, value_hash, step, record, value, reason, name, %(run)s, %(run)s
FROM staged_rejection
ORDER BY capture_id, rule, value_hash
ON CONFLICT (capture_id, rule, value_hash) DO UPDATE
SET last_run = excluded.last_run, reason = excluded.reason, closed_at = NULL
