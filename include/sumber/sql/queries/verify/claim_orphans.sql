-- each belongs to its utterance, and was merged into a claim, that are there
SELECT
    'utterance_id' AS reference,
    child.id AS record
FROM core.claim AS child
WHERE
    NOT EXISTS (SELECT FROM core.utterance AS parent WHERE parent.article_id = child.article_id AND parent.generation = child.generation AND parent.ordinal = child.ordinal AND parent.id = child.utterance_id)
UNION ALL
SELECT
    'canonical_id' AS reference,
    child.id AS record
FROM core.claim AS child
WHERE
    NOT EXISTS (SELECT FROM core.claim AS parent WHERE parent.id = child.canonical_id)
LIMIT 20
