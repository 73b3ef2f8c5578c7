-- Pairs worth comparing: at most %(days)s days apart, they share a band, or enough rare keys: %(shared)s, or one where either has few.
-- OFFSET 0 keeps each lookup a search of its own in the index: joined as a whole, the planner may read the entire archive instead.
SELECT least(mine.article_id, other.article_id) AS a, greatest(mine.article_id, other.article_id) AS b
FROM staged_article_band AS mine
CROSS JOIN LATERAL (
    SELECT band.article_id
    FROM core.article_band AS band
    WHERE band.band = mine.band AND band.day BETWEEN mine.day - %(days)s AND mine.day + %(days)s
    OFFSET 0
) AS other
WHERE other.article_id <> mine.article_id
UNION
SELECT least(mine.article_id, other.article_id) AS a, greatest(mine.article_id, other.article_id) AS b
FROM staged_article_probe AS mine
CROSS JOIN LATERAL (
    SELECT filed.article_id, filed.is_one_of_few
    FROM core.article_key AS filed
    WHERE filed.key = mine.key AND filed.day BETWEEN mine.day - %(days)s AND mine.day + %(days)s
    OFFSET 0
) AS other
WHERE other.article_id <> mine.article_id
GROUP BY mine.article_id, other.article_id
HAVING count(*) >= CASE WHEN bool_or(mine.is_one_of_few OR other.is_one_of_few) THEN 1 ELSE %(shared)s END
ORDER BY a, b
