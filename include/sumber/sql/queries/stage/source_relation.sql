CREATE TEMPORARY TABLE staged_source_relation (
    subject_id bigint, relation text, object_id bigint, valid_from timestamptz, valid_to timestamptz, evidence text
) ON COMMIT DROP
