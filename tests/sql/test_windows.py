"""Candidates are looked up within a window of days: nothing outside it is touched, and the order of arrival does not matter."""

from __future__ import annotations

from pathlib import Path

import pytest
from archive import ARTICLES, NOON, ask, empty, fingerprint, run_step, write

from sumber.pipeline import settings, steps

COPY = ARTICLES["a-north.txt"]


def dated(day: str, paper: str) -> str:
    """Return the same copy on another paper's page of another day."""
    assert isinstance(COPY, str)
    return COPY.replace("Northern Courier", paper).replace("May 4, 2026", day)


# Twelve days apart each: the middle one is a neighbour of both, the outer ones are none of each other's.
PAPERS = {
    "1.txt": dated("March 1, 2026", "Northern Courier"),
    "2.txt": dated("March 13, 2026", "Southern Herald"),
    "3.txt": dated("March 25, 2026", "Ostra Evening"),
    # Half a year later, nobody is near.
    "4.txt": dated("September 25, 2026", "Eastern Post"),
}
PAIRS = """
    SELECT least(one.name, other.name), greatest(one.name, other.name)
    FROM core.derivation
    INNER JOIN core.article AS one ON one.id = derived_id AND one.closed_at IS NULL
    INNER JOIN core.article AS other ON other.id = original_id AND other.closed_at IS NULL
    WHERE derivation.closed_at IS NULL
    ORDER BY 1, 2
"""


def arrive(current: settings.Settings, place: Path) -> None:
    steps.capture(current, place, "arrival", captured_at=NOON)
    for step in ("read", "attribute", "trace"):
        run_step(current, step, "arrival")


@pytest.mark.parametrize("order", [("1", "3", "4", "2"), ("4", "2", "1", "3")])
def test_a_late_backfill_finds_its_neighbours_on_both_sides(current: settings.Settings, tmp_path: Path, order: tuple[str, ...]) -> None:
    inbox = write(tmp_path / "papers", dict(PAPERS))
    for name in order:
        arrive(current, inbox / f"{name}.txt")
    assert ask(current, PAIRS) == [("1.txt", "2.txt"), ("2.txt", "3.txt")]
    piecemeal = fingerprint(current)
    empty(current)
    arrive(current, inbox)
    assert fingerprint(current) == piecemeal


def test_a_page_without_a_date_meets_its_copies_of_whatever_day(current: settings.Settings, tmp_path: Path) -> None:
    """In one batch or one by one: its capture says no more than that it is not younger."""
    papers = {"1.txt": dated("March 1, 2014", "Northern Courier"), "2.txt": dated("", "Southern Herald")}
    papers["3.txt"] = dated("July 9, 2018", "Eastern Post")
    inbox = write(tmp_path / "papers", dict(papers))
    arrive(current, inbox)
    assert ask(current, "SELECT name FROM core.article WHERE published_at IS NULL") == [("2.txt",)]
    assert ask(current, PAIRS) == [("1.txt", "2.txt"), ("2.txt", "3.txt")]
    assert ask(current, "SELECT DISTINCT day::text, is_dated FROM core.article_band ORDER BY 1") == [
        ("2014-03-01", True),
        ("2018-07-09", True),
        ("2026-05-20", False),
    ]
    # What it says, it says with its copies.
    assert (
        ask(current, "SELECT count(DISTINCT canonical_id), count(*) FROM core.claim")[0]
        == ask(
            current, "SELECT count(*), 3 * count(*) FROM core.claim WHERE article_id = (SELECT id FROM core.article WHERE name = '2.txt')"
        )[0]
    )
    together = fingerprint(current)
    for order in (("2", "3", "1"), ("1", "3", "2")):
        empty(current)
        for name in order:
            arrive(current, inbox / f"{name}.txt")
        assert fingerprint(current) == together
