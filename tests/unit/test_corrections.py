"""Corrections and versions of pages: what is told from a text and two dates alone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sumber.pipeline import matching
from sumber.sourcing import wire
from sumber.sourcing.model import Article, Block, BlockRole, DerivationKind, Span

KNOWLEDGE = matching.knowledge(Path(__file__).resolve().parents[2] / "seeds")
BODY = "The council of Ostra voted on Monday to close the old bridge to lorries until engineers have examined all 14 of its pillars.\n"


def page(number: int, text: str = BODY, lang: str = "en", url: str | None = None, day: int | None = 4, seen: int | None = None) -> Article:
    """Return an article published on a day of May, and captured on another."""
    dates = [datetime(2026, 5, one, tzinfo=UTC) if one else None for one in (day, seen)]
    block = Block(Span(0, len(text)), BlockRole.BODY)
    return Article(number, number, text, lang, (block,), url=url, published_at=dates[0], captured_at=dates[1])


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", BODY + "\nCorrection: the bridge has 12 pillars.\n"),
        ("en", "CORRECTED (adds date): The council voted.\n"),
        ("id", "Ralat: jembatan itu memiliki 12 pilar.\n"),
        ("vi", "Cầu đóng cửa.\n\nĐính chính: cầu có 12 trụ.\n"),
        ("ja", "訂正：橋脚は12本です。\n"),
    ],
)
def test_a_labelled_correction_is_one(lang: str, text: str) -> None:
    assert wire.is_correction(page(1, text, lang), KNOWLEDGE)


@pytest.mark.parametrize("text", [BODY, "A correction of course: the ship turned north.\n", "Correction officers went on strike.\n"])
def test_the_word_alone_is_none(text: str) -> None:
    assert not wire.is_correction(page(1, text), KNOWLEDGE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"day": 4}, {"day": 6}),
        # The page keeps its date; what was captured later is the later version.
        ({"day": 4, "seen": 4}, {"day": 4, "seen": 9}),
        ({"day": None, "seen": 4}, {"day": None, "seen": 9}),
    ],
)
@pytest.mark.parametrize("numbers", [(1, 2), (2, 1)])
def test_the_later_version_of_a_page_is_the_derived_one(old: dict[str, int], new: dict[str, int], numbers: tuple[int, int]) -> None:
    address = "https://courier.example/bridge"
    earlier, later = page(numbers[0], url=address, **old), page(numbers[1], BODY + "\nThe mayor abstained.\n", url=address, **new)
    (found,) = wire.recognise((earlier, later), KNOWLEDGE)
    assert (found.kind, found.is_directed) == (DerivationKind.REVISION, True)
    assert (found.derived_id, found.original_id) == (later.id, earlier.id)


def test_what_lies_outside_the_window_is_not_compared() -> None:
    assert wire.recognise((page(1, day=1), page(2, day=15)), KNOWLEDGE)
    assert not wire.recognise((page(1, day=1), page(2, day=16)), KNOWLEDGE)
    # A page without a date may be as old as what it copies word for word, whenever it was captured.
    assert wire.recognise((page(1, day=1), page(2, day=None, seen=16)), KNOWLEDGE)
    assert wire.recognise((page(1, day=1), page(2, day=None)), KNOWLEDGE)
