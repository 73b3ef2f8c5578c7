-- OFFSET 0 keeps each lookup a search of its own, in the partition of its month alone.
SELECT
    found.*,
    source.key,
    source.name,
    source.kind,
    source.is_known,
    source.country,
    source.anonymous_type,
    source.is_vague
FROM unnest(%(ids)s::bigint [], %(generations)s::integer [], %(months)s::date []) AS wanted (article_id, generation, captured_month)
CROSS JOIN LATERAL (
    SELECT attribution.*
    FROM core.attribution
    WHERE
        attribution.captured_month = wanted.captured_month
        AND attribution.article_id = wanted.article_id
        AND attribution.generation = wanted.generation
    OFFSET 0
) AS found
INNER JOIN core.source ON source.id = found.source_id
ORDER BY found.article_id, found.ordinal, found.branch, found.hop
