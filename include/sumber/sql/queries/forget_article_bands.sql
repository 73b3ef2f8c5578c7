DELETE FROM core.article_band WHERE article_id = ANY(%(ids)s)
