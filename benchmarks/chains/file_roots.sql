INSERT INTO core.root_claim (root_id, claim_id)
SELECT DISTINCT chain.root_id, claim.canonical_id
FROM core.traced_article AS traced
INNER JOIN core.chain ON chain.article_id = traced.article_id AND chain.generation = traced.generation
INNER JOIN
    core.claim
    ON claim.article_id = chain.article_id AND claim.generation = chain.generation AND claim.ordinal = chain.ordinal
WHERE traced.closed_at IS NULL
