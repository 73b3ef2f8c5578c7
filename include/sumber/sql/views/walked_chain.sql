DROP VIEW IF EXISTS core.walked_chain;

-- Article by article, so that whoever asks for some walks over the hops of these alone; the month leads to their partition.
CREATE VIEW core.walked_chain AS
SELECT traced.article_id, walked.ordinal, walked.branch, walked.path, walked.is_cycle
FROM core.traced_article AS traced
INNER JOIN
    core.attributed_article AS attributed
    ON attributed.article_id = traced.article_id AND attributed.generation = traced.attributed_generation
INNER JOIN core.article ON article.id = attributed.article_id AND article.generation = attributed.article_generation
CROSS JOIN LATERAL (
    WITH RECURSIVE hop AS (
        SELECT attribution.ordinal, attribution.branch, attribution.hop, 1 AS turn, attribution.source_id
        FROM core.attribution
        WHERE
            attribution.captured_month = article.captured_month
            AND attribution.article_id = traced.article_id
            AND attribution.generation = traced.attributed_generation
        UNION ALL
        SELECT resolved.ordinal, resolved.branch, resolved.hop, 0 AS turn, resolved.source_id
        FROM core.resolved_hop AS resolved
        WHERE resolved.article_id = traced.article_id AND resolved.generation = traced.generation
    ),

    edge AS (
        SELECT
            ordinal,
            branch,
            row_number() OVER (PARTITION BY ordinal, branch ORDER BY hop, turn, source_id) AS place,
            source_id
        FROM hop
    ),

    walk (ordinal, branch, place, path, is_cycle) AS (
        SELECT DISTINCT appearance.ordinal, coalesce(edge.branch, 0), 0::bigint, '{}'::bigint [], false
        FROM core.appearance
        LEFT JOIN edge ON edge.ordinal = appearance.ordinal
        WHERE
            appearance.captured_month = article.captured_month
            AND appearance.article_id = traced.article_id
            AND appearance.generation = traced.attributed_generation
        UNION ALL
        SELECT
            walk.ordinal,
            walk.branch,
            edge.place,
            CASE WHEN edge.source_id = ANY(walk.path) THEN walk.path ELSE walk.path || edge.source_id END,
            -- A hop to where one stands already is no step; one to where one was before closes a cycle.
            edge.source_id = ANY(walk.path) AND edge.source_id <> walk.path[cardinality(walk.path)]
        FROM walk
        INNER JOIN edge ON edge.ordinal = walk.ordinal AND edge.branch = walk.branch AND edge.place = walk.place + 1
        WHERE NOT walk.is_cycle
    )

    SELECT DISTINCT ON (ordinal, branch) ordinal, branch, path, is_cycle
    FROM walk
    ORDER BY ordinal, branch, place DESC
) AS walked
WHERE traced.closed_at IS NULL;

COMMENT ON VIEW core.walked_chain IS
'One row is one branch of one traced appearance, walked hop by hop over core.attribution and core.resolved_hop: what core.chain must say.';
COMMENT ON COLUMN core.walked_chain.article_id IS 'The article.';
COMMENT ON COLUMN core.walked_chain.ordinal IS 'The appearance.';
COMMENT ON COLUMN core.walked_chain.branch IS 'The branch.';
COMMENT ON COLUMN core.walked_chain.path IS 'Sources from the page to the end, each once.';
COMMENT ON COLUMN core.walked_chain.is_cycle IS 'Whether the branch came back to a source that it had left.';

GRANT SELECT ON core.walked_chain TO sumber_etl, sumber_app;
