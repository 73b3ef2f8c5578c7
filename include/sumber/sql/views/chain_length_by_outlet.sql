DROP VIEW IF EXISTS mart.chain_length_by_outlet;

CREATE VIEW mart.chain_length_by_outlet AS
SELECT
    dim_outlet.outlet_id,
    dim_outlet.name AS outlet,
    count(*) AS chains,
    avg(fct_appearance.depth)::double precision AS mean_depth,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY fct_appearance.depth) AS median_depth,
    max(fct_appearance.depth) AS longest,
    avg((fct_appearance.terminus = 'primary')::integer)::double precision AS share_primary,
    avg((fct_appearance.terminus = 'anonymous')::integer)::double precision AS share_anonymous,
    avg((fct_appearance.terminus IN ('missing', 'cycle'))::integer)::double precision AS share_open
FROM mart.fct_appearance
INNER JOIN mart.dim_outlet ON dim_outlet.outlet_id = fct_appearance.outlet_id
GROUP BY dim_outlet.outlet_id, dim_outlet.name;

COMMENT ON VIEW mart.chain_length_by_outlet IS 'Grain: one outlet that readers see.';
COMMENT ON COLUMN mart.chain_length_by_outlet.outlet_id IS 'Key (mart.dim_outlet); 0 where the page does not say.';
COMMENT ON COLUMN mart.chain_length_by_outlet.outlet IS 'Its name.';
COMMENT ON COLUMN mart.chain_length_by_outlet.chains IS 'Number of chains: branches of appearances.';
COMMENT ON COLUMN mart.chain_length_by_outlet.mean_depth IS 'Mean number of nodes, the outlet included.';
COMMENT ON COLUMN mart.chain_length_by_outlet.median_depth IS 'Median number of nodes.';
COMMENT ON COLUMN mart.chain_length_by_outlet.longest IS 'Number of nodes of the longest chain.';
COMMENT ON COLUMN mart.chain_length_by_outlet.share_primary IS 'Share of chains that end at a named source.';
COMMENT ON COLUMN mart.chain_length_by_outlet.share_anonymous IS 'Share of chains that end at an unnamed source.';
COMMENT ON COLUMN mart.chain_length_by_outlet.share_open IS 'Share of chains whose end cannot be made out.';
