SELECT
    url,
    etag,
    last_modified,
    polled_at,
    next_poll_at,
    failures,
    failure,
    paused_at,
    paused_by,
    paused_reason,
    listed_by
FROM core.feed_state
ORDER BY url
