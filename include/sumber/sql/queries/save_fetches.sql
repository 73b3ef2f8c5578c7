INSERT INTO raw.fetch (id, url, attempted_at, status, etag, last_modified, size, capture_id, failure, run)
SELECT id, url, attempted_at, status, etag, last_modified, size, capture_id, failure, %(run)s
FROM staged_fetch
ORDER BY id
ON CONFLICT DO NOTHING
