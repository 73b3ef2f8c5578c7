-- Scores of a day whose evidence rows do not add up to them.
SELECT score.source_key, score.ledger, score.score, sum(evidence.effect) AS explained
FROM core.source_score AS score
LEFT JOIN core.score_evidence AS evidence
    ON
        evidence.source_key = score.source_key
        AND evidence.ledger = score.ledger
        AND evidence.day = score.day
        AND evidence.known_at = score.known_at
WHERE score.day = %(day)s AND score.known_at = %(known_on)s AND score.score IS NOT NULL
GROUP BY score.source_key, score.ledger, score.day, score.known_at
HAVING abs(score.score - coalesce(sum(evidence.effect), 0)) > 1e-9
ORDER BY score.source_key, score.ledger
