-- The articles that were traced, or lost or gained a derivation, at or after a time.
SELECT traced_article.article_id AS id
FROM core.traced_article
WHERE traced_article.opened_at >= %(since)s OR traced_article.closed_at >= %(since)s
UNION
SELECT unnest(ARRAY[derivation.derived_id, derivation.original_id]) AS id
FROM core.derivation
WHERE derivation.opened_at >= %(since)s OR derivation.closed_at >= %(since)s
