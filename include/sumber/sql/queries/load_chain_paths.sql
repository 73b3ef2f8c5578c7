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
INNER JOIN
    core.attributed_article AS attributed
    ON attributed.article_id = traced.article_id AND attributed.generation = traced.attributed_generation
INNER JOIN core.article ON article.id = attributed.article_id AND article.generation = attributed.article_generation
CROSS JOIN LATERAL (
    SELECT own.article_id, own.generation, own.ordinal, own.branch, own.path
    FROM core.chain AS own
    WHERE own.captured_month = article.captured_month AND own.article_id = traced.article_id AND own.generation = traced.generation
    OFFSET 0
) AS chain
WHERE traced.article_id = ANY(%(ids)s) AND traced.closed_at IS NULL
ORDER BY chain.article_id, chain.ordinal, chain.branch
