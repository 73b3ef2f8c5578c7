SELECT step, count(*) AS items FROM core.pending GROUP BY step ORDER BY step
