INSERT INTO mart.freshness (layer, records, pending, newest_at, published_at)
SELECT 'captures', count(*), 0, max(captured_at), now() FROM raw.capture
UNION ALL
SELECT 'articles', count(*), (SELECT count(*) FROM core.pending WHERE step = 'read'), max(opened_at), now()
FROM core.article WHERE closed_at IS NULL
UNION ALL
SELECT 'attributions', count(*), (SELECT count(*) FROM core.pending WHERE step = 'attribute'), max(opened_at), now()
FROM core.attributed_article WHERE closed_at IS NULL
UNION ALL
SELECT 'chains', count(*), (SELECT count(*) FROM core.pending WHERE step = 'trace'), max(opened_at), now()
FROM core.traced_article WHERE closed_at IS NULL
UNION ALL
SELECT 'scores', count(*), 0, max(day)::timestamptz, now() FROM core.source_score
ON CONFLICT (layer) DO UPDATE SET
    records = excluded.records,
    pending = excluded.pending,
    newest_at = excluded.newest_at,
    published_at = excluded.published_at
