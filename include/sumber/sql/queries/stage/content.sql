CREATE TEMPORARY TABLE staged_content (sha256 text, size integer, compressed bytea) ON COMMIT DROP
