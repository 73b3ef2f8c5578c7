CREATE TEMPORARY TABLE published_appearance ON COMMIT DROP AS
SELECT
    chain.article_id,
    chain.ordinal,
    chain.branch,
    appearance.id AS appearance_id,
    (coalesce(article.published_at, capture.captured_at) AT TIME ZONE 'UTC')::date AS day,
    article.lang,
    coalesce(page.source_id, 0) AS outlet_id,
    coalesce(chain.originating_outlet_id, 0) AS originating_outlet_id,
    coalesce(chain.supplying_agency_id, 0) AS supplying_agency_id,
    coalesce(chain.ultimate_source_id, 0) AS ultimate_source_id,
    claim.canonical_id AS claim_id,
    utterance.canonical_id AS utterance_id,
    claim.id AS own_claim_id,
    claim.text,
    claim.value,
    claim.unit,
    claim.value_kind,
    claim.places,
    claim.valid_times,
    chain.root_id,
    chain.root_key,
    chain.depth,
    chain.terminus,
    appearance.form,
    appearance.stance,
    chain.confidence,
    array_to_string(appearance.content_text, ' … ') AS content,
    coalesce(
        (
            SELECT string_agg(source.name, ' <- ' ORDER BY node.position)
            FROM unnest(chain.path) WITH ORDINALITY AS node (source_id, position)
            INNER JOIN core.source ON source.id = node.source_id
        ),
        ''
    ) AS chain,
    coalesce(article.published_at, capture.captured_at) AS moment
FROM core.traced_article AS traced
INNER JOIN core.chain ON chain.article_id = traced.article_id AND chain.generation = traced.generation
INNER JOIN
    core.attributed_article AS attributed
    ON attributed.article_id = traced.article_id AND attributed.generation = traced.attributed_generation
INNER JOIN
    core.appearance
    ON
        appearance.captured_month = chain.captured_month
        AND appearance.article_id = attributed.article_id
        AND appearance.generation = attributed.generation
        AND appearance.ordinal = chain.ordinal
INNER JOIN
    core.article
    ON article.id = attributed.article_id AND article.generation = attributed.article_generation
INNER JOIN raw.capture ON capture.id = article.capture_id
INNER JOIN
    core.utterance
    ON utterance.article_id = traced.article_id AND utterance.generation = traced.generation AND utterance.ordinal = chain.ordinal
INNER JOIN
    core.claim
    ON claim.article_id = traced.article_id AND claim.generation = traced.generation AND claim.ordinal = chain.ordinal
LEFT JOIN
    core.attribution AS page
    ON
        page.captured_month = chain.captured_month
        AND page.article_id = attributed.article_id
        AND page.generation = attributed.generation
        AND page.ordinal = chain.ordinal
        AND page.branch = chain.branch
        AND page.hop = 0
        AND page.origin = 'outlet'
WHERE traced.closed_at IS NULL
