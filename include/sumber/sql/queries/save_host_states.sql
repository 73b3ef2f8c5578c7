INSERT INTO core.host_state (origin, robots, robots_at, held_until)
SELECT origin, robots, robots_at, held_until
FROM staged_host_state
ORDER BY origin
ON CONFLICT (origin) DO UPDATE SET
    robots = excluded.robots,
    robots_at = excluded.robots_at,
    held_until = excluded.held_until
