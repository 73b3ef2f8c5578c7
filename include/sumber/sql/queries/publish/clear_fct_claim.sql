DELETE FROM mart.fct_claim
WHERE NOT EXISTS (SELECT FROM published_claim AS wanted WHERE wanted.claim_id = fct_claim.claim_id)
