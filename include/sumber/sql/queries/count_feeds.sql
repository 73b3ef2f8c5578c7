WITH captured AS (
    SELECT DISTINCT entry.feed_url, capture.id
    FROM raw.capture
    INNER JOIN core.feed_entry AS entry ON entry.url = capture.url
    WHERE
        capture.captured_at >= %(since)s
        AND capture.captured_at < %(until)s
        AND NOT EXISTS (SELECT FROM core.pending WHERE pending.step = 'read' AND pending.item_id = capture.id)
),

read AS (
    SELECT
        feed_url,
        count(*) AS captures,
        count(*) FILTER (WHERE EXISTS (
            SELECT FROM core.rejection
            WHERE rejection.capture_id = captured.id AND rejection.step = 'read' AND rejection.closed_at IS NULL
        )) AS refused
    FROM captured
    GROUP BY feed_url
),

announced AS (
    SELECT feed_url, count(*) AS announced
    FROM core.feed_entry
    WHERE found_at >= %(since)s AND found_at < %(until)s
    GROUP BY feed_url
)

SELECT
    coalesce(read.feed_url, announced.feed_url) AS feed_url,
    coalesce(announced.announced, 0) AS announced,
    coalesce(read.captures, 0) AS captures,
    coalesce(read.refused, 0) AS refused
FROM read
FULL JOIN announced ON announced.feed_url = read.feed_url
ORDER BY feed_url
