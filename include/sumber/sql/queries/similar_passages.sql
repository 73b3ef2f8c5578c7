-- Pairs of passages worth comparing: one in the given articles, the other in none of the known ones.
SELECT
    mine.article_id AS article_id,
    mine.ordinal AS ordinal,
    other.article_id AS other_article_id,
    other.ordinal AS other_ordinal
FROM core.passage_key AS mine
INNER JOIN core.passage_key AS other ON other.key = mine.key
WHERE mine.article_id = ANY(%(ids)s) AND other.article_id <> ALL(%(known)s)
GROUP BY mine.article_id, mine.ordinal, other.article_id, other.ordinal
HAVING count(*) >= least(min(mine.needed), min(other.needed))
ORDER BY mine.article_id, mine.ordinal, other.article_id, other.ordinal
