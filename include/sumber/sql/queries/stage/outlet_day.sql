CREATE TEMPORARY TABLE staged_outlet_day (
    outlet text PRIMARY KEY, articles integer, with_headline integer, with_date integer, with_body integer, with_credit integer,
    complete integer, copies integer, attributed integer, unattributed integer, langs jsonb, hours_old double precision, failed text []
) ON COMMIT DROP
