"""What a copy kept of its origin, and which retractions cost: a loss is stated where it is clear, and only there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from stories import KNOWLEDGE, REGISTRY, appearance, article, hop, page, person, unnamed

from sumber.sourcing import fidelity
from sumber.sourcing.claims import Passage, passage
from sumber.sourcing.model import Position, Source, Span
from sumber.sourcing.reliability import Check, Outcome, Retraction, retracted
from sumber.sourcing.reliability import Testimony as Said  # a name that pytest does not take for a test class

BRANDT, EK = person("Lena Brandt"), person("Olof Ek")
ORIGIN = "The reservoir above Tirsova has probably lost 40 percent of its water through cracked sluices since Monday."


def told(text: str, name: str, by: Source | None = BRANDT, hedge: str = "", position: Position | None = None) -> list[Passage]:
    of = article(text, name)
    one = appearance(of, text, [page("herald"), *([hop(by)] if by else [])], position=position)
    at = text.index(hedge) if hedge else 0
    one = replace(one, hedges=(Span(at, at + len(hedge)),) if hedge else ())
    return [passage(of, one, REGISTRY, KNOWLEDGE)]


def kept(copy: list[Passage], origin: list[Passage] | None = None) -> fidelity.Kept:
    (one,) = fidelity.compare(copy, origin or told(ORIGIN, "origin", hedge="probably"), REGISTRY, KNOWLEDGE)
    return one


def test_a_verbatim_copy_keeps_everything() -> None:
    assert kept(told(ORIGIN, "copy", hedge="probably")) == fidelity.Kept(0, 0, True, True, True, True)


@pytest.mark.parametrize(
    ("copy", "lost"),
    [
        (told(ORIGIN.replace("40", "60"), "a", hedge="probably"), {"figures"}),
        (told(ORIGIN.replace("probably ", ""), "b"), {"hedges"}),
        (told(ORIGIN, "c", by=EK, hedge="probably"), {"attribution"}),
        (told(ORIGIN, "d", by=unnamed("officials", 4), hedge="probably"), {"attribution"}),
        (told(ORIGIN, "e", hedge="probably", position=Position.DENIES), {"position"}),
        (told(ORIGIN.replace("has probably lost", "has probably not lost"), "f", hedge="probably"), {"position"}),
    ],
    ids=["figure", "hedge", "another person", "name lost", "denied", "negated"],
)
def test_each_clear_loss_is_stated_and_nothing_else(copy: list[Passage], lost: set[str]) -> None:
    found = kept(copy)
    assert {name for name in ("figures", "position", "attribution", "hedges") if getattr(found, name) is False} == lost


def test_what_is_left_out_added_or_unclear_is_no_loss() -> None:
    cut = "The reservoir above Tirsova has probably lost water through cracked sluices."
    assert kept(told(cut, "cut", hedge="probably")).figures is None
    converted = ORIGIN.replace("40 percent", "40 percent, or 9 million litres,")
    assert kept(told(converted, "converted", hedge="probably")).figures is None
    assert kept(told(ORIGIN, "credit only", by=None, hedge="probably")).attribution is None
    assert kept(told(ORIGIN, "its surname", by=person("Brandt"), hedge="probably")).attribution is True
    other = told("Rail fares between Velden and Marnock rise by 4 percent in spring, and season tickets stay as they are.", "other")
    assert fidelity.compare(other, told(ORIGIN, "origin"), REGISTRY, KNOWLEDGE) == ()
    assert fidelity.compare([], told(ORIGIN, "origin"), REGISTRY, KNOWLEDGE) == ()


def says(claim: int, value: str, root: str, day: int) -> Said:
    return Said(claim, "slot", value, root, root, date(2026, 1, day))


OLD, NEW = says(1, "7", "named:ministry", 2), says(2, "9", "named:ministry", 9)
TAKEN_BACK = Retraction(1, "named:ministry", "named:ministry", date(2026, 1, 9))


def test_correcting_oneself_is_no_outcome_and_giving_in_to_others_evidence_is() -> None:
    said, outcomes = retracted([OLD, NEW], [TAKEN_BACK])
    assert [one.corrected_on for one in said] == [date(2026, 1, 9), None]
    assert outcomes == ()
    police = says(3, "9", "named:police", 5)
    said, outcomes = retracted([OLD, NEW, police], [TAKEN_BACK])
    assert {one.corrected_on for one in said} == {None}
    reason = "taken back after 1 other independent root had said otherwise"
    assert outcomes == (Outcome(1, 0.0, Check.RETRACTION, date(2026, 1, 9), reason),)
    later, unsure, agreeing = replace(police, said_on=date(2026, 1, 10)), replace(police, confidence=0.6), replace(police, value="7")
    for other in (later, unsure, agreeing):
        assert retracted([OLD, NEW, other], [TAKEN_BACK])[1] == ()


def test_a_page_that_takes_back_whom_it_quoted_costs_nobody() -> None:
    police = says(3, "9", "named:police", 5)
    said, outcomes = retracted([OLD, NEW, police], [replace(TAKEN_BACK, by="through:herald:5:narration")])
    assert outcomes == ()
    assert [one.claim for one in said if one.corrected_on] == [1]
