DELETE FROM mart.dim_source
WHERE NOT EXISTS (SELECT FROM published_source AS wanted WHERE wanted.source_id = dim_source.source_id)
