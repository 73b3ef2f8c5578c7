CREATE TEMPORARY TABLE staged_compared_copy (
    derived_id bigint, derived_generation integer, original_id bigint, original_generation integer
) ON COMMIT DROP
