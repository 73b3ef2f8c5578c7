CREATE TEMPORARY TABLE staged_media_credit (
    article_id bigint, ordinal integer, name text, span_start integer, span_end integer
) ON COMMIT DROP
