-- Articles are attributed for the first time without this: only those that were attributed before can have missed the change.
SELECT attribution.article_id AS id
FROM core.attribution
INNER JOIN
    core.attributed_article AS attributed
    ON attributed.article_id = attribution.article_id AND attributed.generation = attribution.generation
WHERE attributed.closed_at IS NULL AND attribution.source_id = ANY(%(sources)s)
UNION
SELECT article.id
FROM core.article
INNER JOIN core.attributed_article AS attributed ON attributed.article_id = article.id AND attributed.closed_at IS NULL
WHERE
    article.closed_at IS NULL
    AND EXISTS (
        SELECT FROM core.source_alias
        WHERE
            source_alias.source_id = ANY(%(sources)s)
            AND strpos(lower(article.text), lower(source_alias.alias)) > 0
    )
