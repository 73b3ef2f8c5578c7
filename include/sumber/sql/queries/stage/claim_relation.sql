CREATE TEMPORARY TABLE staged_claim_relation (
    claim_id bigint, relation text, other_id bigint, confidence double precision, evidence text [], cited bigint [],
    method_version text
) ON COMMIT DROP
