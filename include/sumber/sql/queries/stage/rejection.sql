CREATE TEMPORARY TABLE staged_rejection (
    capture_id bigint, rule text, value_hash bigint, step text, record text, value text, reason text, name text
) ON COMMIT DROP
