-- OFFSET 0 keeps each lookup a search of its own, in the partition of its month alone.
SELECT found.*
FROM unnest(%(ids)s::bigint [], %(generations)s::integer [], %(months)s::date []) AS wanted (article_id, generation, captured_month)
CROSS JOIN LATERAL (
    SELECT
        appearance.article_id,
        appearance.ordinal,
        appearance.content,
        appearance.form,
        appearance.act,
        appearance.position,
        appearance.operator,
        appearance.hedges,
        appearance.denied,
        appearance.is_ascribed,
        appearance.confidence
    FROM core.appearance
    WHERE
        appearance.captured_month = wanted.captured_month
        AND appearance.article_id = wanted.article_id
        AND appearance.generation = wanted.generation
    OFFSET 0
) AS found
ORDER BY found.article_id, found.ordinal
