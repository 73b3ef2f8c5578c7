DELETE FROM mart.fct_appearance
WHERE NOT EXISTS (SELECT FROM published_appearance AS wanted WHERE wanted.article_id = fct_appearance.article_id AND wanted.ordinal = fct_appearance.ordinal AND wanted.branch = fct_appearance.branch)
