INSERT INTO core.source_score (
    source_key, ledger, day, known_at, source_id, status, score, lower, upper, roots, checks, external, letter, components,
    notes, method_version, is_provisional, run
)
SELECT
    source_key,
    ledger,
    %(day)s,
    %(known_on)s,
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
    method_version,
    %(is_provisional)s,
    %(run)s
FROM staged_source_score
ORDER BY source_key, ledger
ON CONFLICT (source_key, ledger, day, known_at) DO UPDATE SET
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
    method_version = excluded.method_version,
    run = excluded.run
WHERE
    (
        source_score.source_id, source_score.status, source_score.score, source_score.lower, source_score.upper, source_score.roots,
        source_score.checks, source_score.external, source_score.letter, source_score.components, source_score.notes,
        source_score.method_version
    )
    IS DISTINCT FROM (
        excluded.source_id, excluded.status, excluded.score, excluded.lower, excluded.upper, excluded.roots, excluded.checks,
        excluded.external, excluded.letter, excluded.components, excluded.notes, excluded.method_version
    )
