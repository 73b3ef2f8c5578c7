-- The dimension has no gaps; days that no fact needs any more stay, since a day never becomes wrong.
WITH days AS (
    SELECT day FROM published_article
    UNION ALL
    SELECT day FROM published_appearance
    UNION ALL
    SELECT day FROM published_source_score
    UNION ALL
    SELECT day FROM mart.dim_date
),

bounds AS (
    SELECT min(day) AS first_day, max(day) AS last_day FROM days
)

INSERT INTO mart.dim_date (day, year, quarter, month, month_start, iso_week, weekday, is_weekend)
SELECT
    day::date,
    extract(YEAR FROM day),
    extract(QUARTER FROM day),
    extract(MONTH FROM day),
    date_trunc('month', day)::date,
    to_char(day, 'IYYY"-W"IW'),
    extract(ISODOW FROM day),
    extract(ISODOW FROM day) >= 6
FROM bounds, generate_series(first_day::timestamp, last_day::timestamp, interval '1 day') AS day
ON CONFLICT (day) DO NOTHING
