CREATE TEMPORARY TABLE staged_source_score (
    source_key text, ledger text, source_id bigint, status text, score double precision, lower double precision, upper double precision,
    roots double precision, checks integer, external integer, letter text, components jsonb, notes jsonb, method_version text
) ON COMMIT DROP
