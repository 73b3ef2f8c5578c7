-- What is known already keeps its state; a feed of the registry stays one.
INSERT INTO core.feed_state (url, next_poll_at, listed_by)
SELECT listed.url, %(at)s, %(index)s
FROM unnest(%(urls)s::text []) AS listed (url)
ORDER BY listed.url
ON CONFLICT (url) DO NOTHING
