INSERT INTO mart.dim_outlet (
    outlet_id,
    name,
    kind,
    country,
    is_known
)
SELECT
    outlet_id,
    name,
    kind,
    country,
    is_known
FROM published_outlet
ORDER BY outlet_id
ON CONFLICT (outlet_id) DO UPDATE SET
    name = excluded.name,
    kind = excluded.kind,
    country = excluded.country,
    is_known = excluded.is_known
WHERE
    (
        dim_outlet.name,
        dim_outlet.kind,
        dim_outlet.country,
        dim_outlet.is_known
    )
    IS DISTINCT FROM (
        excluded.name,
        excluded.kind,
        excluded.country,
        excluded.is_known
    )
