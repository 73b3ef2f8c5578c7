-- Relayed passages whose page credits the outlet whose text is held: charged to the page, once, against the nearest such origin.
SELECT DISTINCT ON (relay.derived_id, relay.ordinal)
    claim.canonical_id AS claim,
    page.key AS source,
    'text:' || relay.original_id AS root,
    (coalesce(article.published_at, capture.captured_at) AT TIME ZONE 'UTC')::date AS relayed_on,
    relay.figures,
    relay.position,
    relay.attribution,
    relay.hedges,
    least(derivation.confidence, chain.confidence, origin_chain.confidence) AS confidence,
    EXISTS (
        SELECT FROM core.attribution
        WHERE
            attribution.captured_month = chain.captured_month
            AND attribution.article_id = traced.article_id
            AND attribution.generation = traced.attributed_generation
            AND attribution.ordinal = chain.ordinal
            AND attribution.origin = 'review'
    ) AS is_reviewed,
    greatest(capture.captured_at, origin_capture.captured_at) AS known_at
FROM core.relay
INNER JOIN core.derivation
    ON
        derivation.derived_id = relay.derived_id
        AND derivation.original_id = relay.original_id
        AND derivation.is_directed
        AND derivation.closed_at IS NULL
INNER JOIN core.traced_article AS traced
    ON
        traced.article_id = relay.derived_id
        AND traced.attributed_generation = relay.derived_generation
        AND traced.closed_at IS NULL
INNER JOIN core.traced_article AS origin
    ON
        origin.article_id = relay.original_id
        AND origin.attributed_generation = relay.original_generation
        AND origin.closed_at IS NULL
INNER JOIN core.article ON article.id = relay.derived_id AND article.closed_at IS NULL
INNER JOIN raw.capture ON capture.id = article.capture_id
INNER JOIN core.article AS origin_article ON origin_article.id = relay.original_id AND origin_article.closed_at IS NULL
INNER JOIN raw.capture AS origin_capture ON origin_capture.id = origin_article.capture_id
INNER JOIN core.claim
    ON claim.article_id = traced.article_id AND claim.generation = traced.generation AND claim.ordinal = relay.ordinal
INNER JOIN core.chain
    ON chain.article_id = traced.article_id AND chain.generation = traced.generation AND chain.ordinal = relay.ordinal
INNER JOIN core.chain AS origin_chain
    ON
        origin_chain.article_id = origin.article_id
        AND origin_chain.generation = origin.generation
        AND origin_chain.ordinal = relay.original_ordinal
INNER JOIN core.source AS page ON page.id = chain.path[1] AND page.kind IN ('outlet', 'agency') AND NOT page.is_vague
WHERE
    origin_chain.path[1] = ANY(chain.path[2:])
    AND capture.captured_at <= %(known_at)s
    AND origin_capture.captured_at <= %(known_at)s
    AND coalesce(article.published_at, capture.captured_at) < (%(day)s::date + 1)::timestamp AT TIME ZONE 'UTC'
    AND coalesce(article.published_at, capture.captured_at) >= %(since)s::timestamp AT TIME ZONE 'UTC'
ORDER BY
    relay.derived_id, relay.ordinal, array_position(chain.path, origin_chain.path[1]), relay.original_id, chain.branch, origin_chain.branch
