-- Positions of sources on claims that can be checked: those with a question and an answer, at the end of chains that name somebody.
SELECT
    claim.canonical_id AS claim,
    claim.slot,
    claim.value,
    claim.unit,
    claim.is_affirmed,
    chain.root_key,
    chain.confidence,
    source.id,
    source.key,
    source.name,
    source.kind,
    source.is_known,
    source.country,
    source.anonymous_type,
    source.is_vague,
    article.url,
    article.lang,
    (coalesce(article.published_at, capture.captured_at) AT TIME ZONE 'UTC')::date AS said_on,
    capture.captured_at AS known_at,
    EXISTS (
        SELECT FROM core.attribution
        WHERE
            attribution.captured_month = chain.captured_month
            AND attribution.article_id = traced.article_id
            AND attribution.generation = traced.attributed_generation
            AND attribution.ordinal = chain.ordinal
            AND attribution.branch = chain.branch
            AND attribution.origin = 'review'
    ) AS is_reviewed,
    EXISTS (
        SELECT FROM core.claim_relation
        INNER JOIN core.claim AS accusation ON accusation.id = claim_relation.other_id
        INNER JOIN core.utterance AS accusing
            ON
                accusing.article_id = accusation.article_id
                AND accusing.generation = accusation.generation
                AND accusing.ordinal = accusation.ordinal
        WHERE
            claim_relation.claim_id = claim.id
            AND claim_relation.relation = 'denies'
            AND claim_relation.closed_at IS NULL
            AND accusing.act = 'accuse'
    ) AS answers_accusation
FROM core.traced_article AS traced
INNER JOIN core.article ON article.id = traced.article_id AND article.closed_at IS NULL
INNER JOIN raw.capture ON capture.id = article.capture_id
INNER JOIN core.claim ON claim.article_id = traced.article_id AND claim.generation = traced.generation
INNER JOIN core.chain
    ON chain.article_id = traced.article_id AND chain.generation = traced.generation AND chain.ordinal = claim.ordinal
INNER JOIN core.source ON source.id = chain.ultimate_source_id
WHERE
    traced.closed_at IS NULL
    AND claim.value IS NOT NULL
    AND capture.captured_at <= %(known_at)s
    AND coalesce(article.published_at, capture.captured_at) < (%(day)s::date + 1)::timestamp AT TIME ZONE 'UTC'
    AND coalesce(article.published_at, capture.captured_at) >= %(since)s::timestamp AT TIME ZONE 'UTC'
ORDER BY claim.id, chain.branch
