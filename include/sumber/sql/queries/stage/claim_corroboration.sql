CREATE TEMPORARY TABLE staged_claim_corroboration (
    claim_id bigint, belief double precision, roots_for integer, roots_against integer, credibility integer
) ON COMMIT DROP
