DELETE FROM core.article_key WHERE article_id = ANY(%(ids)s)
