CREATE TEMPORARY TABLE staged_derivation (
    derived_id bigint, original_id bigint, kind text, is_directed boolean, confidence double precision, evidence text [],
    method_version text
) ON COMMIT DROP
