WITH opened AS (
    INSERT INTO core.traced_article (article_id, generation, attributed_generation, method_version, output_hash, run)
    SELECT
        staged.article_id,
        coalesce(
            (SELECT max(earlier.generation) FROM core.traced_article AS earlier WHERE earlier.article_id = staged.article_id), 0
        ) + 1,
        staged.attributed_generation,
        staged.method_version,
        staged.output_hash,
        %(run)s
    FROM staged_traced AS staged
    WHERE
        NOT EXISTS (
            SELECT FROM core.traced_article AS present
            WHERE present.article_id = staged.article_id AND present.closed_at IS NULL
        )
    ORDER BY staged.article_id
    RETURNING article_id, generation, attributed_generation
),

dated AS (
    SELECT opened.article_id, opened.generation, article.captured_month
    FROM opened
    INNER JOIN
        core.attributed_article AS attributed
        ON attributed.article_id = opened.article_id AND attributed.generation = opened.attributed_generation
    INNER JOIN core.article ON article.id = attributed.article_id AND article.generation = attributed.article_generation
),

uttered AS (
    INSERT INTO core.utterance (article_id, generation, ordinal, id, canonical_id, speaker, act, position)
    SELECT
        dated.article_id,
        dated.generation,
        staged.ordinal,
        staged.id,
        staged.canonical_id,
        staged.speaker,
        staged.act,
        staged.position
    FROM dated
    INNER JOIN staged_utterance AS staged ON staged.article_id = dated.article_id
),

claimed AS (
    INSERT INTO core.claim (
        article_id, generation, ordinal, id, canonical_id, utterance_id, text, is_affirmed, slot, value, unit, value_kind, places,
        valid_times
    )
    SELECT
        dated.article_id,
        dated.generation,
        staged.ordinal,
        staged.id,
        staged.canonical_id,
        staged.utterance_id,
        staged.text,
        staged.is_affirmed,
        staged.slot,
        staged.value,
        staged.unit,
        staged.value_kind,
        staged.places,
        staged.valid_times
    FROM dated
    INNER JOIN staged_claim AS staged ON staged.article_id = dated.article_id
),

chained AS (
    INSERT INTO core.chain (
        captured_month, article_id, generation, ordinal, branch, path, depth, originating_outlet_id, ultimate_source_id,
        supplying_agency_id, terminus, root_id, root_key, confidence
    )
    SELECT
        dated.captured_month,
        dated.article_id,
        dated.generation,
        staged.ordinal,
        staged.branch,
        staged.path,
        staged.depth,
        staged.originating_outlet_id,
        staged.ultimate_source_id,
        staged.supplying_agency_id,
        staged.terminus,
        staged.root_id,
        staged.root_key,
        staged.confidence
    FROM dated
    INNER JOIN staged_chain AS staged ON staged.article_id = dated.article_id
),

depended AS (
    INSERT INTO core.chain_dependency (article_id, generation, ordinal, branch, other_article_id, reason)
    SELECT dated.article_id, dated.generation, staged.ordinal, staged.branch, staged.other_article_id, staged.reason
    FROM dated
    INNER JOIN staged_chain_dependency AS staged ON staged.article_id = dated.article_id
),

resolved AS (
    INSERT INTO core.resolved_hop (article_id, generation, ordinal, branch, hop, source_id, rule, confidence)
    SELECT
        dated.article_id, dated.generation, staged.ordinal, staged.branch, staged.hop, staged.source_id, staged.rule, staged.confidence
    FROM dated
    INNER JOIN staged_resolved_hop AS staged ON staged.article_id = dated.article_id
)

SELECT article_id AS id FROM opened
