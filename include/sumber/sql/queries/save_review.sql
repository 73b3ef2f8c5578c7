INSERT INTO core.review (
    id, article_sha256, quote, prefix, suffix, other_sha256, other_quote, other_prefix, other_suffix, verdict, source_key, source_name,
    source_kind, reviewer, reason, submitted_at
)
VALUES (
    %(id)s, %(article_sha256)s, %(quote)s, %(prefix)s, %(suffix)s, %(other_sha256)s, %(other_quote)s, %(other_prefix)s, %(other_suffix)s,
    %(verdict)s, %(source_key)s, %(source_name)s, %(source_kind)s, %(reviewer)s, %(reason)s, %(submitted_at)s
)
ON CONFLICT (id) DO NOTHING
