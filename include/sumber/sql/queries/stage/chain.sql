CREATE TEMPORARY TABLE staged_chain (
    article_id bigint, ordinal integer, branch integer, path bigint [], depth integer, originating_outlet_id bigint,
    ultimate_source_id bigint, supplying_agency_id bigint, terminus text, root_id bigint, root_key text, confidence double precision
) ON COMMIT DROP
