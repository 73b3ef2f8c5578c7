-- What tracing adds to a branch is an edge like any other: whoever walks the edges must come to the end that the chain names.

CREATE TABLE core.resolved_hop (
    article_id bigint NOT NULL,
    generation integer NOT NULL,
    ordinal integer NOT NULL,
    branch integer NOT NULL,
    hop integer NOT NULL,
    source_id bigint NOT NULL REFERENCES core.source (id),
    rule text NOT NULL,
    confidence double precision NOT NULL,
    PRIMARY KEY (article_id, generation, ordinal, branch, hop, source_id),
    FOREIGN KEY (article_id, generation) REFERENCES core.traced_article (article_id, generation),
    CONSTRAINT resolved_hop_counts_from_zero CHECK (ordinal >= 0 AND branch >= 0 AND hop >= 0),
    CONSTRAINT resolved_hop_confidence_is_a_share CHECK (confidence BETWEEN 0 AND 1)
);
CREATE INDEX resolved_hop_by_source ON core.resolved_hop (source_id);
COMMENT ON TABLE core.resolved_hop IS
'One row is one hop (resolved_as, origin other_article) that another article''s naming puts behind a vague source, in one generation.';
COMMENT ON COLUMN core.resolved_hop.article_id IS 'The article whose source is vague.';
COMMENT ON COLUMN core.resolved_hop.generation IS 'The tracing that asserted it (core.traced_article).';
COMMENT ON COLUMN core.resolved_hop.ordinal IS 'The appearance.';
COMMENT ON COLUMN core.resolved_hop.branch IS 'The branch.';
COMMENT ON COLUMN core.resolved_hop.hop IS 'Its place: before the hop of core.attribution with this number, or after the last one.';
COMMENT ON COLUMN core.resolved_hop.source_id IS 'The outlet that the other articles name; core.chain_dependency says which articles.';
COMMENT ON COLUMN core.resolved_hop.rule IS 'On what grounds the other article speaks of the same: same-copy, same-utterance or same-claim.';
COMMENT ON COLUMN core.resolved_hop.confidence IS 'How sure the machine is, 0 to 1.';

GRANT SELECT, INSERT ON core.resolved_hop TO sumber_etl;
GRANT SELECT ON core.resolved_hop TO sumber_app;
