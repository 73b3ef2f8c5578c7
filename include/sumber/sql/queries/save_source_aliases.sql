WITH gone AS (
    DELETE FROM core.source_alias
    WHERE NOT EXISTS (
        SELECT FROM staged_source_alias AS staged
        WHERE staged.source_id = source_alias.source_id AND staged.lang = source_alias.lang AND staged.alias = source_alias.alias
    )
)

INSERT INTO core.source_alias (source_id, lang, alias)
SELECT DISTINCT source_id, lang, alias FROM staged_source_alias
ORDER BY source_id, lang, alias
ON CONFLICT DO NOTHING
