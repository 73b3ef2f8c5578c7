-- What became of the captures that a step was to work on again: no rejection is open, a rejection of this run is, or neither.
SELECT
    count(*) FILTER (WHERE NOT replayed.pending AND NOT replayed.is_open) AS accepted,
    count(*) FILTER (WHERE NOT replayed.pending AND replayed.is_open AND replayed.anew) AS refused,
    count(*) FILTER (WHERE replayed.pending OR (replayed.is_open AND NOT replayed.anew)) AS remaining
FROM (
    SELECT
        EXISTS (SELECT FROM core.pending WHERE pending.step = %(step)s AND pending.item_id = asked.item_id) AS pending,
        EXISTS (
            SELECT FROM core.rejection
            WHERE rejection.capture_id = asked.capture_id AND rejection.step = %(step)s AND rejection.closed_at IS NULL
        ) AS is_open,
        EXISTS (
            SELECT FROM core.rejection
            WHERE
                rejection.capture_id = asked.capture_id
                AND rejection.step = %(step)s
                AND rejection.closed_at IS NULL
                AND rejection.last_run = %(run)s
        ) AS anew
    FROM unnest(%(items)s::bigint [], %(captures)s::bigint []) AS asked (item_id, capture_id)
) AS replayed
