"""Runs everything Sumber needs on one machine: an embedded Postgres and a real Airflow, in one git-ignored folder."""
