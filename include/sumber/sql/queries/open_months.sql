SELECT core.open_month(month)
FROM (
    SELECT DISTINCT capture.captured_month AS month
    FROM core.article
    INNER JOIN raw.capture ON capture.id = article.capture_id
    WHERE article.id = ANY(%(articles)s)
    ORDER BY month
) AS months
