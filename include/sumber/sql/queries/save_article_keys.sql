INSERT INTO core.article_key (article_id, key, is_one_of_few)
SELECT article_id, key, is_one_of_few FROM staged_article_key
