SELECT source_key, source, kind, country, ledger, day, status, score, lower, upper, roots, checks, letter
FROM mart.source_scores
ORDER BY score DESC NULLS LAST, status, source, source_key, ledger
