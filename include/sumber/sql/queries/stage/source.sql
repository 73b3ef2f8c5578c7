CREATE TEMPORARY TABLE staged_source (
    id bigint PRIMARY KEY, key text, name text, kind text, is_known boolean, country text, anonymous_type text, is_vague boolean
) ON COMMIT DROP
