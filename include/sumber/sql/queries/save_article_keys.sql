INSERT INTO core.article_key (article_id, key, is_one_of_few, day)
SELECT article_id, key, is_one_of_few, day FROM staged_article_key
