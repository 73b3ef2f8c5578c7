SELECT
    resolved.branch,
    resolved.hop,
    resolved.rule,
    resolved.confidence,
    source.id,
    source.key,
    source.name,
    source.kind,
    source.is_known,
    source.country,
    source.anonymous_type,
    source.is_vague
FROM core.resolved_hop AS resolved
INNER JOIN core.source ON source.id = resolved.source_id
WHERE resolved.article_id = %(article)s AND resolved.generation = %(generation)s AND resolved.ordinal = %(ordinal)s
ORDER BY resolved.branch, resolved.hop, source.id
