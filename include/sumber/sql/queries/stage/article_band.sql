CREATE TEMPORARY TABLE staged_article_band (article_id bigint, band bigint, day integer, is_dated boolean) ON COMMIT DROP
