DELETE FROM core.filed_article WHERE article_id = ANY(%(ids)s)
