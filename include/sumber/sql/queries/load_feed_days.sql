SELECT day, feed_url, announced, captures, refused, failed
FROM core.feed_day
WHERE day >= %(since)s AND day <= %(until)s
ORDER BY day, feed_url
