CREATE TEMPORARY TABLE published_outlet ON COMMIT DROP AS
SELECT
    source.id AS outlet_id,
    source.name,
    source.kind,
    source.country,
    source.is_known
FROM core.source
WHERE
    source.id IN (
        SELECT found.outlet_id FROM published_appearance AS found
        UNION
        SELECT found.originating_outlet_id FROM published_appearance AS found
        UNION
        SELECT found.supplying_agency_id FROM published_appearance AS found
        UNION
        SELECT found.outlet_id FROM published_article AS found
    )
UNION ALL
SELECT 0, '(not stated)', 'none', NULL, FALSE
