SELECT article_id, day - DATE '0001-01-01' + 1 AS day, is_dated, bands, is_one_of_few, keys, ordinals, passage_keys, needed
FROM core.filed_article
WHERE article_id = ANY(%(ids)s)
