-- How many independent roots a claim has is uncertain where sources are unnamed: two bounds instead of one number.

ALTER TABLE mart.fct_claim RENAME COLUMN roots TO roots_max;
ALTER TABLE mart.fct_claim ADD COLUMN roots_min integer NOT NULL DEFAULT 0;
ALTER TABLE mart.fct_claim ALTER COLUMN roots_min DROP DEFAULT;
ALTER TABLE mart.fct_claim ADD CONSTRAINT fct_claim_roots_are_bounds CHECK (roots_min <= roots_max);
COMMENT ON COLUMN mart.fct_claim.roots_max IS
'Number of independent routes to knowledge at most: named principals, and outlets that got it first-hand, each story apart.';
COMMENT ON COLUMN mart.fct_claim.roots_min IS
'Number of independent routes to knowledge at least: named principals, and outlets that got it first-hand.';
COMMENT ON COLUMN core.chain.root_id IS '63-bit hash of the root: of the principal, or of outlet and story, however the unnamed source is worded.';
