-- Every state of an appearance that readers have seen, the earliest first: the tracings of its article that hold it.
SELECT
    appearance.captured_month,
    appearance.article_id,
    appearance.ordinal,
    traced.generation,
    traced.method_version,
    traced.opened_at,
    traced.closed_at,
    attributed.generation AS attributed_generation,
    attributed.method_version AS attributed_version,
    attributed.opened_at AS attributed_at
FROM core.appearance
INNER JOIN
    core.attributed_article AS attributed
    ON attributed.article_id = appearance.article_id AND attributed.generation = appearance.generation
INNER JOIN
    core.traced_article AS traced
    ON traced.article_id = appearance.article_id AND traced.attributed_generation = appearance.generation
WHERE appearance.id = %(id)s
ORDER BY traced.generation
