INSERT INTO core.article_key (article_id, key, day, is_one_of_few)
SELECT article_id, key, DATE '0001-01-01' + (day - 1), is_one_of_few FROM staged_article_key
