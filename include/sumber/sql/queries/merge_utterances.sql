-- What belongs together may change with every article that arrives; only canonical_id says so. OFFSET 0 as in canonical_claims.
WITH merged AS MATERIALIZED (
    SELECT grouped.article_id, traced.generation, staged.ordinal, staged.canonical_id
    FROM (SELECT DISTINCT staged_utterance.article_id FROM staged_utterance) AS grouped
    CROSS JOIN LATERAL (
        SELECT traced_article.generation
        FROM core.traced_article
        WHERE traced_article.article_id = grouped.article_id AND traced_article.closed_at IS NULL
        OFFSET 0
    ) AS traced
    CROSS JOIN LATERAL (
        SELECT present.ordinal, present.canonical_id
        FROM core.utterance AS present
        WHERE present.article_id = grouped.article_id AND present.generation = traced.generation
        OFFSET 0
    ) AS stored
    INNER JOIN staged_utterance AS staged ON staged.article_id = grouped.article_id AND staged.ordinal = stored.ordinal
    WHERE stored.canonical_id <> staged.canonical_id
)

UPDATE core.utterance SET canonical_id = merged.canonical_id
FROM merged
WHERE utterance.article_id = merged.article_id AND utterance.generation = merged.generation AND utterance.ordinal = merged.ordinal
