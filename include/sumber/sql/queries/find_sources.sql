SELECT source.id, source.key, source.name, source.kind, source.is_known, source.country, source.anonymous_type, source.is_vague
FROM core.source
WHERE
    source.key = %(name)s
    OR lower(source.name) = lower(%(name)s)
    OR source.id IN (SELECT source_alias.source_id FROM core.source_alias WHERE lower(source_alias.alias) = lower(%(name)s))
ORDER BY source.is_known DESC, source.key
