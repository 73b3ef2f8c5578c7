-- Sources of the registry that are new or different, or whose aliases or relations are; a source that left the registry is known no more
-- by its aliases.
SELECT staged.id
FROM staged_source AS staged
LEFT JOIN core.source AS present ON present.id = staged.id
WHERE
    (staged.key, staged.name, staged.kind, staged.is_known, staged.country)
    IS DISTINCT FROM (present.key, present.name, present.kind, present.is_known, present.country)
UNION
SELECT coalesce(staged.source_id, present.source_id)
FROM staged_source_alias AS staged
FULL JOIN
    core.source_alias AS present
    ON present.source_id = staged.source_id AND present.lang = staged.lang AND present.alias = staged.alias
WHERE staged.source_id IS NULL OR present.source_id IS NULL
UNION
SELECT coalesce(staged.subject_id, present.subject_id)
FROM staged_source_relation AS staged
FULL JOIN
    core.source_relation AS present
    ON
        present.subject_id = staged.subject_id
        AND present.relation = staged.relation
        AND present.object_id = staged.object_id
        AND present.valid_from = coalesce(staged.valid_from, '-infinity')
        AND present.valid_to = coalesce(staged.valid_to, 'infinity')
WHERE staged.subject_id IS NULL OR present.subject_id IS NULL
