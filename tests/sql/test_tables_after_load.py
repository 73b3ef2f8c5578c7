"""The suite `tables` against a real database: it keeps quiet about what the steps load, and names each promise that is broken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from archive import ask, run_all

from sumber.pipeline import checks, contract, data_docs, settings, steps, store

MART = "SELECT 'mart.' || relname FROM pg_class WHERE relnamespace = 'mart'::regnamespace AND relkind = 'r'"
RUN = "manual__2026-05-04"


@pytest.fixture(scope="module")
def rules() -> set[tuple[str, str]]:
    return {(table, one.rule) for table, promised in contract.promises().items() for one in promised}


def damage(server: str, current: settings.Settings, statements: Iterable[str]) -> None:
    """Do to a database what only its administrator can."""
    connection = psycopg2.connect(urlsplit(server)._replace(path=urlsplit(current.url("owner")).path).geturl())
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(";".join(statements))
    finally:
        connection.close()


def broken(found: contract.Verified) -> set[tuple[str, str]]:
    """Return (table, rule) of each promise that is said to be broken."""
    named = (re.match(r"(\S+): (\w+): not so: ", sentence) for sentence in (*found.failures, *found.warnings))
    return {(match[1], match[2]) for match in named if match}


def test_what_the_steps_load_keeps_every_promise(current: settings.Settings, inbox: Path) -> None:
    run_all(current, inbox)
    counts = steps.verify(current, RUN)
    assert (counts.refused, counts.warned) == (0, 0)
    assert counts.went_out == sum(map(len, contract.promises().values())) > 500
    ((pages,),) = ask(current, "SELECT data_docs FROM core.step_run WHERE step = 'verify'")
    assert len(pages) == 1
    first = current.data_docs / pages[0]
    assert first.read_text(encoding="utf-8").count(".html") == counts.items
    for page in first.parent.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "sumber_etl" not in text, "no address of the database in a report"
        assert not re.search(r"<script|://", text), "nothing is loaded from elsewhere"


def test_every_table_of_the_mart_is_promised_and_every_query_stands_for_a_table(current: settings.Settings) -> None:
    assert {name for (name,) in ask(current, MART)} <= set(contract.promises())
    queries = [file.stem for file in (store.QUERIES / "verify").glob("*.sql")]
    assert len(queries) == sum(one.kind == "UnexpectedRowsExpectation" for promised in contract.promises().values() for one in promised)


# What somebody does to the tables, and which promises that breaks.
DAMAGES = [
    (
        "columns",
        ["ALTER TABLE mart.dim_outlet RENAME COLUMN country TO land", "ALTER TABLE mart.dim_date ADD COLUMN moon text"],
        {("mart.dim_outlet", "columns"), ("mart.dim_outlet", "type"), ("mart.dim_date", "columns")},
    ),
    (
        "type, required, key, values",
        [
            "ALTER TABLE core.rejection ALTER COLUMN name TYPE varchar(400)",
            "ALTER TABLE mart.freshness DROP CONSTRAINT freshness_pkey",
            "ALTER TABLE mart.freshness ALTER COLUMN pending DROP NOT NULL",
            "INSERT INTO mart.freshness SELECT 'moods', records, NULL, newest_at, published_at FROM mart.freshness",
        ],
        {
            ("core.rejection", "type"),
            ("mart.freshness", "key"),
            ("mart.freshness", "required"),
            ("mart.freshness", "values"),
        },
    ),
    (
        "orphans and counts of the mart",
        [
            "SET session_replication_role = replica",
            "DELETE FROM mart.dim_article WHERE article_id = (SELECT min(article_id) FROM mart.fct_appearance)",
            "UPDATE mart.dim_article SET appearances = appearances + 1",
            "UPDATE mart.fct_claim SET articles = articles + 1, first_article_id = 7",
            "DELETE FROM mart.fct_appearance WHERE ctid = (SELECT min(ctid) FROM mart.fct_appearance)",
            "UPDATE mart.fct_source_score SET source_id = 7",
        ],
        {
            ("mart.fct_appearance", "orphans"),
            ("mart.fct_appearance", "counts"),
            ("mart.fct_claim", "orphans"),
            ("mart.fct_claim", "counts"),
            ("mart.dim_article", "counts"),
            ("mart.fct_source_score", "orphans"),
        },
    ),
    (
        "orphans and counts of core",
        [
            "SET session_replication_role = replica",
            "DELETE FROM raw.capture",
            "DELETE FROM core.article WHERE id = (SELECT min(derived_id) FROM core.derivation)",
            "DELETE FROM core.source WHERE id IN (SELECT source_id FROM core.attribution)",
            "DELETE FROM core.claim WHERE ctid = (SELECT min(ctid) FROM core.claim)",
            "UPDATE core.utterance SET id = id + 1, canonical_id = 5",
            "ALTER TABLE core.step_run DROP CONSTRAINT step_run_loses_nothing",
            "UPDATE core.step_run SET refused = refused + 1 WHERE step = 'read'",
        ],
        {
            ("core.article", "orphans"),
            ("core.attribution", "orphans"),
            ("core.attributed_article", "orphans"),
            ("core.derivation", "orphans"),
            ("core.chain", "orphans"),
            ("core.claim", "orphans"),
            ("core.utterance", "orphans"),
            ("core.source_relation", "orphans"),
            ("core.traced_article", "counts"),
            ("core.step_run", "counts"),
        },
    ),
]


@pytest.mark.parametrize(("statements", "expected"), [damage[1:] for damage in DAMAGES], ids=[damage[0] for damage in DAMAGES])
def test_a_broken_promise_is_named(
    server: str, current: settings.Settings, inbox: Path, rules: set[tuple[str, str]], statements: list[str], expected: set[tuple[str, str]]
) -> None:
    assert expected <= rules
    run_all(current, inbox)
    damage(server, current, statements)
    assert broken(contract.verify(current.url("etl"), RUN, current.data_docs)) == expected


def test_what_fails_stops_the_run_and_is_in_the_ledger(current: settings.Settings) -> None:
    ask(current, "ALTER TABLE mart.dim_outlet RENAME COLUMN country TO land")
    with pytest.raises(steps.ContractError, match=r"2 of \d+ promises of the tables are broken, for instance mart\.dim_outlet: columns"):
        steps.verify(current, RUN)
    ((came_in, went_out, refused),) = ask(current, "SELECT came_in, went_out, refused FROM core.step_run WHERE step = 'verify'")
    assert (came_in - went_out, refused) == (2, 2)
    (site,) = data_docs.find(current.data_docs, RUN)
    assert "mart.dim_outlet.html" in (current.data_docs / site.address).read_text(encoding="utf-8")


def test_a_table_that_is_not_there_stops_the_check(current: settings.Settings) -> None:
    ask(current, "DROP TABLE mart.freshness", role="owner")
    with pytest.raises(checks.GateError, match=r"mart\.freshness"):
        contract.verify(current.url("etl"), RUN, current.data_docs)


def test_what_only_warns_lets_the_run_go_on(current: settings.Settings, inbox: Path) -> None:
    run_all(current, inbox)
    ask(current, "UPDATE mart.fct_appearance SET form = 'sung'")
    counts = steps.verify(current, RUN)
    assert (counts.refused, counts.warned) == (0, 1)
