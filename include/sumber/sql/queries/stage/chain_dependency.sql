CREATE TEMPORARY TABLE staged_chain_dependency (
    article_id bigint, ordinal integer, branch integer, other_article_id bigint, reason text
) ON COMMIT DROP
