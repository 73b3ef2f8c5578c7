CREATE TEMPORARY TABLE staged_source_alias (source_id bigint, lang text, alias text) ON COMMIT DROP
