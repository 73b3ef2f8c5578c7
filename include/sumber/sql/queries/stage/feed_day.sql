CREATE TEMPORARY TABLE staged_feed_day (
    feed_url text PRIMARY KEY, announced integer, captures integer, refused integer, failed text []
) ON COMMIT DROP
