DROP VIEW IF EXISTS mart.independent_roots_per_claim;

CREATE VIEW mart.independent_roots_per_claim AS
SELECT
    fct_claim.claim_id,
    fct_claim.text,
    fct_claim.roots_min,
    fct_claim.roots_max,
    fct_claim.named_roots,
    fct_claim.anonymous_roots,
    fct_claim.appearances,
    fct_claim.articles,
    fct_claim.outlets,
    fct_claim.denials,
    fct_claim.rests_on_one_anonymous_root,
    fct_claim.first_day,
    dim_article.name AS first_article,
    dim_outlet.name AS first_outlet,
    (
        SELECT string_agg(DISTINCT origin.name, '; ' ORDER BY origin.name)
        FROM mart.fct_appearance
        INNER JOIN mart.dim_outlet AS origin ON origin.outlet_id = fct_appearance.originating_outlet_id
        WHERE fct_appearance.claim_id = fct_claim.claim_id AND origin.outlet_id <> 0
    ) AS originating_outlets
FROM mart.fct_claim
INNER JOIN mart.dim_article ON dim_article.article_id = fct_claim.first_article_id
INNER JOIN mart.dim_outlet ON dim_outlet.outlet_id = dim_article.outlet_id;

COMMENT ON VIEW mart.independent_roots_per_claim IS 'Grain: one claim. Forty copies of one wire story are one root.';
COMMENT ON COLUMN mart.independent_roots_per_claim.claim_id IS 'Key (mart.fct_claim).';
COMMENT ON COLUMN mart.independent_roots_per_claim.text IS 'The proposition, in the words of one appearance.';
COMMENT ON COLUMN mart.independent_roots_per_claim.roots_min IS 'Number of independent routes to knowledge at least.';
COMMENT ON COLUMN mart.independent_roots_per_claim.roots_max IS 'Number of independent routes to knowledge at most.';
COMMENT ON COLUMN mart.independent_roots_per_claim.named_roots IS 'How many of them end at a named source.';
COMMENT ON COLUMN mart.independent_roots_per_claim.anonymous_roots IS 'How many of them end at an unnamed source.';
COMMENT ON COLUMN mart.independent_roots_per_claim.appearances IS 'Number of passages that report it.';
COMMENT ON COLUMN mart.independent_roots_per_claim.articles IS 'Number of articles.';
COMMENT ON COLUMN mart.independent_roots_per_claim.outlets IS 'Number of outlets.';
COMMENT ON COLUMN mart.independent_roots_per_claim.denials IS 'Number of its appearances that deny.';
COMMENT ON COLUMN mart.independent_roots_per_claim.rests_on_one_anonymous_root IS 'Whether a single unnamed source is all there is.';
COMMENT ON COLUMN mart.independent_roots_per_claim.first_day IS 'Day of the earliest known appearance.';
COMMENT ON COLUMN mart.independent_roots_per_claim.first_article IS 'Its article.';
COMMENT ON COLUMN mart.independent_roots_per_claim.first_outlet IS 'Its outlet: not necessarily the origin.';
COMMENT ON COLUMN mart.independent_roots_per_claim.originating_outlets IS 'Who got it first-hand: the ends of its chains, whoever published first.';
