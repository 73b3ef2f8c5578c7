DELETE FROM core.score_slice WHERE day = %(day)s AND known_at = %(known_on)s
