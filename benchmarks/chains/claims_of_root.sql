SELECT DISTINCT claim.canonical_id
FROM core.chain
INNER JOIN core.traced_article AS traced ON traced.article_id = chain.article_id AND traced.generation = chain.generation
INNER JOIN
    core.claim
    ON claim.article_id = chain.article_id AND claim.generation = chain.generation AND claim.ordinal = chain.ordinal
WHERE chain.root_id = %(root)s AND traced.closed_at IS NULL
