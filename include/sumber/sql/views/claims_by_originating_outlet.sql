DROP VIEW IF EXISTS mart.claims_by_originating_outlet;

CREATE VIEW mart.claims_by_originating_outlet AS
SELECT
    dim_outlet.outlet_id,
    dim_outlet.name AS originating_outlet,
    dim_outlet.kind,
    dim_outlet.country,
    count(DISTINCT fct_appearance.claim_id) AS claims,
    count(DISTINCT (fct_appearance.article_id, fct_appearance.ordinal)) AS appearances,
    count(DISTINCT fct_appearance.article_id) AS articles,
    count(DISTINCT fct_appearance.outlet_id) AS carried_by,
    count(DISTINCT fct_appearance.root_id) AS roots
FROM mart.fct_appearance
INNER JOIN mart.dim_outlet ON dim_outlet.outlet_id = fct_appearance.originating_outlet_id
GROUP BY dim_outlet.outlet_id, dim_outlet.name, dim_outlet.kind, dim_outlet.country;

COMMENT ON VIEW mart.claims_by_originating_outlet IS
'Grain: one news organisation that got claims first-hand. How many of these forty stories are one Reuters story?';
COMMENT ON COLUMN mart.claims_by_originating_outlet.outlet_id IS 'Key (mart.dim_outlet); 0 where none is named.';
COMMENT ON COLUMN mart.claims_by_originating_outlet.originating_outlet IS 'Its name.';
COMMENT ON COLUMN mart.claims_by_originating_outlet.kind IS 'outlet, agency, or anonymous for a vague one.';
COMMENT ON COLUMN mart.claims_by_originating_outlet.country IS 'ISO 3166-1 alpha-2, where known.';
COMMENT ON COLUMN mart.claims_by_originating_outlet.claims IS 'Number of claims.';
COMMENT ON COLUMN mart.claims_by_originating_outlet.appearances IS 'Number of passages.';
COMMENT ON COLUMN mart.claims_by_originating_outlet.articles IS 'Number of articles.';
COMMENT ON COLUMN mart.claims_by_originating_outlet.carried_by IS 'Number of outlets whose readers saw them.';
COMMENT ON COLUMN mart.claims_by_originating_outlet.roots IS 'Number of independent routes to knowledge behind them.';
