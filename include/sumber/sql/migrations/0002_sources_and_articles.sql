-- Who is named, and what was read.

COMMENT ON SCHEMA core IS 'What was read and asserted, the queue of pending work and the ledger of runs.';

CREATE TABLE core.source (
    id bigint PRIMARY KEY,
    key text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    is_known boolean NOT NULL,
    country text,
    anonymous_type text,
    is_vague boolean NOT NULL,
    canonical_id bigint REFERENCES core.source (id),
    CONSTRAINT source_id_is_63_bits CHECK (id >= 0),
    CONSTRAINT source_kind_is_known
    CHECK (kind IN ('person', 'government', 'organisation', 'agency', 'outlet', 'document', 'anonymous')),
    CONSTRAINT source_anonymous_type_is_known CHECK (
        anonymous_type IN (
            'official', 'intelligence', 'military', 'police', 'diplomat', 'insider',
            'witness', 'expert', 'media', 'document', 'public', 'other'
        )
    ),
    CONSTRAINT source_is_not_its_own_canonical CHECK (canonical_id <> id)
);
CREATE INDEX source_by_key ON core.source (key);
CREATE INDEX source_by_name ON core.source (lower(name));
COMMENT ON TABLE core.source IS 'One row is a person, agency, outlet, government, organisation, document or typed anonymous group.';
COMMENT ON COLUMN core.source.id IS '63-bit hash of the key.';
COMMENT ON COLUMN core.source.key IS 'The registry''s slug, or a folded name; for an anonymous group it holds the story too.';
COMMENT ON COLUMN core.source.name IS 'Name for people: the registry''s, else the smallest printed form.';
COMMENT ON COLUMN core.source.kind IS 'person, government, organisation, agency, outlet, document or anonymous.';
COMMENT ON COLUMN core.source.is_known IS 'Whether the registry holds it.';
COMMENT ON COLUMN core.source.country IS 'ISO 3166-1 alpha-2, where known.';
COMMENT ON COLUMN core.source.anonymous_type IS 'Type of an unnamed source; null for named ones.';
COMMENT ON COLUMN core.source.is_vague IS 'Whether it is to be resolved through another article ("US media", "a newspaper").';
COMMENT ON COLUMN core.source.canonical_id IS 'The source into which this one was merged; null for the canonical one.';

CREATE TABLE core.source_alias (
    source_id bigint NOT NULL REFERENCES core.source (id) ON DELETE CASCADE,
    lang text NOT NULL,
    alias text NOT NULL,
    PRIMARY KEY (source_id, lang, alias)
);
CREATE INDEX source_alias_by_alias ON core.source_alias (lower(alias));
COMMENT ON TABLE core.source_alias IS 'One row is one name of a registry source in one language.';
COMMENT ON COLUMN core.source_alias.source_id IS 'The source.';
COMMENT ON COLUMN core.source_alias.lang IS 'ISO 639-1 language of the name; empty where it holds in every language.';
COMMENT ON COLUMN core.source_alias.alias IS 'The name as printed.';

CREATE TABLE core.source_relation (
    subject_id bigint NOT NULL REFERENCES core.source (id),
    relation text NOT NULL,
    object_id bigint NOT NULL REFERENCES core.source (id),
    valid_from timestamptz NOT NULL DEFAULT '-infinity',
    valid_to timestamptz NOT NULL DEFAULT 'infinity',
    evidence text NOT NULL,
    PRIMARY KEY (subject_id, relation, object_id, valid_from),
    CONSTRAINT source_relation_is_known CHECK (relation IN ('speaks_for', 'member_of', 'owned_by', 'controlled_by')),
    CONSTRAINT source_relation_is_between_two CHECK (subject_id <> object_id),
    CONSTRAINT source_relation_ends_after_it_begins CHECK (valid_from < valid_to)
);
CREATE INDEX source_relation_by_object ON core.source_relation (object_id);
COMMENT ON TABLE core.source_relation IS 'One row is a dated relation between two sources: it decides which sources are one voice.';
COMMENT ON COLUMN core.source_relation.subject_id IS 'The source that speaks for, is a member of, is owned by or is controlled by the other.';
COMMENT ON COLUMN core.source_relation.relation IS 'speaks_for, member_of, owned_by or controlled_by.';
COMMENT ON COLUMN core.source_relation.object_id IS 'The other source.';
COMMENT ON COLUMN core.source_relation.valid_from IS 'Since when; -infinity where not known.';
COMMENT ON COLUMN core.source_relation.valid_to IS 'Until when; infinity where it still holds.';
COMMENT ON COLUMN core.source_relation.evidence IS 'What the relation rests on, in words.';

-- A step replaces an article's whole output: the generation that was read, attributed or traced before is closed, a new one is opened,
-- and the closed one stays readable as of its time. At most one generation of an article is open.
CREATE TABLE core.article (
    id bigint NOT NULL,
    generation integer NOT NULL,
    capture_id bigint NOT NULL REFERENCES raw.capture (id),
    captured_month date NOT NULL,
    method_version text NOT NULL,
    name text,
    url text,
    outlet text,
    lang text NOT NULL,
    published_at timestamptz,
    headline text,
    dateline text,
    text text NOT NULL,
    text_sha256 text NOT NULL,
    blocks jsonb NOT NULL,
    credits jsonb NOT NULL,
    revision_of bigint,
    output_hash bigint NOT NULL,
    run text NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    PRIMARY KEY (id, generation),
    CONSTRAINT article_id_is_63_bits CHECK (id >= 0),
    CONSTRAINT article_generation_counts_from_one CHECK (generation >= 1),
    CONSTRAINT article_has_text CHECK (text <> ''),
    CONSTRAINT article_is_not_its_own_revision CHECK (revision_of <> id),
    CONSTRAINT article_closes_after_it_opens CHECK (closed_at >= opened_at)
);
CREATE UNIQUE INDEX article_open ON core.article (id) WHERE closed_at IS NULL;
CREATE INDEX article_by_capture ON core.article (capture_id);
CREATE INDEX article_by_published_at ON core.article (published_at) WHERE closed_at IS NULL;
CREATE INDEX article_by_revision ON core.article (revision_of) WHERE revision_of IS NOT NULL;
COMMENT ON TABLE core.article IS
    'One row is one reading of a capture by one method version. Readers look at the open reading (closed_at is null); a changed page is another capture and another article, linked by revision_of.';
COMMENT ON COLUMN core.article.id IS '63-bit hash of the capture''s id: the same in every generation.';
COMMENT ON COLUMN core.article.generation IS 'Which reading of this capture, from 1.';
COMMENT ON COLUMN core.article.capture_id IS 'The capture that was read.';
COMMENT ON COLUMN core.article.captured_month IS 'Month of the capture: the partition of the article''s children.';
COMMENT ON COLUMN core.article.method_version IS 'Version of the method that read it.';
COMMENT ON COLUMN core.article.name IS 'File name or record id: what a person calls it.';
COMMENT ON COLUMN core.article.url IS 'Address of the page, where known.';
COMMENT ON COLUMN core.article.outlet IS 'The page that the reader sees, as credited; null where it does not say.';
COMMENT ON COLUMN core.article.lang IS 'ISO 639-1 language of the text.';
COMMENT ON COLUMN core.article.published_at IS 'Time of publication, where known.';
COMMENT ON COLUMN core.article.headline IS 'Headline.';
COMMENT ON COLUMN core.article.dateline IS 'Dateline as printed.';
COMMENT ON COLUMN core.article.text IS 'The whole decoded text; every offset counts code points in it.';
COMMENT ON COLUMN core.article.text_sha256 IS 'SHA-256 of the text in UTF-8, hexadecimal.';
COMMENT ON COLUMN core.article.blocks IS 'The parts of the text in order: [start, end, role], end exclusive.';
COMMENT ON COLUMN core.article.credits IS 'Who is credited for the whole article, page first: [role, name, [start, end] or null, origin].';
COMMENT ON COLUMN core.article.revision_of IS 'Id of the article that this one is a later version of.';
COMMENT ON COLUMN core.article.output_hash IS 'Hash of what was read: a re-run that gives the same opens no new generation.';
COMMENT ON COLUMN core.article.run IS 'The run that opened this generation.';
COMMENT ON COLUMN core.article.opened_at IS 'When this generation became the one that readers see.';
COMMENT ON COLUMN core.article.closed_at IS 'When it was replaced or withdrawn; null while it is open.';

CREATE TABLE core.media_credit (
    article_id bigint NOT NULL,
    generation integer NOT NULL,
    ordinal integer NOT NULL,
    name text NOT NULL,
    span_start integer NOT NULL,
    span_end integer NOT NULL,
    PRIMARY KEY (article_id, generation, ordinal),
    FOREIGN KEY (article_id, generation) REFERENCES core.article (id, generation),
    CONSTRAINT media_credit_span_is_a_range CHECK (span_start >= 0 AND span_start < span_end)
);
COMMENT ON TABLE core.media_credit IS 'One row is one credit of a photo, video or graphic: never evidence for a claim.';
COMMENT ON COLUMN core.media_credit.article_id IS 'The article.';
COMMENT ON COLUMN core.media_credit.generation IS 'The reading.';
COMMENT ON COLUMN core.media_credit.ordinal IS 'Position among the article''s media credits, from 0.';
COMMENT ON COLUMN core.media_credit.name IS 'Who is credited, as printed.';
COMMENT ON COLUMN core.media_credit.span_start IS 'First code point of the credit in the text.';
COMMENT ON COLUMN core.media_credit.span_end IS 'One past its last code point.';
