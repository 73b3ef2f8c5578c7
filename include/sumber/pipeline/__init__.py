"""Input and output around `sumber.sourcing`: settings, fetching, Postgres, checks and the steps that DAGs call."""
