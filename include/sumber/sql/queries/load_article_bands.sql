SELECT article_id, band, day - DATE '0001-01-01' + 1 AS day, is_dated FROM core.article_band WHERE article_id = ANY(%(ids)s)
