SELECT article_id, key, day - DATE '0001-01-01' + 1 AS day, ordinal, needed FROM core.passage_key WHERE article_id = ANY(%(ids)s)
