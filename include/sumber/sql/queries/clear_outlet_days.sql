DELETE FROM core.outlet_day WHERE day = %(day)s
