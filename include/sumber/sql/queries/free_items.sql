-- Articles to be traced come the latest first, undated ones last: what belongs together is then in one batch, or in neighbouring ones, and
-- a backlog of old ones does not keep today's waiting.
SELECT
    pending.item_id,
    pending.attempts
FROM core.pending
LEFT JOIN core.article ON article.id = pending.item_id AND article.closed_at IS NULL AND %(step)s = 'trace'
WHERE pending.step = %(step)s AND (pending.leased_until IS NULL OR pending.leased_until < now())
ORDER BY article.published_at DESC NULLS LAST, pending.item_id
LIMIT %(most)s
FOR UPDATE OF pending SKIP LOCKED
