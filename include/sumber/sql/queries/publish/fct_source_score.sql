INSERT INTO mart.fct_source_score (
    source_key,
    ledger,
    day,
    known_at,
    source_id,
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
)
SELECT
    source_key,
    ledger,
    day,
    known_at,
    source_id,
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
FROM published_source_score
ORDER BY source_key, ledger, day
ON CONFLICT (source_key, ledger, day) DO UPDATE SET
    known_at = excluded.known_at,
    source_id = excluded.source_id,
    status = excluded.status,
    score = excluded.score,
    lower = excluded.lower,
    upper = excluded.upper,
    roots = excluded.roots,
    checks = excluded.checks,
    external = excluded.external,
    letter = excluded.letter,
    components = excluded.components,
    notes = excluded.notes,
    is_provisional = excluded.is_provisional
WHERE
    (
        fct_source_score.known_at,
        fct_source_score.source_id,
        fct_source_score.status,
        fct_source_score.score,
        fct_source_score.lower,
        fct_source_score.upper,
        fct_source_score.roots,
        fct_source_score.checks,
        fct_source_score.external,
        fct_source_score.letter,
        fct_source_score.components,
        fct_source_score.notes,
        fct_source_score.is_provisional
    )
    IS DISTINCT FROM (
        excluded.known_at,
        excluded.source_id,
        excluded.status,
        excluded.score,
        excluded.lower,
        excluded.upper,
        excluded.roots,
        excluded.checks,
        excluded.external,
        excluded.letter,
        excluded.components,
        excluded.notes,
        excluded.is_provisional
    )
