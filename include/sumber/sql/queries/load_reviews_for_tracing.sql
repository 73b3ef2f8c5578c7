-- The verdicts on merges and on vague sources that hold, oldest first; a row for each article with the bytes (each pair of them).
SELECT
    review.article_sha256,
    review.quote,
    review.prefix,
    review.suffix,
    review.other_sha256,
    review.other_quote,
    review.other_prefix,
    review.other_suffix,
    review.verdict,
    review.source_key,
    review.source_name,
    review.source_kind,
    review.reviewer,
    review.reason,
    article.id AS article_id,
    other.id AS other_article_id
FROM core.review
INNER JOIN raw.capture ON capture.sha256 = review.article_sha256
INNER JOIN core.article ON article.capture_id = capture.id AND article.closed_at IS NULL
LEFT JOIN raw.capture AS other_capture ON other_capture.sha256 = review.other_sha256
LEFT JOIN core.article AS other ON other.capture_id = other_capture.id AND other.closed_at IS NULL
WHERE
    review.withdrawn_at IS NULL
    AND review.verdict NOT IN ('confirm', 'reject', 'override')
    AND (review.other_sha256 IS NULL OR other.id IS NOT NULL)
ORDER BY review.submitted_at, review.id, article.id, other.id
