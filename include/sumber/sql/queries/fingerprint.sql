-- What readers see, hashed row by row and then over the sorted hashes: the order of rows does not matter. Left out are run ledgers,
-- generations, and every time at which the system did something; of the scores only the latest day counts.
SELECT
    'raw.content' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT sha256, size FROM raw.content
) AS row_of
UNION ALL
SELECT
    'raw.capture' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT id, sha256, media_type, url, outlet, lang, published_at, headline, name FROM raw.capture
) AS row_of
UNION ALL
SELECT
    'core.article' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT
        id, capture_id, method_version, name, url, outlet, lang, published_at, modified_at, tags, headline, dateline, text_sha256, blocks,
        credits, revision_of
    FROM core.article
    WHERE closed_at IS NULL
) AS row_of
UNION ALL
SELECT
    'core.media_credit' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT credit.article_id, credit.ordinal, credit.name, credit.span_start, credit.span_end
    FROM core.media_credit AS credit
    INNER JOIN core.article ON article.id = credit.article_id AND article.generation = credit.generation
    WHERE article.closed_at IS NULL
) AS row_of
UNION ALL
SELECT
    'core.source' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT source.id, source.key, source.name, source.kind, source.is_known, source.country, source.anonymous_type, source.is_vague
    FROM core.source
    WHERE
        source.is_known
        OR source.id IN (
            SELECT attribution.source_id
            FROM core.attribution
            INNER JOIN
                core.attributed_article AS attributed
                ON attributed.article_id = attribution.article_id AND attributed.generation = attribution.generation
            WHERE attributed.closed_at IS NULL
        )
) AS row_of
UNION ALL
SELECT
    'core.source_alias' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT source_id, lang, alias FROM core.source_alias
) AS row_of
UNION ALL
SELECT
    'core.source_relation' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT subject_id, relation, object_id, valid_from, valid_to, evidence FROM core.source_relation
) AS row_of
UNION ALL
SELECT
    'core.appearance' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT
        appearance.id, appearance.article_id, appearance.ordinal, appearance.content, appearance.content_text, appearance.form,
        appearance.act, appearance.position, appearance.stance, appearance.operator, appearance.hedges, appearance.denied,
        appearance.is_ascribed, appearance.confidence
    FROM core.attributed_article AS attributed
    INNER JOIN
        core.appearance
        ON appearance.article_id = attributed.article_id AND appearance.generation = attributed.generation
    WHERE attributed.closed_at IS NULL
) AS row_of
UNION ALL
SELECT
    'core.attribution' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT
        attribution.article_id, attribution.ordinal, attribution.branch, attribution.hop, attribution.source_id,
        attribution.relation, attribution.origin, attribution.scope, attribution.rule, attribution.method_version,
        attribution.confidence, attribution.cue, attribution.mention, attribution.mention_text, attribution.source_role,
        attribution.source_count, attribution.anonymity_reason
    FROM core.attributed_article AS attributed
    INNER JOIN
        core.attribution
        ON attribution.article_id = attributed.article_id AND attribution.generation = attributed.generation
    WHERE attributed.closed_at IS NULL
) AS row_of
UNION ALL
SELECT
    'core.derivation' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT derived_id, original_id, kind, is_directed, confidence, evidence, method_version
    FROM core.derivation
    WHERE closed_at IS NULL
) AS row_of
UNION ALL
SELECT
    'core.utterance' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT
        utterance.article_id, utterance.ordinal, utterance.id, utterance.canonical_id, utterance.speaker, utterance.act,
        utterance.position, utterance.said_at, utterance.venue
    FROM core.traced_article AS traced
    INNER JOIN core.utterance ON utterance.article_id = traced.article_id AND utterance.generation = traced.generation
    WHERE traced.closed_at IS NULL
) AS row_of
UNION ALL
SELECT
    'core.claim' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT
        claim.article_id, claim.ordinal, claim.id, claim.canonical_id, claim.utterance_id, claim.text, claim.is_affirmed,
        claim.slot, claim.value, claim.unit, claim.value_kind, claim.places, claim.valid_times
    FROM core.traced_article AS traced
    INNER JOIN core.claim ON claim.article_id = traced.article_id AND claim.generation = traced.generation
    WHERE traced.closed_at IS NULL
) AS row_of
UNION ALL
SELECT
    'core.claim_relation' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT claim_id, relation, other_id, confidence, evidence, cited, method_version
    FROM core.claim_relation
    WHERE closed_at IS NULL
) AS row_of
UNION ALL
SELECT
    'core.chain' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT
        chain.article_id, chain.ordinal, chain.branch, chain.path, chain.depth, chain.originating_outlet_id,
        chain.ultimate_source_id, chain.supplying_agency_id, chain.terminus, chain.root_id, chain.root_key, chain.confidence
    FROM core.traced_article AS traced
    INNER JOIN core.chain ON chain.article_id = traced.article_id AND chain.generation = traced.generation
    WHERE traced.closed_at IS NULL
) AS row_of
UNION ALL
SELECT
    'core.chain_dependency' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT
        dependency.article_id, dependency.ordinal, dependency.branch, dependency.other_article_id, dependency.reason
    FROM core.traced_article AS traced
    INNER JOIN
        core.chain_dependency AS dependency
        ON dependency.article_id = traced.article_id AND dependency.generation = traced.generation
    WHERE traced.closed_at IS NULL
) AS row_of
UNION ALL
SELECT
    'core.root_claim' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (SELECT root_claim.root_id, root_claim.claim_id FROM core.root_claim) AS row_of
UNION ALL
SELECT
    'core.resolved_hop' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT resolved.article_id, resolved.ordinal, resolved.branch, resolved.hop, resolved.source_id, resolved.rule, resolved.confidence
    FROM core.traced_article AS traced
    INNER JOIN core.resolved_hop AS resolved ON resolved.article_id = traced.article_id AND resolved.generation = traced.generation
    WHERE traced.closed_at IS NULL
) AS row_of
UNION ALL
SELECT
    'core.rejection' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT capture_id, rule, value_hash, step, record, value, reason, name FROM core.rejection WHERE closed_at IS NULL
) AS row_of
UNION ALL
SELECT
    'core.review' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT
        article_sha256, quote, prefix, suffix, other_sha256, other_quote, other_prefix, other_suffix, verdict, source_key, source_name,
        source_kind, reviewer, reason
    FROM core.review
    WHERE withdrawn_at IS NULL
) AS row_of
UNION ALL
SELECT
    'core.source_score' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT source_key, ledger, source_id, status, score, lower, upper, roots, checks, external, letter, components, notes, method_version
    FROM core.source_score
    WHERE (day, known_at) = (
        SELECT latest.day, latest.known_at FROM core.source_score AS latest
        ORDER BY latest.day DESC, latest.known_at DESC LIMIT 1
    )
) AS row_of
UNION ALL
SELECT
    'core.outcome' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT article_sha256, quote, prefix, suffix, truth, kind, checked_on, reviewer, reason, evidence_url
    FROM core.outcome
    WHERE withdrawn_at IS NULL
) AS row_of
UNION ALL
SELECT
    'core.claim_corroboration' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT claim_id, belief, roots_for, roots_against, credibility FROM core.claim_corroboration
) AS row_of
UNION ALL
SELECT
    'core.relay' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT
        relay.derived_id,
        relay.original_id,
        relay.ordinal,
        relay.original_ordinal,
        relay.figures,
        relay.position,
        relay.attribution,
        relay.hedges
    FROM core.relay
    INNER JOIN core.attributed_article AS derived
        ON derived.article_id = relay.derived_id AND derived.generation = relay.derived_generation AND derived.closed_at IS NULL
    INNER JOIN core.attributed_article AS original
        ON original.article_id = relay.original_id AND original.generation = relay.original_generation AND original.closed_at IS NULL
    INNER JOIN core.derivation
        ON
            derivation.derived_id = relay.derived_id
            AND derivation.original_id = relay.original_id
            AND derivation.is_directed
            AND derivation.closed_at IS NULL
) AS row_of
UNION ALL
SELECT
    'mart.dim_source' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT * FROM mart.dim_source
) AS row_of
UNION ALL
SELECT
    'mart.dim_outlet' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT * FROM mart.dim_outlet
) AS row_of
UNION ALL
SELECT
    'mart.dim_article' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT article_id, name, url, headline, lang, outlet_id, published_at, appearances FROM mart.dim_article
) AS row_of
UNION ALL
SELECT
    'mart.fct_appearance' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT
        article_id, ordinal, branch, appearance_id, lang, outlet_id, originating_outlet_id, supplying_agency_id,
        ultimate_source_id, claim_id, utterance_id, root_id, root_key, depth, terminus, form, stance, confidence, content, chain
    FROM mart.fct_appearance
) AS row_of
UNION ALL
SELECT
    'mart.fct_claim' AS name,
    count(*) AS records,
    md5(coalesce(string_agg(md5(row_of::text), '' ORDER BY md5(row_of::text) COLLATE "C"), '')) AS digest
FROM (
    SELECT
        claim_id, text, value, unit, value_kind, places, valid_times, appearances, articles, outlets, utterances, roots_min, roots_max, named_roots, anonymous_roots, denials,
        rests_on_one_anonymous_root
    FROM mart.fct_claim
) AS row_of
ORDER BY name
