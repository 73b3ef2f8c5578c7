DROP VIEW IF EXISTS mart.claims_by_ultimate_source;

CREATE VIEW mart.claims_by_ultimate_source AS
SELECT
    dim_source.source_id,
    dim_source.name AS ultimate_source,
    dim_source.kind,
    dim_source.country,
    dim_source.anonymous_type,
    dim_source.is_named,
    count(DISTINCT fct_appearance.claim_id) AS claims,
    count(DISTINCT (fct_appearance.article_id, fct_appearance.ordinal)) AS appearances,
    count(DISTINCT fct_appearance.article_id) AS articles,
    count(DISTINCT fct_appearance.originating_outlet_id) AS originating_outlets
FROM mart.fct_appearance
INNER JOIN mart.dim_source ON dim_source.source_id = fct_appearance.ultimate_source_id
GROUP BY
    dim_source.source_id, dim_source.name, dim_source.kind, dim_source.country, dim_source.anonymous_type, dim_source.is_named;

COMMENT ON VIEW mart.claims_by_ultimate_source IS 'Grain: one source at the end of chains.';
COMMENT ON COLUMN mart.claims_by_ultimate_source.source_id IS 'Key (mart.dim_source); 0 for the outlets'' own narration.';
COMMENT ON COLUMN mart.claims_by_ultimate_source.ultimate_source IS 'Its name.';
COMMENT ON COLUMN mart.claims_by_ultimate_source.kind IS 'person, government, organisation, agency, outlet, document or anonymous.';
COMMENT ON COLUMN mart.claims_by_ultimate_source.country IS 'ISO 3166-1 alpha-2, where known.';
COMMENT ON COLUMN mart.claims_by_ultimate_source.anonymous_type IS 'Type of an unnamed source.';
COMMENT ON COLUMN mart.claims_by_ultimate_source.is_named IS 'Whether readers are told who it is.';
COMMENT ON COLUMN mart.claims_by_ultimate_source.claims IS 'Number of claims.';
COMMENT ON COLUMN mart.claims_by_ultimate_source.appearances IS 'Number of passages.';
COMMENT ON COLUMN mart.claims_by_ultimate_source.articles IS 'Number of articles.';
COMMENT ON COLUMN mart.claims_by_ultimate_source.originating_outlets IS 'Number of news organisations that got them first-hand.';
