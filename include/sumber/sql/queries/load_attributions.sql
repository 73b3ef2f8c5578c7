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
    SELECT
        attribution.article_id,
        attribution.ordinal,
        attribution.branch,
        attribution.hop,
        attribution.source_id,
        attribution.relation,
        attribution.origin,
        attribution.scope,
        attribution.rule,
        attribution.confidence,
        attribution.cue,
        attribution.mention,
        attribution.source_role,
        attribution.source_count,
        attribution.anonymity_reason
    FROM core.attribution
    WHERE
        attribution.captured_month = wanted.captured_month
        AND attribution.article_id = wanted.article_id
        AND attribution.generation = wanted.generation
    OFFSET 0
) AS found
INNER JOIN core.source ON source.id = found.source_id
ORDER BY found.article_id, found.ordinal, found.branch, found.hop
