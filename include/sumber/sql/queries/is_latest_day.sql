SELECT NOT EXISTS (
    SELECT FROM core.source_score
    WHERE (day, known_at) > (%(day)s::date, %(known_on)s::date)
) AS is_latest
