INSERT INTO core.source_note (id, source_key, score, reviewer, reason, noted_on, submitted_at)
VALUES (%(id)s, %(source_key)s, %(score)s, %(reviewer)s, %(reason)s, %(noted_on)s, %(submitted_at)s)
ON CONFLICT (id) DO NOTHING
