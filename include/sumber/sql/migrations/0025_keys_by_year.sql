-- Keys are looked up within weeks of a day: filed by year, what one day's articles meet lies in one or two tables that do not grow with the
-- archive. Days of all other years share one more. Bands are looked up on whatever day, and stay in one table.

ALTER TABLE core.article_key RENAME TO article_key_of_all_years;
ALTER TABLE core.article_key_of_all_years RENAME CONSTRAINT article_key_pkey TO article_key_of_all_years_pkey;
ALTER TABLE core.passage_key RENAME TO passage_key_of_all_years;
ALTER TABLE core.passage_key_of_all_years RENAME CONSTRAINT passage_key_pkey TO passage_key_of_all_years_pkey;

CREATE TABLE core.article_key (
    article_id bigint NOT NULL,
    key bigint NOT NULL,
    is_one_of_few boolean NOT NULL,
    day date NOT NULL
) PARTITION BY RANGE (day);
COMMENT ON TABLE core.article_key IS 'One row is one rare anchor (number, day, name) of one traced article: translations and retellings share several.';
COMMENT ON COLUMN core.article_key.article_id IS 'The article.';
COMMENT ON COLUMN core.article_key.key IS '63-bit hash of the anchor.';
COMMENT ON COLUMN core.article_key.is_one_of_few IS 'Whether the article has so few keys that one shared key is enough to compare.';
COMMENT ON COLUMN core.article_key.day IS 'Day (UTC) of publication, of capture where publication is not known: lookups keep to a window of days.';

CREATE TABLE core.passage_key (
    article_id bigint NOT NULL,
    ordinal integer NOT NULL,
    key bigint NOT NULL,
    needed integer NOT NULL,
    day date NOT NULL,
    CONSTRAINT passage_key_needs_some CHECK (needed >= 1)
) PARTITION BY RANGE (day);
COMMENT ON TABLE core.passage_key IS 'One row is one telling term of one traced appearance: passages that share two are compared.';
COMMENT ON COLUMN core.passage_key.article_id IS 'The article.';
COMMENT ON COLUMN core.passage_key.ordinal IS 'The appearance.';
COMMENT ON COLUMN core.passage_key.key IS '63-bit hash of language and term.';
COMMENT ON COLUMN core.passage_key.needed IS 'How many keys another passage must share: two, or one where this passage has no more.';
COMMENT ON COLUMN core.passage_key.day IS 'Day (UTC) of publication, of capture where publication is not known: lookups keep to a window of days.';

DO $$
DECLARE
    parent text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['article_key', 'passage_key'] LOOP
        FOR year IN 2000 .. 2039 LOOP
            EXECUTE format(
                'CREATE TABLE core.%I PARTITION OF core.%I FOR VALUES FROM (%L) TO (%L)',
                parent || '_' || year, parent, make_date(year, 1, 1), make_date(year + 1, 1, 1)
            );
        END LOOP;
        EXECUTE format('CREATE TABLE core.%I PARTITION OF core.%I DEFAULT', parent || '_of_other_years', parent);
    END LOOP;
END
$$;

INSERT INTO core.article_key (article_id, key, is_one_of_few, day)
SELECT article_id, key, is_one_of_few, day FROM core.article_key_of_all_years;
INSERT INTO core.passage_key (article_id, ordinal, key, needed, day)
SELECT article_id, ordinal, key, needed, day FROM core.passage_key_of_all_years;
DROP TABLE core.article_key_of_all_years;
DROP TABLE core.passage_key_of_all_years;
-- Built in one go: filled row by row, indexes of hashes take several times as long.
ALTER TABLE core.article_key ADD PRIMARY KEY (key, day, article_id) INCLUDE (is_one_of_few);
ALTER TABLE core.passage_key ADD PRIMARY KEY (key, day, article_id, ordinal) INCLUDE (needed);

GRANT SELECT, INSERT, UPDATE, DELETE ON core.article_key, core.passage_key TO sumber_etl;
GRANT SELECT ON core.article_key, core.passage_key TO sumber_app;
