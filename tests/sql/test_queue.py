"""Pending work: leased in batches, given back to its owner, never to two at once, and never for ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from archive import NOON, ask, run_all, run_step

from sumber.pipeline import settings, steps, store


@pytest.fixture
def queued(current: settings.Settings, inbox: Path) -> settings.Settings:
    """Five captures that wait to be read."""
    steps.capture(current, inbox, "test", captured_at=NOON)
    return current


def lease(current: settings.Settings, owner: str, size: int = 2) -> list[int]:
    return steps.lease(current, "read", owner, size)


def items(current: settings.Settings, batch: int) -> list[int]:
    with store.transaction(current.url("etl")) as cursor:
        return store.begin(cursor, "read", batch)


def forget_leases(current: settings.Settings) -> None:
    """Let every lease end, as time does."""
    ask(current, "UPDATE core.pending SET leased_until = now() - interval '1 second' WHERE leased_until IS NOT NULL")


def test_a_capture_and_its_place_in_the_queue_come_together(queued: settings.Settings, inbox: Path) -> None:
    assert ask(queued, "SELECT count(*) FROM core.pending WHERE step = 'read'") == [(5,)]
    steps.capture(queued, inbox, "again", captured_at=NOON)
    assert ask(queued, "SELECT sum(requests) FROM core.pending") == [(5,)], "what is already stored is not read again"


def test_batches_hold_everything_once(queued: settings.Settings) -> None:
    batches = lease(queued, "a")
    held = [items(queued, batch) for batch in batches]
    assert [len(batch) for batch in held] == [2, 2, 1]
    assert len({item for batch in held for item in batch}) == 5


def test_the_same_owner_gets_the_same_batches_back_and_others_get_none(queued: settings.Settings) -> None:
    batches = lease(queued, "a")
    assert sorted(lease(queued, "a")) == sorted(batches)
    assert lease(queued, "b") == []


def test_a_lease_that_ended_goes_to_the_next_who_asks(queued: settings.Settings) -> None:
    (before,) = lease(queued, "a", size=10)
    began = items(queued, before)
    forget_leases(queued)
    (after,) = lease(queued, "b", size=10)
    assert items(queued, after) == began
    assert items(queued, before) == [], "the first owner's batch is empty now"


def test_a_batch_that_was_taken_away_writes_nothing(queued: settings.Settings) -> None:
    (batch,) = lease(queued, "a", size=10)
    began = items(queued, batch)
    forget_leases(queued)
    lease(queued, "b", size=10)
    with pytest.raises(store.LeaseLostError, match="no longer held"), store.transaction(queued.url("etl")) as cursor:
        store.settle(cursor, "read", batch, began)
    assert ask(queued, "SELECT count(*) FROM core.pending WHERE owner = 'b'") == [(5,)]


def test_two_who_ask_at_once_share_the_work(queued: settings.Settings) -> None:
    """The second does not wait for the first transaction: it skips the rows that are locked."""
    with store.transaction(queued.url("etl")) as first:
        mine = store.lease(first, "read", "a", 2)
        with store.transaction(queued.url("etl")) as second:
            assert store.lease(second, "read", "b", 2) == []
    assert len(mine) == 3


def test_work_asked_for_while_it_goes_on_stays_pending(queued: settings.Settings) -> None:
    (batch,) = lease(queued, "a", size=10)
    began = items(queued, batch)
    with store.transaction(queued.url("etl")) as cursor:
        store.enqueue(cursor, "read", began[:1])
    with store.transaction(queued.url("etl")) as cursor:
        store.settle(cursor, "read", batch, began)
    assert ask(queued, "SELECT item_id, owner FROM core.pending") == [(began[0], None)]


def test_a_settled_batch_has_nothing_left_to_do(current: settings.Settings, inbox: Path) -> None:
    steps.capture(current, inbox, "test", captured_at=NOON)
    (batch,) = lease(current, "a", size=10)
    assert steps.read_articles(current, batch, "test").came_in == 5
    before = ask(current, "SELECT * FROM core.step_run WHERE step = 'read'")
    assert steps.read_articles(current, batch, "test") == steps.Counts()
    assert ask(current, "SELECT * FROM core.step_run WHERE step = 'read'") == before, "the ledger keeps what was done"


@pytest.fixture
def broken_writes(monkeypatch: pytest.MonkeyPatch, queued: settings.Settings) -> Iterator[int]:
    """One capture whose article cannot be written, whatever batch it is in; its id."""
    ((poison,),) = ask(queued, "SELECT id FROM raw.capture WHERE name = 'c-denial.txt'")
    replace = store.replace_articles

    def fail(cursor: store.Cursor, captures: list[int], *rest: object) -> list[int]:
        if poison in captures:
            raise RuntimeError("the disk says no")
        return replace(cursor, captures, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(store, "replace_articles", fail)
        yield poison


def test_one_poisonous_item_neither_holds_up_the_rest_nor_loops_for_ever(queued: settings.Settings, broken_writes: int) -> None:
    rounds = 0
    while ask(queued, "SELECT count(*) FROM core.pending WHERE step = 'read'") != [(0,)]:
        rounds += 1
        assert rounds < 20, "it loops for ever"
        for batch in lease(queued, f"run {rounds}", size=80):
            try:
                steps.read_articles(queued, batch, f"run {rounds}")
            except RuntimeError:
                forget_leases(queued)
    # Three attempts in one batch, three in batches of two, three alone; then it is given up.
    assert rounds == store.MAX_ATTEMPTS + 1
    assert ask(queued, "SELECT count(*) FROM core.article") == [(3,)]
    ((capture, reason),) = ask(queued, "SELECT capture_id, reason FROM core.rejection WHERE rule = 'given_up'")
    assert capture == broken_writes
    assert reason == "9 attempts failed; the last one: RuntimeError: the disk says no"


def test_what_was_given_up_can_be_asked_for_again(queued: settings.Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    ((capture,),) = ask(queued, "SELECT id FROM raw.capture WHERE name = 'c-denial.txt'")
    ask(queued, "UPDATE core.pending SET attempts = %s, last_failure = 'x' WHERE item_id = %s", store.MAX_ATTEMPTS, capture)
    run_step(queued, "read", "first")
    assert ask(queued, "SELECT count(*) FROM core.rejection WHERE rule = 'given_up' AND closed_at IS NULL") == [(1,)]
    with store.transaction(queued.url("etl")) as cursor:
        store.enqueue(cursor, "read", [capture])
    run_step(queued, "read", "second")
    assert ask(queued, "SELECT count(*) FROM core.rejection WHERE rule = 'given_up' AND closed_at IS NULL") == [(0,)]
    assert ask(queued, "SELECT count(*) FROM core.article WHERE name = 'c-denial.txt'") == [(1,)]


def test_a_change_in_the_registry_queues_the_articles_that_it_concerns(current: settings.Settings, inbox: Path) -> None:
    run_all(current, inbox)
    assert steps.lease(current, "attribute", "a", 10) == []
    # As if the registry had got to know this name of Reuters only since.
    ask(current, "DELETE FROM core.source_alias WHERE alias = 'Reuters'")
    (batch,) = steps.lease(current, "attribute", "a", 10)
    named = ask(
        current,
        "SELECT name FROM core.article INNER JOIN core.pending ON pending.item_id = article.id WHERE batch_id = %s ORDER BY name",
        batch,
    )
    assert [name for (name,) in named] == ["a-north.txt", "b-south.txt"]
