"""Each role may do what it is for, and nothing else; what is closed stays closed, whoever asks."""

from __future__ import annotations

import hashlib
from pathlib import Path

import psycopg2
import pytest
from archive import DAY, NOON, ask, run_all

from sumber.pipeline import schema, settings, steps, store

DENIED = psycopg2.errors.InsufficientPrivilege


FORBIDDEN = [
    ("bi", "SELECT * FROM core.article"),
    ("bi", "SELECT * FROM raw.capture"),
    ("bi", "SET TRANSACTION READ WRITE; CREATE TABLE mart.mine ()"),
    ("bi", "SET TRANSACTION READ WRITE; CREATE TABLE public.mine ()"),
    ("bi", "SET TRANSACTION READ WRITE; DELETE FROM mart.fct_claim"),
    ("app", "DELETE FROM core.review"),
    ("app", "UPDATE core.review SET reason = 'x'"),
    ("app", "INSERT INTO core.pending (step, item_id) VALUES ('read', 1)"),
    ("app", "UPDATE mart.fct_claim SET text = 'x'"),
    ("app", "SELECT core.open_month('2026-01-01')"),
    ("app", "SELECT core.refresh_statistics()"),
    ("etl", "UPDATE raw.capture SET name = 'x'"),
    ("etl", "DELETE FROM raw.content"),
    ("etl", "DELETE FROM core.article"),
    ("etl", "UPDATE core.appearance SET stance = 'denies'"),
    ("etl", "INSERT INTO core.review (id) VALUES (1)"),
    ("etl", "SELECT * FROM core.migration"),
    ("etl", "TRUNCATE mart.fct_claim"),
    ("etl", "CREATE TABLE core.mine ()"),
    ("etl", "DROP TABLE core.step_run"),
]
ALLOWED = [
    ("bi", "SELECT count(*) FROM mart.fct_appearance"),
    ("bi", "SELECT count(*) FROM mart.claims_by_originating_outlet"),
    ("app", "SELECT count(*) FROM core.chain"),
    ("app", "SELECT count(*) FROM mart.source_scores"),
    ("etl", "SELECT core.open_month('2026-01-01')"),
    ("etl", "SELECT core.refresh_statistics()"),
]


def test_each_role_may_do_what_it_is_for_and_nothing_else(current: settings.Settings) -> None:
    for role, statement in ALLOWED:
        assert len(ask(current, statement, role=role)) == 1
    for role, statement in FORBIDDEN:
        with pytest.raises(DENIED):
            ask(current, statement, role=role)
            pytest.fail(f"{role} may {statement}")


def test_dashboards_read_only(current: settings.Settings) -> None:
    """Even a temporary table is refused: the role's transactions read only, unless it says otherwise."""
    with pytest.raises(psycopg2.errors.ReadOnlySqlTransaction):
        ask(current, "CREATE TABLE public.mine ()", role="bi")


def test_a_closed_day_never_changes(current: settings.Settings, inbox: Path) -> None:
    run_all(current, inbox)
    assert ask(current, "SELECT DISTINCT day, is_provisional FROM core.source_score") == [(DAY, True)]
    tomorrow = NOON.replace(day=21)
    steps.score(current, tomorrow.date(), tomorrow, "next day")
    days = "SELECT DISTINCT day, is_provisional FROM core.source_score ORDER BY day"
    assert ask(current, days) == [(DAY, False), (tomorrow.date(), True)]
    with pytest.raises(psycopg2.errors.CheckViolation, match="is closed"):
        ask(current, "UPDATE core.source_score SET roots = 9 WHERE day = %s", DAY, role="etl")
    with pytest.raises(psycopg2.errors.CheckViolation, match="is closed"):
        ask(current, "DELETE FROM core.source_score WHERE day = %s", DAY, role="etl")
    assert steps.score(current, DAY, NOON, "too late").changed == 0
    # A later opinion on a closed day is another row.
    assert steps.score(current, DAY, tomorrow, "in hindsight").changed > 0
    known = "SELECT DISTINCT known_at, is_provisional FROM core.source_score WHERE day = %s ORDER BY known_at"
    assert ask(current, known, DAY) == [(DAY, False), (tomorrow.date(), False)]


def test_no_day_is_scored_before_it_comes(current: settings.Settings) -> None:
    with pytest.raises(ValueError, match="cannot be scored from what was known"):
        steps.score(current, DAY, NOON.replace(day=19), "too early")


def test_migrations_are_applied_once_and_never_change(current: settings.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert schema.migrate(current.url("owner")) == []
    first = sorted((schema.FOLDER / "migrations").glob("*.sql"))[0]
    ask(current, "UPDATE core.migration SET checksum = %s WHERE name = %s", hashlib.sha256(b"x").hexdigest(), f"migrations/{first.stem}")
    with pytest.raises(schema.MigrationError, match="has changed since it was applied"):
        schema.migrate(current.url("owner"))


def test_a_month_is_opened_once(current: settings.Settings) -> None:
    for _ in range(2):
        ask(current, "SELECT core.open_month('2026-03-01')", role="etl")
    assert ask(current, "SELECT count(*) FROM pg_class WHERE relispartition AND relkind = 'r' AND relname LIKE '%%_2026_03'") == [(3,)]
    with pytest.raises(psycopg2.errors.CheckViolation, match="not the first day"):
        ask(current, "SELECT core.open_month('2026-03-02')", role="etl")


def test_what_grew_by_a_leap_is_looked_at_anew_and_only_once(current: settings.Settings, inbox: Path) -> None:
    run_all(current, inbox)
    more = """
        INSERT INTO core.appearance
        SELECT captured_month, article_id, generation, 1000 + n, n, content, content_text, form, act, position, stance, operator,
            hedges, denied, is_ascribed, confidence
        FROM (SELECT * FROM core.appearance ORDER BY id LIMIT 1) AS one, generate_series(1, 2000) AS n"""
    ask(current, more)
    with store.transaction(current.url("etl")) as cursor:
        store.refresh_statistics(cursor)
    known = "SELECT relkind, reltuples > 2000 FROM pg_class WHERE relname ~ '^appearance(_20.._..)?$' ORDER BY reltuples DESC LIMIT 2"
    assert sorted(ask(current, known)) == [("p", True), ("r", True)]
    assert ask(current, "SELECT core.refresh_statistics()", role="etl") == [(0,)]
