"""Edges are the truth: walking them gives the chains that are stored, row by row, with what other articles named in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from archive import NOON, ask, run_all, run_step, write

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


def check(current: settings.Settings) -> tuple[int, int, int]:
    with store.transaction(current.url("etl")) as cursor:
        return store.check_chains(cursor)


def test_walking_the_edges_gives_the_stored_chains(current: settings.Settings, inbox: Path) -> None:
    run_all(current, write(inbox, dict(PAPERS)))
    ((stored,),) = ask(
        current,
        "SELECT count(*) FROM core.chain INNER JOIN core.traced_article USING (article_id, generation) WHERE closed_at IS NULL",
    )
    assert stored >= 7
    assert check(current) == (stored, stored, 0)
    assert set(ask(current, NAMED)) == {("The Washington Post", "same-copy")}
    # A page that cites itself is one node, and no cycle.
    assert ask(current, "SELECT count(*) FROM core.walked_chain WHERE is_cycle") == [(0,)]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE core.chain SET path = path[2:], depth = depth - 1 WHERE depth > 1",
        "UPDATE core.chain SET terminus = 'cycle'",
        "DELETE FROM core.chain WHERE branch = 0",
        "DELETE FROM core.resolved_hop",
        "UPDATE core.derivation SET closed_at = now()",
    ],
)
def test_the_check_sees_what_differs(current: settings.Settings, inbox: Path, damage: str) -> None:
    run_all(current, write(inbox, dict(PAPERS)))
    ask(current, damage)
    chains, walked, differing = check(current)
    assert differing > 0 or chains != walked


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
    chains, walked, differing = check(current)
    assert chains == walked > 0
    assert differing == 0
    assert ask(current, "SELECT captured_at FROM raw.capture LIMIT 1") == [(NOON,)]
