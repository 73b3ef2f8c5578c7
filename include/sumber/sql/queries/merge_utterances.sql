-- What belongs together may change with every article that arrives; only canonical_id says so.
UPDATE core.utterance SET canonical_id = staged.canonical_id
FROM staged_utterance AS staged, core.traced_article AS traced
WHERE
    utterance.article_id = staged.article_id
    AND utterance.ordinal = staged.ordinal
    AND traced.article_id = utterance.article_id
    AND traced.generation = utterance.generation
    AND traced.closed_at IS NULL
    AND utterance.canonical_id <> staged.canonical_id
