CREATE TEMPORARY TABLE staged_article (
    id bigint PRIMARY KEY, capture_id bigint, method_version text, name text, url text, outlet text, lang text,
    published_at timestamptz, modified_at timestamptz, tags jsonb, headline text, dateline text, text text, text_sha256 text, blocks jsonb, credits jsonb, output_hash bigint
) ON COMMIT DROP
