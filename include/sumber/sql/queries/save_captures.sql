-- A capture that is already there keeps its first time of receipt and is not read again.
WITH saved AS (
    INSERT INTO raw.capture (id, sha256, media_type, captured_at, url, outlet, lang, published_at, headline, name)
    SELECT id, sha256, media_type, captured_at, url, outlet, lang, published_at, headline, name
    FROM staged_capture
    ORDER BY id
    ON CONFLICT DO NOTHING
    RETURNING id
),

queued AS (
    INSERT INTO core.pending (step, item_id)
    SELECT 'read', id FROM saved
    ON CONFLICT (step, item_id) DO UPDATE SET requests = pending.requests + 1
)

SELECT count(*) FROM saved
