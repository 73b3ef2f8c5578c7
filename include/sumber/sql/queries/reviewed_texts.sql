SELECT article.id, article.text
FROM core.article
INNER JOIN raw.capture ON capture.id = article.capture_id
WHERE capture.sha256 = %(sha256)s AND article.closed_at IS NULL
ORDER BY article.id
