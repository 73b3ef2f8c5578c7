-- Everybody at the end of a chain, and every news organisation on one: each gets a score, or the words why not.
WITH chains AS (
    SELECT chain.path, chain.ultimate_source_id
    FROM core.traced_article AS traced
    INNER JOIN core.article ON article.id = traced.article_id AND article.closed_at IS NULL
    INNER JOIN raw.capture ON capture.id = article.capture_id
    INNER JOIN core.chain ON chain.article_id = traced.article_id AND chain.generation = traced.generation
    WHERE traced.closed_at IS NULL AND capture.captured_at <= %(known_at)s
),

named AS (
    SELECT ultimate_source_id AS source_id FROM chains
    UNION
    SELECT node.source_id
    FROM chains
    CROSS JOIN unnest(chains.path) AS node (source_id)
    INNER JOIN core.source ON source.id = node.source_id
    WHERE source.kind IN ('outlet', 'agency')
)

SELECT
    source.id,
    source.key,
    source.name,
    source.kind,
    source.is_known,
    source.country,
    source.anonymous_type,
    source.is_vague
FROM core.source
INNER JOIN named ON named.source_id = source.id
ORDER BY source.key
