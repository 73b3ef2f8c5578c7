SELECT
    attribution.*,
    source.key,
    source.name,
    source.kind,
    source.is_known,
    source.country,
    source.anonymous_type,
    source.is_vague
FROM unnest(%(ids)s::bigint [], %(generations)s::integer []) AS wanted (article_id, generation)
INNER JOIN core.attribution ON attribution.article_id = wanted.article_id AND attribution.generation = wanted.generation
INNER JOIN core.source ON source.id = attribution.source_id
ORDER BY attribution.article_id, attribution.ordinal, attribution.branch, attribution.hop
