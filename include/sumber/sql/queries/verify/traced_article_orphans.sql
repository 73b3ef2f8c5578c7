-- each traces an attributing that is there
SELECT
    'article_id' AS reference,
    child.article_id AS record
FROM core.traced_article AS child
WHERE
    NOT EXISTS (SELECT FROM core.attributed_article AS parent WHERE parent.article_id = child.article_id AND parent.generation = child.attributed_generation)
LIMIT 20
