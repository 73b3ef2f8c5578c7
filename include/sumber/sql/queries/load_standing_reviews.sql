SELECT article_sha256, quote, prefix, suffix, verdict, source_key, source_name, source_kind, reviewer, reason
FROM core.review
WHERE article_sha256 = ANY(%(hashes)s) AND withdrawn_at IS NULL AND verdict IN ('confirm', 'reject', 'override')
ORDER BY submitted_at, id
