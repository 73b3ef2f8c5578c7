INSERT INTO core.score_evidence (
    source_key, ledger, day, known_at, ordinal, claim_id, root_key, basis, dated, outcome, weight, effect, reason
)
SELECT source_key, ledger, %(day)s, %(known_on)s, ordinal, claim_id, root_key, basis, dated, outcome, weight, effect, reason
FROM staged_score_evidence
ORDER BY source_key, ledger, ordinal
