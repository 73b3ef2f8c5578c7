DROP VIEW IF EXISTS mart.score_evidence;

CREATE VIEW mart.score_evidence AS
SELECT
    evidence.source_key,
    dim_source.name AS source,
    evidence.ledger,
    evidence.day,
    evidence.known_at,
    evidence.ordinal,
    evidence.basis,
    evidence.dated,
    evidence.claim_id,
    fct_claim.text AS claim,
    evidence.root_key,
    evidence.outcome,
    evidence.weight,
    evidence.effect,
    evidence.reason,
    sum(evidence.effect) OVER score_of AS explained,
    scored.score,
    CASE WHEN evidence.claim_id IS NOT NULL THEN
        (
            sum(evidence.weight * evidence.outcome) OVER score_of
            - sum(evidence.weight * evidence.outcome) OVER (
                PARTITION BY evidence.source_key, evidence.ledger, evidence.day, evidence.known_at, evidence.claim_id
            )
        )
        / (
            sum(evidence.weight) OVER score_of
            - sum(evidence.weight) OVER (
                PARTITION BY evidence.source_key, evidence.ledger, evidence.day, evidence.known_at, evidence.claim_id
            )
        )
    END AS without_claim
FROM core.score_evidence AS evidence
INNER JOIN mart.fct_source_score AS scored
    ON
        scored.source_key = evidence.source_key
        AND scored.ledger = evidence.ledger
        AND scored.day = evidence.day
        AND scored.known_at = evidence.known_at
INNER JOIN mart.dim_source ON dim_source.source_id = scored.source_id
LEFT JOIN mart.fct_claim ON fct_claim.claim_id = evidence.claim_id
WINDOW score_of AS (PARTITION BY evidence.source_key, evidence.ledger, evidence.day, evidence.known_at);

COMMENT ON VIEW mart.score_evidence IS
'Grain: one signed contribution to one published score. Sources that cannot be judged have rows too, but no score.';
COMMENT ON COLUMN mart.score_evidence.source_key IS 'Key of the source.';
COMMENT ON COLUMN mart.score_evidence.source IS 'Its name.';
COMMENT ON COLUMN mart.score_evidence.ledger IS 'originator or relay.';
COMMENT ON COLUMN mart.score_evidence.day IS 'The day of the score.';
COMMENT ON COLUMN mart.score_evidence.known_at IS 'As of which day.';
COMMENT ON COLUMN mart.score_evidence.ordinal IS 'Position, from 0: the prior.';
COMMENT ON COLUMN mart.score_evidence.basis IS 'review, document, resolution, retraction, fidelity, corroboration or prior.';
COMMENT ON COLUMN mart.score_evidence.dated IS 'Date of the evidence.';
COMMENT ON COLUMN mart.score_evidence.claim_id IS 'The claim; null in the prior''s row.';
COMMENT ON COLUMN mart.score_evidence.claim IS 'The claim in words.';
COMMENT ON COLUMN mart.score_evidence.root_key IS 'The root; null in the prior''s row.';
COMMENT ON COLUMN mart.score_evidence.outcome IS 'How true the claim is taken to be, 0 to 1, seen from the source''s position.';
COMMENT ON COLUMN mart.score_evidence.weight IS 'How much it counts.';
COMMENT ON COLUMN mart.score_evidence.effect IS 'Score points, signed.';
COMMENT ON COLUMN mart.score_evidence.reason IS 'Why, in words.';
COMMENT ON COLUMN mart.score_evidence.explained IS 'Sum of all effects: the score, where the source is judged.';
COMMENT ON COLUMN mart.score_evidence.score IS 'The score; null where the source cannot be judged.';
COMMENT ON COLUMN mart.score_evidence.without_claim IS 'What the explained score would be without the checks of this claim.';

-- The counterfactual of several claims; null where there is no such evidence.
CREATE OR REPLACE FUNCTION mart.score_without(source_key text, ledger text, day date, claims bigint []) RETURNS double precision
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
SELECT sum(evidence.weight * evidence.outcome) / sum(evidence.weight)
FROM mart.score_evidence AS evidence
WHERE evidence.source_key = $1 AND evidence.ledger = $2 AND evidence.day = $3
    AND (evidence.claim_id IS NULL OR evidence.claim_id <> ALL ($4))
$$;
COMMENT ON FUNCTION mart.score_without(text, text, date, bigint []) IS
'What a published score would be without the checks of these claims.';
