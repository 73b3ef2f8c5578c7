-- Checks that held at a time, each with the texts that were captured as those bytes.
SELECT
    outcome.id,
    outcome.quote,
    outcome.prefix,
    outcome.suffix,
    outcome.truth,
    outcome.kind,
    outcome.checked_on,
    outcome.reviewer,
    outcome.reason,
    outcome.submitted_at,
    article.id AS article_id,
    article.text
FROM core.outcome
INNER JOIN raw.capture ON capture.sha256 = outcome.article_sha256
INNER JOIN core.article ON article.capture_id = capture.id AND article.closed_at IS NULL
WHERE
    outcome.submitted_at <= %(known_at)s
    AND (outcome.withdrawn_at IS NULL OR outcome.withdrawn_at > %(known_at)s)
    AND outcome.checked_on <= %(day)s
ORDER BY outcome.submitted_at, outcome.id, article.id
