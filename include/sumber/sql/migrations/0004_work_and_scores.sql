-- Pending work, refused records, the ledger of runs, reviews and scores.

CREATE TABLE core.pending (
    step text NOT NULL,
    item_id bigint NOT NULL,
    requests integer NOT NULL DEFAULT 1,
    taken_requests integer,
    attempts integer NOT NULL DEFAULT 0,
    batch_id bigint,
    owner text,
    leased_until timestamptz,
    last_failure text,
    queued_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (step, item_id),
    CONSTRAINT pending_step_is_known CHECK (step IN ('read', 'attribute', 'trace')),
    CONSTRAINT pending_lease_is_whole CHECK ((batch_id IS NULL) = (owner IS NULL) AND (owner IS NULL) = (leased_until IS NULL))
);
CREATE INDEX pending_free ON core.pending (step, leased_until NULLS FIRST, item_id);
CREATE INDEX pending_by_batch ON core.pending (batch_id) WHERE batch_id IS NOT NULL;
COMMENT ON TABLE core.pending IS
    'One row is one capture (step read) or article (steps attribute and trace) that a step has still to work on. Written with the data that makes it pending, removed with the data that settles it. With step trace it also lists the articles whose chains rest on an edge that changed.';
COMMENT ON COLUMN core.pending.step IS 'read, attribute or trace.';
COMMENT ON COLUMN core.pending.item_id IS 'Id of the capture or article.';
COMMENT ON COLUMN core.pending.requests IS 'How often the work was asked for.';
COMMENT ON COLUMN core.pending.taken_requests IS 'Its value when work began: a later request keeps the row pending.';
COMMENT ON COLUMN core.pending.attempts IS 'How often work on it began without being settled.';
COMMENT ON COLUMN core.pending.batch_id IS 'The batch in which it is leased; null while it is free.';
COMMENT ON COLUMN core.pending.owner IS 'Who holds the lease: the id of a run.';
COMMENT ON COLUMN core.pending.leased_until IS 'When the lease ends by itself.';
COMMENT ON COLUMN core.pending.last_failure IS 'Why the last attempt failed, where it could say.';
COMMENT ON COLUMN core.pending.queued_at IS 'When it became pending.';

CREATE TABLE core.rejection (
    capture_id bigint NOT NULL,
    rule text NOT NULL,
    value_hash bigint NOT NULL,
    step text NOT NULL,
    record text NOT NULL,
    value text NOT NULL,
    reason text NOT NULL,
    name text,
    first_run text NOT NULL,
    last_run text NOT NULL,
    closed_at timestamptz,
    PRIMARY KEY (capture_id, rule, value_hash),
    CONSTRAINT rejection_ids_are_63_bits CHECK (capture_id >= 0 AND value_hash >= 0),
    CONSTRAINT rejection_step_is_known CHECK (step IN ('capture', 'read', 'attribute', 'trace'))
);
CREATE INDEX rejection_open ON core.rejection (step) WHERE closed_at IS NULL;
COMMENT ON TABLE core.rejection IS
    'One row is a record that did not pass, with the rule and the raw value. Closed when a later run no longer refuses it.';
COMMENT ON COLUMN core.rejection.capture_id IS 'The capture; for bytes that were not kept, the id that they would have had.';
COMMENT ON COLUMN core.rejection.rule IS 'The rule that it broke.';
COMMENT ON COLUMN core.rejection.value_hash IS '63-bit hash of step, record and raw value.';
COMMENT ON COLUMN core.rejection.step IS 'The step that refused it: capture, read, attribute or trace.';
COMMENT ON COLUMN core.rejection.record IS 'Which record of the capture: empty for the whole, else the appearance.';
COMMENT ON COLUMN core.rejection.value IS 'The raw value that broke the rule, cut to 2,000 characters.';
COMMENT ON COLUMN core.rejection.reason IS 'Why, in words.';
COMMENT ON COLUMN core.rejection.name IS 'File name or record id of the capture.';
COMMENT ON COLUMN core.rejection.first_run IS 'The run that refused it first.';
COMMENT ON COLUMN core.rejection.last_run IS 'The run that refused it last.';
COMMENT ON COLUMN core.rejection.closed_at IS 'When a run no longer refused it; null while it stands.';

CREATE TABLE core.step_run (
    run text NOT NULL,
    step text NOT NULL,
    batch_id bigint NOT NULL,
    items integer NOT NULL,
    unit text NOT NULL,
    came_in integer NOT NULL,
    went_out integer NOT NULL,
    refused integer NOT NULL,
    changed integer NOT NULL,
    warned integer NOT NULL DEFAULT 0,
    data_docs text,
    started_at timestamptz NOT NULL,
    finished_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (run, step, batch_id),
    CONSTRAINT step_run_loses_nothing CHECK (came_in = went_out + refused),
    CONSTRAINT step_run_ends_after_it_starts CHECK (finished_at >= started_at)
);
CREATE INDEX step_run_by_finish ON core.step_run (finished_at);
COMMENT ON TABLE core.step_run IS 'One row is one batch of one step in one run that wrote its output: a ledger, outside the fingerprint.';
COMMENT ON COLUMN core.step_run.run IS 'The run.';
COMMENT ON COLUMN core.step_run.step IS 'capture, read, attribute, trace, score or publish.';
COMMENT ON COLUMN core.step_run.batch_id IS 'The batch; 0 where the step works on everything at once.';
COMMENT ON COLUMN core.step_run.items IS 'Files, captures or articles that were worked on.';
COMMENT ON COLUMN core.step_run.unit IS 'What the three counts count.';
COMMENT ON COLUMN core.step_run.came_in IS 'Records that came in: always went_out + refused.';
COMMENT ON COLUMN core.step_run.went_out IS 'Records that went on.';
COMMENT ON COLUMN core.step_run.refused IS 'Records that were refused (core.rejection).';
COMMENT ON COLUMN core.step_run.changed IS 'Items whose stored output differs from before: 0 in a re-run.';
COMMENT ON COLUMN core.step_run.warned IS 'Findings of the gate that let their record pass.';
COMMENT ON COLUMN core.step_run.data_docs IS 'Address of the gate''s Data Docs; null where the step has no gate.';
COMMENT ON COLUMN core.step_run.started_at IS 'When work on the batch began.';
COMMENT ON COLUMN core.step_run.finished_at IS 'When its output was written.';

CREATE TABLE core.feed_state (
    url text PRIMARY KEY,
    etag text,
    last_modified text,
    polled_at timestamptz NOT NULL,
    next_poll_at timestamptz NOT NULL,
    failures integer NOT NULL DEFAULT 0,
    CONSTRAINT feed_state_failures_are_counted CHECK (failures >= 0)
);
COMMENT ON TABLE core.feed_state IS 'One row is the polling state of one feed.';
COMMENT ON COLUMN core.feed_state.url IS 'Address of the feed.';
COMMENT ON COLUMN core.feed_state.etag IS 'ETag of its last answer.';
COMMENT ON COLUMN core.feed_state.last_modified IS 'Last-Modified of its last answer.';
COMMENT ON COLUMN core.feed_state.polled_at IS 'When it was polled last.';
COMMENT ON COLUMN core.feed_state.next_poll_at IS 'When it may be polled again.';
COMMENT ON COLUMN core.feed_state.failures IS 'Failures in a row.';

CREATE TABLE core.review (
    id bigint PRIMARY KEY,
    article_sha256 text NOT NULL,
    quote text NOT NULL,
    prefix text NOT NULL DEFAULT '',
    suffix text NOT NULL DEFAULT '',
    verdict text NOT NULL,
    source_key text,
    source_name text,
    source_kind text,
    reviewer text NOT NULL,
    reason text NOT NULL,
    submitted_at timestamptz NOT NULL DEFAULT now(),
    withdrawn_at timestamptz,
    withdrawn_by text,
    withdrawn_reason text,
    CONSTRAINT review_id_is_63_bits CHECK (id >= 0),
    CONSTRAINT review_sha256_is_hexadecimal CHECK (article_sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT review_quotes_something CHECK (btrim(quote) <> ''),
    CONSTRAINT review_verdict_is_known CHECK (verdict IN ('confirm', 'reject', 'override')),
    CONSTRAINT review_override_names_a_source CHECK (
        (verdict = 'override') = (source_key IS NOT NULL)
        AND (source_key IS NULL) = (source_name IS NULL)
        AND (source_key IS NULL) = (source_kind IS NULL)
    ),
    CONSTRAINT review_has_a_reviewer_and_a_reason CHECK (btrim(reviewer) <> '' AND btrim(reason) <> ''),
    CONSTRAINT review_withdrawal_is_whole CHECK (
        (withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL)
    )
);
CREATE INDEX review_by_article ON core.review (article_sha256);
COMMENT ON TABLE core.review IS
    'One row is a person''s verdict on the attribution of a quoted passage. Anchored to the text, never to row ids; it wins over the machine, survives re-runs and can be withdrawn.';
COMMENT ON COLUMN core.review.id IS '63-bit hash of anchor, verdict, reviewer and time.';
COMMENT ON COLUMN core.review.article_sha256 IS 'SHA-256 of the captured bytes, hexadecimal.';
COMMENT ON COLUMN core.review.quote IS 'The passage as printed.';
COMMENT ON COLUMN core.review.prefix IS 'Text right before it, where the passage occurs more than once.';
COMMENT ON COLUMN core.review.suffix IS 'Text right after it, where the passage occurs more than once.';
COMMENT ON COLUMN core.review.verdict IS 'confirm, reject (the passage attributes nothing) or override (its ultimate source is another one).';
COMMENT ON COLUMN core.review.source_key IS 'For an override: key of the right source.';
COMMENT ON COLUMN core.review.source_name IS 'For an override: its name.';
COMMENT ON COLUMN core.review.source_kind IS 'For an override: its kind.';
COMMENT ON COLUMN core.review.reviewer IS 'Who says so.';
COMMENT ON COLUMN core.review.reason IS 'Why.';
COMMENT ON COLUMN core.review.submitted_at IS 'When it was submitted.';
COMMENT ON COLUMN core.review.withdrawn_at IS 'When it was withdrawn; null while it holds.';
COMMENT ON COLUMN core.review.withdrawn_by IS 'Who withdrew it.';
COMMENT ON COLUMN core.review.withdrawn_reason IS 'Why it was withdrawn.';

-- A verdict, or its withdrawal, makes its articles pending in the same transaction. The reviewer's role may not write the queue itself.
CREATE FUNCTION core.queue_reviewed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO core.pending (step, item_id)
    SELECT 'attribute', article.id
    FROM core.article
    INNER JOIN raw.capture ON capture.id = article.capture_id
    WHERE capture.sha256 = NEW.article_sha256 AND article.closed_at IS NULL
    ORDER BY article.id
    ON CONFLICT (step, item_id) DO UPDATE SET requests = pending.requests + 1;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION core.queue_reviewed() IS 'Makes the articles of a new or withdrawn review pending.';
CREATE TRIGGER review_queues_articles AFTER INSERT OR UPDATE ON core.review
FOR EACH ROW EXECUTE FUNCTION core.queue_reviewed();

-- What a reviewer said stays as it was said: only a withdrawal may be added, once.
CREATE FUNCTION core.keep_review() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION 'review % is final', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF (to_jsonb(NEW) - '{withdrawn_at,withdrawn_by,withdrawn_reason}'::text[])
        <> (to_jsonb(OLD) - '{withdrawn_at,withdrawn_by,withdrawn_reason}'::text[]) THEN
        RAISE EXCEPTION 'review % can be withdrawn, not changed', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION core.keep_review() IS 'Refuses any change of a review but its withdrawal.';
CREATE TRIGGER review_is_kept BEFORE UPDATE OR DELETE ON core.review
FOR EACH ROW EXECUTE FUNCTION core.keep_review();

CREATE TABLE core.source_score (
    source_key text NOT NULL,
    ledger text NOT NULL,
    day date NOT NULL,
    known_at date NOT NULL,
    source_id bigint REFERENCES core.source (id),
    status text NOT NULL,
    score double precision,
    lower double precision,
    upper double precision,
    roots double precision NOT NULL,
    checks integer NOT NULL,
    external integer NOT NULL,
    letter text,
    components jsonb NOT NULL,
    method_version text NOT NULL,
    is_provisional boolean NOT NULL,
    run text NOT NULL,
    PRIMARY KEY (source_key, ledger, day, known_at),
    CONSTRAINT source_score_ledger_is_known CHECK (ledger IN ('originator', 'relay')),
    CONSTRAINT source_score_is_known_in_time CHECK (known_at >= day),
    CONSTRAINT source_score_comes_with_its_interval
    CHECK ((score IS NULL) = (lower IS NULL) AND (score IS NULL) = (upper IS NULL) AND (score IS NULL) = (status <> 'judged')),
    CONSTRAINT source_score_is_inside_its_interval CHECK (score IS NULL OR (0 <= lower AND lower <= score AND score <= upper AND upper <= 1)),
    CONSTRAINT source_score_counts CHECK (roots >= 0 AND checks >= 0 AND external BETWEEN 0 AND checks),
    CONSTRAINT source_score_letter_is_admiralty CHECK (letter IN ('A', 'B', 'C', 'D', 'E', 'F'))
);
CREATE INDEX source_score_by_day ON core.source_score (day, known_at);
COMMENT ON TABLE core.source_score IS
    'One row is the state of one source on one ledger for one day, as known at a day. Today is provisional; closed days never change.';
COMMENT ON COLUMN core.source_score.source_key IS 'Key of the source.';
COMMENT ON COLUMN core.source_score.ledger IS 'originator (was what it said borne out?) or relay (does it pass on faithfully?).';
COMMENT ON COLUMN core.source_score.day IS 'The day for which the score holds.';
COMMENT ON COLUMN core.source_score.known_at IS 'Only what was known by the end of this day counted.';
COMMENT ON COLUMN core.source_score.source_id IS 'The source (core.source).';
COMMENT ON COLUMN core.source_score.status IS 'judged, or in words why it cannot be judged.';
COMMENT ON COLUMN core.source_score.score IS 'Expected share of its checkable claims that hold, 0 to 1; null where it cannot be judged.';
COMMENT ON COLUMN core.source_score.lower IS 'Lower end of the 90% interval.';
COMMENT ON COLUMN core.source_score.upper IS 'Upper end of the 90% interval.';
COMMENT ON COLUMN core.source_score.roots IS 'Effective number of independent roots behind it.';
COMMENT ON COLUMN core.source_score.checks IS 'Number of evidence rows.';
COMMENT ON COLUMN core.source_score.external IS 'How many of them are external checks.';
COMMENT ON COLUMN core.source_score.letter IS 'Admiralty reliability from external checks only; null where it cannot be judged.';
COMMENT ON COLUMN core.source_score.components IS 'Transparency, originality, corrections: shown beside the score, never blended into it.';
COMMENT ON COLUMN core.source_score.method_version IS 'Version of the model.';
COMMENT ON COLUMN core.source_score.is_provisional IS 'Whether the day is still open.';
COMMENT ON COLUMN core.source_score.run IS 'The run that wrote it last.';

CREATE TABLE core.score_evidence (
    source_key text NOT NULL,
    ledger text NOT NULL,
    day date NOT NULL,
    known_at date NOT NULL,
    ordinal integer NOT NULL,
    claim_id bigint,
    root_key text,
    basis text NOT NULL,
    dated date,
    outcome double precision NOT NULL,
    weight double precision NOT NULL,
    effect double precision NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (source_key, ledger, day, known_at, ordinal),
    FOREIGN KEY (source_key, ledger, day, known_at) REFERENCES core.source_score (source_key, ledger, day, known_at) ON DELETE CASCADE,
    CONSTRAINT score_evidence_outcome_is_a_share CHECK (outcome BETWEEN 0 AND 1),
    CONSTRAINT score_evidence_weight_is_not_negative CHECK (weight >= 0)
);
CREATE INDEX score_evidence_by_claim ON core.score_evidence (claim_id);
COMMENT ON TABLE core.score_evidence IS 'One row is one signed contribution to a score: a source''s effects add up to its score.';
COMMENT ON COLUMN core.score_evidence.source_key IS 'The source.';
COMMENT ON COLUMN core.score_evidence.ledger IS 'The ledger.';
COMMENT ON COLUMN core.score_evidence.day IS 'The day of the score.';
COMMENT ON COLUMN core.score_evidence.known_at IS 'As of which day.';
COMMENT ON COLUMN core.score_evidence.ordinal IS 'Position, from 0.';
COMMENT ON COLUMN core.score_evidence.claim_id IS 'The claim; null in the prior''s row.';
COMMENT ON COLUMN core.score_evidence.root_key IS 'The root; null in the prior''s row.';
COMMENT ON COLUMN core.score_evidence.basis IS 'What it rests on: review, document, resolution, retraction, fidelity, corroboration or prior.';
COMMENT ON COLUMN core.score_evidence.dated IS 'Date of the evidence.';
COMMENT ON COLUMN core.score_evidence.outcome IS 'How true the claim is taken to be, 0 to 1.';
COMMENT ON COLUMN core.score_evidence.weight IS 'How much it counts.';
COMMENT ON COLUMN core.score_evidence.effect IS 'Score points, signed.';
COMMENT ON COLUMN core.score_evidence.reason IS 'Why, in words.';

-- A closed day is what was said then: nobody rewrites it.
CREATE FUNCTION core.keep_closed_day() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF NOT OLD.is_provisional THEN
        RAISE EXCEPTION 'the score of % for % is closed', OLD.source_key, OLD.day USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
COMMENT ON FUNCTION core.keep_closed_day() IS 'Refuses any change of a closed day''s score.';
CREATE TRIGGER closed_day_is_kept BEFORE UPDATE OR DELETE ON core.source_score
FOR EACH ROW EXECUTE FUNCTION core.keep_closed_day();

-- Partitions for a month of captures, made when the first capture of that month arrives.
CREATE FUNCTION core.open_month(month date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    parent text;
    partition text;
BEGIN
    IF month <> date_trunc('month', month) THEN
        RAISE EXCEPTION '% is not the first day of a month', month USING ERRCODE = 'check_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('core.open_month'));
    FOREACH parent IN ARRAY ARRAY['appearance', 'attribution', 'chain'] LOOP
        partition := parent || to_char(month, '_YYYY_MM');
        IF to_regclass(format('core.%I', partition)) IS NULL THEN
            EXECUTE format('CREATE TABLE core.%I PARTITION OF core.%I FOR VALUES IN (%L)', partition, parent, month);
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION core.open_month(date) IS 'Makes the partitions of core.appearance, core.attribution and core.chain for one month.';
