SELECT
    origin,
    robots,
    robots_at,
    held_until
FROM core.host_state
ORDER BY origin
