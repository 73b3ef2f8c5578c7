-- The index of candidates is read in its own order, without a look at the tables, and knows which days are mere captures.

ALTER TABLE core.article_band ADD COLUMN is_dated boolean NOT NULL DEFAULT true;
ALTER TABLE core.article_band ALTER COLUMN is_dated DROP DEFAULT;
COMMENT ON COLUMN core.article_band.is_dated IS
'Whether the page says when it was published. One that does not may be as old as any copy of its text, whenever it was captured.';

UPDATE core.article_band SET is_dated = false
FROM core.traced_article AS traced
INNER JOIN
    core.attributed_article AS attributed
    ON attributed.article_id = traced.article_id AND attributed.generation = traced.attributed_generation
INNER JOIN core.article ON article.id = attributed.article_id AND article.generation = attributed.article_generation
WHERE traced.article_id = article_band.article_id AND traced.closed_at IS NULL AND article.published_at IS NULL;
-- They may have copies now that they had not before.
INSERT INTO core.pending (step, item_id)
SELECT 'trace', undated.article_id
FROM (SELECT DISTINCT article_id FROM core.article_band WHERE NOT is_dated) AS undated
ORDER BY undated.article_id
ON CONFLICT (step, item_id) DO UPDATE SET requests = pending.requests + 1;

ALTER TABLE core.article_band DROP CONSTRAINT article_band_pkey, ADD PRIMARY KEY (band, day, article_id) INCLUDE (is_dated);
ALTER TABLE core.article_key DROP CONSTRAINT article_key_pkey, ADD PRIMARY KEY (key, day, article_id) INCLUDE (is_one_of_few);
ALTER TABLE core.passage_key DROP CONSTRAINT passage_key_pkey, ADD PRIMARY KEY (key, day, article_id, ordinal) INCLUDE (needed);
