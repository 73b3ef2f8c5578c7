CREATE TEMPORARY TABLE staged_relay (
    derived_id bigint, derived_generation integer, original_id bigint, original_generation integer, ordinal integer,
    original_ordinal integer, figures boolean, position boolean, attribution boolean, hedges boolean
) ON COMMIT DROP
