-- Asking again for work that is under way keeps it pending when that work ends.
INSERT INTO core.pending (step, item_id)
SELECT %(step)s, item_id FROM unnest(%(ids)s::bigint []) AS asked (item_id)
ORDER BY item_id
ON CONFLICT (step, item_id) DO UPDATE SET requests = pending.requests + 1
