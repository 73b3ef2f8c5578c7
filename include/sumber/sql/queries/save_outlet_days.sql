INSERT INTO core.outlet_day (
    day, outlet, articles, with_headline, with_date, with_body, with_credit, complete, copies, attributed, unattributed, langs, hours_old,
    failed, run
)
SELECT
    %(day)s, outlet, articles, with_headline, with_date, with_body, with_credit, complete, copies, attributed, unattributed, langs, hours_old,
    failed, %(run)s
FROM staged_outlet_day
