INSERT INTO core.article_band (article_id, band, day)
SELECT article_id, band, day FROM staged_article_band
