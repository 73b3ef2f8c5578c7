DELETE FROM core.passage_key WHERE article_id = ANY(%(ids)s)
