-- A pause that somebody ordered meanwhile stays.
INSERT INTO core.feed_state (url, etag, last_modified, polled_at, next_poll_at, failures, failure)
SELECT url, etag, last_modified, polled_at, next_poll_at, failures, failure
FROM staged_feed_state
ORDER BY url
ON CONFLICT (url) DO UPDATE SET
    etag = excluded.etag,
    last_modified = excluded.last_modified,
    polled_at = excluded.polled_at,
    next_poll_at = excluded.next_poll_at,
    failures = excluded.failures,
    failure = excluded.failure
