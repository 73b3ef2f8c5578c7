SELECT
    current_setting('server_version_num')::int AS version,
    rolsuper OR (rolcreatedb AND rolcreaterole) AS may_create
FROM pg_roles
WHERE rolname = current_user
