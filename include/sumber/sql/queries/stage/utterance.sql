CREATE TEMPORARY TABLE staged_utterance (
    article_id bigint, ordinal integer, id bigint, canonical_id bigint, speaker text, act text, position text
) ON COMMIT DROP
