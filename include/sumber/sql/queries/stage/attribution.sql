CREATE TEMPORARY TABLE staged_attribution (
    article_id bigint, ordinal integer, branch integer, hop integer, source_id bigint, relation text, origin text, scope text,
    rule text, method_version text, confidence double precision, cue integer [], mention integer [], mention_text text,
    source_role text, source_count integer, anonymity_reason text
) ON COMMIT DROP
