UPDATE core.feed_entry
SET
    fetched_at = fetched.fetched_at,
    next_fetch_at = fetched.next_fetch_at,
    visits = fetched.visits,
    failures = fetched.failures,
    etag = fetched.etag,
    last_modified = fetched.last_modified,
    failure = fetched.failure
FROM staged_fetched_entry AS fetched
WHERE feed_entry.url = fetched.url
