-- each belongs to a reading that is there
SELECT
    'article_id' AS reference,
    child.article_id AS record
FROM core.media_credit AS child
WHERE
    NOT EXISTS (SELECT FROM core.article AS parent WHERE parent.id = child.article_id AND parent.generation = child.generation)
LIMIT 20
