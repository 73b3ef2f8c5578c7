INSERT INTO core.feed_state (url, next_poll_at, paused_at, paused_by, paused_reason)
VALUES (%(url)s, %(at)s, %(at)s, %(by)s, %(reason)s)
ON CONFLICT (url) DO UPDATE SET
    paused_at = excluded.paused_at,
    paused_by = excluded.paused_by,
    paused_reason = excluded.paused_reason
