DELETE FROM core.feed_day WHERE day = %(day)s
