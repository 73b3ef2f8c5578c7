DELETE FROM core.claim_corroboration
WHERE NOT EXISTS (
    SELECT FROM staged_claim_corroboration AS staged
    WHERE staged.claim_id = claim_corroboration.claim_id
)
