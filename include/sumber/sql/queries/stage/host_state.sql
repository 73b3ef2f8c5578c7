CREATE TEMPORARY TABLE staged_host_state (origin text, robots text, robots_at timestamptz, held_until timestamptz) ON COMMIT DROP
