INSERT INTO core.passage_key (article_id, ordinal, key, needed)
SELECT article_id, ordinal, key, needed FROM staged_passage_key
