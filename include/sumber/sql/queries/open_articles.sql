WITH opened AS (
    INSERT INTO core.article (
        id, generation, capture_id, captured_month, method_version, name, url, outlet, lang, published_at, modified_at, tags, headline, dateline,
        text, text_sha256, blocks, credits, output_hash, run
    )
    SELECT
        staged.id,
        coalesce((SELECT max(earlier.generation) FROM core.article AS earlier WHERE earlier.id = staged.id), 0) + 1,
        staged.capture_id,
        capture.captured_month,
        staged.method_version,
        staged.name,
        staged.url,
        staged.outlet,
        staged.lang,
        staged.published_at,
        staged.modified_at,
        staged.tags,
        staged.headline,
        staged.dateline,
        staged.text,
        staged.text_sha256,
        staged.blocks,
        staged.credits,
        staged.output_hash,
        %(run)s
    FROM staged_article AS staged
    INNER JOIN raw.capture ON capture.id = staged.capture_id
    WHERE NOT EXISTS (SELECT FROM core.article AS present WHERE present.id = staged.id AND present.closed_at IS NULL)
    ORDER BY staged.id
    RETURNING id, generation
),

credited AS (
    INSERT INTO core.media_credit (article_id, generation, ordinal, name, span_start, span_end)
    SELECT opened.id, opened.generation, credit.ordinal, credit.name, credit.span_start, credit.span_end
    FROM opened
    INNER JOIN staged_media_credit AS credit ON credit.article_id = opened.id
)

SELECT id FROM opened
