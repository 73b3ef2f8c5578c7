-- Denials with the claim that they deny, and retractions with the claim that is taken back, as the open tracings have them.
SELECT
    claim_relation.relation,
    claim_relation.confidence,
    own.canonical_id AS claim,
    other.canonical_id AS other,
    own_chain.root_key AS root,
    other_chain.root_key AS other_root,
    (coalesce(article.published_at, capture.captured_at) AT TIME ZONE 'UTC')::date AS said_on,
    capture.captured_at AS known_at
FROM core.claim_relation
INNER JOIN core.claim AS own ON own.id = claim_relation.claim_id
INNER JOIN core.traced_article AS own_traced
    ON own_traced.article_id = own.article_id AND own_traced.generation = own.generation AND own_traced.closed_at IS NULL
INNER JOIN core.chain AS own_chain
    ON own_chain.article_id = own.article_id AND own_chain.generation = own.generation AND own_chain.ordinal = own.ordinal
INNER JOIN core.claim AS other ON other.id = claim_relation.other_id
INNER JOIN core.traced_article AS other_traced
    ON other_traced.article_id = other.article_id AND other_traced.generation = other.generation AND other_traced.closed_at IS NULL
INNER JOIN core.chain AS other_chain
    ON other_chain.article_id = other.article_id AND other_chain.generation = other.generation AND other_chain.ordinal = other.ordinal
INNER JOIN core.article ON article.id = own.article_id AND article.closed_at IS NULL
INNER JOIN raw.capture ON capture.id = article.capture_id
WHERE
    claim_relation.closed_at IS NULL
    AND claim_relation.relation IN ('denies', 'retracts')
    AND capture.captured_at <= %(known_at)s
    AND coalesce(article.published_at, capture.captured_at) < (%(day)s::date + 1)::timestamp AT TIME ZONE 'UTC'
ORDER BY claim_relation.relation, own.id, own_chain.branch, other.id, other_chain.branch
