-- What was received, as it came. Nothing in this schema is ever edited.

CREATE SCHEMA raw;
COMMENT ON SCHEMA raw IS 'Bytes as they were received, and the attempts to get them. Never edited.';

CREATE TABLE raw.content (
    sha256 text PRIMARY KEY,
    size integer NOT NULL,
    compressed bytea NOT NULL,
    CONSTRAINT content_sha256_is_hexadecimal CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT content_size_is_positive CHECK (size > 0)
);
-- The bytes are compressed already: Postgres shall not try again.
ALTER TABLE raw.content ALTER COLUMN compressed SET STORAGE EXTERNAL;
COMMENT ON TABLE raw.content IS 'One row is one sequence of bytes, whatever the number of captures that carried it.';
COMMENT ON COLUMN raw.content.sha256 IS 'SHA-256 of the uncompressed bytes, hexadecimal: their address.';
COMMENT ON COLUMN raw.content.size IS 'Number of uncompressed bytes.';
COMMENT ON COLUMN raw.content.compressed IS 'The bytes, compressed with zlib.';

CREATE TABLE raw.capture (
    id bigint PRIMARY KEY,
    sha256 text NOT NULL REFERENCES raw.content (sha256),
    media_type text NOT NULL,
    captured_at timestamptz NOT NULL,
    captured_month date NOT NULL GENERATED ALWAYS AS ((date_trunc('month', captured_at AT TIME ZONE 'UTC'))::date) STORED,
    url text,
    outlet text,
    lang text,
    published_at timestamptz,
    headline text,
    name text,
    CONSTRAINT capture_id_is_63_bits CHECK (id >= 0),
    CONSTRAINT capture_media_type_is_known CHECK (media_type IN ('text/html', 'text/plain', 'application/json'))
);
CREATE INDEX capture_by_sha256 ON raw.capture (sha256);
CREATE INDEX capture_by_captured_at ON raw.capture (captured_at);
COMMENT ON TABLE raw.capture IS
    'One row is bytes received from one address (URL, or file name or record id where there is none). Not partitioned: it is the registry of keys, so that the same bytes received again in another month are the same capture.';
COMMENT ON COLUMN raw.capture.id IS '63-bit hash of the content''s SHA-256 and the address.';
COMMENT ON COLUMN raw.capture.sha256 IS 'Address of the bytes in raw.content.';
COMMENT ON COLUMN raw.capture.media_type IS 'What the bytes are: text/html, text/plain, or application/json (one article record).';
COMMENT ON COLUMN raw.capture.captured_at IS 'When the bytes were first received.';
COMMENT ON COLUMN raw.capture.captured_month IS 'First day of the month (UTC) of captured_at: the partition of everything made from this capture.';
COMMENT ON COLUMN raw.capture.url IS 'Address of the page; null for files without one.';
COMMENT ON COLUMN raw.capture.outlet IS 'Hint from the feed entry or record: the outlet''s name.';
COMMENT ON COLUMN raw.capture.lang IS 'Hint from the feed entry or record: ISO 639-1 language.';
COMMENT ON COLUMN raw.capture.published_at IS 'Hint from the feed entry or record: time of publication.';
COMMENT ON COLUMN raw.capture.headline IS 'Hint from the feed entry or record: headline.';
COMMENT ON COLUMN raw.capture.name IS 'File name or record id: what a person calls it.';

CREATE TABLE raw.fetch (
    id bigint PRIMARY KEY,
    url text NOT NULL,
    attempted_at timestamptz NOT NULL,
    status integer,
    etag text,
    last_modified text,
    size integer,
    capture_id bigint REFERENCES raw.capture (id),
    failure text,
    run text NOT NULL,
    CONSTRAINT fetch_id_is_63_bits CHECK (id >= 0),
    CONSTRAINT fetch_has_a_result CHECK (status IS NOT NULL OR failure IS NOT NULL)
);
CREATE INDEX fetch_by_url ON raw.fetch (url, attempted_at);
COMMENT ON TABLE raw.fetch IS 'One row is one attempt to fetch an address, with its result.';
COMMENT ON COLUMN raw.fetch.id IS '63-bit hash of the address and the time of the attempt.';
COMMENT ON COLUMN raw.fetch.url IS 'Address asked for.';
COMMENT ON COLUMN raw.fetch.attempted_at IS 'When it was asked for.';
COMMENT ON COLUMN raw.fetch.status IS 'HTTP status; null where no answer came.';
COMMENT ON COLUMN raw.fetch.etag IS 'ETag of the answer, for the next conditional request.';
COMMENT ON COLUMN raw.fetch.last_modified IS 'Last-Modified of the answer, for the next conditional request.';
COMMENT ON COLUMN raw.fetch.size IS 'Number of bytes received.';
COMMENT ON COLUMN raw.fetch.capture_id IS 'The capture made from the answer; null where there was none.';
COMMENT ON COLUMN raw.fetch.failure IS 'Why no answer came, in words.';
COMMENT ON COLUMN raw.fetch.run IS 'The run that made the attempt.';
