-- When the last check began that left nothing out and found nothing wrong.
SELECT max(step_run.started_at) AS began
FROM core.step_run
WHERE step_run.step = 'check' AND step_run.refused = 0 AND step_run.warned = 0
