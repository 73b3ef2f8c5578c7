-- The contract with BI: a star schema, published as a whole. Member 0 of a dimension stands for "none" or "not stated".

CREATE SCHEMA mart;
COMMENT ON SCHEMA mart IS 'What dashboards read: a star schema over the open generations of core, published by python -m sumber publish.';

CREATE TABLE mart.dim_date (
    day date PRIMARY KEY,
    year integer NOT NULL,
    quarter integer NOT NULL,
    month integer NOT NULL,
    month_start date NOT NULL,
    iso_week text NOT NULL,
    weekday integer NOT NULL,
    is_weekend boolean NOT NULL
);
COMMENT ON TABLE mart.dim_date IS 'Grain: one day (UTC), without gaps from the earliest to the latest day of any fact.';
COMMENT ON COLUMN mart.dim_date.day IS 'The day.';
COMMENT ON COLUMN mart.dim_date.year IS 'Calendar year.';
COMMENT ON COLUMN mart.dim_date.quarter IS 'Quarter, 1 to 4.';
COMMENT ON COLUMN mart.dim_date.month IS 'Month, 1 to 12.';
COMMENT ON COLUMN mart.dim_date.month_start IS 'First day of the month.';
COMMENT ON COLUMN mart.dim_date.iso_week IS 'ISO 8601 week, like 2023-W36.';
COMMENT ON COLUMN mart.dim_date.weekday IS 'Day of the week, 1 (Monday) to 7.';
COMMENT ON COLUMN mart.dim_date.is_weekend IS 'Saturday or Sunday.';

CREATE TABLE mart.dim_source (
    source_id bigint PRIMARY KEY,
    source_key text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    country text,
    anonymous_type text,
    is_named boolean NOT NULL,
    is_known boolean NOT NULL
);
COMMENT ON TABLE mart.dim_source IS 'Grain: one source that any fact names; member 0 is "(none)".';
COMMENT ON COLUMN mart.dim_source.source_id IS 'Key (core.source.id).';
COMMENT ON COLUMN mart.dim_source.source_key IS 'The registry''s slug or a folded name.';
COMMENT ON COLUMN mart.dim_source.name IS 'Name.';
COMMENT ON COLUMN mart.dim_source.kind IS 'person, government, organisation, agency, outlet, document or anonymous; none for member 0.';
COMMENT ON COLUMN mart.dim_source.country IS 'ISO 3166-1 alpha-2, where known.';
COMMENT ON COLUMN mart.dim_source.anonymous_type IS 'Type of an unnamed source.';
COMMENT ON COLUMN mart.dim_source.is_named IS 'Whether readers are told who it is.';
COMMENT ON COLUMN mart.dim_source.is_known IS 'Whether the registry holds it.';

CREATE TABLE mart.dim_outlet (
    outlet_id bigint PRIMARY KEY,
    name text NOT NULL,
    kind text NOT NULL,
    country text,
    is_known boolean NOT NULL
);
COMMENT ON TABLE mart.dim_outlet IS 'Grain: one news organisation (outlet or agency) that any fact names; member 0 is "(not stated)".';
COMMENT ON COLUMN mart.dim_outlet.outlet_id IS 'Key (core.source.id).';
COMMENT ON COLUMN mart.dim_outlet.name IS 'Name.';
COMMENT ON COLUMN mart.dim_outlet.kind IS 'outlet, agency, or anonymous for a vague one ("US media").';
COMMENT ON COLUMN mart.dim_outlet.country IS 'ISO 3166-1 alpha-2, where known.';
COMMENT ON COLUMN mart.dim_outlet.is_known IS 'Whether the registry holds it.';

CREATE TABLE mart.dim_article (
    article_id bigint PRIMARY KEY,
    name text,
    url text,
    headline text,
    lang text NOT NULL,
    outlet_id bigint NOT NULL REFERENCES mart.dim_outlet (outlet_id) DEFERRABLE INITIALLY DEFERRED,
    published_at timestamptz,
    captured_at timestamptz NOT NULL,
    day date NOT NULL REFERENCES mart.dim_date (day) DEFERRABLE INITIALLY DEFERRED,
    appearances integer NOT NULL
);
COMMENT ON TABLE mart.dim_article IS 'Grain: one article, in its open reading.';
COMMENT ON COLUMN mart.dim_article.article_id IS 'Key (core.article.id).';
COMMENT ON COLUMN mart.dim_article.name IS 'File name or record id.';
COMMENT ON COLUMN mart.dim_article.url IS 'Address of the page, where known.';
COMMENT ON COLUMN mart.dim_article.headline IS 'Headline.';
COMMENT ON COLUMN mart.dim_article.lang IS 'ISO 639-1 language.';
COMMENT ON COLUMN mart.dim_article.outlet_id IS 'The outlet that the reader sees; 0 where the page does not say.';
COMMENT ON COLUMN mart.dim_article.published_at IS 'Time of publication, where known.';
COMMENT ON COLUMN mart.dim_article.captured_at IS 'When it was received.';
COMMENT ON COLUMN mart.dim_article.day IS 'Day (UTC) of publication; of capture where publication is not known.';
COMMENT ON COLUMN mart.dim_article.appearances IS 'Number of its traced appearances.';

CREATE TABLE mart.fct_appearance (
    article_id bigint NOT NULL REFERENCES mart.dim_article (article_id) DEFERRABLE INITIALLY DEFERRED,
    ordinal integer NOT NULL,
    branch integer NOT NULL,
    appearance_id bigint NOT NULL,
    day date NOT NULL REFERENCES mart.dim_date (day) DEFERRABLE INITIALLY DEFERRED,
    lang text NOT NULL,
    outlet_id bigint NOT NULL REFERENCES mart.dim_outlet (outlet_id) DEFERRABLE INITIALLY DEFERRED,
    originating_outlet_id bigint NOT NULL REFERENCES mart.dim_outlet (outlet_id) DEFERRABLE INITIALLY DEFERRED,
    supplying_agency_id bigint NOT NULL REFERENCES mart.dim_outlet (outlet_id) DEFERRABLE INITIALLY DEFERRED,
    ultimate_source_id bigint NOT NULL REFERENCES mart.dim_source (source_id) DEFERRABLE INITIALLY DEFERRED,
    claim_id bigint NOT NULL,
    utterance_id bigint NOT NULL,
    root_id bigint NOT NULL,
    root_key text NOT NULL,
    depth integer NOT NULL,
    terminus text NOT NULL,
    form text NOT NULL,
    stance text NOT NULL,
    confidence double precision NOT NULL,
    content text NOT NULL,
    chain text NOT NULL,
    PRIMARY KEY (article_id, ordinal, branch)
);
CREATE INDEX fct_appearance_by_claim ON mart.fct_appearance (claim_id);
CREATE INDEX fct_appearance_by_root ON mart.fct_appearance (root_id);
CREATE INDEX fct_appearance_by_day ON mart.fct_appearance (day);
COMMENT ON TABLE mart.fct_appearance IS 'Grain: one branch of one appearance: a passage of an article and one route to where it comes from.';
COMMENT ON COLUMN mart.fct_appearance.article_id IS 'The article.';
COMMENT ON COLUMN mart.fct_appearance.ordinal IS 'The appearance in the article, from 0.';
COMMENT ON COLUMN mart.fct_appearance.branch IS 'The alternative of a joint source, from 0.';
COMMENT ON COLUMN mart.fct_appearance.appearance_id IS 'What `python -m sumber chain` takes.';
COMMENT ON COLUMN mart.fct_appearance.day IS 'Day (UTC) of the article.';
COMMENT ON COLUMN mart.fct_appearance.lang IS 'Language of the article.';
COMMENT ON COLUMN mart.fct_appearance.outlet_id IS 'The outlet that the reader sees.';
COMMENT ON COLUMN mart.fct_appearance.originating_outlet_id IS 'The news organisation nearest the chain''s end; 0 where none is named.';
COMMENT ON COLUMN mart.fct_appearance.supplying_agency_id IS 'The last agency before the outlet; 0 where there is none.';
COMMENT ON COLUMN mart.fct_appearance.ultimate_source_id IS 'The source at the chain''s end; 0 for the outlet''s own narration.';
COMMENT ON COLUMN mart.fct_appearance.claim_id IS 'The claim (mart.fct_claim).';
COMMENT ON COLUMN mart.fct_appearance.utterance_id IS 'The speech act: one number for one act in however many wordings.';
COMMENT ON COLUMN mart.fct_appearance.root_id IS 'The independent route to knowledge.';
COMMENT ON COLUMN mart.fct_appearance.root_key IS 'The root in words: principal and access event.';
COMMENT ON COLUMN mart.fct_appearance.depth IS 'Number of nodes in the chain.';
COMMENT ON COLUMN mart.fct_appearance.terminus IS 'How the chain ends: primary, anonymous, unattributed, missing or cycle.';
COMMENT ON COLUMN mart.fct_appearance.form IS 'How the speech is reported.';
COMMENT ON COLUMN mart.fct_appearance.stance IS 'asserts, denies, accuses or questions.';
COMMENT ON COLUMN mart.fct_appearance.confidence IS 'How sure the machine is of the whole chain, 0 to 1.';
COMMENT ON COLUMN mart.fct_appearance.content IS 'The passage as printed.';
COMMENT ON COLUMN mart.fct_appearance.chain IS 'The chain in words, page first.';

CREATE TABLE mart.fct_claim (
    claim_id bigint PRIMARY KEY,
    text text NOT NULL,
    value text,
    unit text,
    first_article_id bigint NOT NULL REFERENCES mart.dim_article (article_id) DEFERRABLE INITIALLY DEFERRED,
    first_day date NOT NULL REFERENCES mart.dim_date (day) DEFERRABLE INITIALLY DEFERRED,
    appearances integer NOT NULL,
    articles integer NOT NULL,
    outlets integer NOT NULL,
    utterances integer NOT NULL,
    roots integer NOT NULL,
    named_roots integer NOT NULL,
    anonymous_roots integer NOT NULL,
    denials integer NOT NULL,
    rests_on_one_anonymous_root boolean NOT NULL
);
COMMENT ON TABLE mart.fct_claim IS 'Grain: one claim, whatever the number of articles that carry it. Forty copies of one wire story are one root.';
COMMENT ON COLUMN mart.fct_claim.claim_id IS 'Key: the smallest id among the claims that are one proposition.';
COMMENT ON COLUMN mart.fct_claim.text IS 'The proposition, in the words of one appearance.';
COMMENT ON COLUMN mart.fct_claim.value IS 'The value that it gives, where it has one.';
COMMENT ON COLUMN mart.fct_claim.unit IS 'Unit of the value.';
COMMENT ON COLUMN mart.fct_claim.first_article_id IS 'Article of the earliest known appearance: not necessarily the origin.';
COMMENT ON COLUMN mart.fct_claim.first_day IS 'Its day.';
COMMENT ON COLUMN mart.fct_claim.appearances IS 'Number of passages that report it.';
COMMENT ON COLUMN mart.fct_claim.articles IS 'Number of articles.';
COMMENT ON COLUMN mart.fct_claim.outlets IS 'Number of outlets whose page is stated.';
COMMENT ON COLUMN mart.fct_claim.utterances IS 'Number of speech acts.';
COMMENT ON COLUMN mart.fct_claim.roots IS 'Number of independent routes to knowledge.';
COMMENT ON COLUMN mart.fct_claim.named_roots IS 'How many of them end at a named source.';
COMMENT ON COLUMN mart.fct_claim.anonymous_roots IS 'How many of them end at an unnamed source.';
COMMENT ON COLUMN mart.fct_claim.denials IS 'Number of its appearances that deny.';
COMMENT ON COLUMN mart.fct_claim.rests_on_one_anonymous_root IS 'Whether a single unnamed source is all there is.';

CREATE TABLE mart.fct_source_score (
    source_key text NOT NULL,
    ledger text NOT NULL,
    day date NOT NULL REFERENCES mart.dim_date (day) DEFERRABLE INITIALLY DEFERRED,
    known_at date NOT NULL,
    source_id bigint NOT NULL REFERENCES mart.dim_source (source_id) DEFERRABLE INITIALLY DEFERRED,
    status text NOT NULL,
    score double precision,
    lower double precision,
    upper double precision,
    roots double precision NOT NULL,
    checks integer NOT NULL,
    external integer NOT NULL,
    letter text,
    is_provisional boolean NOT NULL,
    PRIMARY KEY (source_key, ledger, day)
);
COMMENT ON TABLE mart.fct_source_score IS 'Grain: one source on one ledger for one day, as last known.';
COMMENT ON COLUMN mart.fct_source_score.source_key IS 'Key of the source.';
COMMENT ON COLUMN mart.fct_source_score.ledger IS 'originator or relay.';
COMMENT ON COLUMN mart.fct_source_score.day IS 'The day for which the score holds.';
COMMENT ON COLUMN mart.fct_source_score.known_at IS 'Only what was known by the end of this day counted.';
COMMENT ON COLUMN mart.fct_source_score.source_id IS 'The source.';
COMMENT ON COLUMN mart.fct_source_score.status IS 'judged, or in words why it cannot be judged.';
COMMENT ON COLUMN mart.fct_source_score.score IS 'Expected share of its checkable claims that hold; null where it cannot be judged.';
COMMENT ON COLUMN mart.fct_source_score.lower IS 'Lower end of the 90% interval.';
COMMENT ON COLUMN mart.fct_source_score.upper IS 'Upper end of the 90% interval.';
COMMENT ON COLUMN mart.fct_source_score.roots IS 'Effective number of independent roots behind it.';
COMMENT ON COLUMN mart.fct_source_score.checks IS 'Number of evidence rows.';
COMMENT ON COLUMN mart.fct_source_score.external IS 'How many of them are external checks.';
COMMENT ON COLUMN mart.fct_source_score.letter IS 'Admiralty reliability; null where it cannot be judged.';
COMMENT ON COLUMN mart.fct_source_score.is_provisional IS 'Whether the day is still open.';

CREATE TABLE mart.freshness (
    layer text PRIMARY KEY,
    records bigint NOT NULL,
    pending bigint NOT NULL,
    newest_at timestamptz,
    published_at timestamptz NOT NULL
);
COMMENT ON TABLE mart.freshness IS 'Grain: one layer of the pipeline, as of the last publication.';
COMMENT ON COLUMN mart.freshness.layer IS 'captures, articles, attributions, chains or scores.';
COMMENT ON COLUMN mart.freshness.records IS 'Number of records that readers see.';
COMMENT ON COLUMN mart.freshness.pending IS 'Number of items that wait for this layer.';
COMMENT ON COLUMN mart.freshness.newest_at IS 'When the newest of them was written.';
COMMENT ON COLUMN mart.freshness.published_at IS 'When the mart was published.';
