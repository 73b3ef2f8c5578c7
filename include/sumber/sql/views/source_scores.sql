DROP VIEW IF EXISTS mart.source_scores;

CREATE VIEW mart.source_scores AS
SELECT DISTINCT ON (fct_source_score.source_key, fct_source_score.ledger)
    fct_source_score.source_key,
    dim_source.name AS source,
    dim_source.kind,
    dim_source.country,
    fct_source_score.ledger,
    fct_source_score.day,
    fct_source_score.status,
    fct_source_score.score,
    fct_source_score.lower,
    fct_source_score.upper,
    fct_source_score.roots,
    fct_source_score.checks,
    CASE WHEN fct_source_score.ledger = 'originator' AND fct_source_score.status NOT LIKE 'not scored%'
        THEN coalesce(fct_source_score.letter, 'F')
    END AS letter,
    fct_source_score.is_provisional,
    fct_source_score.components,
    override.score AS override_score,
    override.reviewer AS override_by,
    override.reason AS override_reason,
    fct_source_score.notes
FROM mart.fct_source_score
INNER JOIN mart.dim_source ON dim_source.source_id = fct_source_score.source_id
LEFT JOIN LATERAL (
    SELECT (note.value ->> 'score')::double precision AS score, note.value ->> 'by' AS reviewer, note.value ->> 'reason' AS reason
    FROM jsonb_array_elements(fct_source_score.notes) WITH ORDINALITY AS note (value, position)
    WHERE note.value ->> 'score' IS NOT NULL
    ORDER BY note.position DESC
    LIMIT 1
) AS override ON TRUE
ORDER BY fct_source_score.source_key, fct_source_score.ledger, fct_source_score.day DESC;

COMMENT ON VIEW mart.source_scores IS 'Grain: one source on one ledger, on the latest day. No score without interval and number of roots.';
COMMENT ON COLUMN mart.source_scores.source_key IS 'Key of the source.';
COMMENT ON COLUMN mart.source_scores.source IS 'Its name.';
COMMENT ON COLUMN mart.source_scores.kind IS 'person, government, organisation, agency or outlet.';
COMMENT ON COLUMN mart.source_scores.country IS 'ISO 3166-1 alpha-2, where known.';
COMMENT ON COLUMN mart.source_scores.ledger IS 'originator or relay.';
COMMENT ON COLUMN mart.source_scores.day IS 'The day for which the score holds.';
COMMENT ON COLUMN mart.source_scores.status IS 'judged, or in words why it cannot be judged.';
COMMENT ON COLUMN mart.source_scores.score IS 'Expected share of its checkable claims that hold; null where it cannot be judged.';
COMMENT ON COLUMN mart.source_scores.lower IS 'Lower end of the 90% interval.';
COMMENT ON COLUMN mart.source_scores.upper IS 'Upper end of the 90% interval.';
COMMENT ON COLUMN mart.source_scores.roots IS 'Effective number of independent roots behind it.';
COMMENT ON COLUMN mart.source_scores.checks IS 'Number of evidence rows.';
COMMENT ON COLUMN mart.source_scores.letter IS 'Admiralty reliability, A to F (cannot be judged), from external checks alone; null for relays and for whom no score is given.';
COMMENT ON COLUMN mart.source_scores.is_provisional IS 'Whether the day is still open.';
COMMENT ON COLUMN mart.source_scores.components IS 'Transparency, originality, corrections: shown beside the score, never blended into it.';
COMMENT ON COLUMN mart.source_scores.override_score IS 'What a reviewer holds the score to be, latest first; the machine''s value stays in score.';
COMMENT ON COLUMN mart.source_scores.override_by IS 'Who overrides.';
COMMENT ON COLUMN mart.source_scores.override_reason IS 'Why.';
COMMENT ON COLUMN mart.source_scores.notes IS 'Every override and reply by the source, oldest first.';
