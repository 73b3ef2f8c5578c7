DELETE FROM core.feed_state
WHERE listed_by = %(index)s AND url <> ALL (%(urls)s::text [])
