SELECT appearance.article_id, appearance.ordinal
FROM core.traced_article AS traced
INNER JOIN
    core.appearance
    ON appearance.article_id = traced.article_id AND appearance.generation = traced.attributed_generation
WHERE
    traced.opened_at <= coalesce(%(at)s, 'infinity'::timestamptz)
    AND (traced.closed_at IS NULL OR traced.closed_at > %(at)s)
    AND appearance.id = %(id)s
