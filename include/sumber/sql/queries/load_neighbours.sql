-- The derivations that touch an article, at a time (infinity: now), with the other article as it was last read.
-- What was closed since is looked for only where a time is given: the indexes hold what is open.
WITH held AS (
    SELECT derived_id, original_id, kind, is_directed, confidence, evidence
    FROM core.derivation
    WHERE
        closed_at IS NULL
        AND opened_at <= %(as_of)s::timestamptz
        AND (derived_id = %(article)s OR original_id = %(article)s)
    UNION ALL
    SELECT derived_id, original_id, kind, is_directed, confidence, evidence
    FROM core.derivation
    WHERE
        %(as_of)s::timestamptz <> 'infinity'
        AND closed_at > %(as_of)s::timestamptz
        AND opened_at <= %(as_of)s::timestamptz
        AND (derived_id = %(article)s OR original_id = %(article)s)
)

SELECT
    held.derived_id,
    held.original_id,
    held.kind,
    held.is_directed,
    held.confidence,
    held.evidence,
    other.id AS other_id,
    other.name AS other
FROM held
CROSS JOIN LATERAL (
    SELECT article.id, coalesce(article.name, article.url, article.id::text) AS name
    FROM core.article
    WHERE article.id = CASE held.derived_id WHEN %(article)s THEN held.original_id ELSE held.derived_id END
    ORDER BY article.generation DESC
    LIMIT 1
) AS other
ORDER BY held.derived_id, held.original_id
