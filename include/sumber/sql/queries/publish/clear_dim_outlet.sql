DELETE FROM mart.dim_outlet
WHERE NOT EXISTS (SELECT FROM published_outlet AS wanted WHERE wanted.outlet_id = dim_outlet.outlet_id)
