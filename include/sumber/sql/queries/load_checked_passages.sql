SELECT article.text, appearance.content, claim.canonical_id AS claim
FROM raw.capture
INNER JOIN core.article ON article.capture_id = capture.id AND article.closed_at IS NULL
INNER JOIN core.traced_article AS traced ON traced.article_id = article.id AND traced.closed_at IS NULL
INNER JOIN core.claim ON claim.article_id = traced.article_id AND claim.generation = traced.generation
INNER JOIN
    core.appearance
    ON
        appearance.captured_month = article.captured_month
        AND appearance.article_id = traced.article_id
        AND appearance.generation = traced.attributed_generation
        AND appearance.ordinal = claim.ordinal
WHERE capture.sha256 = %(sha256)s
ORDER BY article.id, claim.ordinal
