SELECT pg_advisory_lock(hashtext('sumber.migrate'))
