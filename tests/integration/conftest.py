"""One real Airflow on one real Postgres for all integration tests, in a state folder of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from running_stack import PATIENCE, Stack

from stack import airflow, postgres, services
from stack.state import State

INTEGRATION = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bringing everything up takes longer than a test may by default, above all on a busy machine."""
    for item in items:
        if INTEGRATION in item.path.parents:
            item.add_marker(pytest.mark.timeout(PATIENCE))


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of invented articles: two outlets of one agency story, a denial, a page, and two files that are none."""
    folder = tmp_path_factory.mktemp("articles")
    (folder / "selat.txt").write_text(
        "Kabar Teluk\nDermaga Karang ditutup dua hari\nRabu, 4 Maret 2026\n\n"
        "Pelabuhan Karang akan ditutup dua hari, kata dua pejabat yang enggan disebut namanya kepada Reuters pada Selasa.\n\n"
        '"Kami menutup dermaga untuk perbaikan," kata Kepala Pelabuhan Karang, Danu Wiratma.\n\nSumber: Reuters\n',
        encoding="utf-8",
    )
    (folder / "strait.txt").write_text(
        "The Karang Post\nKarang quay to close for two days\nWednesday, March 4, 2026\n\n"
        "Karang harbour will close for two days, two officials who declined to be named told Reuters on Tuesday.\n\n"
        '"We close the quay for repairs," said Danu Wiratma, head of Karang harbour.\n\nSource: Reuters\n',
        encoding="utf-8",
    )
    (folder / "denial.txt").write_text(
        "The Island Courier\nUnion denies strike at Karang\nThursday, March 5, 2026\n\n"
        "The dockers' union denied that a strike had closed the harbour. A spokesman told The Island Courier that work went on.\n",
        encoding="utf-8",
    )
    (folder / "page.html").write_text(
        "<html lang='en'><head><title>Ferries wait at Karang</title><meta property='og:site_name' content='Ferry Times'>"
        "<meta property='article:published_time' content='2026-03-05T08:00:00Z'></head><body><article><h1>Ferries wait at Karang</h1>"
        "<p>Six ferries waited off Karang on Thursday, the coast guard said, because the quay was closed for repairs.</p>"
        "<p>Ferry owner Mira Sulastri said the wait would last two days and cost her company four sailings.</p>"
        "</article></body></html>",
        encoding="utf-8",
    )
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe\x00\x00broken")
    (folder / "lines.jsonl").write_text(json.dumps({"id": "no-text", "lang": "en", "text": 7}) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with enough articles that a task on them can be caught at work."""
    folder = tmp_path_factory.mktemp("many")
    with (folder / "many.jsonl").open("w", encoding="utf-8") as out:
        for number in range(60):
            record = {
                "id": f"many-{number}",
                "lang": "en",
                "url": f"https://ledger.example/{number}",
                "outlet": "The Harbour Ledger",
                "published_at": f"2026-03-{1 + number % 28:02}T06:00:00Z",
                "title": f"Ship {number} arrives at Karang",
                "text": f"Ship {number} arrived at Karang with {100 + number} containers, harbour master Lina Prada said on Monday.\n\n"
                f'"The crane at berth {number} is working," said engineer Tomas Belo.\n\n'
                f"An official familiar with the matter told Reuters that ship {number + 1} would be late by {number % 9 + 1} days.\n",
            }
            out.write(json.dumps(record) + "\n")
    return folder


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, articles: Path) -> Iterator[Stack]:
    """Bring the stack up, run the three DAGs over `articles` once, yield it, and take it down."""
    state = State(tmp_path_factory.mktemp("stack").resolve())
    try:
        services.up(state, named=None)
        running = Stack(state, airflow.client(state))
        running.runs = running.over(articles)
        yield running
    finally:
        services.down(state)
        services.remove(state)


@pytest.fixture(scope="session")
def elsewhere(stack: Stack) -> Callable[..., dict[str, str]]:
    """Return a function that takes folders through the same steps without Airflow, on a fresh database, and returns its fingerprint."""

    def steps(*folders: Path) -> dict[str, str]:
        settings = stack.urls_on("elsewhere")
        environment = {**settings, "SUMBER_ADMIN_DATABASE_URL": postgres.start(stack.state), "SUMBER_AIRFLOW_DATABASE_URL": ""}
        stack.sumber("migrate", **environment)
        for folder in folders:
            stack.sumber("ingest", str(folder), **settings)
        for step in ("read", "attribute-pending", "trace", "score", "publish"):
            stack.sumber(step, **settings)
        return stack.fingerprint(**settings)

    return steps
