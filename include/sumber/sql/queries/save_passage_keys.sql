INSERT INTO core.passage_key (article_id, ordinal, key, needed, day)
SELECT article_id, ordinal, key, needed, day FROM staged_passage_key
