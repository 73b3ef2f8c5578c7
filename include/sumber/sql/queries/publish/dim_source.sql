INSERT INTO mart.dim_source (
    source_id,
    source_key,
    name,
    kind,
    country,
    anonymous_type,
    is_named,
    is_known
)
SELECT
    source_id,
    source_key,
    name,
    kind,
    country,
    anonymous_type,
    is_named,
    is_known
FROM published_source
ORDER BY source_id
ON CONFLICT (source_id) DO UPDATE SET
    source_key = excluded.source_key,
    name = excluded.name,
    kind = excluded.kind,
    country = excluded.country,
    anonymous_type = excluded.anonymous_type,
    is_named = excluded.is_named,
    is_known = excluded.is_known
WHERE
    (
        dim_source.source_key,
        dim_source.name,
        dim_source.kind,
        dim_source.country,
        dim_source.anonymous_type,
        dim_source.is_named,
        dim_source.is_known
    )
    IS DISTINCT FROM (
        excluded.source_key,
        excluded.name,
        excluded.kind,
        excluded.country,
        excluded.anonymous_type,
        excluded.is_named,
        excluded.is_known
    )
