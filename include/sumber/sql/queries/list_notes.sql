SELECT id, source_key, score, reviewer, reason, noted_on, submitted_at, withdrawn_at, withdrawn_by, withdrawn_reason
FROM core.source_note
WHERE %(key)s::text IS NULL OR source_key = %(key)s
ORDER BY submitted_at DESC, id
