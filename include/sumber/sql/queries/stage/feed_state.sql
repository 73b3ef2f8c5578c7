CREATE TEMPORARY TABLE staged_feed_state (
    url text, etag text, last_modified text, polled_at timestamptz, next_poll_at timestamptz, failures integer, failure text
) ON COMMIT DROP
