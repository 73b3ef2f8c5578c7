UPDATE core.feed_entry SET next_fetch_at = %(at)s WHERE url = ANY(%(urls)s)
