-- What the machine asserts about articles: appearances, hops, derivations, utterances, claims and chains.

CREATE TABLE core.attributed_article (
    article_id bigint NOT NULL,
    generation integer NOT NULL,
    article_generation integer NOT NULL,
    method_version text NOT NULL,
    output_hash bigint NOT NULL,
    run text NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    PRIMARY KEY (article_id, generation),
    FOREIGN KEY (article_id, article_generation) REFERENCES core.article (id, generation),
    CONSTRAINT attributed_article_generation_counts_from_one CHECK (generation >= 1),
    CONSTRAINT attributed_article_closes_after_it_opens CHECK (closed_at >= opened_at)
);
CREATE UNIQUE INDEX attributed_article_open ON core.attributed_article (article_id) WHERE closed_at IS NULL;
CREATE INDEX attributed_article_by_reading ON core.attributed_article (article_id, article_generation);
COMMENT ON TABLE core.attributed_article IS
    'One row is one attributing of one article: the generation of its appearances and attributions. Readers look at the open one.';
COMMENT ON COLUMN core.attributed_article.article_id IS 'The article.';
COMMENT ON COLUMN core.attributed_article.generation IS 'Which attributing of this article, from 1.';
COMMENT ON COLUMN core.attributed_article.article_generation IS 'The reading whose text was attributed: offsets hold in it.';
COMMENT ON COLUMN core.attributed_article.method_version IS 'Version of the method that attributed it.';
COMMENT ON COLUMN core.attributed_article.output_hash IS 'Hash of what was asserted: a re-run that gives the same opens no new generation.';
COMMENT ON COLUMN core.attributed_article.run IS 'The run that opened this generation.';
COMMENT ON COLUMN core.attributed_article.opened_at IS 'When this generation became the one that readers see.';
COMMENT ON COLUMN core.attributed_article.closed_at IS 'When it was replaced or withdrawn; null while it is open.';

CREATE TABLE core.appearance (
    captured_month date NOT NULL,
    article_id bigint NOT NULL,
    generation integer NOT NULL,
    ordinal integer NOT NULL,
    id bigint NOT NULL,
    content integer [] NOT NULL,
    content_text text [] NOT NULL,
    form text NOT NULL,
    act text NOT NULL,
    position text,
    stance text NOT NULL,
    operator text,
    hedges integer [] NOT NULL,
    denied integer [],
    is_ascribed boolean NOT NULL,
    confidence double precision NOT NULL,
    PRIMARY KEY (captured_month, article_id, generation, ordinal),
    FOREIGN KEY (article_id, generation) REFERENCES core.attributed_article (article_id, generation),
    CONSTRAINT appearance_id_is_63_bits CHECK (id >= 0),
    CONSTRAINT appearance_counts_from_zero CHECK (ordinal >= 0),
    CONSTRAINT appearance_content_is_spans CHECK (array_length(content, 2) = 2),
    CONSTRAINT appearance_quotes_each_span CHECK (array_length(content, 1) = cardinality(content_text)),
    CONSTRAINT appearance_denied_is_a_span CHECK (denied IS NULL OR (cardinality(denied) = 2 AND denied[1] < denied[2])),
    CONSTRAINT appearance_form_is_known CHECK (form IN ('direct', 'indirect', 'mixed', 'agentless', 'carried_over')),
    CONSTRAINT appearance_act_is_known CHECK (act IN ('assert', 'predict', 'promise', 'demand', 'accuse', 'evaluate', 'ask')),
    CONSTRAINT appearance_position_is_known
    CHECK (position IN ('confirms', 'denies', 'declines', 'retracts', 'cannot_confirm')),
    CONSTRAINT appearance_stance_is_known CHECK (stance IN ('asserts', 'denies', 'accuses', 'questions')),
    CONSTRAINT appearance_operator_is_known CHECK (operator IN ('jointly', 'separately', 'compiled')),
    CONSTRAINT appearance_confidence_is_a_share CHECK (confidence BETWEEN 0 AND 1)
) PARTITION BY LIST (captured_month);
CREATE INDEX appearance_by_article ON core.appearance (article_id, generation);
CREATE INDEX appearance_by_id ON core.appearance (id);
COMMENT ON TABLE core.appearance IS
    'One row is one passage of one article that reports an utterance, in one generation. One partition holds a month of captures.';
COMMENT ON COLUMN core.appearance.captured_month IS 'Month of the article''s capture: the partition.';
COMMENT ON COLUMN core.appearance.article_id IS 'The article.';
COMMENT ON COLUMN core.appearance.generation IS 'The attributing that asserted it (core.attributed_article).';
COMMENT ON COLUMN core.appearance.ordinal IS 'Position among the article''s appearances, from 0.';
COMMENT ON COLUMN core.appearance.id IS '63-bit hash of article and ordinal: what `python -m sumber chain` takes.';
COMMENT ON COLUMN core.appearance.content IS 'The passage: spans {{start,end},…} in code points of core.article.text, end exclusive.';
COMMENT ON COLUMN core.appearance.content_text IS 'The text of each span: equal to the slice of core.article.text.';
COMMENT ON COLUMN core.appearance.form IS 'How the speech is reported: direct, indirect, mixed, agentless or carried_over.';
COMMENT ON COLUMN core.appearance.act IS 'The speech act.';
COMMENT ON COLUMN core.appearance.position IS 'The speaker''s position towards the content; null where it is plain assertion.';
COMMENT ON COLUMN core.appearance.stance IS 'Short form of act and position: asserts, denies, accuses or questions.';
COMMENT ON COLUMN core.appearance.operator IS 'How the branches of a joint attribution combine; null for a single branch.';
COMMENT ON COLUMN core.appearance.hedges IS 'Spans of words that weaken it ("reportedly", "dikabarkan").';
COMMENT ON COLUMN core.appearance.denied IS 'Span {start,end} of the claim that the speaker denies, where it is apart from the content.';
COMMENT ON COLUMN core.appearance.is_ascribed IS 'Whether it is an attitude that one source ascribes to another.';
COMMENT ON COLUMN core.appearance.confidence IS 'How sure the machine is that the passage reports an utterance, 0 to 1.';

CREATE TABLE core.attribution (
    captured_month date NOT NULL,
    article_id bigint NOT NULL,
    generation integer NOT NULL,
    ordinal integer NOT NULL,
    branch integer NOT NULL,
    hop integer NOT NULL,
    source_id bigint NOT NULL REFERENCES core.source (id),
    relation text NOT NULL,
    origin text NOT NULL,
    scope text NOT NULL,
    rule text NOT NULL,
    method_version text NOT NULL,
    confidence double precision NOT NULL,
    cue integer [] NOT NULL,
    mention integer [],
    mention_text text,
    source_role text,
    source_count integer,
    anonymity_reason text,
    PRIMARY KEY (captured_month, article_id, generation, ordinal, branch, hop),
    FOREIGN KEY (captured_month, article_id, generation, ordinal)
    REFERENCES core.appearance (captured_month, article_id, generation, ordinal),
    CONSTRAINT attribution_counts_from_zero CHECK (branch >= 0 AND hop >= 0),
    CONSTRAINT attribution_relation_is_known CHECK (
        relation IN (
            'told', 'quotes', 'publishes', 'cites_document', 'observed',
            'pooled', 'reposts', 'translates', 'supplied_by', 'resolved_as'
        )
    ),
    CONSTRAINT attribution_origin_is_known
    CHECK (origin IN ('outlet', 'byline', 'credit_line', 'text', 'context', 'other_article', 'review')),
    CONSTRAINT attribution_scope_is_known CHECK (scope IN ('span', 'paragraph', 'article')),
    CONSTRAINT attribution_mention_is_a_span CHECK (mention IS NULL OR (cardinality(mention) = 2 AND mention[1] < mention[2])),
    CONSTRAINT attribution_mention_has_its_text CHECK ((mention IS NULL) = (mention_text IS NULL)),
    CONSTRAINT attribution_confidence_is_a_share CHECK (confidence BETWEEN 0 AND 1)
) PARTITION BY LIST (captured_month);
CREATE INDEX attribution_by_source ON core.attribution (source_id);
CREATE INDEX attribution_by_article ON core.attribution (article_id, generation);
COMMENT ON TABLE core.attribution IS
    'One row is one asserted hop from an appearance towards a source, in one branch and one generation. Conflicting attributions coexist.';
COMMENT ON COLUMN core.attribution.captured_month IS 'Month of the article''s capture: the partition.';
COMMENT ON COLUMN core.attribution.article_id IS 'The article.';
COMMENT ON COLUMN core.attribution.generation IS 'The attributing that asserted it (core.attributed_article).';
COMMENT ON COLUMN core.attribution.ordinal IS 'The appearance.';
COMMENT ON COLUMN core.attribution.branch IS 'The alternative of a joint source, from 0.';
COMMENT ON COLUMN core.attribution.hop IS 'Number of the hop, from 0: the node next to the reader.';
COMMENT ON COLUMN core.attribution.source_id IS 'The source that the hop names.';
COMMENT ON COLUMN core.attribution.relation IS 'How a node got it from this one: a closed list of ten.';
COMMENT ON COLUMN core.attribution.origin IS 'Which mechanism asserted the hop: outlet, byline, credit_line, text, context, other_article or review.';
COMMENT ON COLUMN core.attribution.scope IS 'How far the attribution reaches: span, paragraph or article (inferred for each claim).';
COMMENT ON COLUMN core.attribution.rule IS 'The rule that fired.';
COMMENT ON COLUMN core.attribution.method_version IS 'Version of the method that asserted it.';
COMMENT ON COLUMN core.attribution.confidence IS 'How sure the machine is, 0 to 1.';
COMMENT ON COLUMN core.attribution.cue IS 'Spans of the cue ("said"); empty where the hop was inferred.';
COMMENT ON COLUMN core.attribution.mention IS 'Span {start,end} of the source''s mention; null where the hop was inferred.';
COMMENT ON COLUMN core.attribution.mention_text IS 'The mention as printed.';
COMMENT ON COLUMN core.attribution.source_role IS 'The source''s role as printed here ("Russian defence minister").';
COMMENT ON COLUMN core.attribution.source_count IS 'How many unnamed people, where the text says so.';
COMMENT ON COLUMN core.attribution.anonymity_reason IS 'Why the source is not named, as printed.';

CREATE TABLE core.derivation (
    derived_id bigint NOT NULL,
    original_id bigint NOT NULL,
    kind text NOT NULL,
    is_directed boolean NOT NULL,
    confidence double precision NOT NULL,
    evidence text [] NOT NULL,
    method_version text NOT NULL,
    run text NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    PRIMARY KEY (derived_id, original_id, kind, opened_at),
    CONSTRAINT derivation_is_between_two CHECK (derived_id <> original_id),
    CONSTRAINT derivation_kind_is_known CHECK (kind IN ('near_duplicate', 'same_wire', 'translation', 'revision')),
    CONSTRAINT derivation_confidence_is_a_share CHECK (confidence BETWEEN 0 AND 1),
    CONSTRAINT derivation_closes_after_it_opens CHECK (closed_at >= opened_at)
);
CREATE UNIQUE INDEX derivation_open ON core.derivation (least(derived_id, original_id), greatest(derived_id, original_id))
WHERE closed_at IS NULL;
CREATE INDEX derivation_by_derived ON core.derivation (derived_id) WHERE closed_at IS NULL;
CREATE INDEX derivation_by_original ON core.derivation (original_id) WHERE closed_at IS NULL;
COMMENT ON TABLE core.derivation IS
    'One row says that two articles carry the same copy. At most one row of a pair is open.';
COMMENT ON COLUMN core.derivation.derived_id IS 'The article that was made from the other one, where is_directed.';
COMMENT ON COLUMN core.derivation.original_id IS 'The other article.';
COMMENT ON COLUMN core.derivation.kind IS 'near_duplicate, same_wire, translation or revision.';
COMMENT ON COLUMN core.derivation.is_directed IS 'Whether it is known which one was made from which.';
COMMENT ON COLUMN core.derivation.confidence IS 'How sure the machine is, 0 to 1.';
COMMENT ON COLUMN core.derivation.evidence IS 'What the verdict rests on, in words; each says where to look.';
COMMENT ON COLUMN core.derivation.method_version IS 'Version of the method that asserted it.';
COMMENT ON COLUMN core.derivation.run IS 'The run that asserted it.';
COMMENT ON COLUMN core.derivation.opened_at IS 'Since when readers see it.';
COMMENT ON COLUMN core.derivation.closed_at IS 'When it was withdrawn; null while it is open.';

CREATE TABLE core.traced_article (
    article_id bigint NOT NULL,
    generation integer NOT NULL,
    attributed_generation integer NOT NULL,
    method_version text NOT NULL,
    output_hash bigint NOT NULL,
    run text NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    PRIMARY KEY (article_id, generation),
    FOREIGN KEY (article_id, attributed_generation) REFERENCES core.attributed_article (article_id, generation),
    CONSTRAINT traced_article_generation_counts_from_one CHECK (generation >= 1),
    CONSTRAINT traced_article_closes_after_it_opens CHECK (closed_at >= opened_at)
);
CREATE UNIQUE INDEX traced_article_open ON core.traced_article (article_id) WHERE closed_at IS NULL;
CREATE INDEX traced_article_by_attributing ON core.traced_article (article_id, attributed_generation);
COMMENT ON TABLE core.traced_article IS
    'One row is one tracing of one article: the generation of its utterances, claims and chains. Readers look at the open one.';
COMMENT ON COLUMN core.traced_article.article_id IS 'The article.';
COMMENT ON COLUMN core.traced_article.generation IS 'Which tracing of this article, from 1.';
COMMENT ON COLUMN core.traced_article.attributed_generation IS 'The attributing whose hops were traced.';
COMMENT ON COLUMN core.traced_article.method_version IS 'Version of the method that traced it.';
COMMENT ON COLUMN core.traced_article.output_hash IS 'Hash of what was asserted: a re-run that gives the same opens no new generation.';
COMMENT ON COLUMN core.traced_article.run IS 'The run that opened this generation.';
COMMENT ON COLUMN core.traced_article.opened_at IS 'When this generation became the one that readers see.';
COMMENT ON COLUMN core.traced_article.closed_at IS 'When it was replaced or withdrawn; null while it is open.';

CREATE TABLE core.utterance (
    article_id bigint NOT NULL,
    generation integer NOT NULL,
    ordinal integer NOT NULL,
    id bigint NOT NULL,
    canonical_id bigint NOT NULL,
    speaker text NOT NULL,
    act text NOT NULL,
    position text,
    said_at timestamptz,
    venue text,
    PRIMARY KEY (article_id, generation, ordinal),
    FOREIGN KEY (article_id, generation) REFERENCES core.traced_article (article_id, generation),
    CONSTRAINT utterance_ids_are_63_bits CHECK (id >= 0 AND canonical_id >= 0),
    CONSTRAINT utterance_canonical_is_the_smallest CHECK (canonical_id <= id)
);
CREATE INDEX utterance_by_id ON core.utterance (id);
CREATE INDEX utterance_by_canonical ON core.utterance (canonical_id);
COMMENT ON TABLE core.utterance IS
    'One row is the speech act that one appearance reports, in one generation. Appearances of one act share canonical_id.';
COMMENT ON COLUMN core.utterance.article_id IS 'The article.';
COMMENT ON COLUMN core.utterance.generation IS 'The tracing that asserted it (core.traced_article).';
COMMENT ON COLUMN core.utterance.ordinal IS 'The appearance.';
COMMENT ON COLUMN core.utterance.id IS '63-bit hash: the same in every generation.';
COMMENT ON COLUMN core.utterance.canonical_id IS 'The smallest id among the utterances that are one act: a merge, which overwrites nothing.';
COMMENT ON COLUMN core.utterance.speaker IS 'Key of the speaker''s principal; for unnamed speakers their type.';
COMMENT ON COLUMN core.utterance.act IS 'The speech act.';
COMMENT ON COLUMN core.utterance.position IS 'The speaker''s position towards the content; null where it is plain assertion.';
COMMENT ON COLUMN core.utterance.said_at IS 'When it was said, where known.';
COMMENT ON COLUMN core.utterance.venue IS 'To whom or where it was said, where known.';

CREATE TABLE core.claim (
    article_id bigint NOT NULL,
    generation integer NOT NULL,
    ordinal integer NOT NULL,
    id bigint NOT NULL,
    canonical_id bigint NOT NULL,
    utterance_id bigint NOT NULL,
    text text NOT NULL,
    is_affirmed boolean NOT NULL,
    slot bigint,
    value text,
    unit text,
    PRIMARY KEY (article_id, generation, ordinal),
    FOREIGN KEY (article_id, generation, ordinal) REFERENCES core.utterance (article_id, generation, ordinal),
    CONSTRAINT claim_ids_are_63_bits CHECK (id >= 0 AND canonical_id >= 0 AND utterance_id >= 0),
    CONSTRAINT claim_canonical_is_the_smallest CHECK (canonical_id <= id),
    CONSTRAINT claim_value_answers_a_slot CHECK (value IS NULL OR slot IS NOT NULL)
);
CREATE INDEX claim_by_id ON core.claim (id);
CREATE INDEX claim_by_canonical ON core.claim (canonical_id);
COMMENT ON TABLE core.claim IS
    'One row is the proposition of one appearance, without its speaker, in one generation. Appearances of one proposition share canonical_id.';
COMMENT ON COLUMN core.claim.article_id IS 'The article.';
COMMENT ON COLUMN core.claim.generation IS 'The tracing that asserted it (core.traced_article).';
COMMENT ON COLUMN core.claim.ordinal IS 'The appearance.';
COMMENT ON COLUMN core.claim.id IS '63-bit hash: the same in every generation.';
COMMENT ON COLUMN core.claim.canonical_id IS 'The smallest id among the claims that are one proposition: a merge, which overwrites nothing.';
COMMENT ON COLUMN core.claim.utterance_id IS 'The utterance that makes it.';
COMMENT ON COLUMN core.claim.text IS 'The proposition as printed.';
COMMENT ON COLUMN core.claim.is_affirmed IS 'False for the proposition of a denial.';
COMMENT ON COLUMN core.claim.slot IS 'The question that it answers; null where neither a figure nor a denial makes the question clear.';
COMMENT ON COLUMN core.claim.value IS 'Its answer, normalised.';
COMMENT ON COLUMN core.claim.unit IS 'Unit of the value: what is counted, or an ISO 4217 currency code.';

CREATE TABLE core.claim_relation (
    claim_id bigint NOT NULL,
    relation text NOT NULL,
    other_id bigint NOT NULL,
    confidence double precision NOT NULL,
    evidence text [] NOT NULL,
    method_version text NOT NULL,
    run text NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    PRIMARY KEY (claim_id, relation, other_id, opened_at),
    CONSTRAINT claim_relation_is_between_two CHECK (claim_id <> other_id),
    CONSTRAINT claim_relation_is_known CHECK (relation IN ('denies', 'contradicts', 'updates', 'retracts')),
    CONSTRAINT claim_relation_confidence_is_a_share CHECK (confidence BETWEEN 0 AND 1),
    CONSTRAINT claim_relation_closes_after_it_opens CHECK (closed_at >= opened_at)
);
CREATE UNIQUE INDEX claim_relation_open ON core.claim_relation (claim_id, relation, other_id) WHERE closed_at IS NULL;
CREATE INDEX claim_relation_by_other ON core.claim_relation (other_id) WHERE closed_at IS NULL;
COMMENT ON TABLE core.claim_relation IS 'One row says how one claim bears on another, with its evidence.';
COMMENT ON COLUMN core.claim_relation.claim_id IS 'The claim that denies, contradicts, updates or retracts (core.claim.id).';
COMMENT ON COLUMN core.claim_relation.relation IS 'denies, contradicts, updates or retracts.';
COMMENT ON COLUMN core.claim_relation.other_id IS 'The other claim (core.claim.id).';
COMMENT ON COLUMN core.claim_relation.confidence IS 'How sure the machine is, 0 to 1.';
COMMENT ON COLUMN core.claim_relation.evidence IS 'What it rests on, in words.';
COMMENT ON COLUMN core.claim_relation.method_version IS 'Version of the method that asserted it.';
COMMENT ON COLUMN core.claim_relation.run IS 'The run that asserted it.';
COMMENT ON COLUMN core.claim_relation.opened_at IS 'Since when readers see it.';
COMMENT ON COLUMN core.claim_relation.closed_at IS 'When it was withdrawn; null while it is open.';

CREATE TABLE core.chain (
    captured_month date NOT NULL,
    article_id bigint NOT NULL,
    generation integer NOT NULL,
    ordinal integer NOT NULL,
    branch integer NOT NULL,
    path bigint [] NOT NULL,
    depth integer NOT NULL,
    originating_outlet_id bigint REFERENCES core.source (id),
    ultimate_source_id bigint REFERENCES core.source (id),
    supplying_agency_id bigint REFERENCES core.source (id),
    terminus text NOT NULL,
    root_id bigint NOT NULL,
    root_key text NOT NULL,
    confidence double precision NOT NULL,
    PRIMARY KEY (captured_month, article_id, generation, ordinal, branch),
    FOREIGN KEY (article_id, generation) REFERENCES core.traced_article (article_id, generation),
    CONSTRAINT chain_counts_from_zero CHECK (ordinal >= 0 AND branch >= 0),
    CONSTRAINT chain_depth_counts_its_path CHECK (depth = cardinality(path)),
    CONSTRAINT chain_root_is_63_bits CHECK (root_id >= 0),
    CONSTRAINT chain_terminus_is_known CHECK (terminus IN ('primary', 'anonymous', 'unattributed', 'missing', 'cycle')),
    CONSTRAINT chain_confidence_is_a_share CHECK (confidence BETWEEN 0 AND 1)
) PARTITION BY LIST (captured_month);
CREATE INDEX chain_by_article ON core.chain (article_id, generation);
CREATE INDEX chain_by_root ON core.chain (root_id);
CREATE INDEX chain_by_ultimate_source ON core.chain (ultimate_source_id);
CREATE INDEX chain_by_originating_outlet ON core.chain (originating_outlet_id);
COMMENT ON TABLE core.chain IS
    'One row is one branch of one appearance''s provenance, from the outlet that the reader sees to its end, in one generation. Precomputed: core.attribution and core.derivation are the truth.';
COMMENT ON COLUMN core.chain.captured_month IS 'Month of the article''s capture: the partition.';
COMMENT ON COLUMN core.chain.article_id IS 'The article.';
COMMENT ON COLUMN core.chain.generation IS 'The tracing that asserted it (core.traced_article).';
COMMENT ON COLUMN core.chain.ordinal IS 'The appearance.';
COMMENT ON COLUMN core.chain.branch IS 'The alternative of a joint source, from 0.';
COMMENT ON COLUMN core.chain.path IS 'Sources from the page to the end, each once.';
COMMENT ON COLUMN core.chain.depth IS 'Number of nodes in the path.';
COMMENT ON COLUMN core.chain.originating_outlet_id IS 'The news organisation nearest the end, which got it first-hand.';
COMMENT ON COLUMN core.chain.ultimate_source_id IS 'The person, body, document or typed anonymous group at the end.';
COMMENT ON COLUMN core.chain.supplying_agency_id IS 'The last agency before the outlet that the reader sees.';
COMMENT ON COLUMN core.chain.terminus IS 'How it ends: primary, anonymous, unattributed, missing or cycle.';
COMMENT ON COLUMN core.chain.root_id IS '63-bit hash of root_key.';
COMMENT ON COLUMN core.chain.root_key IS 'The independent route to knowledge: principal and access event.';
COMMENT ON COLUMN core.chain.confidence IS 'How sure the machine is of the whole path, 0 to 1.';

CREATE TABLE core.chain_dependency (
    article_id bigint NOT NULL,
    generation integer NOT NULL,
    ordinal integer NOT NULL,
    branch integer NOT NULL,
    other_article_id bigint NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (article_id, generation, ordinal, branch, other_article_id, reason),
    FOREIGN KEY (article_id, generation) REFERENCES core.traced_article (article_id, generation)
);
CREATE INDEX chain_dependency_by_other ON core.chain_dependency (other_article_id);
COMMENT ON TABLE core.chain_dependency IS 'One row is another article on which a chain rests: when it changes, the chain is traced again.';
COMMENT ON COLUMN core.chain_dependency.article_id IS 'The article of the chain.';
COMMENT ON COLUMN core.chain_dependency.generation IS 'The tracing (core.traced_article).';
COMMENT ON COLUMN core.chain_dependency.ordinal IS 'The appearance.';
COMMENT ON COLUMN core.chain_dependency.branch IS 'The branch.';
COMMENT ON COLUMN core.chain_dependency.other_article_id IS 'The article on which it rests.';
COMMENT ON COLUMN core.chain_dependency.reason IS 'What it takes from there: derivation or resolved_as.';

-- The index under which articles and passages are found that may belong together. Derived, and rebuilt with each tracing.
CREATE TABLE core.article_band (
    article_id bigint NOT NULL,
    band bigint NOT NULL,
    PRIMARY KEY (band, article_id)
);
CREATE INDEX article_band_by_article ON core.article_band (article_id);
COMMENT ON TABLE core.article_band IS 'One row is one MinHash band of one traced article: near-duplicates share one almost surely.';
COMMENT ON COLUMN core.article_band.article_id IS 'The article.';
COMMENT ON COLUMN core.article_band.band IS '63-bit hash of the band''s number and rows.';

CREATE TABLE core.article_key (
    article_id bigint NOT NULL,
    key bigint NOT NULL,
    is_one_of_few boolean NOT NULL,
    PRIMARY KEY (key, article_id)
);
CREATE INDEX article_key_by_article ON core.article_key (article_id);
COMMENT ON TABLE core.article_key IS 'One row is one rare anchor (number, day, name) of one traced article: translations and retellings share several.';
COMMENT ON COLUMN core.article_key.article_id IS 'The article.';
COMMENT ON COLUMN core.article_key.key IS '63-bit hash of the anchor.';
COMMENT ON COLUMN core.article_key.is_one_of_few IS 'Whether the article has so few keys that one shared key is enough to compare.';

CREATE TABLE core.passage_key (
    article_id bigint NOT NULL,
    ordinal integer NOT NULL,
    key bigint NOT NULL,
    needed integer NOT NULL,
    PRIMARY KEY (key, article_id, ordinal),
    CONSTRAINT passage_key_needs_some CHECK (needed >= 1)
);
CREATE INDEX passage_key_by_article ON core.passage_key (article_id);
COMMENT ON TABLE core.passage_key IS 'One row is one telling term of one traced appearance: passages that share two are compared.';
COMMENT ON COLUMN core.passage_key.article_id IS 'The article.';
COMMENT ON COLUMN core.passage_key.ordinal IS 'The appearance.';
COMMENT ON COLUMN core.passage_key.key IS '63-bit hash of language and term.';
COMMENT ON COLUMN core.passage_key.needed IS 'How many keys another passage must share: two, or one where this passage has no more.';
