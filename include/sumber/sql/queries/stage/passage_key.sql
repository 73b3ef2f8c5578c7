CREATE TEMPORARY TABLE staged_passage_key (article_id bigint, key bigint, day integer, ordinal integer, needed integer) ON COMMIT DROP
