CREATE TEMPORARY TABLE staged_fetch (
    id bigint, url text, attempted_at timestamptz, status integer, etag text, last_modified text, size integer, capture_id bigint, failure text
) ON COMMIT DROP
