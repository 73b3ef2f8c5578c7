-- Pairs of passages worth comparing, at most %(days)s days apart: one in the given articles, the other in none of the known ones.
-- OFFSET 0 keeps each lookup a search of its own in the index, as in similar_articles.
SELECT
    mine.article_id AS article_id,
    mine.ordinal AS ordinal,
    other.article_id AS other_article_id,
    other.ordinal AS other_ordinal
FROM core.passage_key AS mine
CROSS JOIN LATERAL (
    SELECT filed.article_id, filed.ordinal, filed.needed
    FROM core.passage_key AS filed
    WHERE filed.key = mine.key AND filed.day BETWEEN mine.day - %(days)s AND mine.day + %(days)s
    OFFSET 0
) AS other
WHERE mine.article_id = ANY(%(ids)s) AND other.article_id <> ALL(%(known)s)
GROUP BY mine.article_id, mine.ordinal, other.article_id, other.ordinal
HAVING count(*) >= least(min(mine.needed), min(other.needed))
ORDER BY mine.article_id, mine.ordinal, other.article_id, other.ordinal
