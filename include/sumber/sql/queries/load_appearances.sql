SELECT appearance.*
FROM unnest(%(ids)s::bigint [], %(generations)s::integer []) AS wanted (article_id, generation)
INNER JOIN core.appearance ON appearance.article_id = wanted.article_id AND appearance.generation = wanted.generation
ORDER BY appearance.article_id, appearance.ordinal
