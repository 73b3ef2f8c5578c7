INSERT INTO core.claim_corroboration (claim_id, day, known_at, belief, roots_for, roots_against, credibility)
SELECT claim_id, %(day)s, %(known_on)s, belief, roots_for, roots_against, credibility
FROM staged_claim_corroboration
ORDER BY claim_id
ON CONFLICT (claim_id) DO UPDATE SET
    day = excluded.day,
    known_at = excluded.known_at,
    belief = excluded.belief,
    roots_for = excluded.roots_for,
    roots_against = excluded.roots_against,
    credibility = excluded.credibility
WHERE
    (
        claim_corroboration.belief, claim_corroboration.roots_for, claim_corroboration.roots_against, claim_corroboration.credibility
    )
    IS DISTINCT FROM (excluded.belief, excluded.roots_for, excluded.roots_against, excluded.credibility)
