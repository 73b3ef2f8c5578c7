CREATE TEMPORARY TABLE staged_article_key (article_id bigint, key bigint, day integer, is_one_of_few boolean) ON COMMIT DROP
