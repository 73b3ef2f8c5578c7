INSERT INTO raw.content (sha256, size, compressed)
SELECT sha256, size, compressed FROM staged_content
ORDER BY sha256
ON CONFLICT DO NOTHING
