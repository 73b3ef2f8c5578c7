SELECT dimension, value, score, roots
FROM core.score_slice
WHERE source_key = %(key)s AND ledger = %(ledger)s AND day = %(day)s AND known_at = %(known_at)s
ORDER BY dimension DESC, value
