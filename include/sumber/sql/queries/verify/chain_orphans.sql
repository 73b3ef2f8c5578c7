-- each belongs to a tracing, and names sources, that are there
SELECT
    'article_id' AS reference,
    child.article_id AS record
FROM core.chain AS child
WHERE
    NOT EXISTS (SELECT FROM core.traced_article AS parent WHERE parent.article_id = child.article_id AND parent.generation = child.generation)
UNION ALL
SELECT
    'originating_outlet_id' AS reference,
    child.article_id AS record
FROM core.chain AS child
WHERE
    child.originating_outlet_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM core.source AS parent WHERE parent.id = child.originating_outlet_id)
UNION ALL
SELECT
    'supplying_agency_id' AS reference,
    child.article_id AS record
FROM core.chain AS child
WHERE
    child.supplying_agency_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM core.source AS parent WHERE parent.id = child.supplying_agency_id)
UNION ALL
SELECT
    'ultimate_source_id' AS reference,
    child.article_id AS record
FROM core.chain AS child
WHERE
    child.ultimate_source_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM core.source AS parent WHERE parent.id = child.ultimate_source_id)
LIMIT 20
