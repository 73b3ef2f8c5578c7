INSERT INTO core.filed_article (article_id, day, is_dated, bands, is_one_of_few, keys, ordinals, passage_keys, needed)
SELECT article_id, DATE '0001-01-01' + (day - 1), is_dated, bands, is_one_of_few, keys, ordinals, passage_keys, needed
FROM staged_filed_article
ORDER BY article_id
