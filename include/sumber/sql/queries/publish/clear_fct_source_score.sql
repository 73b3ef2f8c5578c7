DELETE FROM mart.fct_source_score
WHERE NOT EXISTS (SELECT FROM published_source_score AS wanted WHERE wanted.source_key = fct_source_score.source_key AND wanted.ledger = fct_source_score.ledger AND wanted.day = fct_source_score.day)
