SELECT article_id, key, day - DATE '0001-01-01' + 1 AS day, is_one_of_few FROM core.article_key WHERE article_id = ANY(%(ids)s)
