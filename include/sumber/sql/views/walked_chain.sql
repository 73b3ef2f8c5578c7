DROP VIEW IF EXISTS core.walked_chain;

CREATE VIEW core.walked_chain AS
WITH RECURSIVE hop AS (
    SELECT
        attribution.article_id,
        attribution.generation,
        attribution.ordinal,
        attribution.branch,
        attribution.hop,
        1 AS turn,
        attribution.source_id
    FROM core.traced_article AS traced
    INNER JOIN
        core.attribution
        ON attribution.article_id = traced.article_id AND attribution.generation = traced.attributed_generation
    WHERE traced.closed_at IS NULL
    UNION ALL
    SELECT
        resolved.article_id,
        traced.attributed_generation,
        resolved.ordinal,
        resolved.branch,
        resolved.hop,
        0 AS turn,
        resolved.source_id
    FROM core.traced_article AS traced
    INNER JOIN core.resolved_hop AS resolved ON resolved.article_id = traced.article_id AND resolved.generation = traced.generation
    WHERE traced.closed_at IS NULL
),

edge AS (
    SELECT
        article_id,
        ordinal,
        branch,
        row_number() OVER (PARTITION BY article_id, ordinal, branch ORDER BY hop, turn, source_id) AS place,
        source_id
    FROM hop
),

walk (article_id, ordinal, branch, place, path, is_cycle) AS (
    SELECT DISTINCT appearance.article_id, appearance.ordinal, coalesce(edge.branch, 0), 0::bigint, '{}'::bigint [], false
    FROM core.traced_article AS traced
    INNER JOIN
        core.appearance
        ON appearance.article_id = traced.article_id AND appearance.generation = traced.attributed_generation
    LEFT JOIN edge ON edge.article_id = appearance.article_id AND edge.ordinal = appearance.ordinal
    WHERE traced.closed_at IS NULL
    UNION ALL
    SELECT
        walk.article_id,
        walk.ordinal,
        walk.branch,
        edge.place,
        CASE WHEN edge.source_id = ANY(walk.path) THEN walk.path ELSE walk.path || edge.source_id END,
        -- A hop to where one stands already is no step; one to where one was before closes a cycle.
        edge.source_id = ANY(walk.path) AND edge.source_id <> walk.path[cardinality(walk.path)]
    FROM walk
    INNER JOIN
        edge
        ON
            edge.article_id = walk.article_id
            AND edge.ordinal = walk.ordinal
            AND edge.branch = walk.branch
            AND edge.place = walk.place + 1
    WHERE NOT walk.is_cycle
)

SELECT DISTINCT ON (article_id, ordinal, branch) article_id, ordinal, branch, path, is_cycle
FROM walk
ORDER BY article_id, ordinal, branch, place DESC;

COMMENT ON VIEW core.walked_chain IS
'One row is one branch of one traced appearance, walked hop by hop over core.attribution and core.resolved_hop: what core.chain must say.';
COMMENT ON COLUMN core.walked_chain.article_id IS 'The article.';
COMMENT ON COLUMN core.walked_chain.ordinal IS 'The appearance.';
COMMENT ON COLUMN core.walked_chain.branch IS 'The branch.';
COMMENT ON COLUMN core.walked_chain.path IS 'Sources from the page to the end, each once.';
COMMENT ON COLUMN core.walked_chain.is_cycle IS 'Whether the branch came back to a source that it had left.';

GRANT SELECT ON core.walked_chain TO sumber_etl, sumber_app;
