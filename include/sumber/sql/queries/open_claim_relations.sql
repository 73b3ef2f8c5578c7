INSERT INTO core.claim_relation (claim_id, relation, other_id, confidence, evidence, cited, method_version, run)
SELECT claim_id, relation, other_id, confidence, evidence, cited, method_version, %(run)s
FROM staged_claim_relation AS staged
WHERE
    NOT EXISTS (
        SELECT FROM core.claim_relation AS present
        WHERE
            present.claim_id = staged.claim_id
            AND present.relation = staged.relation
            AND present.other_id = staged.other_id
            AND present.closed_at IS NULL
    )
ORDER BY claim_id, relation, other_id
