CREATE TEMPORARY TABLE staged_capture (
    id bigint, sha256 text, media_type text, captured_at timestamptz, url text, outlet text, lang text,
    published_at timestamptz, headline text, name text
) ON COMMIT DROP
