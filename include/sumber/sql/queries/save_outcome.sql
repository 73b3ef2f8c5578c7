INSERT INTO core.outcome (
    id, article_sha256, quote, prefix, suffix, truth, kind, checked_on, reviewer, reason, evidence_url, submitted_at
)
VALUES (
    %(id)s, %(article_sha256)s, %(quote)s, %(prefix)s, %(suffix)s, %(truth)s, %(kind)s, %(checked_on)s, %(reviewer)s, %(reason)s,
    %(evidence_url)s, %(submitted_at)s
)
