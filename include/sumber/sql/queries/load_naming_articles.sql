-- The other articles that name a vague source of an appearance, branch by branch, as they were last read.
SELECT dependency.branch, other.id, other.name, other.url, other.outlet
FROM core.chain_dependency AS dependency
CROSS JOIN LATERAL (
    SELECT article.id, article.name, article.url, article.outlet
    FROM core.article
    WHERE article.id = dependency.other_article_id
    ORDER BY article.generation DESC
    LIMIT 1
) AS other
WHERE
    dependency.article_id = %(article)s
    AND dependency.generation = %(generation)s
    AND dependency.ordinal = %(ordinal)s
    AND dependency.reason = 'resolved_as'
ORDER BY dependency.branch, other.name, other.id
