-- Pairs worth comparing: they share a band, or enough rare keys. %(shared)s keys are enough; one where either article has few.
SELECT least(mine.article_id, other.article_id) AS a, greatest(mine.article_id, other.article_id) AS b
FROM staged_article_band AS mine
INNER JOIN core.article_band AS other ON other.band = mine.band AND other.article_id <> mine.article_id
UNION
SELECT least(mine.article_id, other.article_id) AS a, greatest(mine.article_id, other.article_id) AS b
FROM staged_article_probe AS mine
INNER JOIN core.article_key AS other ON other.key = mine.key AND other.article_id <> mine.article_id
GROUP BY mine.article_id, other.article_id
HAVING count(*) >= CASE WHEN bool_or(mine.is_one_of_few OR other.is_one_of_few) THEN 1 ELSE %(shared)s END
ORDER BY a, b
