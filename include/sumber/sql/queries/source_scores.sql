SELECT DISTINCT ON (ledger)
    ledger, day, known_at, status, score, lower, upper, roots, checks, external, letter, components, notes, is_provisional
FROM core.source_score
WHERE source_key = %(key)s AND (%(as_of)s::date IS NULL OR day <= %(as_of)s)
ORDER BY ledger, day DESC, known_at DESC
