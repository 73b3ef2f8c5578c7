-- What is polled, what feeds announced and is still to be fetched, and what is remembered of the hosts that are asked.

ALTER TABLE core.feed_state ALTER COLUMN polled_at DROP NOT NULL;
ALTER TABLE core.feed_state ADD COLUMN failure text;
ALTER TABLE core.feed_state ADD COLUMN paused_at timestamptz;
ALTER TABLE core.feed_state ADD COLUMN paused_by text;
ALTER TABLE core.feed_state ADD COLUMN paused_reason text;
ALTER TABLE core.feed_state ADD CONSTRAINT feed_state_pause_is_explained CHECK (
    (paused_at IS NULL) = (paused_by IS NULL) AND (paused_at IS NULL) = (paused_reason IS NULL)
);
COMMENT ON COLUMN core.feed_state.polled_at IS 'When it was polled last; null before the first time.';
COMMENT ON COLUMN core.feed_state.failure IS 'Why the last poll gave nothing, in words; null where it did.';
COMMENT ON COLUMN core.feed_state.paused_at IS 'Since when it is not polled; null where it is.';
COMMENT ON COLUMN core.feed_state.paused_by IS 'Who paused it: a person, or Sumber after many failures.';
COMMENT ON COLUMN core.feed_state.paused_reason IS 'Why it is paused.';

CREATE TABLE core.feed_entry (
    url text PRIMARY KEY,
    feed_url text NOT NULL,
    outlet text NOT NULL,
    lang text NOT NULL,
    headline text,
    published_at timestamptz,
    found_at timestamptz NOT NULL,
    fetched_at timestamptz,
    next_fetch_at timestamptz,
    visits integer NOT NULL DEFAULT 0,
    failures integer NOT NULL DEFAULT 0,
    etag text,
    last_modified text,
    failure text,
    CONSTRAINT feed_entry_visits_are_counted CHECK (visits >= 0 AND failures >= 0)
);
CREATE INDEX feed_entry_by_next_fetch_at ON core.feed_entry (next_fetch_at) WHERE next_fetch_at IS NOT NULL;
CREATE INDEX feed_entry_by_feed ON core.feed_entry (feed_url);
COMMENT ON TABLE core.feed_entry IS 'One row is one page that a feed announced, and when it is to be fetched.';
COMMENT ON COLUMN core.feed_entry.url IS 'Address of the page, as the feed gives it.';
COMMENT ON COLUMN core.feed_entry.feed_url IS 'The feed that announced it first.';
COMMENT ON COLUMN core.feed_entry.outlet IS 'Outlet of that feed: a hint for the reader of the page.';
COMMENT ON COLUMN core.feed_entry.lang IS 'Language of that feed: a hint for the reader of the page.';
COMMENT ON COLUMN core.feed_entry.headline IS 'Title in the feed.';
COMMENT ON COLUMN core.feed_entry.published_at IS 'Time in the feed, of the last announcement.';
COMMENT ON COLUMN core.feed_entry.found_at IS 'When it was announced first.';
COMMENT ON COLUMN core.feed_entry.fetched_at IS 'When it was asked for last.';
COMMENT ON COLUMN core.feed_entry.next_fetch_at IS 'When it is due; null where it is not fetched again.';
COMMENT ON COLUMN core.feed_entry.visits IS 'How often it answered.';
COMMENT ON COLUMN core.feed_entry.failures IS 'How often in a row it did not.';
COMMENT ON COLUMN core.feed_entry.etag IS 'ETag of its last answer.';
COMMENT ON COLUMN core.feed_entry.last_modified IS 'Last-Modified of its last answer.';
COMMENT ON COLUMN core.feed_entry.failure IS 'Why the last attempt gave nothing; null where it did.';

CREATE TABLE core.host_state (
    origin text PRIMARY KEY,
    robots text,
    robots_at timestamptz NOT NULL,
    held_until timestamptz
);
COMMENT ON TABLE core.host_state IS 'One row is what is remembered of one host that is asked.';
COMMENT ON COLUMN core.host_state.origin IS 'Scheme, name and port.';
COMMENT ON COLUMN core.host_state.robots IS 'Its robots.txt, empty where it has none; null where none could be had.';
COMMENT ON COLUMN core.host_state.robots_at IS 'When that was asked for.';
COMMENT ON COLUMN core.host_state.held_until IS 'Until when it asked not to be asked (Retry-After).';

GRANT SELECT, INSERT, UPDATE ON core.feed_entry, core.host_state TO sumber_etl;
GRANT SELECT ON core.feed_entry, core.host_state TO sumber_app;

-- Polling refuses contents too, and has lines in the ledger.
ALTER TABLE core.rejection DROP CONSTRAINT rejection_step_is_known;
ALTER TABLE core.rejection ADD CONSTRAINT rejection_step_is_known CHECK (step IN ('capture', 'poll', 'read', 'attribute', 'trace'));
