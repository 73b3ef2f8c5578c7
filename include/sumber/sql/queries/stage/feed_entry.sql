CREATE TEMPORARY TABLE staged_feed_entry (
    url text, feed_url text, outlet text, lang text, headline text, published_at timestamptz, found_at timestamptz
) ON COMMIT DROP
