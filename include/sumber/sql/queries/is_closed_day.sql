SELECT count(*) > 0 AS is_closed FROM core.source_score
WHERE day = %(day)s AND known_at = %(known_on)s AND NOT is_provisional
