"""What holds for tracing whatever arrives, whenever: Hypothesis chooses the order, the batches, what comes twice and what is withdrawn."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from archive import NOON, ask, fingerprint, run_step
from hypothesis import HealthCheck, given, settings, strategies

from sumber.pipeline import settings as configuration
from sumber.pipeline import steps, store

DOCKS = "Ostra plans to lease its northern docks to a foreign shipbuilder for thirty years"
GATES = "The lock gates of Ostra have {} cracks and need repair, the harbour master Lena Brandt said on Monday.\n\n{}\n"
TEXTS = {
    "vague": f"{DOCKS}, US media reported on Monday, citing two officials.\n\nThe council of the harbour did not answer questions.\n",
    "reprint": f"{DOCKS}, US media reported on Monday, citing two officials.\n\nThe council of the harbour did not answer questions.\n",
    "naming": f"{DOCKS}, the New York Times reported on Monday, citing officials.\n\nThe mayor was on holiday and could not be asked.\n",
    "gates": GATES.format(14, "Ships pass all the same."),
    "gates again": GATES.format(14, "The northern quay is closed."),
    "fewer gates": GATES.format(9, "Divers went down twice."),
    "ferry": "The ferry to Halm will be twice as fast from June, the operator Jonas Vik said on Tuesday.\n\nThe terminal is new.\n",
}
NAMES = list(TEXTS)
UNTRACED = """
    TRUNCATE core.traced_article, core.utterance, core.claim, core.chain, core.chain_dependency, core.resolved_hop, core.derivation,
    core.claim_relation, core.root_claim, core.filed_article, core.article_band, core.article_key, core.passage_key,
    core.pending, core.step_run
"""


@pytest.fixture
def attributed(database: configuration.Settings, tmp_path: Path) -> configuration.Settings:
    """A database in which every article is attributed and none is traced."""
    records = [
        {"id": name, "lang": "en", "outlet": f"Paper {number}", "published_at": f"2026-05-{4 + number % 3:02}T08:00:00Z", "text": text}
        for number, (name, text) in enumerate(TEXTS.items())
    ]
    (tmp_path / "records.jsonl").write_text("\n".join(map(json.dumps, records)))
    steps.capture(database, tmp_path, "arrival", captured_at=NOON)
    for step in ("read", "attribute"):
        run_step(database, step, "arrival")
    return database


class Archive:
    """Articles that are traced, traced again and withdrawn; `settled` notes which, by batch."""

    def __init__(self, current: configuration.Settings) -> None:
        self.current = current
        self.ids = dict(ask(current, "SELECT name, id FROM core.article"))
        self.names = {number: name for name, number in self.ids.items()}

    def clear(self) -> None:
        ask(self.current, UNTRACED)
        ask(self.current, "UPDATE core.attributed_article SET closed_at = NULL")

    def trace(self, names: Iterable[str]) -> None:
        with store.transaction(self.current.url("etl")) as cursor:
            store.enqueue(cursor, "trace", [self.ids[name] for name in names])
        run_step(self.current, "trace", "properties")

    def withdraw(self, names: Iterable[str]) -> None:
        """Close what was attributed, as a reading that is refused does."""
        gone = [self.ids[name] for name in names]
        ask(self.current, "UPDATE core.attributed_article SET closed_at = greatest(now(), opened_at) WHERE article_id = ANY(%s)", gone)

    def state(self) -> dict[str, str]:
        assert ask(self.current, "SELECT count(*) FROM core.pending") == [(0,)]
        checked = steps.check(self.current, "check", whole=True)
        assert checked.came_in == checked.went_out
        return fingerprint(self.current)


def test_the_state_depends_on_what_is_there_alone(attributed: configuration.Settings) -> None:
    """Not on the order of arrival, on batches, on what came twice, or on what was there meanwhile."""
    archive = Archive(attributed)
    at_once: dict[frozenset[str], dict[str, str]] = {}

    def batch(gone: frozenset[str]) -> dict[str, str]:
        if gone not in at_once:
            archive.clear()
            archive.withdraw(gone)
            archive.trace(NAMES)
            at_once[gone] = archive.state()
        return at_once[gone]

    assert batch(frozenset()) != batch(frozenset({"naming"})), "evidence matters"

    @settings(max_examples=8, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(
        order=strategies.permutations(NAMES),
        cuts=strategies.sets(strategies.integers(1, len(NAMES) - 1), max_size=3),
        twice=strategies.lists(strategies.sampled_from(NAMES), max_size=2),
        gone=strategies.frozensets(strategies.sampled_from(["naming", "gates", "reprint"]), max_size=2),
    )
    def holds(order: list[str], cuts: set[int], twice: list[str], gone: frozenset[str]) -> None:
        expected = batch(gone)
        archive.clear()
        places = [0, *sorted(cuts), len(order)]
        for start, end in pairwise(places):
            archive.trace(order[start:end])
        if twice:
            archive.trace(twice)
        if gone:
            archive.withdraw(gone)
            archive.trace(gone)
        assert archive.state() == expected

    holds()


def test_late_evidence_traces_again_what_rests_on_it_and_nothing_else(
    attributed: configuration.Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive(attributed)
    archive.clear()
    traced: list[set[str]] = []
    settle = store.settle

    def noted(cursor: Any, step: str, batch: int, items: list[int]) -> None:
        traced.append({archive.names[item] for item in items})
        settle(cursor, step, batch, items)

    monkeypatch.setattr(store, "settle", noted)
    archive.trace(name for name in NAMES if name != "naming")
    traced.clear()
    # It names whom two articles leave vague: they follow, the other four stay as they are.
    archive.trace(["naming"])
    assert traced == [{"naming"}, {"vague", "reprint"}]
    generations = dict(
        ask(
            attributed,
            """
            SELECT article.name, max(traced.generation)
            FROM core.traced_article AS traced INNER JOIN core.article ON article.id = traced.article_id
            GROUP BY article.name
            """,
        )
    )
    assert {name for name, number in generations.items() if number > 1} == {"vague", "reprint"}
    traced.clear()
    # Evidence that goes does the same.
    archive.withdraw(["naming"])
    archive.trace(["naming"])
    assert traced == [{"naming"}, {"vague", "reprint"}]
    traced.clear()
    # What bears on nobody traces nobody again.
    archive.trace(["ferry"])
    assert traced == [{"ferry"}]
