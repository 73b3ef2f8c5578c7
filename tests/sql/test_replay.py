"""What was refused is worked on again after a fix: it leaves the open rejections by being accepted, or stays as refused anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from archive import NOON, ask, run_all, run_step

from sumber.pipeline import checks, settings, steps, store

OPEN = "SELECT name, last_run FROM core.rejection WHERE closed_at IS NULL ORDER BY name"
LONG = ["a-north.txt", "b-south.txt", "c-denial.txt"]


@pytest.fixture
def refused(current: settings.Settings, inbox: Path) -> settings.Settings:
    """An archive that was read under a limit which refused its long articles, and the broken file as ever."""
    steps.capture(current, inbox, "strict", captured_at=NOON)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "Limits", partial(checks.Limits, max_length=120))
        run_step(current, "read", "strict")
    assert ask(current, OPEN) == [(name, "strict") for name in (*LONG, "e-broken.txt")]
    return current


def replayed(current: settings.Settings, run: str = "mended", dry_run: bool = False, **chosen: str | date) -> steps.Replayed:
    return steps.replay(current, steps.Chosen(**chosen), run, "tester", 2, dry_run)  # type: ignore[arg-type]


def test_a_fix_closes_what_is_accepted_and_leaves_what_is_refused_anew(refused: settings.Settings) -> None:
    done = replayed(refused)
    assert (done.chosen, done.accepted, done.refused, done.left, done.lost) == (4, 3, 1, 0, 0)
    assert done.changed == 3
    assert ask(refused, OPEN) == [("e-broken.txt", "mended")]
    assert ask(refused, "SELECT name FROM core.article ORDER BY name") == [(name,) for name in (*LONG, "d-quiet.txt")]
    ((came_in, went_out, again),) = ask(
        refused, "SELECT sum(came_in), sum(went_out), sum(refused) FROM core.step_run WHERE run = 'mended' AND step = 'read'"
    )
    assert (came_in, went_out, again) == (4, 3, 1), "exactly what was refused was read again"
    once_more = replayed(refused, "once more")
    assert (once_more.chosen, once_more.accepted, once_more.refused, once_more.changed) == (1, 0, 1, 0)
    assert ask(refused, OPEN) == [("e-broken.txt", "once more")]


def test_only_what_is_chosen_is_replayed_and_a_dry_run_writes_nothing(refused: settings.Settings) -> None:
    before = ask(refused, "SELECT * FROM core.rejection ORDER BY capture_id")
    ((rule,),) = ask(refused, "SELECT rule FROM core.rejection WHERE name = 'a-north.txt'")
    dry = replayed(refused, dry_run=True, rule=rule)
    assert (dry.chosen, dry.left) == (3, 3)
    assert ask(refused, "SELECT * FROM core.rejection ORDER BY capture_id") == before
    assert ask(refused, "SELECT count(*) FROM core.pending WHERE step = 'read'") == [(0,)]
    for chosen in ({"rule": "nobody"}, {"step": "attribute"}, {"outlet": "nobody"}, {"until": NOON.date()}):
        assert replayed(refused, **chosen).chosen == 0  # type: ignore[arg-type]
    assert replayed(refused, since=NOON.date(), rule=rule).accepted == 3
    assert ask(refused, OPEN) == [("e-broken.txt", "strict")]


def test_what_broke_the_attribution_and_what_was_given_up_in_tracing_close_too(
    current: settings.Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("a fault")

    with monkeypatch.context() as patch:
        patch.setattr(steps.attribution, "resolve", fail)
        run_all(current, inbox, "faulty")
    ((quiet,),) = ask(current, "SELECT id FROM core.article WHERE name = 'd-quiet.txt'")
    with store.transaction(current.url("etl")) as cursor:
        store.enqueue(cursor, "trace", [quiet])
    ask(current, "UPDATE core.pending SET attempts = %s WHERE step = 'trace' AND item_id = %s", store.MAX_ATTEMPTS, quiet)
    run_step(current, "trace", "faulty")
    done = replayed(current)
    assert (done.chosen, done.accepted, done.refused, done.left) == (6, 5, 1, 0)
    assert ask(current, OPEN) == [("e-broken.txt", "mended")]


def test_bytes_that_were_not_kept_are_counted_and_stay_open(current: settings.Settings, tmp_path: Path) -> None:
    folder = tmp_path / "press"
    folder.mkdir()
    (folder / "empty.txt").touch()
    counts = steps.capture(replace(current, inbox=folder), None, "first", captured_at=NOON)
    assert counts.refused == 1
    done = replayed(current)
    assert (done.chosen, done.lost) == (0, 1)
    assert ask(current, "SELECT count(*) FROM core.rejection WHERE closed_at IS NULL") == [(1,)]
