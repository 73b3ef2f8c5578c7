DROP VIEW IF EXISTS mart.uncorrected_copies;

CREATE VIEW mart.uncorrected_copies AS
WITH revision AS (
    SELECT derivation.original_id AS old_id, derivation.derived_id AS new_id
    FROM core.derivation
    WHERE derivation.closed_at IS NULL AND derivation.kind = 'revision' AND derivation.is_directed
),

-- The story is the smallest article that carries the copy: a chain rests on it.
standing AS (
    SELECT
        claim.article_id,
        claim.ordinal,
        claim.canonical_id,
        claim.text,
        coalesce(
            (
                SELECT min(dependency.other_article_id)
                FROM core.chain_dependency AS dependency
                WHERE
                    dependency.article_id = traced.article_id
                    AND dependency.generation = traced.generation
                    AND dependency.reason = 'derivation'
            ),
            traced.article_id
        ) AS story_id
    FROM core.traced_article AS traced
    INNER JOIN core.claim ON claim.article_id = traced.article_id AND claim.generation = traced.generation
    WHERE traced.closed_at IS NULL
)

SELECT DISTINCT
    standing.article_id,
    standing.ordinal,
    revision.old_id,
    revision.new_id,
    standing.text
FROM revision
INNER JOIN standing AS said ON said.article_id = revision.old_id
INNER JOIN standing
    ON standing.story_id = said.story_id AND standing.canonical_id = said.canonical_id AND standing.article_id <> said.article_id
WHERE
    -- The newest version no longer says it, and the copy is no version of the page that was replaced itself.
    revision.new_id NOT IN (SELECT later.old_id FROM revision AS later)
    AND NOT EXISTS (
        SELECT FROM standing AS kept
        WHERE kept.article_id = revision.new_id AND kept.canonical_id = said.canonical_id
    )
    AND standing.article_id NOT IN (SELECT replaced.old_id FROM revision AS replaced);

COMMENT ON VIEW mart.uncorrected_copies IS
'Grain: one passage of an article that carries what a later version of the page with the same copy no longer says.';
COMMENT ON COLUMN mart.uncorrected_copies.article_id IS 'The copy that was not corrected.';
COMMENT ON COLUMN mart.uncorrected_copies.ordinal IS 'Its appearance.';
COMMENT ON COLUMN mart.uncorrected_copies.old_id IS 'The version of the page that said the same.';
COMMENT ON COLUMN mart.uncorrected_copies.new_id IS 'The latest version of that page, which no longer does.';
COMMENT ON COLUMN mart.uncorrected_copies.text IS 'The passage.';
