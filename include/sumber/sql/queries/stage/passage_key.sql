CREATE TEMPORARY TABLE staged_passage_key (article_id bigint, ordinal integer, key bigint, needed integer, day date) ON COMMIT DROP
