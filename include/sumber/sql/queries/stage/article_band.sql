CREATE TEMPORARY TABLE staged_article_band (article_id bigint, band bigint, day date) ON COMMIT DROP
