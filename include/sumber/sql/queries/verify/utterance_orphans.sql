-- each belongs to a tracing, and was merged into an utterance, that are there
SELECT
    'article_id' AS reference,
    child.id AS record
FROM core.utterance AS child
WHERE
    NOT EXISTS (SELECT FROM core.traced_article AS parent WHERE parent.article_id = child.article_id AND parent.generation = child.generation)
UNION ALL
SELECT
    'canonical_id' AS reference,
    child.id AS record
FROM core.utterance AS child
WHERE
    NOT EXISTS (SELECT FROM core.utterance AS parent WHERE parent.id = child.canonical_id)
LIMIT 20
