-- each attributes a reading that is there
SELECT
    'article_id' AS reference,
    child.article_id AS record
FROM core.attributed_article AS child
WHERE
    NOT EXISTS (SELECT FROM core.article AS parent WHERE parent.id = child.article_id AND parent.generation = child.article_generation)
LIMIT 20
