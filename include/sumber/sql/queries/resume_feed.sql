UPDATE core.feed_state
SET paused_at = NULL, paused_by = NULL, paused_reason = NULL, failures = 0, next_poll_at = %(at)s
WHERE url = %(url)s AND paused_at IS NOT NULL
