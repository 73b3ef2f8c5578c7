CREATE TEMPORARY TABLE staged_claim_relation (
    claim_id bigint, relation text, other_id bigint, confidence double precision, evidence text [], method_version text
) ON COMMIT DROP
