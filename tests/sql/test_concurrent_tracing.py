"""Two workers that trace at the same time what belongs together: no dead-lock, nothing twice, the state that one worker leaves."""

from __future__ import annotations

import os
from pathlib import Path

from archive import ARTICLES, NOON, ask, empty, fingerprint, run_step, write

from sumber.pipeline import settings, steps, store

PAPERS = ("Northern Courier", "Southern Herald", "Ostra Evening", "Eastern Post", "Harbour Gazette", "Western Mail")
ROUNDS = 30


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
