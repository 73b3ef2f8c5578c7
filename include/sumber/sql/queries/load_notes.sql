SELECT source_key AS source, reviewer, noted_on, reason, score
FROM core.source_note
WHERE
    submitted_at <= %(known_at)s
    AND (withdrawn_at IS NULL OR withdrawn_at > %(known_at)s)
    AND noted_on <= %(day)s
ORDER BY noted_on, submitted_at, id
