SELECT
    count(*) FILTER (WHERE chain.ultimate_source_id = %(id)s) AS as_ultimate_source,
    count(*) FILTER (WHERE chain.originating_outlet_id = %(id)s) AS as_originating_outlet,
    count(*) FILTER (WHERE chain.supplying_agency_id = %(id)s) AS as_supplying_agency,
    count(*) FILTER (WHERE chain.path[1] = %(id)s) AS as_page
FROM core.traced_article AS traced
INNER JOIN core.chain ON chain.article_id = traced.article_id AND chain.generation = traced.generation
WHERE traced.closed_at IS NULL
