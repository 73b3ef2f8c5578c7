-- Verdicts on what was merged, and on whom a vague source stands for, beside those on attributions.

ALTER TABLE core.review
    ADD COLUMN other_sha256 text,
    ADD COLUMN other_quote text,
    ADD COLUMN other_prefix text NOT NULL DEFAULT '',
    ADD COLUMN other_suffix text NOT NULL DEFAULT '';
ALTER TABLE core.review
    DROP CONSTRAINT review_verdict_is_known,
    DROP CONSTRAINT review_override_names_a_source,
    ADD CONSTRAINT review_verdict_is_known CHECK (
        verdict IN (
            'confirm', 'reject', 'override',
            'same_utterance', 'not_same_utterance', 'same_claim', 'not_same_claim',
            'stands_for', 'not_stands_for'
        )
    ),
    ADD CONSTRAINT review_names_a_source_where_it_is_about_one CHECK (
        (verdict IN ('override', 'stands_for', 'not_stands_for')) = (source_key IS NOT NULL)
        AND (source_key IS NULL) = (source_name IS NULL)
        AND (source_key IS NULL) = (source_kind IS NULL)
    ),
    ADD CONSTRAINT review_of_a_merge_quotes_two_passages CHECK (
        (verdict IN ('same_utterance', 'not_same_utterance', 'same_claim', 'not_same_claim')) = (other_sha256 IS NOT NULL)
        AND (other_sha256 IS NULL) = (other_quote IS NULL)
        AND (other_sha256 IS NOT NULL OR (other_prefix = '' AND other_suffix = ''))
    ),
    ADD CONSTRAINT review_other_sha256_is_hexadecimal CHECK (other_sha256 ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT review_other_quotes_something CHECK (btrim(other_quote) <> '');
CREATE INDEX review_by_other_article ON core.review (other_sha256) WHERE other_sha256 IS NOT NULL;

COMMENT ON TABLE core.review IS
'One row is a person''s verdict on the attribution of a quoted passage, on whether it and another are one, or on whom its vague source stands for. Anchored to the text, never to row ids; it wins over the machine, survives re-runs and can be withdrawn.';
COMMENT ON COLUMN core.review.verdict IS
'confirm, reject (the passage attributes nothing), override (its ultimate source is another one); same_utterance, same_claim and their opposites (of two passages); stands_for, not_stands_for (of its vague source).';
COMMENT ON COLUMN core.review.source_key IS 'Key of the source that the verdict names; null where it names none.';
COMMENT ON COLUMN core.review.source_name IS 'Its name.';
COMMENT ON COLUMN core.review.source_kind IS 'Its kind.';
COMMENT ON COLUMN core.review.other_sha256 IS 'Of two passages: SHA-256 of the bytes that hold the other one, hexadecimal.';
COMMENT ON COLUMN core.review.other_quote IS 'The other passage as printed.';
COMMENT ON COLUMN core.review.other_prefix IS 'Text right before the other passage, where it occurs more than once.';
COMMENT ON COLUMN core.review.other_suffix IS 'Text right after the other passage, where it occurs more than once.';

-- A verdict on an attribution changes what its article says; one on a merge or a vague source only what is made of it across articles.
CREATE OR REPLACE FUNCTION core.queue_reviewed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO core.pending (step, item_id)
    SELECT CASE WHEN NEW.verdict IN ('confirm', 'reject', 'override') THEN 'attribute' ELSE 'trace' END, article.id
    FROM core.article
    INNER JOIN raw.capture ON capture.id = article.capture_id
    WHERE capture.sha256 IN (NEW.article_sha256, NEW.other_sha256) AND article.closed_at IS NULL
    ORDER BY article.id
    ON CONFLICT (step, item_id) DO UPDATE SET requests = pending.requests + 1;
    RETURN NULL;
END
$$;

-- What was traced since a time is looked for after every run, and passages are asked for by the names that people know.
CREATE INDEX traced_article_by_opened_at ON core.traced_article (opened_at);
CREATE INDEX traced_article_by_closed_at ON core.traced_article (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX derivation_by_opened_at ON core.derivation (opened_at);
CREATE INDEX derivation_by_closed_at ON core.derivation (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX capture_by_name ON raw.capture (name) WHERE name IS NOT NULL;
CREATE INDEX capture_by_url ON raw.capture (url) WHERE url IS NOT NULL;
