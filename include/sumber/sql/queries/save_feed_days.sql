INSERT INTO core.feed_day (day, feed_url, announced, captures, refused, failed, run)
SELECT %(day)s, feed_url, announced, captures, refused, failed, %(run)s
FROM staged_feed_day
