-- Every open derivation that some of the articles reach, over any number of steps.
WITH RECURSIVE reached (article_id) AS (
    SELECT unnest(%(ids)s::bigint [])
    UNION
    SELECT CASE reached.article_id WHEN derivation.derived_id THEN derivation.original_id ELSE derivation.derived_id END
    FROM reached
    INNER JOIN core.derivation ON reached.article_id IN (derivation.derived_id, derivation.original_id)
    WHERE derivation.closed_at IS NULL
)

SELECT
    derivation.derived_id,
    derivation.original_id,
    derivation.kind,
    derivation.is_directed,
    derivation.confidence,
    derivation.evidence
FROM core.derivation
INNER JOIN reached ON reached.article_id = derivation.derived_id
WHERE derivation.closed_at IS NULL
ORDER BY derivation.derived_id, derivation.original_id
