SELECT
    claim_relation.relation,
    claim_relation.claim_id = %(claim)s AS is_subject,
    other.text AS other_text,
    article.name AS article,
    claim_relation.confidence,
    claim_relation.cited
FROM core.claim_relation
INNER JOIN core.claim AS other
    ON other.id = CASE claim_relation.claim_id WHEN %(claim)s THEN claim_relation.other_id ELSE claim_relation.claim_id END
INNER JOIN core.traced_article AS traced
    ON traced.article_id = other.article_id AND traced.generation = other.generation
INNER JOIN core.attributed_article AS attributed
    ON attributed.article_id = traced.article_id AND attributed.generation = traced.attributed_generation
INNER JOIN core.article ON article.id = attributed.article_id AND article.generation = attributed.article_generation
WHERE
    traced.opened_at <= coalesce(%(at)s, 'infinity'::timestamptz)
    AND (traced.closed_at IS NULL OR traced.closed_at > %(at)s)
    AND claim_relation.opened_at <= coalesce(%(at)s, 'infinity'::timestamptz)
    AND (claim_relation.closed_at IS NULL OR claim_relation.closed_at > %(at)s)
    AND %(claim)s IN (claim_relation.claim_id, claim_relation.other_id)
ORDER BY claim_relation.relation, other.id
