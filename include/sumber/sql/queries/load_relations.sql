-- How other claims bear on a claim, at a time (infinity: now).
-- What was closed since is looked for only where a time is given: the indexes hold what is open.
WITH held AS (
    SELECT claim_id, relation, other_id, confidence, cited
    FROM core.claim_relation
    WHERE closed_at IS NULL AND opened_at <= %(as_of)s::timestamptz AND (claim_id = %(claim)s OR other_id = %(claim)s)
    UNION ALL
    SELECT claim_id, relation, other_id, confidence, cited
    FROM core.claim_relation
    WHERE
        %(as_of)s::timestamptz <> 'infinity'
        AND closed_at > %(as_of)s::timestamptz
        AND opened_at <= %(as_of)s::timestamptz
        AND (claim_id = %(claim)s OR other_id = %(claim)s)
)

SELECT
    held.relation,
    held.claim_id = %(claim)s AS is_subject,
    other.text AS other_text,
    coalesce(article.name, article.url, article.id::text) AS article,
    held.confidence,
    held.cited
FROM held
INNER JOIN core.claim AS other ON other.id = CASE held.claim_id WHEN %(claim)s THEN held.other_id ELSE held.claim_id END
INNER JOIN core.traced_article AS traced
    ON
        traced.article_id = other.article_id
        AND traced.generation = other.generation
        AND traced.opened_at <= %(as_of)s::timestamptz
        AND (traced.closed_at IS NULL OR traced.closed_at > %(as_of)s::timestamptz)
INNER JOIN core.attributed_article AS attributed
    ON attributed.article_id = traced.article_id AND attributed.generation = traced.attributed_generation
INNER JOIN core.article ON article.id = attributed.article_id AND article.generation = attributed.article_generation
ORDER BY held.relation, other.id
