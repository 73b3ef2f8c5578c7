-- The paths of the open chains of articles, with the articles that named a vague source in them.
SELECT
    chain.article_id,
    chain.ordinal,
    chain.path,
    array(
        SELECT dependency.other_article_id
        FROM core.chain_dependency AS dependency
        WHERE
            dependency.article_id = chain.article_id
            AND dependency.generation = chain.generation
            AND dependency.ordinal = chain.ordinal
            AND dependency.branch = chain.branch
            AND dependency.reason = 'resolved_as'
        ORDER BY dependency.other_article_id
    ) AS named_by
FROM core.traced_article AS traced
INNER JOIN core.chain ON chain.article_id = traced.article_id AND chain.generation = traced.generation
WHERE traced.article_id = ANY(%(ids)s) AND traced.closed_at IS NULL
ORDER BY chain.article_id, chain.ordinal, chain.branch
