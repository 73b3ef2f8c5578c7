-- holds as many rows as the ledger says that the last publishing wrote
SELECT
    published.run,
    published.went_out AS stated,
    (SELECT count(*) FROM mart.fct_appearance) AS counted
FROM (
    SELECT
        run,
        went_out
    FROM core.step_run
    WHERE step = 'publish'
    ORDER BY finished_at DESC, run
    LIMIT 1
) AS published
WHERE published.went_out <> (SELECT count(*) FROM mart.fct_appearance)
