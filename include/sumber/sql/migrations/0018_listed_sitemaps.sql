-- Sitemaps that an index of sitemaps lists are polled like feeds, for the feed of the registry that leads to them.

ALTER TABLE core.feed_state ADD COLUMN listed_by text REFERENCES core.feed_state (url) ON DELETE CASCADE;
CREATE INDEX feed_state_by_index ON core.feed_state (listed_by) WHERE listed_by IS NOT NULL;
COMMENT ON COLUMN core.feed_state.url IS 'Address of the feed, or of a sitemap that an index lists.';
COMMENT ON COLUMN core.feed_state.listed_by IS 'The index of sitemaps that lists it; null for a feed of the registry.';
COMMENT ON COLUMN core.feed_entry.feed_url IS 'The feed of the registry that announced it first, itself or by a sitemap that it leads to.';
