SELECT root_claim.claim_id FROM core.root_claim WHERE root_claim.root_id = %(root)s ORDER BY root_claim.claim_id
