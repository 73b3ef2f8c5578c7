CREATE TEMPORARY TABLE staged_filed_article (
    article_id bigint, day integer, is_dated boolean, bands bigint [], is_one_of_few boolean, keys bigint [], ordinals integer [],
    passage_keys bigint [], needed integer []
) ON COMMIT DROP
