INSERT INTO core.relay (
    derived_id, derived_generation, original_id, original_generation, ordinal, original_ordinal, figures, position, attribution, hedges
)
SELECT derived_id, derived_generation, original_id, original_generation, ordinal, original_ordinal, figures, position, attribution, hedges
FROM staged_relay
ORDER BY derived_id, original_id, ordinal
ON CONFLICT (derived_id, derived_generation, original_id, original_generation, ordinal) DO NOTHING
