CREATE TEMPORARY TABLE staged_traced (
    article_id bigint PRIMARY KEY, attributed_generation integer, method_version text, output_hash bigint
) ON COMMIT DROP
