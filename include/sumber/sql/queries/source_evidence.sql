SELECT score_evidence.basis, score_evidence.dated, score_evidence.claim_id, score_evidence.root_key, score_evidence.outcome,
    score_evidence.weight, score_evidence.effect, score_evidence.reason
FROM core.score_evidence
WHERE
    score_evidence.source_key = %(key)s
    AND score_evidence.ledger = %(ledger)s
    AND score_evidence.day = %(day)s
    AND score_evidence.known_at = %(known_at)s
ORDER BY score_evidence.ordinal
