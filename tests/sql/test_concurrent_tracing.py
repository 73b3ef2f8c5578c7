"""Workers that trace at the same time what belongs together: no dead-lock, nothing twice, the state that one worker leaves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from archive import ARTICLES, NOON, ask, empty, fingerprint, run_step, write
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - a type, named like one

from sumber.pipeline import reviews, settings, steps, store
from sumber.sourcing import identity

PAPERS = ("Northern Courier", "Southern Herald", "Ostra Evening", "Eastern Post", "Harbour Gazette", "Western Mail")
ROUNDS = 30
QUOTE = "We have to mend the lock gates,"


def copies() -> dict[str, str | bytes]:
    """Return one story in six papers, and what else is in the small archive: every batch of one touches every other."""
    north = ARTICLES["a-north.txt"]
    assert isinstance(north, str)
    return {f"{number}.txt": north.replace("Northern Courier", paper) for number, paper in enumerate(PAPERS)} | {
        name: ARTICLES[name] for name in ("b-south.txt", "c-denial.txt")
    }


def prepare(current: settings.Settings, inbox: Path) -> None:
    steps.capture(current, inbox, "prepare", captured_at=NOON)
    for step in ("read", "attribute"):
        run_step(current, step, "prepare")


def work(current: settings.Settings, owner: str) -> None:
    """Lease article by article until nothing waits; once on the way, ask for what the other one works on to be traced again."""
    for number in range(ROUNDS):
        batches = steps.lease(current, "trace", owner, 1)
        for batch in batches:
            steps.trace(current, batch, owner)
        if number == 0:
            with store.transaction(current.url("etl")) as cursor:
                store.requeue(cursor, "trace")
        if not batches and number:
            return
    raise AssertionError("tracing never comes to an end")


def test_two_workers_at_once_leave_what_one_leaves(current: settings.Settings, tmp_path: Path) -> None:
    inbox = write(tmp_path / "papers", copies())
    prepare(current, inbox)
    run_step(current, "trace", "alone")
    alone = fingerprint(current)
    empty(current)
    # Each holds half of the story in batches of one article before either begins.
    for owner, part in (("left", 0), ("right", 1)):
        names = sorted(copies())[part::2]
        prepare(current, write(tmp_path / owner, {name: copies()[name] for name in names}))
        assert len(steps.lease(current, "trace", owner, 1)) == len(names)
    children = []
    for owner in ("left", "right"):
        child = os.fork()
        if child == 0:
            try:
                work(current, owner)
            except BaseException:
                os._exit(1)
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    # What one queued while the other was about to stop is left to the next run, as in a schedule.
    run_step(current, "trace", "next")
    assert ask(current, "SELECT count(*) FROM core.pending") == [(0,)]
    assert ask(current, "SELECT count(*) FROM core.traced_article WHERE closed_at IS NULL GROUP BY article_id HAVING count(*) > 1") == []
    ((worked,),) = ask(current, "SELECT count(DISTINCT run) FROM core.step_run WHERE step = 'trace' AND run IN ('left', 'right')")
    assert worked == 2
    assert fingerprint(current) == alone


def some(*names: str) -> dict[str, str | bytes]:
    return {name: copies()[name] for name in names}


def happen(current: settings.Settings, inbox: Path, rejected: tuple[str, ...]) -> None:
    """Let two papers come, people reject passages and part two others, and one article be withdrawn; trace nothing."""
    prepare(current, write(inbox, some("1.txt", "5.txt")))
    sha256 = {name: identity.sha256(str(text).encode()) for name, text in copies().items()}
    for name in rejected:
        reviews.submit(current, reviews.Review(sha256[name], QUOTE, reviews.Verdict.REJECT, "Ines", "misheard"), NOON)
    two = {"other_sha256": sha256["b-south.txt"], "other_quote": QUOTE}
    reviews.submit(current, reviews.Review(sha256["1.txt"], QUOTE, reviews.Verdict.NOT_SAME_CLAIM, "Ines", "said twice", **two), NOON)
    run_step(current, "attribute", "meanwhile")
    gone = ask(current, "SELECT id FROM core.article WHERE name = '2.txt'")[0]
    ask(current, "UPDATE core.attributed_article SET closed_at = greatest(now(), opened_at) WHERE article_id = %s", *gone)
    with store.transaction(current.url("etl")) as cursor:
        store.enqueue(cursor, "trace", gone)


@pytest.mark.parametrize("rejected", [("4.txt",), ("3.txt", "4.txt")], ids=["of others", "also of its own"])
def test_nothing_that_was_read_before_waiting_is_stale(
    current: settings.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rejected: tuple[str, ...]
) -> None:
    """While a batch that has been read and filed waits, others write: 2.txt and 4.txt named claims of its own, and do so no more."""
    here, elsewhere = some("0.txt", "3.txt"), some("2.txt", "4.txt", "b-south.txt", "c-denial.txt")
    prepare(current, write(tmp_path / "all", here | elsewhere))
    happen(current, tmp_path / "more", rejected)
    run_step(current, "trace", "at once")
    expected = fingerprint(current)
    empty(current)
    prepare(current, write(tmp_path / "here", here))
    (batch,) = steps.lease(current, "trace", "waiter", 10)
    prepare(current, write(tmp_path / "elsewhere", elsewhere))
    run_step(current, "trace", "before")
    wait, waited = store.lock_grouping, []

    def meanwhile(cursor: Cursor) -> None:
        if not waited:
            waited.append(True)
            happen(current, tmp_path / "more", rejected)
            run_step(current, "trace", "meanwhile")
        wait(cursor)

    monkeypatch.setattr(store, "lock_grouping", meanwhile)
    steps.trace(current, batch, "waiter")
    assert waited
    # What rests on a story that is told elsewhere now is traced again; what was grouped is right before.
    grouped = ("core.utterance", "core.claim", "core.claim_relation", "core.derivation")
    found = fingerprint(current)
    assert {name: found[name] for name in grouped} == {name: expected[name] for name in grouped}
    run_step(current, "trace", "next")
    assert ask(current, "SELECT count(*) FROM core.pending") == [(0,)]
    assert fingerprint(current) == expected
