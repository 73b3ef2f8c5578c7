"""How the DAGs join the steps: each run goes through Airflow's task runner, with the steps replaced by ones that note what they are given.

What the steps themselves do is tested elsewhere, and the whole pipeline through a real scheduler in tests/integration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sumber.pipeline import alerts, settings, steps
from sumber.pipeline.steps import Counts


@pytest.fixture(scope="module")
def dags(metadata: None) -> Iterator[dict[str, Any]]:
    from airflow.dag_processing.dagbag import DagBag

    found = DagBag(str(Path(__file__).resolve().parents[2] / "dags")).dags
    for dag in found.values():
        dag.deadline = []  # Airflow 3.3.2's dag.test() fails on a DAG with a deadline that it has stored before
    yield found


class Outcome:
    """What one run did: each task's states (one per mapped batch), the events that it told, and its own state."""

    def __init__(self, run: Any) -> None:
        from airflow.models.asset import AssetEvent
        from airflow.utils.session import create_session
        from sqlalchemy import select

        self.state = str(run.state)
        self.tasks: dict[str, list[str]] = {}
        for instance in sorted(run.get_task_instances(), key=lambda instance: (instance.task_id, instance.map_index)):
            self.tasks.setdefault(instance.task_id, []).append(str(instance.state))
        with create_session() as session:
            told = session.scalars(select(AssetEvent).where(AssetEvent.source_run_id == run.run_id, AssetEvent.source_dag_id == run.dag_id))
            self.events = [(event.asset.name, dict(event.extra)) for event in told]


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[tuple[Any, ...]]]:
    """Replace the steps by ones that note their arguments; a batch whose number is 13 fails."""
    noted: dict[str, list[tuple[Any, ...]]] = {}

    def step(name: str) -> Callable[..., Counts]:
        def run(settings: object, *arguments: Any, **options: Any) -> Counts:
            noted.setdefault(name, []).append((*arguments, *options.values()))
            if arguments[0] == 13:
                raise FileNotFoundError("a fault that is not retried")
            return Counts(items=2, came_in=5, went_out=4, refused=1, changed=2)

        return run

    for name in ("capture", "poll", "read_articles", "attribute", "trace", "score_days", "publish", "verify", "watch"):
        monkeypatch.setattr(steps, name, step(name))
    monkeypatch.setattr(steps, "check", lambda settings, *arguments: noted.setdefault("check", []).append(arguments) or Counts())
    monkeypatch.setattr(steps, "settle", lambda *_: Counts())
    return noted


def leases(monkeypatch: pytest.MonkeyPatch, given: dict[str, list[tuple[Any, ...]]], **batches: list[int]) -> None:
    def lease(settings: object, step: str, owner: str, size: int) -> list[int]:
        given.setdefault("lease", []).append((step, owner, size))
        return batches.get(step, [])

    monkeypatch.setattr(steps, "lease", lease)


def run(dag: Any, **params: Any) -> Outcome:
    return Outcome(dag.test(run_conf=params))


Given = dict[str, list[tuple[Any, ...]]]


def test_a_failed_batch_turns_the_run_red_and_the_others_are_announced(
    dags: dict[str, Any], given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    leases(monkeypatch, given, read=[13, 8, 9])
    outcome = run(dags["ingest_articles"], inbox="press", batch_size=7)
    assert outcome.tasks["read_articles"] == ["failed", "success", "success"]
    assert outcome.tasks["announce"] == ["success"]
    assert outcome.tasks["account"] == ["upstream_failed"]
    assert outcome.state == "failed"
    (event,) = outcome.events
    assert event == ("core.article", {"items": 4, "came_in": 10, "went_out": 8, "refused": 2, "changed": 4, "warned": 0})
    ((place, owner, dry_run),) = given["capture"]
    assert (place, dry_run) == ("press", False)
    assert given["lease"] == [("read", owner, 7)]
    assert sorted(given["read_articles"]) == [(8, owner), (9, owner), (13, owner)], "one run owns all it takes"


def test_nothing_pending_is_skipped_without_an_event(dags: dict[str, Any], given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    leases(monkeypatch, given)
    for name, mapped in (("ingest_articles", {"read_articles"}), ("attribute_claims", {"attribute", "trace"})):
        outcome = run(dags[name])
        assert outcome.state == "success"
        assert outcome.events == []
        for task in ({"announce"} | mapped) & set(outcome.tasks):
            assert set(outcome.tasks[task]) == {"skipped"}, task
    assert not {"read_articles", "attribute", "trace"} & set(given)


def test_files_are_read_though_no_feed_could_be_polled(dags: dict[str, Any], given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    leases(monkeypatch, given, read=[8])

    def poll(*_: object) -> Counts:
        raise FileNotFoundError("no contact is set, say")

    monkeypatch.setattr(steps, "poll", poll)
    outcome = run(dags["ingest_articles"])
    assert outcome.tasks["read_articles"] == ["success"]
    assert (outcome.state, outcome.tasks["account"]) == ("failed", ["upstream_failed"])


def test_a_run_that_changed_nothing_wakes_nobody(dags: dict[str, Any], given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    leases(monkeypatch, given, read=[8])
    monkeypatch.setattr(steps, "read_articles", lambda *_: Counts(items=2, came_in=2, went_out=1, refused=1))
    outcome = run(dags["ingest_articles"])
    assert (outcome.state, outcome.events) == ("success", [])
    assert (outcome.tasks["announce"], outcome.tasks["account"]) == (["skipped"], ["success"])


def test_a_dry_run_ends_after_the_capture(dags: dict[str, Any], given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    leases(monkeypatch, given, read=[8])
    outcome = run(dags["ingest_articles"], dry_run=True)
    assert [dry_run for _, _, dry_run in given["capture"]] == [True]
    assert set(given) == {"capture"}
    assert (outcome.state, outcome.events, outcome.tasks["lease"]) == ("success", [], ["skipped"])


def test_chains_are_traced_though_a_batch_was_not_attributed(dags: dict[str, Any], given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    leases(monkeypatch, given, attribute=[8, 13], trace=[21])
    outcome = run(dags["attribute_claims"])
    assert outcome.tasks["attribute"] == ["success", "failed"]
    assert outcome.tasks["trace"] == outcome.tasks["announce"] == ["success"]
    assert outcome.state == "failed"
    assert [name for name, _ in outcome.events] == ["core.chain"]


def test_chains_are_traced_though_nothing_was_to_be_attributed(dags: dict[str, Any], given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    leases(monkeypatch, given, trace=[21])
    outcome = run(dags["attribute_claims"])
    assert outcome.state == "success"
    assert outcome.tasks["account"] == outcome.tasks["check"] == ["success"]
    assert len(given["check"]) == 1
    assert outcome.events == [("core.chain", {"items": 2, "came_in": 5, "went_out": 4, "refused": 1, "changed": 2, "warned": 0})]


def test_chains_that_disagree_with_their_edges_turn_the_run_red_and_tell_the_webhook(
    dags: dict[str, Any], given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    leases(monkeypatch, given, trace=[21])
    told: list[str] = []

    async def post(address: str, sentence: str) -> None:
        told.append(sentence)

    def disagree(*_: object) -> Counts:
        raise steps.DisagreementError("3 of 40 chains are not what their edges give")

    monkeypatch.setattr(steps, "check", disagree)
    monkeypatch.setattr(alerts, "_post", post)
    monkeypatch.setenv("SUMBER_ALERT_URL", "http://127.0.0.1:1/hook")
    settings.current.cache_clear()
    try:
        outcome = run(dags["attribute_claims"])
    finally:
        settings.current.cache_clear()
    assert outcome.tasks["check"] == ["failed"]
    assert outcome.state == "failed"
    # What was traced is announced all the same.
    assert [name for name, _ in outcome.events] == ["core.chain"]
    (sentence,) = told
    for part in ("attribute_claims", "check", "3 of 40 chains"):
        assert part in sentence


def test_articles_are_attributed_again_only_when_somebody_says_so(
    dags: dict[str, Any], given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    leases(monkeypatch, given)
    monkeypatch.setattr(steps, "requeue", lambda settings, *chosen: given.setdefault("requeue", []).append(chosen))
    run(dags["attribute_claims"])
    assert "requeue" not in given
    run(dags["attribute_claims"], again=True, **{"from": "2026-03-01", "outlet": "Kabar Pesisir"})
    assert given["requeue"] == [("attribute", date(2026, 3, 1), None, "Kabar Pesisir")]


def test_scores_are_for_the_day_of_the_run_or_the_one_asked_for(dags: dict[str, Any], given: Given) -> None:
    run(dags["score_sources"])
    outcome = run(dags["score_sources"], day="2026-03-01")
    run(dags["score_sources"], day="2026-03-01", **{"from": "2026-02-20"})
    (first, today, run_after, _), (alone, asked, known_at, _), (since, until, _, _) = given["score_days"]
    assert first == today == run_after.date()
    assert alone == asked == date(2026, 3, 1)
    assert known_at.tzinfo is not None
    assert (since, until) == (date(2026, 2, 20), date(2026, 3, 1))
    assert outcome.state == "success"
    assert outcome.events == [("mart", {"scored": 4, "published": 4})]


def test_what_was_refused_is_replayed_as_chosen_and_told_of_where_it_changed_something(
    dags: dict[str, Any], given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replay(_: object, chosen: steps.Chosen, run: str, owner: str, size: int, dry_run: bool) -> steps.Replayed:
        given.setdefault("replay", []).append((chosen, run == owner, size, dry_run))
        return steps.Replayed(chosen=3, left=3) if dry_run else steps.Replayed(chosen=3, accepted=2, refused=1, changed=2)

    monkeypatch.setattr(steps, "replay", replay)
    asked = {"rule": "date_known", "step": "read", "outlet": "Kabar Pesisir", "from": "2026-03-01", "batch_size": 7}
    outcome = run(dags["replay_rejections"], **asked)
    assert given["replay"] == [(steps.Chosen("date_known", "read", "Kabar Pesisir", date(2026, 3, 1), None), True, 7, False)]
    assert outcome.state == "success"
    assert outcome.events == [("core.article", {"chosen": 3, "accepted": 2, "refused": 1, "left": 0, "lost": 0, "changed": 2})]
    dry = run(dags["replay_rejections"], dry_run=True)
    assert (dry.state, dry.events, dry.tasks["announce"]) == ("success", [], ["skipped"])


def test_the_last_day_is_watched_and_the_counts_are_kept(dags: dict[str, Any], given: Given) -> None:
    outcome = run(dags["watch_coverage"])
    assert len(given["watch"]) == 1
    assert (outcome.state, outcome.tasks, outcome.events) == ("success", {"watch": ["success"]}, [])


# --- the tables after load -----------------------------------------------------------------------------------


def test_a_broken_promise_turns_the_run_red_and_wakes_no_dashboard(
    dags: dict[str, Any], given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Counts:
        raise steps.ContractError("2 of 700 promises of the tables are broken")

    monkeypatch.setattr(steps, "verify", broken)
    outcome = run(dags["score_sources"])
    assert outcome.tasks == {"score": ["success"], "publish": ["success"], "verify": ["failed"], "announce": ["upstream_failed"]}
    assert (outcome.state, outcome.events) == ("failed", [])


# --- Data Docs -----------------------------------------------------------------------------------------------

GATES = {
    ("attribute_claims", "attribute"),
    ("ingest_articles", "read_articles"),
    ("replay_rejections", "replay"),
    ("score_sources", "verify"),
    ("watch_coverage", "watch"),
}


def test_tasks_that_gate_have_the_button_and_no_others(dags: dict[str, Any]) -> None:
    assert {(name, task.task_id) for name, dag in dags.items() for task in dag.tasks if task.operator_extra_links} == GATES


def test_the_button_leads_to_the_pages_of_the_run_or_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    from sumber.pipeline.wiring import DataDocsLink

    key = SimpleNamespace(run_id="manual__2026-05-02T00:00:00+00:00")
    address = DataDocsLink().get_link(SimpleNamespace(op_kwargs={"batch": 7}), ti_key=key)
    assert address.endswith("/sumber/data-docs/?run=manual__2026-05-02T00%3A00%3A00%2B00%3A00&batch=7")
    monkeypatch.setenv("AIRFLOW__API__BASE_URL", "https://news.example/airflow/")
    assert DataDocsLink().get_link(SimpleNamespace(op_kwargs={}), ti_key=key).startswith("/airflow/sumber/data-docs/?run=manual")
