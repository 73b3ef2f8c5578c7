-- each belongs to an attributing that is there
SELECT
    'article_id' AS reference,
    child.id AS record
FROM core.appearance AS child
WHERE
    NOT EXISTS (SELECT FROM core.attributed_article AS parent WHERE parent.article_id = child.article_id AND parent.generation = child.generation)
LIMIT 20
