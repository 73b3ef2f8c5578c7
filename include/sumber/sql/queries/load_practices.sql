-- How each outlet that readers see works: shown beside its score, never part of it.
SELECT
    page.key AS source,
    count(*) AS appearances,
    count(*) FILTER (WHERE chain.terminus = 'primary') AS named,
    count(*) FILTER (WHERE chain.terminus NOT IN ('missing', 'cycle')) AS complete,
    count(*) FILTER (WHERE ultimate.kind = 'document') AS documents,
    count(*) FILTER (WHERE chain.originating_outlet_id = page.id) AS own,
    count(DISTINCT traced.article_id) FILTER (
        WHERE EXISTS (
            SELECT FROM core.claim
            INNER JOIN core.claim_relation ON claim_relation.claim_id = claim.id AND claim_relation.closed_at IS NULL
            WHERE
                claim.article_id = chain.article_id
                AND claim.generation = chain.generation
                AND claim.ordinal = chain.ordinal
                AND claim_relation.relation = 'retracts'
        )
    ) AS corrections
FROM core.traced_article AS traced
INNER JOIN core.article ON article.id = traced.article_id AND article.closed_at IS NULL
INNER JOIN raw.capture ON capture.id = article.capture_id
INNER JOIN core.chain ON chain.article_id = traced.article_id AND chain.generation = traced.generation
INNER JOIN core.source AS page ON page.id = chain.path[1] AND page.kind IN ('outlet', 'agency')
LEFT JOIN core.source AS ultimate ON ultimate.id = chain.ultimate_source_id
WHERE
    traced.closed_at IS NULL
    AND capture.captured_at <= %(known_at)s
    AND coalesce(article.published_at, capture.captured_at) < (%(day)s::date + 1)::timestamp AT TIME ZONE 'UTC'
GROUP BY page.key
ORDER BY page.key
