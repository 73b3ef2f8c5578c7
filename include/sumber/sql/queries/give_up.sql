-- What could not be settled in many attempts, alone at last, is refused instead of being tried for ever.
WITH abandoned AS (
    DELETE FROM core.pending
    WHERE step = %(step)s AND item_id = ANY(%(ids)s)
    RETURNING step, item_id, attempts, last_failure
)

INSERT INTO core.rejection (capture_id, rule, value_hash, step, record, value, reason, name, first_run, last_run)
SELECT
    capture.id,
    'given_up',
    abandoned.item_id,
    abandoned.step,
    '',
    abandoned.item_id::text,
    format('%%s attempts failed; the last one: %%s', abandoned.attempts, coalesce(abandoned.last_failure, 'it ended without a word')),
    capture.name,
    %(run)s,
    %(run)s
FROM abandoned
INNER JOIN
    raw.capture
    ON capture.id = CASE abandoned.step
        WHEN 'read' THEN abandoned.item_id
        ELSE (SELECT article.capture_id FROM core.article WHERE article.id = abandoned.item_id LIMIT 1)
    END
ON CONFLICT (capture_id, rule, value_hash) DO UPDATE SET last_run = excluded.last_run, reason = excluded.reason, closed_at = NULL
