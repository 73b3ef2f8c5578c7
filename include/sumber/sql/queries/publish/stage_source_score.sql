CREATE TEMPORARY TABLE published_source_score ON COMMIT DROP AS
SELECT DISTINCT ON (source_key, ledger, day)
    source_key,
    ledger,
    day,
    known_at,
    coalesce(source_id, 0) AS source_id,
    status,
    score,
    lower,
    upper,
    roots,
    checks,
    external,
    letter,
    components,
    notes,
    is_provisional
FROM core.source_score
ORDER BY source_key, ledger, day, known_at DESC
