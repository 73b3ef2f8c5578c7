"""Same inputs give the same rows: run again, in other batches, in another order, or killed anywhere and run again."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from archive import ARTICLES, DAY, NOON, ask, empty, fingerprint, in_child, run_all, run_step, write

from sumber.commands import pending
from sumber.pipeline import checks, data_docs, settings, steps, store
from sumber.sourcing.model import Appearance, Article, Refusal

GENERATIONS = "SELECT max(generation) FROM core.article UNION ALL SELECT max(generation) FROM core.attributed_article"


def test_what_comes_in_goes_out_or_is_refused(current: settings.Settings, inbox: Path) -> None:
    counts = run_all(current, inbox)
    for name, one in counts.items():
        assert one.came_in == one.went_out + one.refused, name
    # Five files, of which one is no article.
    assert (counts["capture"].came_in, counts["capture"].refused) == (5, 0)
    assert (counts["read"].came_in, counts["read"].went_out, counts["read"].refused) == (5, 4, 1)
    assert counts["attribute"].items == counts["trace"].items == 4
    assert counts["attribute"].went_out >= 5
    assert ask(current, "SELECT count(*) FROM core.pending") == [(0,)]
    ((name, step, value),) = ask(current, "SELECT name, step, value FROM core.rejection WHERE closed_at IS NULL")
    assert (name, step) == ("e-broken.txt", "read")
    assert value
    # The ledger says the same.
    ledger = dict(ask(current, "SELECT step, came_in FROM core.step_run"))
    assert ledger == {name: one.came_in for name, one in counts.items()}


def test_a_chain_that_names_a_source_as_the_registry_s_though_it_is_not_is_refused(
    current: settings.Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve = steps.attribution.resolve

    def misread(article: Article, *rest: Any) -> tuple[Sequence[Appearance], Sequence[Refusal]]:
        found, refused = resolve(article, *rest)
        first, *others = found
        stranger = replace(first.attributions[-1].source, id=1, key="nobody-has-this-key", is_known=True)
        end = replace(first.attributions[-1], source=stranger)
        return (replace(first, attributions=(*first.attributions[:-1], end)), *others), refused

    steps.capture(current, inbox / "a-north.txt", "first", captured_at=NOON)
    run_step(current, "read", "first")
    monkeypatch.setattr(steps.attribution, "resolve", misread)
    counts = run_step(current, "attribute", "first")
    assert (counts.came_in, counts.refused) == (counts.went_out + 1, 1)
    assert ask(current, "SELECT rule, value FROM core.rejection WHERE step = 'attribute'") == [("source_known", "1")]
    assert ask(current, "SELECT count(*) FROM core.attribution WHERE source_id = 1") == [(0,)]


def test_a_second_run_changes_nothing(current: settings.Settings, inbox: Path) -> None:
    run_all(current, inbox, "first")
    before = fingerprint(current)
    again = run_all(current, inbox, "second")
    assert fingerprint(current) == before
    assert {name: one.changed for name, one in again.items()} == dict.fromkeys(again, 0)


def test_working_again_on_everything_opens_no_new_generation(current: settings.Settings, inbox: Path) -> None:
    run_all(current, inbox)
    before = fingerprint(current)
    # The fifth capture was refused, and is read again all the same.
    for name, items in (("read", 5), ("attribute", 4), ("trace", 4)):
        assert steps.requeue(current, name, None, None, None) == items
        assert run_step(current, name, "again").items == items
    steps.publish(current, "again")
    assert fingerprint(current) == before
    assert ask(current, GENERATIONS) == [(1,), (1,)]


def test_neither_batches_nor_the_order_of_arrival_matter(current: settings.Settings, inbox: Path, tmp_path: Path) -> None:
    """One by one, the last file first, each worked off before the next one comes: the state is that of one batch."""
    for name in reversed(ARTICLES):
        # A file alone has the name that it has in the folder.
        steps.capture(current, inbox / name, f"only {name}", captured_at=NOON)
        for step in ("read", "attribute", "trace"):
            run_step(current, step, f"only {name}", size=1)
    steps.score(current, DAY, NOON, "end")
    steps.publish(current, "end")
    piecemeal = fingerprint(current)
    # The same database, emptied: source names and the like must not remember.
    empty(current)
    run_all(current, inbox)
    assert fingerprint(current) == piecemeal


# At which of its statements each step dies, one death after the other, before it may end; fewer deaths than make an item be given up.
DEATHS = {
    "capture": (1, 3, 4),
    "read": (2, 5, 8),
    "attribute": (3, 5, 8, 10),
    "trace": (2, 5, 9, 13, 17, 21, 24),
    "score": (3, 6),
    "publish": (4, 9, 14),
}


def test_steps_killed_again_and_again_end_in_the_same_state(current: settings.Settings, inbox: Path) -> None:
    run_all(current, inbox)
    expected = fingerprint(current)
    empty(current)
    for step, deaths in DEATHS.items():
        for statements in deaths:
            killed = in_child(lambda step=step, statements=statements: _die(current, inbox, step, statements))
            assert killed == signal.SIGKILL, f"{step} has fewer than {statements} statements: choose earlier ones"
        _one(current, inbox, step)
    assert fingerprint(current) == expected
    assert ask(current, "SELECT count(*) FROM core.pending") == [(0,)]
    assert ask(current, "SELECT max(generation) FROM core.traced_article") == [(1,)]


def _die(current: settings.Settings, inbox: Path, step: str, statements: int) -> None:
    """Run a step in this process and kill the process when it comes to its n-th statement."""
    left = statements
    execute = store._run

    def counted(cursor: store.Cursor, name: str, /, **values: object) -> int:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(cursor, name, **values)

    def counted_ids(cursor: store.Cursor, name: str, /, **values: object) -> list[int]:
        counted(cursor, name, **values)
        return sorted({row[0] for row in cursor.fetchall()})

    store._run, store._ids = counted, counted_ids
    _one(current, inbox, step)


def _one(current: settings.Settings, inbox: Path, step: str) -> None:
    match step:
        case "capture":
            steps.capture(current, inbox, "killed", captured_at=NOON)
        case "score":
            steps.score(current, DAY, NOON, "killed")
        case "publish":
            steps.publish(current, "killed")
        case _:
            run_step(current, step, "killed")


def test_a_changed_page_and_a_withdrawn_one_leave_no_trace_of_the_old(current: settings.Settings, inbox: Path, tmp_path: Path) -> None:
    """What a method no longer produces is closed, and what rests on it follows; history stays."""
    run_all(current, inbox)
    ((article, capture),) = ask(current, "SELECT id, capture_id FROM core.article WHERE name = 'b-south.txt'")
    ((appearances,),) = ask(current, "SELECT count(*) FROM core.appearance WHERE article_id = %s", article)
    assert appearances > 0
    # The reader changes its mind about this capture, as a new version of it might.
    with pytest.MonkeyPatch.context() as patch:
        read = steps.articles.read
        refusal = steps.Refusal("test_rule", "x", "no longer an article")
        patch.setattr(steps.articles, "read", lambda one, *rest: refusal if one.id == capture else read(one, *rest))
        with store.transaction(current.url("etl")) as cursor:
            store.enqueue(cursor, "read", [capture])
        for name in ("read", "attribute", "trace"):
            run_step(current, name, "stricter")
        steps.publish(current, "stricter")
    for statement in (
        "SELECT count(*) FILTER (WHERE closed_at IS NULL), count(*) FROM core.article WHERE id = %s",
        "SELECT count(*) FILTER (WHERE closed_at IS NULL), count(*) FROM core.attributed_article WHERE article_id = %s",
        "SELECT count(*) FILTER (WHERE closed_at IS NULL), count(*) FROM core.traced_article WHERE article_id = %s",
    ):
        assert ask(current, statement, article) == [(0, 1)]
    for statement in (
        "SELECT count(*) FROM mart.dim_article WHERE article_id = %s",
        "SELECT count(*) FROM mart.fct_appearance WHERE article_id = %s",
        "SELECT count(*) FROM core.derivation WHERE closed_at IS NULL AND %s IN (derived_id, original_id)",
    ):
        assert ask(current, statement, article) == [(0,)]
    assert ask(current, "SELECT count(*) FROM core.appearance WHERE article_id = %s", article) == [(appearances,)], (
        "the old state stays readable"
    )
    # The reader thinks better of it: everything is as if nothing had happened.
    with store.transaction(current.url("etl")) as cursor:
        store.enqueue(cursor, "read", [capture])
    run_all(current, inbox, "as before")
    assert ask(current, "SELECT generation FROM core.article WHERE id = %s AND closed_at IS NULL", article) == [(2,)]
    state = fingerprint(current)
    other = write(tmp_path / "empty", {})
    run_all(current, other, "nothing new")
    assert fingerprint(current) == state


def test_large_captures_are_stored_a_few_at_a_time(current: settings.Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once: list[int] = []
    save = store.save_captures

    def counted(cursor: Any, captures: Any, contents: Any) -> int:
        at_once.append(len(captures))
        return save(cursor, captures, contents)

    monkeypatch.setattr(store, "save_captures", counted)
    monkeypatch.setattr(steps, "BYTES_AT_ONCE", 1)
    counts = steps.capture(current, inbox, "first", captured_at=NOON)
    assert at_once == [1] * 5
    assert (counts.came_in, counts.went_out, counts.changed) == (5, 5, 5)


def test_a_batch_of_thousands_is_gated_at_once(current: settings.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Great Expectations costs seconds to load, so that a task loads it once, for 2,000 articles unless told otherwise."""
    records = [
        {"id": f"r{number}", "lang": "en", "text": f"Ferry {number} left Holm on time, a harbour clerk said. " * 2}
        for number in range(2_100)
    ]
    (tmp_path / "dump.jsonl").write_text("\n".join(map(json.dumps, records)))
    judged: list[int] = []
    contexts: list[object] = []
    articles, context = checks.articles, data_docs.context

    def counted(table: Any, *rest: Any, **more: Any) -> checks.Gated:
        judged.append(len(table))
        return articles(table, *rest, **more)

    def made() -> Any:
        contexts.append(context())
        return contexts[-1]

    monkeypatch.setattr(checks, "articles", counted)
    monkeypatch.setattr(data_docs, "context", made)
    steps.capture(current, tmp_path / "dump.jsonl", "large", captured_at=NOON)
    run_step(current, "read", "large", pending.BATCH_SIZE)
    assert sorted(judged) == [100, 2_000] and len(contexts) == 2
