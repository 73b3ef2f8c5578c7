SELECT core.refresh_statistics()
