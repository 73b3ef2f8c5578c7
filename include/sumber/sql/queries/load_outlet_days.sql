SELECT
    day,
    outlet,
    articles,
    with_headline,
    with_date,
    with_body,
    with_credit,
    complete,
    copies,
    attributed,
    unattributed,
    langs,
    hours_old,
    failed
FROM core.outlet_day
WHERE day >= %(since)s AND day <= %(until)s
ORDER BY day, outlet
