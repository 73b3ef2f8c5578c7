-- The precomputed chains of some articles against the edges: as many rows, each with the path, the cycle and the story that walking the
-- edges gives. A story is the smallest article id that derivations reach; roots of what nobody is named for hold it.
WITH asked (article_id, story_id) AS (
    SELECT * FROM unnest(%(ids)s::bigint [], %(stories)s::bigint []) AS asked (article_id, story_id)
),

chained AS (
    SELECT
        chain.article_id,
        chain.ordinal,
        chain.branch,
        chain.path,
        chain.terminus = 'cycle' AS is_cycle,
        substring(chain.root_key FROM '^through:.*:(\d+):[^:]*$')::bigint <> asked.story_id AS is_elsewhere
    FROM asked
    INNER JOIN core.traced_article AS traced ON traced.article_id = asked.article_id AND traced.closed_at IS NULL
    INNER JOIN
        core.attributed_article AS attributed
        ON attributed.article_id = traced.article_id AND attributed.generation = traced.attributed_generation
    INNER JOIN core.article ON article.id = attributed.article_id AND article.generation = attributed.article_generation
    INNER JOIN core.chain
        ON
            chain.captured_month = article.captured_month
            AND chain.article_id = traced.article_id
            AND chain.generation = traced.generation
),

walked AS (
    SELECT walked_chain.article_id, walked_chain.ordinal, walked_chain.branch, walked_chain.path, walked_chain.is_cycle
    FROM core.walked_chain
    WHERE walked_chain.article_id = ANY(%(ids)s::bigint [])
),

compared AS (
    SELECT
        coalesce(chained.article_id, walked.article_id) AS article_id,
        coalesce(chained.ordinal, walked.ordinal) AS ordinal,
        chained.article_id IS NOT NULL AS is_chained,
        walked.article_id IS NOT NULL AS is_walked,
        chained.path IS DISTINCT FROM walked.path
        OR chained.is_cycle IS DISTINCT FROM walked.is_cycle
        OR coalesce(chained.is_elsewhere, false) AS is_differing
    FROM chained
    FULL JOIN walked ON walked.article_id = chained.article_id AND walked.ordinal = chained.ordinal AND walked.branch = chained.branch
)

SELECT
    count(*) FILTER (WHERE is_chained) AS chains,
    count(*) FILTER (WHERE is_walked) AS walked,
    count(*) FILTER (WHERE is_differing) AS differing,
    count(*) AS compared,
    coalesce(
        (array_agg(DISTINCT article_id || '#' || ordinal) FILTER (WHERE is_differing)) [1:5], '{}'
    ) AS examples
FROM compared
