-- The latest run of each step that worked on anything, its batches added up.
WITH runs AS (
    SELECT
        step,
        run,
        min(unit) AS unit,
        count(*) AS batches,
        sum(items) AS items,
        sum(came_in) AS came_in,
        sum(went_out) AS went_out,
        sum(refused) AS refused,
        sum(changed) AS changed,
        sum(warned) AS warned,
        max(finished_at) AS finished_at
    FROM core.step_run
    GROUP BY step, run
),

latest AS (
    SELECT DISTINCT ON (step) * FROM runs
    ORDER BY step, finished_at DESC, run
)

SELECT
    step,
    run,
    unit,
    batches,
    items,
    came_in,
    went_out,
    refused,
    changed,
    warned,
    ARRAY(
        SELECT page.address
        FROM core.step_run AS line CROSS JOIN LATERAL unnest(line.data_docs) AS page (address)
        WHERE line.step = latest.step AND line.run = latest.run
        ORDER BY page.address
    ) AS data_docs,
    finished_at
FROM latest
ORDER BY array_position(ARRAY['capture', 'read', 'attribute', 'trace', 'check', 'score', 'publish', 'verify'], step)
