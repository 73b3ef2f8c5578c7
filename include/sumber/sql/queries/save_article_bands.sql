INSERT INTO core.article_band (article_id, band, day, is_dated)
SELECT article_id, band, DATE '0001-01-01' + (day - 1), is_dated FROM staged_article_band
