CREATE TEMPORARY TABLE staged_score_evidence (
    source_key text, ledger text, ordinal integer, claim_id bigint, root_key text, basis text, dated date, outcome double precision,
    weight double precision, effect double precision, reason text
) ON COMMIT DROP
