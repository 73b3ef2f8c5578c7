INSERT INTO core.article_band (article_id, band)
SELECT article_id, band FROM staged_article_band
