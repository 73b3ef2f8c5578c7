-- Pairs of texts, one made from the other, whose passages were not compared yet as they are attributed now.
SELECT
    derived.article_id AS derived_id,
    derived.generation AS derived_generation,
    original.article_id AS original_id,
    original.generation AS original_generation
FROM core.derivation
INNER JOIN core.attributed_article AS derived ON derived.article_id = derivation.derived_id AND derived.closed_at IS NULL
INNER JOIN core.attributed_article AS original ON original.article_id = derivation.original_id AND original.closed_at IS NULL
WHERE
    derivation.closed_at IS NULL
    AND derivation.is_directed
    AND derivation.kind <> 'revision'
    AND NOT EXISTS (
        SELECT FROM core.compared_copy AS compared
        WHERE
            compared.derived_id = derived.article_id
            AND compared.derived_generation = derived.generation
            AND compared.original_id = original.article_id
            AND compared.original_generation = original.generation
    )
ORDER BY derived.article_id, original.article_id
