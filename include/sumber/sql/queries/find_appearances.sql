SELECT appearance.article_id, appearance.ordinal
FROM core.traced_article AS traced
INNER JOIN
    core.appearance
    ON appearance.article_id = traced.article_id AND appearance.generation = traced.attributed_generation
WHERE traced.closed_at IS NULL AND appearance.id = %(id)s
