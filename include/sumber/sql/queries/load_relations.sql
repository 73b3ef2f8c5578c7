SELECT
    claim_relation.relation,
    claim_relation.claim_id = %(claim)s AS is_subject,
    other.text AS other_text,
    article.name AS article,
    claim_relation.confidence
FROM core.claim_relation
INNER JOIN core.claim AS other
    ON other.id = CASE claim_relation.claim_id WHEN %(claim)s THEN claim_relation.other_id ELSE claim_relation.claim_id END
INNER JOIN core.traced_article AS traced
    ON traced.article_id = other.article_id AND traced.generation = other.generation AND traced.closed_at IS NULL
INNER JOIN core.article ON article.id = other.article_id AND article.closed_at IS NULL
WHERE claim_relation.closed_at IS NULL AND %(claim)s IN (claim_relation.claim_id, claim_relation.other_id)
ORDER BY claim_relation.relation, other.id
