SELECT
    attribution.*,
    source.key,
    source.name,
    source.kind,
    source.is_known,
    source.country,
    source.anonymous_type,
    source.is_vague
FROM core.attributed_article
INNER JOIN
    core.attribution
    ON attribution.article_id = attributed_article.article_id AND attribution.generation = attributed_article.generation
INNER JOIN core.source ON source.id = attribution.source_id
WHERE attributed_article.article_id = ANY(%(ids)s) AND attributed_article.closed_at IS NULL
ORDER BY attribution.article_id, attribution.ordinal, attribution.branch, attribution.hop
