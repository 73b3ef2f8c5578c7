-- The registry's word wins; a name that it does not hold gets the smallest printed form, so that the order of arrival does not matter.
INSERT INTO core.source (id, key, name, kind, is_known, country, anonymous_type, is_vague)
SELECT id, key, name, kind, is_known, country, anonymous_type, is_vague
FROM staged_source
ORDER BY id
ON CONFLICT (id) DO UPDATE SET
    key = CASE WHEN excluded.is_known THEN excluded.key ELSE source.key END,
    name = CASE WHEN excluded.is_known THEN excluded.name ELSE least(source.name COLLATE "C", excluded.name COLLATE "C") END,
    kind = CASE WHEN excluded.is_known THEN excluded.kind ELSE least(source.kind, excluded.kind) END,
    is_known = excluded.is_known OR source.is_known,
    country = CASE WHEN excluded.is_known THEN excluded.country ELSE least(source.country, excluded.country) END,
    anonymous_type = least(source.anonymous_type, excluded.anonymous_type),
    is_vague = source.is_vague AND excluded.is_vague
WHERE
    (excluded.is_known OR NOT source.is_known)
    AND (source.key, source.name, source.kind, source.is_known, source.country, source.anonymous_type, source.is_vague)
    IS DISTINCT FROM (
        excluded.key, excluded.name, excluded.kind, excluded.is_known, excluded.country, excluded.anonymous_type, excluded.is_vague
    )
