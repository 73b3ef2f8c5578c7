"""Scores: what moves them, what must not, and that each explains itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from sumber.sourcing.model import AnonymousType, Source, SourceKind
from sumber.sourcing.reliability import (
    Assessment,
    Check,
    Evidence,
    Ledger,
    Model,
    Note,
    Outcome,
    Practice,
    Rating,
    Relay,
    SourceScore,
    Statement,
    Status,
    Tally,
    admiralty,
    credibility,
    fuse,
    may_be_scored,
    replay,
    score,
    without,
)
from sumber.sourcing.reliability import Testimony as Said  # a name that pytest does not take for a test class

DAY = date(2026, 3, 31)
GAZETTE = Source(1, "gazette", "The Gazette", SourceKind.OUTLET, is_known=True)
HERALD = Source(2, "herald", "The Herald", SourceKind.OUTLET, is_known=True)
MINISTRY = Source(3, "ministry", "Ministry of Fish", SourceKind.GOVERNMENT, is_known=True)
EVERYBODY = (GAZETTE, HERALD, MINISTRY)


def says(source: str, claim: int, *, slot: str | None = None, value: str = "yes", **more: object) -> Said:
    """A testimony on a slot of its own unless told otherwise, rooted at the source."""
    base = Said(
        claim, slot or f"slot {claim}", value, source, root=f"named:{source}", said_on=date(2026, 1, 1) + timedelta(days=claim % 60)
    )
    return replace(base, **more)  # type: ignore[arg-type]


def checked(claim: int, truth: float, on: date = date(2026, 3, 20), check: Check = Check.REVIEW) -> Outcome:
    return Outcome(claim, truth, check, on, "compared with the register")


def of(assessment: Assessment, source: str, ledger: Ledger = Ledger.ORIGINATOR) -> SourceScore:
    return next(s for s in assessment.scores if (s.source, s.ledger) == (source, ledger))


def rows_of(assessment: Assessment, source: str, ledger: Ledger = Ledger.ORIGINATOR) -> list[Evidence]:
    return [row for row in assessment.evidence if (row.source, row.ledger) == (source, ledger)]


def ten_checked(right: int = 8) -> tuple[list[Said], list[Outcome]]:
    return [says("gazette", n) for n in range(10)], [checked(n, float(n < right)) for n in range(10)]


# --- scores and how they explain themselves --------------------------------------------------------------------


def test_evidence_adds_up_to_the_score_and_is_signed() -> None:
    testimonies, outcomes = ten_checked()
    found = score(DAY, EVERYBODY, testimonies, outcomes)
    judged = of(found, "gazette")
    rows = rows_of(found, "gazette")
    assert judged.status is Status.JUDGED
    assert judged.score is not None and judged.lower is not None and judged.upper is not None
    assert judged.lower < judged.score < judged.upper
    assert sum(row.effect for row in rows) == pytest.approx(judged.score)
    assert [row.check for row in rows].count(Check.PRIOR) == 1
    assert all((row.effect > 0) == (row.outcome > 0.5) for row in rows if row.check is Check.REVIEW)
    assert all(row.reason for row in rows)


def test_the_counterfactual_is_the_score_without_those_checks() -> None:
    testimonies, outcomes = ten_checked()
    rows = rows_of(score(DAY, EVERYBODY, testimonies, outcomes), "gazette")
    fewer = score(DAY, EVERYBODY, testimonies, [o for o in outcomes if o.claim not in (8, 9)])
    assert without(rows, [8, 9]) == pytest.approx(of(fewer, "gazette").score)
    assert without(rows, []) == pytest.approx(sum(row.effect for row in rows))


def test_no_checked_claim_cannot_be_judged_and_little_evidence_neither() -> None:
    found = score(DAY, EVERYBODY, [says("gazette", 1), says("herald", 2)], [checked(2, 1.0)])
    for name, status in (("gazette", Status.UNCHECKED), ("herald", Status.TOO_LITTLE), ("ministry", Status.UNCHECKED)):
        judged = of(found, name)
        assert judged.status is status
        assert judged.status.startswith("cannot be judged")
        assert (judged.score, judged.lower, judged.upper, judged.letter) == (None, None, None, None)


def test_checks_fade_with_age() -> None:
    testimonies = [says("gazette", n) for n in range(20)]
    long_ago = [checked(n, 0.0, DAY - timedelta(days=1460)) for n in range(10)]
    lately = [checked(n, 1.0, DAY - timedelta(days=10)) for n in range(10, 20)]
    judged = of(score(DAY, EVERYBODY, testimonies, long_ago + lately), "gazette")
    assert judged.score is not None and judged.score > 0.8
    assert judged.roots < 12


def test_many_claims_of_one_briefing_count_less_than_as_many_of_their_own() -> None:
    testimonies, outcomes = ten_checked(right=10)
    briefing = [replace(t, said_on=DAY - timedelta(days=30)) for t in testimonies]
    apart, together = of(score(DAY, EVERYBODY, testimonies, outcomes), "gazette"), of(score(DAY, EVERYBODY, briefing, outcomes), "gazette")
    assert together.roots < apart.roots / 4
    assert apart.status is Status.JUDGED
    assert together.status is Status.TOO_LITTLE


def test_slices_are_for_display_and_lean_on_the_score() -> None:
    testimonies, outcomes = ten_checked()
    by_topic = [replace(t, topic="fish" if t.claim < 6 else "ships", lang="id") for t in testimonies]
    found = score(DAY, EVERYBODY, by_topic, outcomes)
    assert found.scores == score(DAY, EVERYBODY, testimonies, outcomes).scores
    shown = {s.value: s.score for s in found.slices}
    judged = of(found, "gazette").score
    assert judged is not None
    assert set(shown) == {"fish", "ships", "id"}
    assert 0.5 < shown["ships"] < judged < shown["fish"] < 1.0  # two of four right, six of six right


def test_as_of_an_earlier_day_and_as_known_then() -> None:
    testimonies, outcomes = ten_checked()
    late = [replace(o, known_at=datetime(2026, 6, 1, tzinfo=UTC)) for o in outcomes[:8]]
    then = score(DAY, EVERYBODY, testimonies, late + outcomes[8:], known_at=datetime(2026, 4, 1, tzinfo=UTC))
    assert of(then, "gazette").status is Status.TOO_LITTLE
    assert score(DAY, EVERYBODY, testimonies, outcomes[8:]).scores == then.scores
    assert of(score(date(2026, 3, 10), EVERYBODY, testimonies, outcomes), "gazette").status is Status.UNCHECKED


def test_batches_and_order_change_nothing() -> None:
    rng = np.random.default_rng(1)
    testimonies = [says(["gazette", "herald", "ministry"][n % 3], n, slot=f"s{n // 3}", value=str(n % 2)) for n in range(60)]
    outcomes = [checked(n, float(n % 4 > 0)) for n in range(0, 60, 2)]
    at_once = score(DAY, EVERYBODY, testimonies, outcomes)
    held: list[Said] = []
    for batch in np.array_split(rng.permutation(60), 7):
        held += [testimonies[n] for n in batch]
        held += [testimonies[n] for n in batch[:2]]  # delivered twice
    in_batches = score(DAY, tuple(reversed(EVERYBODY)), held, [outcomes[n] for n in rng.permutation(len(outcomes))])
    assert in_batches == at_once


# --- independence ---------------------------------------------------------------------------------------------


def test_ten_verbatim_copies_move_no_belief_and_a_new_root_does() -> None:
    story = [says("ministry", 1, slot="catch", value="12 tons"), says("union", 2, slot="catch", value="30 tons")]
    copies = [replace(story[0], source=f"outlet{n}") for n in range(10)] + [story[0]] * 10
    before = score(DAY, (), story).corroborations
    assert score(DAY, (), story + copies).corroborations == before
    joined = score(DAY, (), [*story, says("harbour", 1, slot="catch", value="12 tons")]).corroborations
    assert joined[0].belief > before[0].belief + 0.15
    assert (joined[0].roots_for, before[0].roots_for) == (2, 1)


def test_relabelling_one_wire_as_ten_outlets_changes_nothing() -> None:
    dissent = says("union", 2, slot="catch", value="30 tons")
    one = [says("wire", 1, slot="catch", value="12 tons", root="through:wire:7:narration"), dissent]
    ten = [replace(one[0], source=f"outlet{n}") for n in range(10)] + [dissent]
    assert score(DAY, (), ten).corroborations == score(DAY, (), one).corroborations


def test_unnamed_groups_behind_one_outlet_are_one_voice() -> None:
    groups = [
        says(f"officials {n}", n, slot="catch", value="12 tons", root=f"through:gazette:{n}:anonymous official {n}") for n in range(4)
    ]
    found = {c.claim: c for c in score(DAY, (), groups).corroborations}
    assert {c.roots_for for c in found.values()} == {1}
    elsewhere = replace(groups[0], source="others", root="through:herald:9:anonymous official x")
    assert score(DAY, (), [*groups, elsewhere]).corroborations[0].roots_for == 2


def test_a_flood_of_sock_puppets_with_one_root_gains_nothing() -> None:
    honest = [says("gazette", n, slot=f"s{n}", value="true") for n in range(8)] + [
        says("herald", n, slot=f"s{n}", value="true") for n in range(8)
    ]
    lies = [says("puppet0", 100 + n, slot=f"s{n}", value="false", root="named:master") for n in range(8)]
    flood = [replace(lie, source=f"puppet{m}") for lie in lies for m in range(50)]
    sources = (*EVERYBODY, Source(9, "puppet0", "Puppet", SourceKind.OUTLET, is_known=True))
    alone, flooded = score(DAY, sources, honest + lies), score(DAY, sources, honest + flood)
    assert flooded.corroborations == alone.corroborations
    assert flooded.scores == alone.scores


def test_five_outlets_of_one_state_do_not_make_a_dissenter_wrong() -> None:
    slots = range(20)
    state = [says(f"state{m}", n, slot=f"s{n}", value="calm", root="named:state") for n in slots for m in range(5)]
    dissenter = [says("gazette", 100 + n, slot=f"s{n}", value="unrest") for n in slots]
    found = score(DAY, EVERYBODY, state + dissenter)
    assert of(found, "gazette").status is Status.UNCHECKED
    by_claim = {c.claim: c for c in found.corroborations}
    assert by_claim[100].belief == pytest.approx(by_claim[0].belief)
    assert (by_claim[100].credibility, by_claim[0].credibility) == (4, 4)


def test_roots_against_are_those_that_answer_otherwise_or_deny_each_once() -> None:
    told = [
        says("gazette", 1, slot="toll", value="5"),
        says("herald", 1, slot="toll", value="5"),
        says("herald", 1, slot="toll", value="5", denies=True),  # takes both sides: for
        says("ministry", 2, slot="toll", value="7"),
        says("ministry", 1, slot="toll", value="5", denies=True),  # answers otherwise and denies: once
        says("harbour", 1, slot="toll", value="5", denies=True),
    ]
    by_claim = {c.claim: c for c in score(DAY, EVERYBODY, told).corroborations}
    assert (by_claim[1].roots_for, by_claim[1].roots_against) == (2, 2)
    assert (by_claim[2].roots_for, by_claim[2].roots_against) == (1, 2)


def test_corroboration_needs_two_other_roots_that_agree_and_can_be_switched_off() -> None:
    slots = range(24)
    base = [says("gazette", n, slot=f"s{n}", value="5") for n in slots]
    other = [says("herald", n, slot=f"s{n}", value="5") for n in slots]
    third = [says("ministry", n, slot=f"s{n}", value="5") for n in slots]
    assert of(score(DAY, EVERYBODY, base + other), "gazette").status is Status.UNCHECKED
    found = score(DAY, EVERYBODY, base + other + third)
    judged = of(found, "gazette")
    assert judged.score is not None and judged.score > 0.7
    assert (judged.checks, judged.external, judged.letter) == (24, 0, None)  # the letter needs external checks
    assert {row.check for row in rows_of(found, "gazette")} == {Check.PRIOR, Check.CORROBORATION}
    assert of(score(DAY, EVERYBODY, base + other + third, model=Model(use_corroboration=False)), "gazette").status is Status.UNCHECKED
    scattered = [says("herald", 200 + n, slot=f"s{n}", value="6") for n in slots] + [
        says("ministry", 300 + n, slot=f"s{n}", value="7") for n in slots
    ]
    assert of(score(DAY, EVERYBODY, base + scattered), "gazette").status is Status.UNCHECKED


def test_an_external_check_outweighs_corroboration() -> None:
    slots = range(12)
    crowd = [says(name, n, slot=f"s{n}", value="5") for n in slots for name in ("gazette", "herald", "ministry")]
    found = score(DAY, EVERYBODY, crowd, [checked(n, 0.0) for n in slots])
    judged = of(found, "gazette")
    assert judged.score is not None and judged.score < 0.15
    assert judged.external == 12


# --- fairness -------------------------------------------------------------------------------------------------


def test_correcting_oneself_never_costs() -> None:
    testimonies, outcomes = ten_checked(right=6)
    corrected = [replace(t, corrected_on=date(2026, 3, 5)) if t.claim >= 6 else t for t in testimonies]
    silent, honest = score(DAY, EVERYBODY, testimonies, outcomes), score(DAY, EVERYBODY, corrected, outcomes)
    before, after = of(silent, "gazette").score, of(honest, "gazette").score
    without_the_errors = of(score(DAY, EVERYBODY, testimonies[:6], outcomes), "gazette").score
    assert before is not None and after is not None
    assert after > before
    assert after == pytest.approx(without_the_errors)
    assert sum(row.weight == 0 and "corrected" in row.reason for row in rows_of(honest, "gazette")) == 4


def test_a_bare_denial_by_an_interested_party_moves_no_score() -> None:
    testimonies, outcomes = ten_checked()
    denials = [says("ministry", n, denies=True, is_interested=True) for n in range(10)]
    plain, denied = score(DAY, EVERYBODY, testimonies, outcomes), score(DAY, EVERYBODY, testimonies + denials, outcomes)
    assert denied == plain
    backed = [replace(denial, has_evidence=True) for denial in denials]
    assert score(DAY, EVERYBODY, testimonies + backed, outcomes) != plain


def test_a_denial_that_holds_counts_for_who_denied() -> None:
    denials = [says("herald", n, denies=True) for n in range(10)]
    judged = of(score(DAY, EVERYBODY, denials, [checked(n, 0.0) for n in range(10)]), "herald")
    assert judged.score is not None and judged.score > 0.8


def test_unreviewed_low_confidence_counts_against_nobody() -> None:
    testimonies, _ = ten_checked()
    outcomes = [checked(n, 0.0) for n in range(10)]
    shaky = [replace(t, confidence=0.5) for t in testimonies]
    assert of(score(DAY, EVERYBODY, shaky, outcomes), "gazette").status is Status.UNCHECKED
    reviewed = [replace(t, is_reviewed=True) for t in shaky]
    assert of(score(DAY, EVERYBODY, reviewed, outcomes), "gazette").status is Status.JUDGED


@pytest.mark.parametrize(
    "source",
    [
        Source(5, "a neighbour", "A. Neighbour", SourceKind.PERSON),
        Source(6, "officials/7", "two officials", SourceKind.ANONYMOUS, anonymous_type=AnonymousType.OFFICIAL),
        Source(7, "us media", "US media", SourceKind.OUTLET, is_vague=True),
        Source(8, "memo", "a leaked memo", SourceKind.DOCUMENT, is_known=True),
    ],
)
def test_private_persons_and_unnamed_sources_get_no_score(source: Source) -> None:
    testimonies = [says(source.key, n) for n in range(10)]
    found = score(DAY, (source,), testimonies, [checked(n, 1.0) for n in range(10)])
    assert not may_be_scored(source)
    assert [(s.status, s.score) for s in found.scores] == [(Status.NOT_SCORED, None)]
    assert found.evidence == ()


def test_who_passes_on_is_not_charged_with_what_it_passed_on() -> None:
    """The claim is the ministry's: an outlet has a relay ledger for fidelity alone."""
    testimonies = [says("ministry", n) for n in range(10)]
    relays = [Relay(n, "gazette", f"r{n}", date(2026, 3, 2), figures=True, position=True, hedges=n > 2) for n in range(10)]
    found = score(DAY, EVERYBODY, testimonies, [checked(n, 0.0) for n in range(10)], relays=relays)
    ministry, gazette = of(found, "ministry"), of(found, "gazette", Ledger.RELAY)
    assert of(found, "gazette").status is Status.UNCHECKED
    assert ministry.score is not None and ministry.score < 0.2
    assert gazette.score is not None and gazette.score > 0.75
    assert sum(row.effect for row in rows_of(found, "gazette", Ledger.RELAY)) == pytest.approx(gazette.score)


def test_imputed_ratings_carry_no_weight_and_real_ones_only_a_little() -> None:
    testimonies, outcomes = ten_checked()
    plain = score(DAY, EVERYBODY, testimonies, outcomes)
    assert score(DAY, EVERYBODY, testimonies, outcomes, ratings=[Rating("gazette", 0.1, is_imputed=True)]) == plain
    rated = of(score(DAY, EVERYBODY, testimonies, outcomes, ratings=[Rating("gazette", 0.1)]), "gazette").score
    base = of(plain, "gazette").score
    assert rated is not None and base is not None
    assert 0 < base - rated < 0.1


def test_notes_and_components_stand_beside_the_score() -> None:
    testimonies, outcomes = ten_checked()
    plain = score(DAY, EVERYBODY, testimonies, outcomes)
    note = Note("gazette", "desk", date(2026, 3, 30), "misread register", score=0.9)
    reply = Note("gazette", "The Gazette", date(2026, 3, 31), "we stand by it")
    later = Note("gazette", "desk", date(2026, 5, 1), "not yet")
    practice = Practice("gazette", 20, named=10, complete=15, documents=2, own=5, corrections=3)
    found = score(DAY, EVERYBODY, testimonies, outcomes, notes=[reply, later, note], practices=[practice])
    judged = of(found, "gazette")
    assert judged.notes == (note, reply)
    assert dict(judged.components)["named_sources"] == 0.5
    assert replace(judged, notes=(), components=()) == of(plain, "gazette")


# --- Admiralty ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roots_for", "against", "digit"), [(1, 0, 6), (2, 0, 2), (3, 0, 1), (9, 0, 1), (3, 1, 3), (1, 1, 4), (1, 2, 5), (0, 1, 5)]
)
def test_credibility_digit(roots_for: int, against: int, digit: int) -> None:
    assert credibility(roots_for, against) == digit


@pytest.mark.parametrize(
    ("right", "wrong", "letter"), [(2, 0, None), (6, 0, "C"), (15, 0, "B"), (60, 0, "A"), (4, 3, None), (0, 6, "E"), (10, 16, "D")]
)
def test_letter_is_given_only_where_the_interval_shows_it(right: int, wrong: int, letter: str | None) -> None:
    assert admiralty([(1.0, 1.0)] * right + [(0.0, 1.0)] * wrong, Model()) == letter


# --- tables ---------------------------------------------------------------------------------------------------


def table(seed: int = 0, objects: int = 80) -> list[Statement]:
    rng = np.random.default_rng(seed)
    accuracy = {"a": 0.95, "b": 0.85, "c": 0.75, "d": 0.6, "e": 0.4}
    rows = []
    for o in range(objects):
        values = rng.choice(1000, 6, replace=False)
        for source, share in accuracy.items():
            value = values[0] if rng.random() < share else values[1 + int(rng.integers(5))]
            rows.append(Statement(source, f"o{o:03}", f"v{value}", date(2026, 1, 1) + timedelta(days=o // 10)))
    return rows


def test_a_table_ranks_its_sources() -> None:
    found = {s.source: s for s in fuse(table(objects=300)).scores}
    assert sorted(found, key=lambda name: -found[name].score) == ["a", "b", "c", "d", "e"]
    assert all(s.lower < s.score < s.upper for s in found.values())


def test_ten_copies_of_a_grouped_source_move_nothing_and_a_new_source_does() -> None:
    rows = table()
    groups = {"c": "wire"} | {f"copy{n}": "wire" for n in range(10)}
    copies = [Statement(f"copy{n}", row.object, row.value, row.time) for row in rows if row.source == "c" for n in range(10)]
    before, after = fuse(rows, groups), fuse(rows + copies, groups)
    assert [t.belief for t in after.truths] == pytest.approx([t.belief for t in before.truths])
    kept = {s.source: s for s in after.scores}
    assert [kept[s.source].score for s in before.scores] == pytest.approx([s.score for s in before.scores])
    contested = {t.object: t for t in before.truths if 0.3 < t.belief < 0.7}
    assert contested
    joined = {(t.object, t.value): t.belief for t in fuse([*rows, *(Statement("new", o, t.value) for o, t in contested.items())]).truths}
    assert all(joined[o, t.value] > t.belief for o, t in contested.items())


def test_no_number_of_checks_makes_the_judge_infallible() -> None:
    testimonies = [says("gazette", n) for n in range(2000)]
    judged = of(score(DAY, EVERYBODY, testimonies, [checked(n, float(n % 5 > 0)) for n in range(2000)]), "gazette")
    assert judged.lower is not None and judged.upper is not None
    assert judged.upper - judged.lower > 0.15


def test_outcomes_in_doubt_widen_the_interval() -> None:
    testimonies, outcomes = ten_checked(right=5)
    doubtful = [replace(outcome, truth=0.5) for outcome in outcomes]
    sure, unsure = (of(score(DAY, EVERYBODY, testimonies, found), "gazette") for found in (outcomes, doubtful))
    assert sure.score == pytest.approx(unsure.score)
    assert sure.lower is not None and unsure.lower is not None
    assert unsure.lower < sure.lower


def test_a_known_group_is_one_voice() -> None:
    rows = table()
    copies = [Statement(f"copy{n}", row.object, row.value, row.time) for row in rows if row.source == "e" for n in range(9)]
    groups = {"e": "g"} | {f"copy{n}": "g" for n in range(9)}
    once = {(t.object, t.value): t.belief for t in fuse(rows, {"e": "g"}).truths}
    tenfold = {(t.object, t.value): t.belief for t in fuse(rows + copies, groups).truths}
    assert tenfold == pytest.approx(once)


def test_rows_in_any_order_and_repeated_give_the_same() -> None:
    rows = table()
    shuffled = [rows[n] for n in np.random.default_rng(2).permutation(len(rows))]
    assert fuse(shuffled + rows[:50]) == fuse(rows)


def test_a_later_row_replaces_an_earlier_one() -> None:
    rows = table()
    earlier = [Statement("a", row.object, "a blunder", date(2025, 1, 1)) for row in rows if row.source == "a"]
    assert fuse(rows + earlier) == fuse(rows)


def test_a_source_that_nobody_overlaps_with_has_no_score() -> None:
    found = fuse([*table(), *(Statement("hermit", f"cave{n}", "dark") for n in range(50))])
    assert found.unjudged == ("hermit",)
    assert "hermit" not in {s.source for s in found.scores}


def test_replay_in_batches_equals_replay_at_once() -> None:
    rows = table()
    at_once = replay(rows)
    half = date(2026, 1, 5)
    first = replay([row for row in rows if row.time is not None and row.time < half])
    second = replay([row for row in rows if row.time is not None and row.time >= half], history=first.tallies)
    assert second.tallies == at_once.tallies
    assert second.scores == at_once.scores
    assert set(first.truths) | set(second.truths) == set(at_once.truths)


def test_history_is_remembered() -> None:
    rows = table(objects=200)
    history = fuse(rows).tallies
    row = Statement("a", "new", "1"), Statement("e", "new", "2")
    fresh, informed = fuse(row).truths, fuse(row, history=history).truths
    assert {t.value: t.belief for t in fresh}["1"] == pytest.approx({t.value: t.belief for t in fresh}["2"])
    assert {t.value: t.belief for t in informed}["1"] > 0.8


def test_history_fades() -> None:
    tally = Tally(8.0, 10.0, date(2025, 1, 1))
    assert tally.faded(date(2026, 1, 1), 365.0) == Tally(4.0, 5.0, date(2026, 1, 1))
    assert tally.faded(None, 365.0) == tally
    row = [Statement("a", "o", "1", date(2026, 1, 1)), Statement("b", "o", "2", date(2026, 1, 1))]
    found = fuse(row, history={"source a": tally, "source c": tally}).tallies
    assert found["source c"] == tally  # silent: fades when it is next asked
    assert 5.0 < found["source a"].judged <= 6.0


def test_nothing_in_nothing_out() -> None:
    assert fuse([]).truths == ()
    assert score(DAY, EVERYBODY, []).corroborations == ()
