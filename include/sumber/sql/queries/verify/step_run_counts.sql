-- what came in is what went out and what was refused, in each line
SELECT
    run,
    step,
    batch_id,
    came_in,
    went_out,
    refused
FROM core.step_run
WHERE came_in <> went_out + refused
LIMIT 20
