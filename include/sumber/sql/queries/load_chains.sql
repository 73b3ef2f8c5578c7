SELECT
    chain.article_id,
    chain.ordinal,
    chain.branch,
    chain.path,
    chain.terminus,
    chain.root_key,
    chain.confidence,
    origin.name AS originating_outlet,
    ultimate.name AS ultimate_source,
    agency.name AS supplying_agency,
    utterance.canonical_id AS utterance_id,
    claim.id AS own_claim_id,
    claim.canonical_id AS claim_id
FROM core.chain
INNER JOIN
    core.utterance
    ON utterance.article_id = chain.article_id AND utterance.generation = chain.generation AND utterance.ordinal = chain.ordinal
INNER JOIN
    core.claim
    ON claim.article_id = chain.article_id AND claim.generation = chain.generation AND claim.ordinal = chain.ordinal
LEFT JOIN core.source AS origin ON origin.id = chain.originating_outlet_id
LEFT JOIN core.source AS ultimate ON ultimate.id = chain.ultimate_source_id
LEFT JOIN core.source AS agency ON agency.id = chain.supplying_agency_id
WHERE
    chain.captured_month = %(month)s
    AND chain.article_id = %(article)s
    AND chain.generation = %(generation)s
    AND chain.ordinal = %(ordinal)s
ORDER BY chain.branch
