SELECT
    review.id,
    review.article_sha256,
    (
        SELECT min(capture.name) FROM raw.capture
        WHERE capture.sha256 = review.article_sha256
    ) AS article,
    review.quote,
    review.prefix,
    review.suffix,
    review.other_sha256,
    (
        SELECT min(capture.name) FROM raw.capture
        WHERE capture.sha256 = review.other_sha256
    ) AS other_article,
    review.other_quote,
    review.verdict,
    review.source_name,
    review.reviewer,
    review.reason,
    review.submitted_at,
    review.withdrawn_at,
    review.withdrawn_by,
    review.withdrawn_reason
FROM core.review
ORDER BY review.submitted_at DESC, review.id
