INSERT INTO core.score_slice (source_key, ledger, day, known_at, dimension, value, score, roots)
SELECT source_key, ledger, %(day)s, %(known_on)s, dimension, value, score, roots
FROM staged_score_slice
ORDER BY source_key, ledger, dimension, value
