-- Articles whose claims were grouped with, or related to, those of the given ones: when these change, they are grouped anew.
WITH mine AS (
    SELECT claim.id, claim.canonical_id, claim.slot, utterance.canonical_id AS utterance_id
    FROM core.traced_article AS traced
    INNER JOIN core.claim ON claim.article_id = traced.article_id AND claim.generation = traced.generation
    INNER JOIN core.utterance
        ON utterance.article_id = claim.article_id AND utterance.generation = claim.generation AND utterance.ordinal = claim.ordinal
    WHERE traced.article_id = ANY(%(ids)s) AND traced.closed_at IS NULL
),

claims AS (
    SELECT claim.article_id, claim.generation
    FROM core.claim
    INNER JOIN mine ON claim.canonical_id = mine.canonical_id
    UNION
    SELECT claim.article_id, claim.generation
    FROM core.claim
    INNER JOIN mine ON claim.slot = mine.slot
    UNION
    SELECT utterance.article_id, utterance.generation
    FROM core.utterance
    INNER JOIN mine ON utterance.canonical_id = mine.utterance_id
    UNION
    SELECT claim.article_id, claim.generation
    FROM core.claim_relation
    INNER JOIN mine ON mine.id IN (claim_relation.claim_id, claim_relation.other_id)
    INNER JOIN core.claim ON claim.id IN (claim_relation.claim_id, claim_relation.other_id)
    WHERE claim_relation.closed_at IS NULL
)

SELECT DISTINCT traced.article_id
FROM claims
INNER JOIN core.traced_article AS traced ON traced.article_id = claims.article_id AND traced.generation = claims.generation
WHERE traced.closed_at IS NULL AND traced.article_id <> ALL(%(ids)s)
ORDER BY traced.article_id
