-- The passages that readers see: of one article, of one claim, at one place, or with all of some words, the oldest article first.
-- A version of a page is left out where a later one is among what is meant: at the place, or with the claim.
SELECT
    appearance.id,
    article.id AS article_id,
    article.name AS article,
    article.url,
    article.outlet,
    article.published_at,
    claim.ordinal,
    claim.text,
    claim.canonical_id AS claim_id,
    (
        SELECT string_agg(walk.told, ' | ' ORDER BY walk.branch)
        FROM (
            SELECT chain.branch, string_agg(source.name, ' <- ' ORDER BY node.place) AS told
            FROM core.chain
            CROSS JOIN LATERAL unnest(chain.path) WITH ORDINALITY AS node (source_id, place)
            INNER JOIN core.source ON source.id = node.source_id
            WHERE
                chain.captured_month = article.captured_month
                AND chain.article_id = claim.article_id
                AND chain.generation = claim.generation
                AND chain.ordinal = claim.ordinal
            GROUP BY chain.branch
        ) AS walk
    ) AS chain
FROM core.claim
INNER JOIN
    core.traced_article AS traced
    ON traced.article_id = claim.article_id AND traced.generation = claim.generation AND traced.closed_at IS NULL
INNER JOIN
    core.attributed_article AS attributed
    ON attributed.article_id = traced.article_id AND attributed.generation = traced.attributed_generation
INNER JOIN core.article ON article.id = attributed.article_id AND article.generation = attributed.article_generation
INNER JOIN
    core.appearance
    ON
        appearance.captured_month = article.captured_month
        AND appearance.article_id = traced.article_id
        AND appearance.generation = traced.attributed_generation
        AND appearance.ordinal = claim.ordinal
WHERE
    (%(patterns)s::text [] IS NULL OR claim.text ILIKE ALL (%(patterns)s::text []))
    AND (
        %(place)s::text IS NULL
        OR article.capture_id IN (
            SELECT capture.id FROM raw.capture
            WHERE capture.sha256 = %(place)s OR capture.name = %(place)s OR capture.url = %(place)s
        )
    )
    AND (%(ordinal)s::integer IS NULL OR claim.ordinal = %(ordinal)s)
    AND (
        %(claim)s::bigint IS NULL
        OR claim.canonical_id IN (
            SELECT named.canonical_id FROM core.claim AS named
            WHERE named.id = %(claim)s
        )
    )
    AND NOT EXISTS (
        SELECT FROM core.derivation AS revision
        INNER JOIN core.article AS later ON later.id = revision.derived_id AND later.closed_at IS NULL
        WHERE
            revision.original_id = article.id
            AND revision.kind = 'revision'
            AND revision.is_directed
            AND revision.closed_at IS NULL
            AND (
                %(place)s::text IS NULL
                OR later.capture_id IN (
                    SELECT capture.id FROM raw.capture
                    WHERE capture.sha256 = %(place)s OR capture.name = %(place)s OR capture.url = %(place)s
                )
            )
            AND (
                %(claim)s::bigint IS NULL
                OR EXISTS (
                    SELECT FROM core.claim AS kept
                    INNER JOIN core.traced_article AS standing
                        ON standing.article_id = kept.article_id AND standing.generation = kept.generation AND standing.closed_at IS NULL
                    WHERE kept.article_id = later.id AND kept.canonical_id = claim.canonical_id
                )
            )
    )
ORDER BY article.published_at NULLS LAST, article.name, article.id, claim.ordinal
LIMIT %(most)s
