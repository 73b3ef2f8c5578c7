"""Edges are the truth: walking them gives the chains that are stored, row by row, with what other articles named in them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import psycopg2
import pytest
from archive import NOON, ask, fingerprint, run_all, run_step, write

from sumber.__main__ import main
from sumber.pipeline import settings, steps, store

# One story: the first paper names whom the second leaves vague. A third cites itself by way of another.
PAPERS = {
    "named.txt": (
        "Northern Courier\n\nOstra lock gates fail inspection\n\nMay 4, 2026\n\n"
        "The lock gates of Ostra have 14 cracks and need repair, according to the Washington Post.\n\n"
        "The harbour handles 900 ships a year and will stay open while engineers examine the gates and the northern quay.\n"
    ),
    "vague.txt": (
        "Southern Herald\n\nOstra lock gates fail inspection\n\nMay 5, 2026\n\n"
        "The lock gates of Ostra have 14 cracks and need repair, local media reported.\n\n"
        "The harbour handles 900 ships a year and will stay open while engineers examine the gates and the northern quay.\n"
    ),
    "own.txt": (
        "Reuters\n\nDredging begins at Ostra\n\nMay 6, 2026\n\n"
        "OSTRA (Reuters) - Dredging has begun, the harbour master Lena Brandt told Reuters on Wednesday.\n\n(Reuters)\n"
    ),
}
NAMED = """
    SELECT source.name, resolved.rule
    FROM core.resolved_hop AS resolved
    INNER JOIN core.traced_article AS traced ON traced.article_id = resolved.article_id AND traced.generation = resolved.generation
    INNER JOIN core.source ON source.id = resolved.source_id
    WHERE traced.closed_at IS NULL
"""


def check(current: settings.Settings, whole: bool = True) -> steps.Counts:
    return steps.check(current, "check", whole)


def test_walking_the_edges_gives_the_stored_chains(current: settings.Settings, inbox: Path) -> None:
    run_all(current, write(inbox, dict(PAPERS)))
    ((stored,),) = ask(
        current,
        "SELECT count(*) FROM core.chain INNER JOIN core.traced_article USING (article_id, generation) WHERE closed_at IS NULL",
    )
    assert stored >= 7
    checked = check(current)
    assert (checked.came_in, checked.went_out, checked.refused, checked.warned) == (stored, stored, 0, 0)
    assert set(ask(current, NAMED)) == {("The Washington Post", "same-copy")}
    # A page that cites itself is one node, and no cycle.
    assert ask(current, "SELECT count(*) FROM core.walked_chain WHERE is_cycle") == [(0,)]


DAMAGES = (
    "UPDATE core.chain SET path = path[2:], depth = depth - 1 WHERE depth > 1",
    "UPDATE core.chain SET terminus = 'cycle'",
    "DELETE FROM core.chain WHERE branch = 0",
    "DELETE FROM core.resolved_hop",
    "UPDATE core.derivation SET closed_at = now()",
    "INSERT INTO core.chain SELECT (jsonb_populate_record(chain, '{\"branch\": 7}')).* FROM core.chain WHERE branch = 0",
)


def test_the_check_sees_what_differs(current: settings.Settings, inbox: Path) -> None:
    run_all(current, write(inbox, dict(PAPERS)))
    check(current)
    for damage in DAMAGES:
        connection = psycopg2.connect(current.url("owner"))
        with connection, connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE kept AS SELECT * FROM core.chain")
            cursor.execute("CREATE TEMPORARY TABLE kept_hop AS SELECT * FROM core.resolved_hop")
            cursor.execute("CREATE TEMPORARY TABLE kept_tie AS SELECT * FROM core.derivation")
            cursor.execute(damage)
        with pytest.raises(steps.DisagreementError, match="for instance"):
            check(current)
        ((refused,),) = ask(current, "SELECT refused FROM core.step_run WHERE step = 'check'")
        assert refused > 0, damage
        with connection, connection.cursor() as cursor:
            for table, kept in (("core.chain", "kept"), ("core.resolved_hop", "kept_hop"), ("core.derivation", "kept_tie")):
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - tables of this test
                cursor.execute(f"INSERT INTO {table} SELECT * FROM {kept}")  # noqa: S608
        connection.close()
        check(current)


def test_a_check_looks_at_what_was_touched_since_the_last_one(
    current: settings.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "TRACING_TAKES", timedelta())
    run_all(current, write(tmp_path / "one", {"own.txt": PAPERS["own.txt"]}))
    assert check(current, whole=False).items == 1, "the first one looks at everything"
    assert check(current, whole=False).items == 0
    run_all(current, write(tmp_path / "two", {"named.txt": PAPERS["named.txt"]}))
    assert check(current, whole=False).items == 1
    # The copy ties the new article to an old one: its whole story is touched.
    run_all(current, write(tmp_path / "three", {"vague.txt": PAPERS["vague.txt"]}))
    assert check(current, whole=False).items == 2
    # What waits to be traced is out of date and no fault; the next check takes it up.
    with store.transaction(current.url("etl")) as cursor:
        store.requeue(cursor, "trace")
    ask(current, "UPDATE core.chain SET terminus = 'cycle'")
    waiting = check(current)
    assert (waiting.items, waiting.warned, waiting.came_in) == (3, 3, 0)
    run_step(current, "trace", "again")
    with pytest.raises(steps.DisagreementError):
        check(current)
    # It is red until it is mended, although nothing was touched since.
    with pytest.raises(steps.DisagreementError):
        check(current, whole=False)


def test_chains_are_computed_anew_once_their_tracing_is_closed(
    current: settings.Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As docs/operations.md says."""
    run_all(current, write(inbox, dict(PAPERS)))
    before = fingerprint(current)
    monkeypatch.setattr(settings, "current", lambda: current)
    ask(current, "UPDATE core.chain SET path = path[2:], depth = depth - 1 WHERE depth > 1")
    assert main(["check"]) == 1
    error = capsys.readouterr().err
    assert "are not what their edges give" in error
    assert main(["chain", error.split()[-1].rstrip(",")]) == 0
    ask(current, "UPDATE core.traced_article SET closed_at = now() WHERE closed_at IS NULL", role="etl")
    assert main(["trace", "--all"]) == 0
    assert main(["check", "--all"]) == 0
    steps.publish(current, "mended")
    assert fingerprint(current) == before


def test_a_naming_that_is_withdrawn_is_no_edge_any_more(current: settings.Settings, tmp_path: Path) -> None:
    inbox = write(tmp_path / "papers", {name: PAPERS[name] for name in ("named.txt", "vague.txt")})
    run_all(current, inbox)
    assert ask(current, NAMED) != []
    ((capture,),) = ask(current, "SELECT capture_id FROM core.article WHERE name = 'named.txt'")
    with pytest.MonkeyPatch.context() as patch:
        read = steps.articles.read
        refusal = steps.Refusal("test_rule", "x", "no longer an article")
        patch.setattr(steps.articles, "read", lambda one, *rest: refusal if one.id == capture else read(one, *rest))
        with store.transaction(current.url("etl")) as cursor:
            store.enqueue(cursor, "read", [capture])
        for name in ("read", "attribute", "trace"):
            run_step(current, name, "withdrawn")
    assert ask(current, NAMED) == []
    checked = check(current)
    assert checked.came_in == checked.went_out > 0
    assert ask(current, "SELECT captured_at FROM raw.capture LIMIT 1") == [(NOON,)]
