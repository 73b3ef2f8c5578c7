CREATE TEMPORARY TABLE published_source ON COMMIT DROP AS
SELECT
    source.id AS source_id,
    source.key AS source_key,
    source.name,
    source.kind,
    source.country,
    source.anonymous_type,
    source.kind <> 'anonymous' AND NOT source.is_vague AS is_named,
    source.is_known
FROM core.source
WHERE
    source.id IN (SELECT found.ultimate_source_id FROM published_appearance AS found)
    OR source.id IN (SELECT found.source_id FROM published_source_score AS found)
UNION ALL
SELECT 0, '', '(none)', 'none', NULL, NULL, FALSE, FALSE
