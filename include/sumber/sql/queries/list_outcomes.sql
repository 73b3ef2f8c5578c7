SELECT
    outcome.id,
    outcome.article_sha256,
    (
        SELECT min(capture.name) FROM raw.capture
        WHERE capture.sha256 = outcome.article_sha256
    ) AS article,
    outcome.quote,
    outcome.truth,
    outcome.kind,
    outcome.checked_on,
    outcome.reviewer,
    outcome.reason,
    outcome.evidence_url,
    outcome.submitted_at,
    outcome.withdrawn_at,
    outcome.withdrawn_by,
    outcome.withdrawn_reason
FROM core.outcome
ORDER BY outcome.submitted_at DESC, outcome.id
