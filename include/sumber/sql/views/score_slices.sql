DROP VIEW IF EXISTS mart.score_slices;

CREATE VIEW mart.score_slices AS
SELECT
    slice.source_key,
    dim_source.name AS source,
    slice.ledger,
    slice.day,
    slice.dimension,
    slice.value,
    slice.score,
    slice.roots
FROM core.score_slice AS slice
INNER JOIN mart.fct_source_score AS scored
    ON
        scored.source_key = slice.source_key
        AND scored.ledger = slice.ledger
        AND scored.day = slice.day
        AND scored.known_at = slice.known_at
INNER JOIN mart.dim_source ON dim_source.source_id = scored.source_id;

COMMENT ON VIEW mart.score_slices IS 'Grain: one judged source on one ledger and day, on one topic or in one language. For display only.';
COMMENT ON COLUMN mart.score_slices.source_key IS 'Key of the source.';
COMMENT ON COLUMN mart.score_slices.source IS 'Its name.';
COMMENT ON COLUMN mart.score_slices.ledger IS 'originator or relay.';
COMMENT ON COLUMN mart.score_slices.day IS 'The day of the score.';
COMMENT ON COLUMN mart.score_slices.dimension IS 'topic or lang.';
COMMENT ON COLUMN mart.score_slices.value IS 'Which topic or language.';
COMMENT ON COLUMN mart.score_slices.score IS 'The score there, pulled to the source''s score.';
COMMENT ON COLUMN mart.score_slices.roots IS 'Weight of the checks there.';
