SELECT id FROM core.outcome
WHERE
    article_sha256 = %(article_sha256)s
    AND (quote, prefix, suffix) = (%(quote)s, %(prefix)s, %(suffix)s)
    AND (truth, kind, checked_on) = (%(truth)s, %(kind)s, %(checked_on)s)
    AND (reviewer, reason) = (%(reviewer)s, %(reason)s)
    AND evidence_url IS NOT DISTINCT FROM %(evidence_url)s
    AND withdrawn_at IS NULL
