UPDATE core.source_score SET is_provisional = FALSE
WHERE is_provisional AND day < %(today)s
