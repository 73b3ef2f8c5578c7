-- Who asks for all claims under one root need not walk its chains: the most quoted speakers have tens of thousands.

CREATE TABLE core.root_claim (
    root_id bigint NOT NULL,
    claim_id bigint NOT NULL,
    PRIMARY KEY (root_id, claim_id)
);
CREATE INDEX root_claim_by_claim ON core.root_claim (claim_id);
COMMENT ON TABLE core.root_claim IS
'One row is one claim under one root: an open chain of one of its passages ends there. Derived from core.chain and core.claim with each tracing.';
COMMENT ON COLUMN core.root_claim.root_id IS 'The root (core.chain.root_id).';
COMMENT ON COLUMN core.root_claim.claim_id IS 'The claim, by the id that its passages share (core.claim.canonical_id).';

INSERT INTO core.root_claim (root_id, claim_id)
SELECT DISTINCT chain.root_id, claim.canonical_id
FROM core.traced_article AS traced
INNER JOIN core.chain ON chain.article_id = traced.article_id AND chain.generation = traced.generation
INNER JOIN
    core.claim
    ON claim.article_id = chain.article_id AND claim.generation = chain.generation AND claim.ordinal = chain.ordinal
WHERE traced.closed_at IS NULL;

GRANT SELECT, INSERT, DELETE ON core.root_claim TO sumber_etl;
GRANT SELECT ON core.root_claim TO sumber_app;
