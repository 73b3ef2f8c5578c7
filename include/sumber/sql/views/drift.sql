DROP VIEW IF EXISTS mart.drift;

CREATE VIEW mart.drift AS
WITH told AS (
    SELECT
        claim.article_id,
        claim.ordinal,
        claim.canonical_id AS claim_id,
        utterance.canonical_id AS utterance_id,
        claim.slot,
        claim.value,
        claim.unit,
        claim.text,
        claim.valid_times,
        coalesce(article.published_at, capture.captured_at) AS dated,
        cardinality(appearance.hedges) > 0 AS is_hedged,
        (
            SELECT string_agg(DISTINCT source.name, '; ' ORDER BY source.name)
            FROM core.chain
            INNER JOIN core.source ON source.id = chain.ultimate_source_id
            WHERE
                chain.article_id = traced.article_id
                AND chain.captured_month = article.captured_month
                AND chain.generation = traced.generation
                AND chain.ordinal = claim.ordinal
                AND chain.terminus IN ('primary', 'anonymous')
        ) AS said_by,
        (
            SELECT string_agg(DISTINCT source.name, '; ' ORDER BY source.name)
            FROM core.resolved_hop AS resolved
            INNER JOIN core.source ON source.id = resolved.source_id
            WHERE
                resolved.article_id = traced.article_id
                AND resolved.generation = traced.generation
                AND resolved.ordinal = claim.ordinal
        ) AS outlet_left_vague
    FROM core.traced_article AS traced
    INNER JOIN core.claim ON claim.article_id = traced.article_id AND claim.generation = traced.generation
    INNER JOIN
        core.utterance
        ON utterance.article_id = claim.article_id AND utterance.generation = claim.generation AND utterance.ordinal = claim.ordinal
    INNER JOIN
        core.attributed_article AS attributed
        ON attributed.article_id = traced.article_id AND attributed.generation = traced.attributed_generation
    INNER JOIN core.article ON article.id = attributed.article_id AND article.generation = attributed.article_generation
    INNER JOIN raw.capture ON capture.id = article.capture_id
    INNER JOIN
        core.appearance
        ON
            appearance.captured_month = article.captured_month
            AND appearance.article_id = attributed.article_id
            AND appearance.generation = attributed.generation
            AND appearance.ordinal = claim.ordinal
    WHERE traced.closed_at IS NULL
),

-- Along the way of the copy where its direction is known, else of time.
way AS (
    SELECT
        CASE WHEN derivation.is_directed OR old.dated <= new.dated THEN derivation.original_id ELSE derivation.derived_id END AS from_id,
        CASE WHEN derivation.is_directed OR old.dated <= new.dated THEN derivation.derived_id ELSE derivation.original_id END AS to_id
    FROM core.derivation
    INNER JOIN (SELECT DISTINCT told.article_id, told.dated FROM told) AS old ON old.article_id = derivation.original_id
    INNER JOIN (SELECT DISTINCT told.article_id, told.dated FROM told) AS new ON new.article_id = derivation.derived_id
    WHERE derivation.closed_at IS NULL
),

pair AS (
    SELECT
        before.article_id AS from_article_id,
        before.ordinal AS from_ordinal,
        after.article_id,
        after.ordinal,
        before.claim_id = after.claim_id AS is_one_claim,
        before.is_hedged AS was_hedged,
        after.is_hedged,
        before.said_by AS was_said_by,
        after.said_by,
        concat_ws(' ', before.value, before.unit) AS earlier_value,
        concat_ws(' ', after.value, after.unit) AS later_value,
        before.text AS earlier_text,
        after.text AS later_text,
        before.valid_times AS earlier_times,
        after.valid_times AS later_times
    FROM way
    INNER JOIN told AS before ON before.article_id = way.from_id
    INNER JOIN told AS after
        ON
            after.article_id = way.to_id
            AND (after.claim_id = before.claim_id OR after.utterance_id = before.utterance_id OR after.slot = before.slot)
),

-- Which times of the earlier passage no time of the later one keeps, and the other way round. A coarser time is kept in a finer one
-- ("2023" in "2023-09"); what begins or ends with a time is another time than the time itself ("2022/.." is no "2022"). What a page without
-- a date tells relative to its day ("year-1") may be any.
timed AS (
    SELECT
        pair.article_id,
        pair.ordinal,
        pair.from_article_id,
        pair.from_ordinal,
        pair.earlier_times,
        pair.later_times,
        pair.later_text,
        EXISTS (
            SELECT FROM unnest(pair.earlier_times) AS one (told)
            WHERE NOT EXISTS (
                SELECT FROM unnest(pair.later_times) AS other (told)
                WHERE
                    (one.told LIKE '%/..', one.told LIKE '../%') = (other.told LIKE '%/..', other.told LIKE '../%')
                    AND (
                        one.told ~ '(year|month|week)[+-]' OR other.told ~ '(year|month|week)[+-]'
                        OR starts_with(btrim(one.told, './'), btrim(other.told, './'))
                        OR starts_with(btrim(other.told, './'), btrim(one.told, './'))
                        OR one.told LIKE '--%' AND other.told LIKE '%' || substr(one.told, 2)
                        OR other.told LIKE '--%' AND one.told LIKE '%' || substr(other.told, 2)
                    )
            )
        ) AS is_gone
    FROM pair
    WHERE pair.is_one_claim
)

SELECT article_id, ordinal, from_article_id, from_ordinal, 'hedge_lost' AS what, earlier_text AS earlier, later_text AS later
FROM pair
WHERE is_one_claim AND was_hedged AND NOT is_hedged
UNION ALL
SELECT article_id, ordinal, from_article_id, from_ordinal, 'hedge_added', earlier_text, later_text
FROM pair
WHERE is_one_claim AND is_hedged AND NOT was_hedged
UNION ALL
SELECT article_id, ordinal, from_article_id, from_ordinal, 'attribution_lost', was_said_by, later_text
FROM pair
WHERE is_one_claim AND was_said_by IS NOT NULL AND said_by IS NULL
UNION ALL
SELECT article_id, ordinal, from_article_id, from_ordinal, 'figure_changed', earlier_value, later_value
FROM pair
WHERE NOT is_one_claim AND earlier_value <> '' AND later_value <> '' AND earlier_value <> later_value
UNION ALL
SELECT article_id, ordinal, from_article_id, from_ordinal, 'time_changed', array_to_string(earlier_times, '; '), array_to_string(later_times, '; ')
FROM timed
WHERE is_gone AND cardinality(later_times) > 0
UNION ALL
SELECT article_id, ordinal, from_article_id, from_ordinal, 'time_lost', array_to_string(earlier_times, '; '), later_text
FROM timed
WHERE
    is_gone AND cardinality(later_times) = 0
    -- Another passage of the article may still tell when: its lead, where this is the headline.
    AND NOT EXISTS (
        SELECT FROM timed AS sibling
        WHERE sibling.article_id = timed.article_id AND sibling.from_article_id = timed.from_article_id
            AND sibling.from_ordinal = timed.from_ordinal AND cardinality(sibling.later_times) > 0
    )
UNION ALL
SELECT told.article_id, told.ordinal, dependency.other_article_id, NULL, 'outlet_left_vague', told.outlet_left_vague, told.text
FROM told
INNER JOIN core.traced_article AS traced ON traced.article_id = told.article_id AND traced.closed_at IS NULL
INNER JOIN
    core.chain_dependency AS dependency
    ON
        dependency.article_id = traced.article_id
        AND dependency.generation = traced.generation
        AND dependency.ordinal = told.ordinal
        AND dependency.reason = 'resolved_as'
WHERE told.outlet_left_vague IS NOT NULL
GROUP BY told.article_id, told.ordinal, dependency.other_article_id, told.outlet_left_vague, told.text;

COMMENT ON VIEW mart.drift IS 'Grain: one thing that a passage lost or changed on the way from one article of its story.';
COMMENT ON COLUMN mart.drift.article_id IS 'The article in which it is lost or changed.';
COMMENT ON COLUMN mart.drift.ordinal IS 'The appearance.';
COMMENT ON COLUMN mart.drift.from_article_id IS 'The article that still has it.';
COMMENT ON COLUMN mart.drift.from_ordinal IS 'Its appearance; null for outlet_left_vague, which rests on the article.';
COMMENT ON COLUMN mart.drift.what IS
'hedge_lost, hedge_added, attribution_lost, figure_changed, time_lost, time_changed, or outlet_left_vague: another article names the outlet.';
COMMENT ON COLUMN mart.drift.earlier IS 'What the other article has: its passage, speaker, figure, time or outlet.';
COMMENT ON COLUMN mart.drift.later IS 'What this article has instead.';
