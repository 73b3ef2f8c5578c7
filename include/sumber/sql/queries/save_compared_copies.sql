INSERT INTO core.compared_copy (derived_id, derived_generation, original_id, original_generation, method_version, run)
SELECT derived_id, derived_generation, original_id, original_generation, %(method_version)s, %(run)s
FROM staged_compared_copy
ORDER BY derived_id, original_id
ON CONFLICT (derived_id, derived_generation, original_id, original_generation) DO NOTHING
