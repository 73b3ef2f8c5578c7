CREATE TEMPORARY TABLE staged_resolved_hop (
    article_id bigint, ordinal integer, branch integer, hop integer, source_id bigint, rule text, confidence double precision
) ON COMMIT DROP
