CREATE TEMPORARY TABLE staged_article_probe (article_id bigint, key bigint, is_one_of_few boolean, day date) ON COMMIT DROP
