-- As load_traced, at an earlier time. Apart from it, since tracing loads by the index of open rows alone.
SELECT traced_article.article_id, traced_article.attributed_generation AS generation
FROM core.traced_article
WHERE
    traced_article.article_id = ANY(%(ids)s)
    AND traced_article.opened_at <= %(at)s
    AND (traced_article.closed_at IS NULL OR traced_article.closed_at > %(at)s)
ORDER BY traced_article.article_id
