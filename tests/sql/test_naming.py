"""A vague source is named through another article, whichever comes first, and is vague again once that article no longer says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from archive import NOON, ask, fingerprint, run_step, write

from sumber.pipeline import reviews, settings, steps
from sumber.sourcing import identity

VAGUE = (
    "Northern Courier\n\nOstra port to lease its docks\n\nMay 4, 2026\n\n"
    "OSTRA (Reuters) - US media reported on Monday, citing two officials, that the port of Ostra plans to lease its northern docks to a "
    "shipbuilder for thirty years.\n\nDock workers were not told, the harbour master Lena Brandt said.\n\n(Reuters)\n"
)
NAMING = (
    "Southern Herald\n\nPort of Ostra may lease docks\n\nMay 5, 2026\n\n"
    "The port of Ostra plans to lease its northern docks to a foreign shipbuilder for thirty years, the New York Times reported on Monday, "
    "citing officials.\n\nThe mayor did not answer questions.\n\nSource: Reuters\n"
)
OUTLET = """
    SELECT source.key
    FROM core.traced_article AS traced
    INNER JOIN core.chain ON chain.article_id = traced.article_id AND chain.generation = traced.generation
    INNER JOIN core.article ON article.id = chain.article_id AND article.closed_at IS NULL
    INNER JOIN core.source ON source.id = chain.originating_outlet_id
    WHERE traced.closed_at IS NULL AND article.name = 'vague.txt' AND chain.ordinal = 0
"""
EVIDENCE = """
    SELECT DISTINCT other.name
    FROM core.traced_article AS traced
    INNER JOIN core.chain_dependency AS dependency
        ON dependency.article_id = traced.article_id AND dependency.generation = traced.generation
    INNER JOIN core.article AS other ON other.id = dependency.other_article_id AND other.closed_at IS NULL
    WHERE traced.closed_at IS NULL AND dependency.reason = 'resolved_as'
"""


def bring(current: settings.Settings, folder: Path, articles: dict[str, str], run: str) -> None:
    steps.capture(current, write(folder, dict(articles)), run, captured_at=NOON)
    work_off(current, run)


def work_off(current: settings.Settings, run: str) -> None:
    for name in ("read", "attribute", "trace"):
        run_step(current, name, run)


@pytest.mark.parametrize("order", [("vague.txt", "naming.txt"), ("naming.txt", "vague.txt")])
def test_a_vague_source_is_named_whichever_article_comes_first(current: settings.Settings, tmp_path: Path, order: tuple[str, str]) -> None:
    texts = {"vague.txt": VAGUE, "naming.txt": NAMING}
    for number, name in enumerate(order):
        bring(current, tmp_path / "inbox", {name: texts[name]}, f"run {number}")
    assert ask(current, OUTLET) == [("new-york-times",)]
    assert ask(current, EVIDENCE) == [("naming.txt",)]
    assert ask(current, "SELECT count(*) FROM core.pending") == [(0,)]
    before = fingerprint(current)
    bring(current, tmp_path / "inbox", texts, "again")
    assert fingerprint(current) == before


def test_it_is_vague_again_when_a_person_rejects_what_named_it(current: settings.Settings, tmp_path: Path) -> None:
    bring(current, tmp_path / "inbox", {"vague.txt": VAGUE, "naming.txt": NAMING}, "first")
    assert ask(current, OUTLET) == [("new-york-times",)]
    before = fingerprint(current)
    rejection = reviews.Review(
        article_sha256=identity.sha256(NAMING.encode()),
        quote="plans to lease its northern docks to a foreign shipbuilder",
        verdict=reviews.Verdict.REJECT,
        reviewer="editor",
        reason="the paper never reported it",
    )
    number = reviews.submit(current, rejection)
    work_off(current, "rejected")
    assert ask(current, OUTLET) != [("new-york-times",)]
    assert ask(current, EVIDENCE) == []
    reviews.withdraw(current, number, "editor", "it did")
    work_off(current, "withdrawn")
    assert ask(current, OUTLET) == [("new-york-times",)]
    assert {name: digest for name, digest in fingerprint(current).items() if "review" not in name} == {
        name: digest for name, digest in before.items() if "review" not in name
    }
