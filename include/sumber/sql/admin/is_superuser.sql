SELECT rolsuper FROM pg_roles WHERE rolname = CURRENT_USER
