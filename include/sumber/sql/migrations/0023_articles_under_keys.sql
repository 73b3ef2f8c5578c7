-- What an article is filed under stands in one row of its own, so that three indexes by article need not be kept: each row that is filed
-- was put into one.

CREATE TABLE core.filed_article (
    article_id bigint PRIMARY KEY,
    day date NOT NULL,
    is_dated boolean NOT NULL,
    bands bigint [] NOT NULL,
    is_one_of_few boolean NOT NULL,
    keys bigint [] NOT NULL,
    ordinals integer [] NOT NULL,
    passage_keys bigint [] NOT NULL,
    needed integer [] NOT NULL,
    CONSTRAINT filed_article_passage_keys_are_whole CHECK (
        cardinality(ordinals) = cardinality(passage_keys) AND cardinality(needed) = cardinality(passage_keys)
    )
);
COMMENT ON TABLE core.filed_article IS
'One row is all that one traced article is filed under in core.article_band, article_key and passage_key: what is taken out when it changes.';
COMMENT ON COLUMN core.filed_article.article_id IS 'The article.';
COMMENT ON COLUMN core.filed_article.day IS 'Day (UTC) under which it is filed: of publication, of capture where publication is not known.';
COMMENT ON COLUMN core.filed_article.is_dated IS 'Whether the page says when it was published (core.article_band.is_dated).';
COMMENT ON COLUMN core.filed_article.bands IS 'Its MinHash bands, in order.';
COMMENT ON COLUMN core.filed_article.is_one_of_few IS 'Whether it has so few keys that one shared key is enough to compare.';
COMMENT ON COLUMN core.filed_article.keys IS 'Its rare anchors, in order.';
COMMENT ON COLUMN core.filed_article.ordinals IS 'For each of passage_keys, whose key it is.';
COMMENT ON COLUMN core.filed_article.passage_keys IS 'The telling terms of its appearances, in order of these.';
COMMENT ON COLUMN core.filed_article.needed IS 'For each of passage_keys, how many keys another passage must share with this one.';

INSERT INTO core.filed_article (article_id, day, is_dated, bands, is_one_of_few, keys, ordinals, passage_keys, needed)
SELECT
    article_id,
    coalesce(banded.day, keyed.day, said.day),
    coalesce(banded.is_dated, true),
    coalesce(banded.bands, '{}'),
    coalesce(keyed.is_one_of_few, true),
    coalesce(keyed.keys, '{}'),
    coalesce(said.ordinals, '{}'),
    coalesce(said.passage_keys, '{}'),
    coalesce(said.needed, '{}')
FROM (
    SELECT article_id, min(day) AS day, bool_and(is_dated) AS is_dated, array_agg(band ORDER BY band) AS bands
    FROM core.article_band
    GROUP BY article_id
) AS banded
FULL OUTER JOIN (
    SELECT article_id, min(day) AS day, bool_and(is_one_of_few) AS is_one_of_few, array_agg(key ORDER BY key) AS keys
    FROM core.article_key
    GROUP BY article_id
) AS keyed USING (article_id)
FULL OUTER JOIN (
    SELECT
        article_id,
        min(day) AS day,
        array_agg(ordinal ORDER BY ordinal, key) AS ordinals,
        array_agg(key ORDER BY ordinal, key) AS passage_keys,
        array_agg(needed ORDER BY ordinal, key) AS needed
    FROM core.passage_key
    GROUP BY article_id
) AS said USING (article_id);

-- Else the planner takes it for empty, and reads all of it with the first batch.
ANALYZE core.filed_article;

DROP INDEX core.article_band_by_article;
DROP INDEX core.article_key_by_article;
DROP INDEX core.passage_key_by_article;

GRANT SELECT, INSERT, DELETE ON core.filed_article TO sumber_etl;
GRANT SELECT ON core.filed_article TO sumber_app;
