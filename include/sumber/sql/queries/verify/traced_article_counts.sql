-- a tracing in force has one utterance and one claim for each appearance, and one chain for each branch
WITH open_tracing AS (
    SELECT
        article_id,
        generation,
        attributed_generation
    FROM core.traced_article
    WHERE closed_at IS NULL
),

appearances AS (
    SELECT
        tracing.article_id,
        count(DISTINCT appearance.ordinal) AS records,
        count(DISTINCT (appearance.ordinal, coalesce(hop.branch, 0))) AS branches
    FROM open_tracing AS tracing
    INNER JOIN
        core.appearance
        ON appearance.article_id = tracing.article_id AND appearance.generation = tracing.attributed_generation
    LEFT JOIN
        core.attribution AS hop
        ON
            hop.captured_month = appearance.captured_month
            AND hop.article_id = appearance.article_id
            AND hop.generation = appearance.generation
            AND hop.ordinal = appearance.ordinal
    GROUP BY tracing.article_id
),

utterances AS (
    SELECT
        tracing.article_id,
        count(*) AS records
    FROM open_tracing AS tracing
    INNER JOIN core.utterance ON utterance.article_id = tracing.article_id AND utterance.generation = tracing.generation
    GROUP BY tracing.article_id
),

claims AS (
    SELECT
        tracing.article_id,
        count(*) AS records
    FROM open_tracing AS tracing
    INNER JOIN core.claim ON claim.article_id = tracing.article_id AND claim.generation = tracing.generation
    GROUP BY tracing.article_id
),

chains AS (
    SELECT
        tracing.article_id,
        count(*) AS records
    FROM open_tracing AS tracing
    INNER JOIN core.chain ON chain.article_id = tracing.article_id AND chain.generation = tracing.generation
    GROUP BY tracing.article_id
)

SELECT
    tracing.article_id AS record,
    coalesce(appearances.records, 0) AS appearances,
    coalesce(utterances.records, 0) AS utterances,
    coalesce(claims.records, 0) AS claims,
    coalesce(appearances.branches, 0) AS branches,
    coalesce(chains.records, 0) AS chains
FROM open_tracing AS tracing
LEFT JOIN appearances ON appearances.article_id = tracing.article_id
LEFT JOIN utterances ON utterances.article_id = tracing.article_id
LEFT JOIN claims ON claims.article_id = tracing.article_id
LEFT JOIN chains ON chains.article_id = tracing.article_id
WHERE
    coalesce(appearances.records, 0) <> coalesce(utterances.records, 0)
    OR coalesce(appearances.records, 0) <> coalesce(claims.records, 0)
    OR coalesce(appearances.branches, 0) <> coalesce(chains.records, 0)
LIMIT 20
