-- The index of candidates is searched within a window of days: what one day's articles meet does not grow with the archive.

ALTER TABLE core.article_band ADD COLUMN day date;
ALTER TABLE core.article_key ADD COLUMN day date;
ALTER TABLE core.passage_key ADD COLUMN day date;
COMMENT ON COLUMN core.article_band.day IS 'Day (UTC) of publication, of capture where publication is not known: lookups keep to a window of days.';
COMMENT ON COLUMN core.article_key.day IS 'Day (UTC) of publication, of capture where publication is not known: lookups keep to a window of days.';
COMMENT ON COLUMN core.passage_key.day IS 'Day (UTC) of publication, of capture where publication is not known: lookups keep to a window of days.';

-- What is filed already belongs to the reading that was traced.
UPDATE core.article_band SET day = (coalesce(article.published_at, capture.captured_at) AT TIME ZONE 'UTC')::date
FROM core.traced_article AS traced
INNER JOIN
    core.attributed_article AS attributed
    ON attributed.article_id = traced.article_id AND attributed.generation = traced.attributed_generation
INNER JOIN core.article ON article.id = attributed.article_id AND article.generation = attributed.article_generation
INNER JOIN raw.capture ON capture.id = article.capture_id
WHERE traced.article_id = article_band.article_id AND traced.closed_at IS NULL;
UPDATE core.article_key SET day = (coalesce(article.published_at, capture.captured_at) AT TIME ZONE 'UTC')::date
FROM core.traced_article AS traced
INNER JOIN
    core.attributed_article AS attributed
    ON attributed.article_id = traced.article_id AND attributed.generation = traced.attributed_generation
INNER JOIN core.article ON article.id = attributed.article_id AND article.generation = attributed.article_generation
INNER JOIN raw.capture ON capture.id = article.capture_id
WHERE traced.article_id = article_key.article_id AND traced.closed_at IS NULL;
UPDATE core.passage_key SET day = (coalesce(article.published_at, capture.captured_at) AT TIME ZONE 'UTC')::date
FROM core.traced_article AS traced
INNER JOIN
    core.attributed_article AS attributed
    ON attributed.article_id = traced.article_id AND attributed.generation = traced.attributed_generation
INNER JOIN core.article ON article.id = attributed.article_id AND article.generation = attributed.article_generation
INNER JOIN raw.capture ON capture.id = article.capture_id
WHERE traced.article_id = passage_key.article_id AND traced.closed_at IS NULL;
-- What is filed for no open tracing finds nothing that could be loaded.
DELETE FROM core.article_band WHERE day IS NULL;
DELETE FROM core.article_key WHERE day IS NULL;
DELETE FROM core.passage_key WHERE day IS NULL;

ALTER TABLE core.article_band ALTER COLUMN day SET NOT NULL;
ALTER TABLE core.article_key ALTER COLUMN day SET NOT NULL;
ALTER TABLE core.passage_key ALTER COLUMN day SET NOT NULL;
ALTER TABLE core.article_band DROP CONSTRAINT article_band_pkey, ADD PRIMARY KEY (band, day, article_id);
ALTER TABLE core.article_key DROP CONSTRAINT article_key_pkey, ADD PRIMARY KEY (key, day, article_id);
ALTER TABLE core.passage_key DROP CONSTRAINT passage_key_pkey, ADD PRIMARY KEY (key, day, article_id, ordinal);

-- Who answers one question is looked up whenever one of the answers changes.
CREATE INDEX claim_by_slot ON core.claim (slot) WHERE slot IS NOT NULL;
