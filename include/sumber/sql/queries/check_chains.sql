-- The precomputed chains against the edges: as many rows, each with the path, the cycle and the story that walking the edges gives.
-- A story is the smallest article id that derivations reach; roots of what nobody is named for hold it.
WITH RECURSIVE tied (article_id, other_id) AS (
    SELECT derived_id, original_id FROM core.derivation
    WHERE closed_at IS NULL
    UNION
    SELECT original_id, derived_id FROM core.derivation
    WHERE closed_at IS NULL
    UNION
    SELECT tied.article_id, CASE tied.other_id WHEN derivation.derived_id THEN derivation.original_id ELSE derivation.derived_id END
    FROM tied
    INNER JOIN core.derivation ON tied.other_id IN (derivation.derived_id, derivation.original_id)
    WHERE derivation.closed_at IS NULL
),

story AS (
    SELECT article_id, min(other_id) AS story_id FROM tied
    GROUP BY article_id
),

chained AS (
    SELECT
        chain.article_id,
        chain.ordinal,
        chain.branch,
        chain.path,
        chain.terminus = 'cycle' AS is_cycle,
        substring(chain.root_key FROM '^through:.*:(\d+):[^:]*$')::bigint AS story_id
    FROM core.traced_article AS traced
    INNER JOIN core.chain ON chain.article_id = traced.article_id AND chain.generation = traced.generation
    WHERE traced.closed_at IS NULL
)

SELECT
    count(chained.article_id) AS chains,
    count(walked.article_id) AS walked,
    count(*) FILTER (
        WHERE
        chained.path IS DISTINCT FROM walked.path
        OR chained.is_cycle IS DISTINCT FROM walked.is_cycle
        OR chained.story_id <> least(chained.article_id, story.story_id)
    ) AS differing
FROM chained
FULL JOIN core.walked_chain AS walked
    ON walked.article_id = chained.article_id AND walked.ordinal = chained.ordinal AND walked.branch = chained.branch
LEFT JOIN story ON story.article_id = chained.article_id
