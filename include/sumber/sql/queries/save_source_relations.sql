WITH gone AS (
    DELETE FROM core.source_relation
    WHERE NOT EXISTS (
        SELECT FROM staged_source_relation AS staged
        WHERE
            staged.subject_id = source_relation.subject_id
            AND staged.relation = source_relation.relation
            AND staged.object_id = source_relation.object_id
            AND coalesce(staged.valid_from, '-infinity') = source_relation.valid_from
    )
)

INSERT INTO core.source_relation (subject_id, relation, object_id, valid_from, valid_to, evidence)
SELECT DISTINCT ON (subject_id, relation, object_id, valid_from)
    subject_id,
    relation,
    object_id,
    coalesce(valid_from, '-infinity'),
    coalesce(valid_to, 'infinity'),
    evidence
FROM staged_source_relation
ORDER BY subject_id, relation, object_id, valid_from, valid_to, evidence
ON CONFLICT (subject_id, relation, object_id, valid_from) DO UPDATE
SET valid_to = excluded.valid_to, evidence = excluded.evidence
WHERE (source_relation.valid_to, source_relation.evidence) IS DISTINCT FROM (excluded.valid_to, excluded.evidence)
