DELETE FROM core.score_evidence WHERE day = %(day)s AND known_at = %(known_on)s
