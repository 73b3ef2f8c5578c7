CREATE TEMPORARY TABLE staged_attributed (
    article_id bigint PRIMARY KEY, article_generation integer, method_version text, output_hash bigint
) ON COMMIT DROP
