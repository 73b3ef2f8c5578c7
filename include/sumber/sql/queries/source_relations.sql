SELECT
    subject.name AS subject,
    source_relation.relation,
    object.name AS object,
    source_relation.valid_from,
    source_relation.valid_to,
    source_relation.evidence
FROM core.source_relation
INNER JOIN core.source AS subject ON subject.id = source_relation.subject_id
INNER JOIN core.source AS object ON object.id = source_relation.object_id
WHERE %(id)s IN (source_relation.subject_id, source_relation.object_id)
ORDER BY subject.key, source_relation.relation, object.key, source_relation.valid_from
