SELECT claim.id
FROM core.traced_article AS traced
INNER JOIN core.claim ON claim.article_id = traced.article_id AND claim.generation = traced.generation
WHERE traced.article_id = ANY(%(ids)s) AND traced.closed_at IS NULL
ORDER BY claim.id
