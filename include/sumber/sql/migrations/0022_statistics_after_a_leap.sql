-- The planner knows a table by its statistics. Autovacuum renews them, but looks once a minute, and never at a partitioned table as a whole:
-- the steps that follow the first large ingest were planned for empty tables, and took minutes instead of seconds.

CREATE FUNCTION core.refresh_statistics() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    grown regclass;
    renewed integer := 0;
BEGIN
    FOR grown IN
        SELECT counted.relid
        FROM pg_stat_user_tables AS counted
        INNER JOIN pg_class AS known ON known.oid = counted.relid
        WHERE
            counted.schemaname IN ('raw', 'core', 'mart')
            AND known.relkind = 'r'
            AND counted.n_mod_since_analyze > 500 + greatest(known.reltuples, 0) / 2
        UNION ALL
        SELECT whole.oid
        FROM pg_class AS whole
        INNER JOIN pg_inherits AS part ON part.inhparent = whole.oid
        INNER JOIN pg_stat_user_tables AS counted ON counted.relid = part.inhrelid
        WHERE whole.relkind = 'p' AND counted.schemaname = 'core'
        GROUP BY whole.oid, whole.reltuples
        HAVING sum(counted.n_live_tup) > 500 + 2 * greatest(whole.reltuples, 0)
    LOOP
        EXECUTE format('ANALYZE (SKIP_LOCKED) %s', grown);
        renewed := renewed + 1;
    END LOOP;
    RETURN renewed;
END
$$;
COMMENT ON FUNCTION core.refresh_statistics() IS
'Renews the planner''s statistics of tables that changed by more than half since they were last looked at; returns how many.';
REVOKE EXECUTE ON FUNCTION core.refresh_statistics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.refresh_statistics() TO sumber_etl;
