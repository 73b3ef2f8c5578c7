WITH opened AS (
    INSERT INTO core.attributed_article (article_id, generation, article_generation, method_version, output_hash, run)
    SELECT
        staged.article_id,
        coalesce(
            (SELECT max(earlier.generation) FROM core.attributed_article AS earlier WHERE earlier.article_id = staged.article_id), 0
        ) + 1,
        staged.article_generation,
        staged.method_version,
        staged.output_hash,
        %(run)s
    FROM staged_attributed AS staged
    WHERE
        NOT EXISTS (
            SELECT FROM core.attributed_article AS present
            WHERE present.article_id = staged.article_id AND present.closed_at IS NULL
        )
    ORDER BY staged.article_id
    RETURNING article_id, generation, article_generation
),

dated AS (
    SELECT opened.article_id, opened.generation, article.captured_month
    FROM opened
    INNER JOIN staged_attributed AS staged ON staged.article_id = opened.article_id
    INNER JOIN core.article ON article.id = opened.article_id AND article.generation = staged.article_generation
),

appeared AS (
    INSERT INTO core.appearance (
        captured_month, article_id, generation, ordinal, id, content, content_text, form, act, position, stance, operator, hedges,
        denied, is_ascribed, confidence
    )
    SELECT
        dated.captured_month,
        dated.article_id,
        dated.generation,
        staged.ordinal,
        staged.id,
        staged.content,
        staged.content_text,
        staged.form,
        staged.act,
        staged.position,
        staged.stance,
        staged.operator,
        staged.hedges,
        staged.denied,
        staged.is_ascribed,
        staged.confidence
    FROM dated
    INNER JOIN staged_appearance AS staged ON staged.article_id = dated.article_id
),

attributed AS (
    INSERT INTO core.attribution (
        captured_month, article_id, generation, ordinal, branch, hop, source_id, relation, origin, scope, rule, method_version,
        confidence, cue, mention, mention_text, source_role, source_count, anonymity_reason
    )
    SELECT
        dated.captured_month,
        dated.article_id,
        dated.generation,
        staged.ordinal,
        staged.branch,
        staged.hop,
        staged.source_id,
        staged.relation,
        staged.origin,
        staged.scope,
        staged.rule,
        staged.method_version,
        staged.confidence,
        staged.cue,
        staged.mention,
        staged.mention_text,
        staged.source_role,
        staged.source_count,
        staged.anonymity_reason
    FROM dated
    INNER JOIN staged_attribution AS staged ON staged.article_id = dated.article_id
)

SELECT article_id AS id FROM opened
