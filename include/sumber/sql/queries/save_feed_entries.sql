-- New pages are due at once; known ones when the feed gives them a later time than it did.
INSERT INTO core.feed_entry (url, feed_url, outlet, lang, headline, published_at, found_at, next_fetch_at)
SELECT url, feed_url, outlet, lang, headline, published_at, found_at, found_at
FROM staged_feed_entry
ORDER BY url
ON CONFLICT (url) DO UPDATE SET
    headline = excluded.headline,
    published_at = excluded.published_at,
    next_fetch_at = excluded.next_fetch_at
WHERE excluded.published_at > feed_entry.published_at
