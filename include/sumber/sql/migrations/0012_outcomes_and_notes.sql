-- What judges a source: checks of claims from outside, comparisons of copies with their origins; and what people say of a score.

-- What a person put on record stays as it was said: only a withdrawal may be added, once.
CREATE FUNCTION core.keep_record() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION '% % is final', TG_TABLE_NAME, OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF (to_jsonb(NEW) - '{withdrawn_at,withdrawn_by,withdrawn_reason}'::text[])
        <> (to_jsonb(OLD) - '{withdrawn_at,withdrawn_by,withdrawn_reason}'::text[]) THEN
        RAISE EXCEPTION '% % can be withdrawn, not changed', TG_TABLE_NAME, OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION core.keep_record() IS 'Refuses any change of a record of a person''s but its withdrawal.';

CREATE TABLE core.outcome (
    id bigint PRIMARY KEY,
    article_sha256 text NOT NULL,
    quote text NOT NULL,
    prefix text NOT NULL DEFAULT '',
    suffix text NOT NULL DEFAULT '',
    truth double precision NOT NULL,
    kind text NOT NULL,
    checked_on date NOT NULL,
    reviewer text NOT NULL,
    reason text NOT NULL,
    evidence_url text,
    submitted_at timestamptz NOT NULL DEFAULT now(),
    withdrawn_at timestamptz,
    withdrawn_by text,
    withdrawn_reason text,
    CONSTRAINT outcome_id_is_63_bits CHECK (id >= 0),
    CONSTRAINT outcome_sha256_is_hexadecimal CHECK (article_sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT outcome_quotes_something CHECK (btrim(quote) <> ''),
    CONSTRAINT outcome_truth_is_a_share CHECK (truth BETWEEN 0 AND 1),
    CONSTRAINT outcome_kind_is_known CHECK (kind IN ('review', 'document', 'resolution', 'retraction')),
    CONSTRAINT outcome_document_can_be_read CHECK (kind <> 'document' OR evidence_url IS NOT NULL),
    CONSTRAINT outcome_evidence_is_an_address CHECK (evidence_url ~ '^https?://[^[:space:]]+$'),
    CONSTRAINT outcome_has_a_reviewer_and_a_reason CHECK (btrim(reviewer) <> '' AND btrim(reason) <> ''),
    CONSTRAINT outcome_withdrawal_is_whole CHECK (
        (withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL)
    )
);
CREATE INDEX outcome_by_article ON core.outcome (article_sha256);
COMMENT ON TABLE core.outcome IS
'One row is one check of a claim from outside: how true what a quoted passage claims turned out. Anchored to the text like core.review, which is about who said it, not whether it holds.';
COMMENT ON COLUMN core.outcome.id IS '63-bit hash of anchor, finding, reviewer and time.';
COMMENT ON COLUMN core.outcome.article_sha256 IS 'SHA-256 of the captured bytes, hexadecimal.';
COMMENT ON COLUMN core.outcome.quote IS 'The passage as printed.';
COMMENT ON COLUMN core.outcome.prefix IS 'Text right before it, where the passage occurs more than once.';
COMMENT ON COLUMN core.outcome.suffix IS 'Text right after it, where the passage occurs more than once.';
COMMENT ON COLUMN core.outcome.truth IS 'How true the claim turned out, 0 (false) to 1 (true): the proposition, whoever asserts or denies it.';
COMMENT ON COLUMN core.outcome.kind IS
'review (a person''s verdict), document (a record settles it), resolution (what was predicted came or did not) or retraction (withdrawn after others'' evidence).';
COMMENT ON COLUMN core.outcome.checked_on IS 'Day of the check, or on which the outcome was clear.';
COMMENT ON COLUMN core.outcome.reviewer IS 'Who says so.';
COMMENT ON COLUMN core.outcome.reason IS 'Why.';
COMMENT ON COLUMN core.outcome.evidence_url IS 'Where the evidence can be read.';
COMMENT ON COLUMN core.outcome.submitted_at IS 'When it was submitted: a replay as of an earlier time does not know it.';
COMMENT ON COLUMN core.outcome.withdrawn_at IS 'When it was withdrawn; null while it holds.';
COMMENT ON COLUMN core.outcome.withdrawn_by IS 'Who withdrew it.';
COMMENT ON COLUMN core.outcome.withdrawn_reason IS 'Why it was withdrawn.';
CREATE TRIGGER outcome_is_kept BEFORE UPDATE OR DELETE ON core.outcome
FOR EACH ROW EXECUTE FUNCTION core.keep_record();

CREATE TABLE core.source_note (
    id bigint PRIMARY KEY,
    source_key text NOT NULL,
    score double precision,
    reviewer text NOT NULL,
    reason text NOT NULL,
    noted_on date NOT NULL,
    submitted_at timestamptz NOT NULL DEFAULT now(),
    withdrawn_at timestamptz,
    withdrawn_by text,
    withdrawn_reason text,
    CONSTRAINT source_note_id_is_63_bits CHECK (id >= 0),
    CONSTRAINT source_note_score_is_a_share CHECK (score BETWEEN 0 AND 1),
    CONSTRAINT source_note_has_a_reviewer_and_a_reason CHECK (btrim(reviewer) <> '' AND btrim(reason) <> ''),
    CONSTRAINT source_note_withdrawal_is_whole CHECK (
        (withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL)
    )
);
CREATE INDEX source_note_by_source ON core.source_note (source_key);
COMMENT ON TABLE core.source_note IS
'One row is one person''s override of a source''s score, or a reply by the source. Shown beside the machine''s value, never in place of it.';
COMMENT ON COLUMN core.source_note.id IS '63-bit hash of source, note, reviewer and time.';
COMMENT ON COLUMN core.source_note.source_key IS 'Key of the source.';
COMMENT ON COLUMN core.source_note.score IS 'The score that the reviewer holds to be right, 0 to 1; null for a reply by the source.';
COMMENT ON COLUMN core.source_note.reviewer IS 'Who overrides, or who replies for the source.';
COMMENT ON COLUMN core.source_note.reason IS 'Why; for a reply, its words.';
COMMENT ON COLUMN core.source_note.noted_on IS 'Day from which it is shown.';
COMMENT ON COLUMN core.source_note.submitted_at IS 'When it was submitted.';
COMMENT ON COLUMN core.source_note.withdrawn_at IS 'When it was withdrawn; null while it holds.';
COMMENT ON COLUMN core.source_note.withdrawn_by IS 'Who withdrew it.';
COMMENT ON COLUMN core.source_note.withdrawn_reason IS 'Why it was withdrawn.';
CREATE TRIGGER source_note_is_kept BEFORE UPDATE OR DELETE ON core.source_note
FOR EACH ROW EXECUTE FUNCTION core.keep_record();

-- Comparing is done once per pair of texts: a day's scoring compares what is new.
CREATE TABLE core.compared_copy (
    derived_id bigint NOT NULL,
    derived_generation integer NOT NULL,
    original_id bigint NOT NULL,
    original_generation integer NOT NULL,
    method_version text NOT NULL,
    run text NOT NULL,
    PRIMARY KEY (derived_id, derived_generation, original_id, original_generation),
    FOREIGN KEY (derived_id, derived_generation) REFERENCES core.attributed_article (article_id, generation),
    FOREIGN KEY (original_id, original_generation) REFERENCES core.attributed_article (article_id, generation)
);
CREATE INDEX compared_copy_by_original ON core.compared_copy (original_id, original_generation);
COMMENT ON TABLE core.compared_copy IS
'One row says that the passages of one attributing of an article were compared with those of the article from which it was made.';
COMMENT ON COLUMN core.compared_copy.derived_id IS 'The article that relays.';
COMMENT ON COLUMN core.compared_copy.derived_generation IS 'Its attributing (core.attributed_article).';
COMMENT ON COLUMN core.compared_copy.original_id IS 'The article that it was made from.';
COMMENT ON COLUMN core.compared_copy.original_generation IS 'Its attributing (core.attributed_article).';
COMMENT ON COLUMN core.compared_copy.method_version IS 'Version of the method that compared.';
COMMENT ON COLUMN core.compared_copy.run IS 'The run that compared.';

CREATE TABLE core.relay (
    derived_id bigint NOT NULL,
    derived_generation integer NOT NULL,
    original_id bigint NOT NULL,
    original_generation integer NOT NULL,
    ordinal integer NOT NULL,
    original_ordinal integer NOT NULL,
    figures boolean,
    position boolean,
    attribution boolean,
    hedges boolean,
    PRIMARY KEY (derived_id, derived_generation, original_id, original_generation, ordinal),
    FOREIGN KEY (derived_id, derived_generation, original_id, original_generation)
    REFERENCES core.compared_copy (derived_id, derived_generation, original_id, original_generation),
    CONSTRAINT relay_counts_from_zero CHECK (ordinal >= 0 AND original_ordinal >= 0)
);
COMMENT ON TABLE core.relay IS
'One row is one relayed passage compared with the passage that it was made from. Null where a feature does not occur or is not clear.';
COMMENT ON COLUMN core.relay.derived_id IS 'The article that relays.';
COMMENT ON COLUMN core.relay.derived_generation IS 'Its attributing (core.attributed_article).';
COMMENT ON COLUMN core.relay.original_id IS 'The article that it was made from.';
COMMENT ON COLUMN core.relay.original_generation IS 'Its attributing (core.attributed_article).';
COMMENT ON COLUMN core.relay.ordinal IS 'The relayed passage.';
COMMENT ON COLUMN core.relay.original_ordinal IS 'The passage of the origin.';
COMMENT ON COLUMN core.relay.figures IS 'Whether each figure is the origin''s.';
COMMENT ON COLUMN core.relay.position IS 'Whether what is affirmed, denied or negated stays so.';
COMMENT ON COLUMN core.relay.attribution IS 'Whether it is laid to the source that the origin names.';
COMMENT ON COLUMN core.relay.hedges IS 'Whether the origin''s hedges are kept.';

CREATE TABLE core.claim_corroboration (
    claim_id bigint PRIMARY KEY,
    day date NOT NULL,
    known_at date NOT NULL,
    belief double precision NOT NULL,
    roots_for integer NOT NULL,
    roots_against integer NOT NULL,
    credibility integer NOT NULL,
    CONSTRAINT claim_corroboration_belief_is_a_share CHECK (belief BETWEEN 0 AND 1),
    CONSTRAINT claim_corroboration_counts CHECK (roots_for >= 0 AND roots_against >= 0),
    CONSTRAINT claim_corroboration_credibility_is_admiralty CHECK (credibility BETWEEN 1 AND 6)
);
COMMENT ON TABLE core.claim_corroboration IS
'One row is how far independent roots agree on one checkable claim, on the latest day scored. Agreement is not truth.';
COMMENT ON COLUMN core.claim_corroboration.claim_id IS 'The claim (core.claim.canonical_id).';
COMMENT ON COLUMN core.claim_corroboration.day IS 'The day since which it has been so.';
COMMENT ON COLUMN core.claim_corroboration.known_at IS 'Only what was known by the end of that day counted then.';
COMMENT ON COLUMN core.claim_corroboration.belief IS 'The model''s belief that it is right, over the competing answers and none of them.';
COMMENT ON COLUMN core.claim_corroboration.roots_for IS 'Number of independent roots that make it.';
COMMENT ON COLUMN core.claim_corroboration.roots_against IS 'Number of independent roots that deny it or answer otherwise.';
COMMENT ON COLUMN core.claim_corroboration.credibility IS 'Admiralty credibility, 1 to 6, from independent roots alone.';

CREATE TABLE core.score_slice (
    source_key text NOT NULL,
    ledger text NOT NULL,
    day date NOT NULL,
    known_at date NOT NULL,
    dimension text NOT NULL,
    value text NOT NULL,
    score double precision NOT NULL,
    roots double precision NOT NULL,
    PRIMARY KEY (source_key, ledger, day, known_at, dimension, value),
    FOREIGN KEY (source_key, ledger, day, known_at) REFERENCES core.source_score (source_key, ledger, day, known_at) ON DELETE CASCADE,
    CONSTRAINT score_slice_dimension_is_known CHECK (dimension IN ('topic', 'lang')),
    CONSTRAINT score_slice_score_is_a_share CHECK (score BETWEEN 0 AND 1),
    CONSTRAINT score_slice_roots_are_not_negative CHECK (roots >= 0)
);
COMMENT ON TABLE core.score_slice IS 'One row is a judged source''s score on one topic or in one language, pulled to its score. For display only.';
COMMENT ON COLUMN core.score_slice.source_key IS 'The source.';
COMMENT ON COLUMN core.score_slice.ledger IS 'The ledger.';
COMMENT ON COLUMN core.score_slice.day IS 'The day of the score.';
COMMENT ON COLUMN core.score_slice.known_at IS 'As of which day.';
COMMENT ON COLUMN core.score_slice.dimension IS 'topic or lang.';
COMMENT ON COLUMN core.score_slice.value IS 'Which topic or language.';
COMMENT ON COLUMN core.score_slice.score IS 'The score there.';
COMMENT ON COLUMN core.score_slice.roots IS 'Weight of the checks there.';

ALTER TABLE core.source_score ADD COLUMN notes jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN core.source_score.notes IS 'Overrides and replies that held then (core.source_note), oldest first; the score stays the machine''s.';

-- What a closed day rests on is closed with it.
CREATE FUNCTION core.keep_closed_evidence() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF EXISTS (
        SELECT FROM core.source_score AS score
        WHERE score.source_key = OLD.source_key AND score.ledger = OLD.ledger AND score.day = OLD.day AND score.known_at = OLD.known_at
            AND NOT score.is_provisional
    ) THEN
        RAISE EXCEPTION 'the evidence on % for % is closed', OLD.source_key, OLD.day USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
COMMENT ON FUNCTION core.keep_closed_evidence() IS 'Refuses any change of what a closed day''s score rests on.';
CREATE TRIGGER closed_evidence_is_kept BEFORE UPDATE OR DELETE ON core.score_evidence
FOR EACH ROW EXECUTE FUNCTION core.keep_closed_evidence();
CREATE TRIGGER closed_slice_is_kept BEFORE UPDATE OR DELETE ON core.score_slice
FOR EACH ROW EXECUTE FUNCTION core.keep_closed_evidence();

ALTER TABLE mart.fct_claim ADD COLUMN belief double precision;
ALTER TABLE mart.fct_claim ADD COLUMN roots_for integer;
ALTER TABLE mart.fct_claim ADD COLUMN roots_against integer;
ALTER TABLE mart.fct_claim ADD COLUMN credibility integer;
COMMENT ON COLUMN mart.fct_claim.belief IS 'Belief over the competing answers: corroboration, not truth; null where the claim cannot be checked against others.';
COMMENT ON COLUMN mart.fct_claim.roots_for IS 'Independent roots that make it, as far as attributed surely enough to count.';
COMMENT ON COLUMN mart.fct_claim.roots_against IS 'Independent roots that deny it or answer otherwise.';
COMMENT ON COLUMN mart.fct_claim.credibility IS
'Admiralty credibility, 1 (confirmed) to 6 (cannot be judged), from independent roots alone; no source''s score enters.';

ALTER TABLE mart.fct_source_score ADD COLUMN components jsonb NOT NULL DEFAULT '{}';
ALTER TABLE mart.fct_source_score ADD COLUMN notes jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN mart.fct_source_score.components IS 'Transparency, originality, corrections: shown beside the score, never blended into it.';
COMMENT ON COLUMN mart.fct_source_score.notes IS 'Overrides and replies with who and why, oldest first; the score stays the machine''s.';

GRANT SELECT ON core.outcome, core.source_note TO sumber_etl;
GRANT SELECT, INSERT ON core.compared_copy, core.relay TO sumber_etl;
GRANT SELECT, INSERT, UPDATE, DELETE ON core.claim_corroboration, core.score_slice TO sumber_etl;
GRANT SELECT ON core.outcome, core.source_note, core.compared_copy, core.relay, core.claim_corroboration, core.score_slice TO sumber_app;
GRANT INSERT ON core.outcome, core.source_note TO sumber_app;
GRANT UPDATE (withdrawn_at, withdrawn_by, withdrawn_reason) ON core.outcome, core.source_note TO sumber_app;
