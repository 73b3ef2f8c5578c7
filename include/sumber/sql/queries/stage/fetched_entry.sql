CREATE TEMPORARY TABLE staged_fetched_entry (
    url text, fetched_at timestamptz, next_fetch_at timestamptz, visits integer, failures integer, etag text, last_modified text, failure text
) ON COMMIT DROP
