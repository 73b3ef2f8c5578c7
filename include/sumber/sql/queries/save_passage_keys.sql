INSERT INTO core.passage_key (article_id, key, day, ordinal, needed)
SELECT article_id, key, DATE '0001-01-01' + (day - 1), ordinal, needed FROM staged_passage_key
