SELECT count(*) > 0 FROM pg_roles WHERE rolname = %(name)s
