SELECT id FROM raw.capture WHERE id = ANY(%(ids)s)
