-- What is due is taken until a time by which the run is over; a run that was killed leaves it due again then.
UPDATE core.feed_entry
SET next_fetch_at = %(until)s
FROM (
    SELECT due.url
    FROM core.feed_entry AS due
    WHERE due.next_fetch_at <= %(at)s
    ORDER BY due.next_fetch_at, due.url
    LIMIT %(most)s
    FOR UPDATE SKIP LOCKED
) AS taken
WHERE feed_entry.url = taken.url
RETURNING
    feed_entry.url,
    feed_entry.feed_url,
    feed_entry.outlet,
    feed_entry.lang,
    feed_entry.headline,
    feed_entry.published_at,
    feed_entry.visits,
    feed_entry.failures,
    feed_entry.etag,
    feed_entry.last_modified
