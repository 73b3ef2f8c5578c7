SELECT
    regexp_replace(schemaname || '.' || relname, '_(\d{4}(_\d\d)?|of_other_years)$', '') AS name,
    sum(coalesce(heap_blks_hit, 0) + coalesce(heap_blks_read, 0) + coalesce(idx_blks_hit, 0) + coalesce(idx_blks_read, 0)) AS buffers
FROM pg_statio_user_tables
WHERE schemaname IN ('raw', 'core', 'mart')
GROUP BY 1
