SELECT
    fct_claim.claim_id,
    fct_claim.text AS claim,
    fct_claim.roots_min,
    fct_claim.roots_max,
    fct_claim.appearances,
    fct_claim.rests_on_one_anonymous_root,
    fct_appearance.appearance_id,
    fct_appearance.ordinal,
    fct_appearance.branch,
    dim_article.name AS article,
    fct_appearance.lang,
    fct_appearance.content,
    fct_appearance.stance,
    fct_appearance.chain,
    page.name AS outlet,
    origin.name AS originating_outlet,
    agency.name AS supplying_agency,
    dim_source.name AS ultimate_source,
    dim_source.kind AS ultimate_kind,
    dim_source.anonymous_type,
    fct_appearance.terminus,
    fct_appearance.root_key,
    fct_appearance.confidence
FROM mart.fct_appearance
INNER JOIN mart.fct_claim ON fct_claim.claim_id = fct_appearance.claim_id
INNER JOIN mart.dim_article ON dim_article.article_id = fct_appearance.article_id
INNER JOIN mart.dim_outlet AS page ON page.outlet_id = fct_appearance.outlet_id
INNER JOIN mart.dim_outlet AS origin ON origin.outlet_id = fct_appearance.originating_outlet_id
INNER JOIN mart.dim_outlet AS agency ON agency.outlet_id = fct_appearance.supplying_agency_id
INNER JOIN mart.dim_source ON dim_source.source_id = fct_appearance.ultimate_source_id
-- Of a page that was changed, its last version.
WHERE
    NOT EXISTS (
        SELECT FROM core.derivation AS revision
        WHERE
            revision.original_id = fct_appearance.article_id
            AND revision.kind = 'revision'
            AND revision.is_directed
            AND revision.closed_at IS NULL
    )
ORDER BY
    fct_claim.articles DESC,
    fct_claim.appearances DESC,
    fct_claim.claim_id,
    dim_article.name,
    fct_appearance.article_id,
    fct_appearance.ordinal,
    fct_appearance.branch
