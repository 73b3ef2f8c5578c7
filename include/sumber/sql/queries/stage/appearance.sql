CREATE TEMPORARY TABLE staged_appearance (
    article_id bigint, ordinal integer, id bigint, content integer [], content_text text [], form text, act text, position text,
    stance text, operator text, hedges integer [], denied integer [], is_ascribed boolean, confidence double precision
) ON COMMIT DROP
