"""Beliefs from voices: what each form of the model promises, on tables small enough to reason about."""

from __future__ import annotations

from math import lgamma

import numpy as np
import pytest

from sumber.sourcing import corroboration
from sumber.sourcing.corroboration import Assumptions, Beliefs, Votes, weigh, without_own_voice

ASSUMPTIONS = Assumptions()


def votes(rows: list[tuple[str, str, str]], denials: frozenset[int] = frozenset()) -> tuple[Votes, dict[tuple[str, str], int]]:
    """Build votes from (voter, slot, value) rows; `denials` are indexes into them."""
    facts = {pair: n for n, pair in enumerate(sorted({row[1:] for row in rows}))}
    slots = {name: n for n, name in enumerate(sorted({row[1] for row in rows}))}
    voters = {name: n for n, name in enumerate(sorted({row[0] for row in rows}))}
    values = {name: n for n, name in enumerate(sorted({row[2] for row in rows}))}
    return (
        Votes(
            voter=np.array([voters[row[0]] for row in rows]),
            fact=np.array([facts[row[1:]] for row in rows]),
            weight=np.ones(len(rows)),
            denies=np.array([n in denials for n in range(len(rows))]),
            slot_of=np.array([slots[pair[0]] for pair in facts]),
            value_of=np.array([values[pair[1]] for pair in facts]),
            voters=len(voters),
            slots=len(slots),
        ),
        facts,
    )


def believe(rows: list[tuple[str, str, str]], denials: frozenset[int] = frozenset()) -> dict[tuple[str, str], float]:
    table, facts = votes(rows, denials)
    beliefs = weigh(table, ASSUMPTIONS)
    return {pair: float(beliefs.belief[number]) for pair, number in facts.items()}


def independent_world(seed: int, objects: int = 300, sources: int = 12, values: int = 30) -> list[tuple[str, str, str]]:
    rng = np.random.default_rng(seed)
    accuracy = rng.uniform(0.5, 0.95, sources)
    rows = []
    for o in range(objects):
        answers = [str(v) for v in rng.choice(10_000, values, replace=False)]
        for s in np.flatnonzero(rng.random(sources) < 0.5):
            rows.append((f"s{s:02}", f"o{o:03}", answers[0] if rng.random() < accuracy[s] else answers[1 + int(rng.integers(values - 1))]))
    return rows


def test_beliefs_of_a_slot_never_exceed_one_and_leave_room_for_none_of_these() -> None:
    found = believe([("a", "o", "1"), ("b", "o", "1"), ("c", "o", "2"), ("a", "p", "5")])
    assert 0 < found["o", "1"] + found["o", "2"] < 1
    assert found["p", "5"] < 0.95  # a lone statement is believed as far as its voice is, and no voice is beyond doubt


def test_two_against_one_wins_and_one_against_one_is_undecided() -> None:
    found = believe([("a", "o", "1"), ("b", "o", "1"), ("c", "o", "2"), ("d", "p", "1"), ("e", "p", "2")])
    assert found["o", "1"] > 0.6 > 0.4 > found["o", "2"]
    assert found["p", "1"] == pytest.approx(found["p", "2"])


def test_a_denial_lowers_a_claim_and_supports_no_other_value_more_than_silence_on_it_would() -> None:
    plain = believe([("a", "o", "1"), ("b", "o", "2")])
    denied = believe([("a", "o", "1"), ("b", "o", "2"), ("c", "o", "1")], frozenset({2}))
    assert denied["o", "1"] < plain["o", "1"]
    assert denied["o", "2"] > plain["o", "2"]


def test_a_popular_false_value_is_weaker_evidence_where_false_values_are_popular() -> None:
    """With a concentrated urn, three voices on one value prove less than with a spread one."""
    rows = [("a", "o", "1"), ("b", "o", "1"), ("c", "o", "1"), ("d", "o", "2"), ("e", "o", "2"), ("x", "p", "7"), ("y", "q", "8")]
    table, facts = votes(rows)
    concentrated, spread = (weigh(table, Assumptions(urns=(urn,))).belief for urn in (0.1, 100.0))
    more, fewer = facts["o", "1"], facts["o", "2"]
    assert concentrated[more] / concentrated[fewer] < spread[more] / spread[fewer]


def test_a_table_with_the_same_few_answers_uses_confusion_matrices() -> None:
    """Sources that never say yes wrongly, but often miss it: one such yes outweighs two noes."""
    rng = np.random.default_rng(7)
    rows = []
    truth = {}
    for o in range(400):
        truth[f"o{o:03}"] = rng.random() < 0.4
        for s in range(9):
            said = truth[f"o{o:03}"] and rng.random() < 0.45
            rows.append((f"s{s}", f"o{o:03}", "yes" if said else "no"))
    found = believe(rows)
    majority = {o: sum(row[2] == "yes" for row in rows if row[1] == o) > 4 for o in truth}
    model_right = sum((found.get((o, "yes"), 0.0) > 0.5) == true for o, true in truth.items())
    majority_right = sum(majority[o] == true for o, true in truth.items())
    assert model_right > majority_right + 20


def test_dependence_is_found_where_sources_copy_and_nowhere_else() -> None:
    rows = independent_world(3)
    table, _ = votes(rows)
    plain = weigh(table, ASSUMPTIONS)
    assert plain.weight == pytest.approx(np.ones(len(rows)))
    said = {(source, subject): value for source, subject, value in rows}
    copied = [(f"copy{n}", subject, value) for (source, subject), value in sorted(said.items()) if source == "s00" for n in range(3)]
    table, _ = votes(rows + copied)
    weight = weigh(table, ASSUMPTIONS).weight
    names = [row[0] for row in rows + copied]
    of_copies = np.array([name.startswith("copy") for name in names])
    assert weight[of_copies].mean() < 0.4  # four voices that say one thing count as hardly more than one
    assert weight[np.array([name not in ("s00",) and not name.startswith("copy") for name in names])].mean() > 0.97


@pytest.mark.parametrize("seed", [0, 1])
def test_two_good_voices_among_five_are_not_taken_for_copies(seed: int) -> None:
    """Two name places, and mostly the right one; three prefer regions and are often wrong: only the two agree more than the average."""
    rng = np.random.default_rng(seed)
    rows, truth = [], {}
    for o in range(700):
        place = int(rng.zipf(1.5)) % 100
        truth[f"o{o:03}"] = f"place {place}"
        for s, (accuracy, coarse) in enumerate([(0.95, 0.0), (0.95, 0.0), (0.6, 0.7), (0.6, 0.7), (0.6, 0.7)]):
            if rng.random() < 0.6:
                named = place if rng.random() < accuracy else int(rng.zipf(1.5)) % 100
                rows.append((f"s{s}", f"o{o:03}", f"region {named // 10}" if rng.random() < coarse else f"place {named}"))
    table, facts = votes(rows)

    def right(assumptions: Assumptions) -> float:
        belief = weigh(table, assumptions).belief
        answer: dict[str, tuple[float, str]] = {}
        for (slot, value), fact in facts.items():
            answer[slot] = max(answer.get(slot, (0.0, "")), (float(belief[fact]), value))
        return sum(value == truth[slot] for slot, (_, value) in answer.items()) / len(answer)

    assert right(Assumptions(copied=0.0)) < 0.3  # presuming copying at any price
    assert right(ASSUMPTIONS) > 0.8


def test_leaving_out_a_voice_equals_weighing_without_it() -> None:
    rows = [("a", "o", "1"), ("b", "o", "1"), ("c", "o", "2"), ("d", "o", "2"), ("e", "o", "2"), ("a", "p", "9"), ("f", "p", "9")]
    table, facts = votes(rows)
    skill, share = np.linspace(0.2, 2.2, table.voters), np.array([0.7, 0.15, 0.1, 0.05])
    fixed = Assumptions(rounds=1, urns=(5.0,))
    beliefs = Beliefs(np.zeros(len(facts)), skill[table.voter], share, table.weight, 5.0, np.ones(2, dtype=bool))
    alone, highest = without_own_voice(table, beliefs, fixed)
    for left_out in range(len(rows)):
        keep = np.arange(len(rows)) != left_out
        rest = Votes(
            table.voter[keep],
            table.fact[keep],
            table.weight[keep],
            table.denies[keep],
            table.slot_of,
            table.value_of,
            table.voters,
            table.slots,
        )
        model = corroboration._Open(rest, fixed, are_alike=False)
        model.allow(fixed.hardness, fixed.easy)
        model.odds, model.share = skill[rest.voter], share
        by_level, _ = corroboration._softmax(*model.logits(rest.weight, *model._false(rest.weight, 5.0)), rest.slot_of, rest.slots)
        expected = by_level.sum(1)
        slot = table.slot_of[table.fact[left_out]]
        assert alone[left_out] == pytest.approx(expected[table.fact[left_out]], rel=1e-6)
        assert highest[left_out] == pytest.approx(expected[table.slot_of == slot].max(), rel=1e-6)


@pytest.mark.parametrize("discounted", [False, True])
def test_leaving_out_a_voice_stays_right_where_a_question_has_many_answers(discounted: bool) -> None:
    """Beyond the strongest rivals answers are weighed as one sum: exactly for whole votes, closely for discounted ones."""
    rng = np.random.default_rng(12)
    rows = [(f"s{s:03}", "o", f"{int(rng.zipf(1.3)) % 60}") for s in range(150)]
    table, facts = votes(rows)
    weight = rng.uniform(0.3, 1.0, len(rows)) if discounted else table.weight
    beliefs = Beliefs(np.zeros(len(facts)), rng.normal(-2.5, 0.5, 150), np.array([0.7, 0.15, 0.1, 0.05]), weight, 30.0, np.ones(1, bool))
    every = without_own_voice(table, beliefs, Assumptions(rivals=len(facts)))
    some = without_own_voice(table, beliefs, ASSUMPTIONS)
    assert len(facts) > 3 * ASSUMPTIONS.rivals
    assert every[0].min() < 0.1 < 0.5 < every[1].max() < 0.99
    for exact, summed in zip(every, some, strict=True):
        assert summed == pytest.approx(exact, rel=1e-2 if discounted else 1e-9)


def test_the_order_of_votes_changes_nothing() -> None:
    rows = independent_world(5, objects=60)
    table, facts = votes(rows)
    shuffled, facts_again = votes([rows[n] for n in np.random.default_rng(0).permutation(len(rows))])
    assert facts == facts_again
    assert weigh(table, ASSUMPTIONS).belief == pytest.approx(weigh(shuffled, ASSUMPTIONS).belief, abs=1e-9)


def test_no_votes_give_no_beliefs() -> None:
    empty = np.zeros(0, dtype=np.int64)
    table = Votes(empty, empty, np.zeros(0), np.zeros(0, dtype=bool), empty, empty, 0, 0)
    assert len(weigh(table, ASSUMPTIONS).belief) == 0


@pytest.mark.parametrize("x", [1e-4, 0.003, 0.5, 1.0, 3.3, 17.0, 250.5])
def test_log_gamma(x: float) -> None:
    assert corroboration._log_gamma(np.array([x]))[0] == pytest.approx(lgamma(x), abs=1e-8)


def lettered(seed: int, *, hard: float) -> tuple[list[tuple[str, str, str]], set[str]]:
    """Return rows in which even good voices scatter on a share of the objects, and those objects."""
    rng = np.random.default_rng(seed)
    rows, scattered = [], set()
    for o in range(400):
        is_hard = rng.random() < hard
        if is_hard:
            scattered.add(f"o{o:03}")
        for s in np.flatnonzero(rng.random(14) < 0.6):
            right = rng.random() < (0.25 if is_hard else 0.92)
            rows.append((f"s{s:02}", f"o{o:03}", f"{o} right" if right else f"{o} wrong {rng.integers(8)}"))
    return rows, scattered


def test_hard_objects_are_found_and_believed_less_and_easy_ones_more() -> None:
    rows, scattered = lettered(4, hard=0.3)
    table, facts = votes(rows)
    plain, found = weigh(table, Assumptions(hardness=(0.0,))), weigh(table, ASSUMPTIONS)
    assert found.share[0] < 0.9
    right = np.array([value.endswith("right") for _, value in facts])
    top_plain: dict[str, tuple[float, bool]] = {}
    top_found: dict[str, tuple[float, bool]] = {}
    for (subject, _), number in facts.items():
        for top, beliefs in ((top_plain, plain), (top_found, found)):
            if beliefs.belief[number] > top.get(subject, (0.0, False))[0]:
                top[subject] = (beliefs.belief[number], bool(right[number]))

    def mean_of(top: dict[str, tuple[float, bool]], at: int, *, of_hard: bool) -> float:
        return float(np.mean([top[subject][at] for subject in top if (subject in scattered) is of_hard]))

    assert mean_of(top_found, 0, of_hard=True) < mean_of(top_found, 0, of_hard=False) - 0.2
    gap_plain, gap_found = (mean_of(top, 0, of_hard=False) - mean_of(top, 1, of_hard=False) for top in (top_plain, top_found))
    assert gap_plain < -0.02  # shared errors alone make everything doubtful
    assert abs(gap_found) < 0.01


def test_errors_that_voices_share_make_them_count_less_and_chance_does_not() -> None:
    """A third of the objects scatter the voices, which no hardness explains where none is allowed."""
    no_hardness = Assumptions(hardness=(0.0,))
    (shared, _), (alone, _) = lettered(7, hard=0.3), lettered(7, hard=0.0)
    assert weigh(votes(shared)[0], no_hardness).weight.mean() < 0.75
    assert weigh(votes(alone)[0], no_hardness).weight.mean() > 0.97


def with_records(seed: int, *, wrong_more_often: float) -> tuple[list[tuple[str, str, str]], dict[str, str]]:
    """Return rows of three voices an object, with values that stand for many objects, and the truth; some values are mostly errors."""
    rng = np.random.default_rng(seed)
    rows, truth = [], {}
    for o in range(600):
        truth[f"o{o:03}"] = f"v{rng.integers(20)}"
        for s in rng.choice(8, 3, replace=False):
            errs = rng.random() < 0.35
            wrong = f"v{rng.integers(15, 20)}" if rng.random() < wrong_more_often else f"v{rng.integers(20)}"
            rows.append((f"s{s}", f"o{o:03}", wrong if errs else truth[f"o{o:03}"]))
    return rows, truth


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_value_that_is_mostly_wrong_elsewhere_is_believed_less_but_only_where_objects_are_alike(seed: int) -> None:
    rows, truth = with_records(seed, wrong_more_often=0.9)
    table, facts = votes(rows)
    right = {}
    for are_alike in (True, False):
        belief = weigh(table, ASSUMPTIONS, are_alike=are_alike).belief
        best: dict[str, tuple[float, str]] = {}
        for (subject, value), number in facts.items():
            best[subject] = max(best.get(subject, (0.0, "")), (float(belief[number]), value))
        right[are_alike] = np.mean([best[subject][1] == truth[subject] for subject in truth])
    assert right[True] > right[False] + 0.01


def test_where_values_are_alike_their_records_say_nothing() -> None:
    table, _ = votes(with_records(4, wrong_more_often=0.0)[0])
    alike, unlike = (weigh(table, ASSUMPTIONS, are_alike=are_alike).belief for are_alike in (True, False))
    assert np.abs(alike - unlike).mean() < 0.01


@pytest.mark.parametrize(("voices", "objects", "values"), [(80, 60, 3), (40, 60, 20), (3, 60, 3), (500, 1, 1)])
def test_a_table_without_a_dissenting_voice_is_believed(voices: int, objects: int, values: int) -> None:
    # Chosen by chance, so that values are not equally often heard; beliefs are 1 to the last digit where very many voices agree.
    answers = np.random.default_rng(0).integers(values, size=objects)
    found = believe([(f"v{v}", f"o{o:02}", str(answers[o])) for v in range(voices) for o in range(objects)])
    assert min(found.values()) > 0.9


def test_where_all_objects_are_alike_hardness_changes_little() -> None:
    rows, _ = lettered(5, hard=0.0)
    table, _ = votes(rows)
    assert weigh(table, ASSUMPTIONS).belief == pytest.approx(weigh(table, Assumptions(hardness=(0.0,))).belief, abs=0.02)


def test_forty_voices_that_guess_together_keep_the_belief_near_the_share_that_is_right() -> None:
    rng = np.random.default_rng(8)
    rows, truth = [], {}
    skill = rng.normal(1.2, 0.4, 40)
    for o in range(200):
        truth[f"o{o:03}"] = "yes" if rng.random() < 0.5 else "no"
        shared = rng.normal(0, 1.3)
        for s in range(40):
            is_right = rng.random() < 1 / (1 + np.exp(-skill[s] - shared))
            rows.append((f"s{s:02}", f"o{o:03}", truth[f"o{o:03}"] if is_right else "no" if truth[f"o{o:03}"] == "yes" else "yes"))
    found = believe(rows)
    answer = {o: max(("yes", "no"), key=lambda value: found.get((o, value), 0.0)) for o in truth}
    believed = np.mean([found[o, answer[o]] for o in truth])
    share_right = np.mean([answer[o] == truth[o] for o in truth])
    assert believed - share_right < 0.12


def test_a_second_way_of_seeing_does_not_turn_a_closed_table_round() -> None:
    """Voices that look at an irrelevant feature, each its own way: however hard that makes objects, the labels keep their meaning."""
    rng = np.random.default_rng(11)
    look, bar = rng.normal([1.6, 0.0], [0.6, 0.9], (39, 2)), rng.normal(0, 0.7, 39)
    rows, truth = [], {}
    for o in range(108):
        truth[f"o{o:03}"] = rng.random() < 0.5
        seen = np.array([(1 if truth[f"o{o:03}"] else -1) + rng.normal(0, 0.9), rng.normal()])
        rows += [(f"s{s:02}", f"o{o:03}", "yes" if look[s] @ seen - bar[s] + rng.normal() > 0 else "no") for s in range(39)]
    found = believe(rows)
    votes_for = {o: sum(row[2] == "yes" for row in rows if row[1] == o) for o in truth}
    right = sum((found.get((o, "yes"), 0.0) > 0.5) == true for o, true in truth.items())
    assert right >= sum((votes_for[o] > 19) == true for o, true in truth.items()) - 4
    # Nor are thirty-nine voices, which err together, thirty-nine witnesses: counted in full they are believed 18 points too much.
    believed = sum(max(found.get((o, "yes"), 0.0), found.get((o, "no"), 0.0)) for o in truth)
    assert (believed - right) / len(truth) < 0.15


@pytest.mark.parametrize(("sources", "objects", "spread", "expected"), [(40, 600, 0.0, 64.0), (40, 600, 0.35, 4.0), (4, 40, 0.05, 64.0)])
def test_how_alike_voices_are_is_read_from_the_table(sources: int, objects: int, spread: float, expected: float) -> None:
    """Equal voices are pulled together, different ones are not where there is enough to tell, and a handful of objects tells nothing."""
    rng = np.random.default_rng(2)
    right = np.clip(0.75 + spread * rng.uniform(-1, 1, (sources, 2)), 0, 0.99)
    rows = []
    for o in range(objects):
        true = int(rng.random() < 0.5)
        for s in rng.choice(sources, 3, replace=False):
            rows.append((f"s{s:02}", f"o{o:03}", str(true if rng.random() < right[s, true] else 1 - true)))
    table, _ = votes(rows)
    model = corroboration._Closed(table, ASSUMPTIONS)
    model.settle(table.weight)
    assert model.likeness == expected


def test_a_closed_table_without_a_second_voice_believes_what_it_is_told() -> None:
    found = believe([("a", f"o{n:02}", "yes" if n % 3 else "no") for n in range(40)])
    assert all(0.5 < belief < 1 for belief in found.values())


@pytest.mark.parametrize("seed", [321, 308])
def test_shared_guesses_do_not_turn_a_closed_table_round(seed: int) -> None:
    """Thirty-nine voices, pushed the same way on each object, often the wrong way: the mirror image of the answers fits about as well."""
    rng = np.random.default_rng(seed)
    rows, truth = [], {}
    skill, bias = rng.normal(1.0, 0.8, 39), rng.normal(0, 0.6, 39)
    for o in range(108):
        true = int(rng.random() < 0.45)
        truth[f"o{o:03}"] = true
        shift = rng.normal(0, 1.5)
        for s in range(39):
            odds = skill[s] + (bias[s] if true else -bias[s]) + shift
            rows.append((f"s{s:02}", f"o{o:03}", str(true if rng.random() < 1 / (1 + np.exp(-odds)) else 1 - true)))
    table, facts = votes(rows)
    yes = {o: sum(row[2] == "1" for row in rows if row[1] == o) for o in truth}

    def right(belief: corroboration.Floats) -> int:
        return sum(((o, "1") in facts and belief[facts[o, "1"]] > 0.5) == true for o, true in truth.items())

    by_majority = sum((yes[o] > 19) == true for o, true in truth.items())
    cautious = Assumptions(closed_easy=1.5)
    model = corroboration._Closed(table, cautious)
    corroboration._fit(model, corroboration._pairs(table, cautious), cautious)
    assert right(model.belief()) < 54  # a fit by itself believes the mirror image
    assert right(weigh(table, cautious).belief) > by_majority - 5
    assert right(weigh(table, ASSUMPTIONS).belief) >= by_majority


def test_confusions_are_believed_the_less_the_fewer_votes_they_find_right() -> None:
    """A yes that is never said wrongly overrules most voices: no step decides which reading a whole table gets."""
    rng = np.random.default_rng(7)
    true = rng.random(400) < 0.4
    rows = [(f"s{s}", f"o{o:03}", "yes" if true[o] and rng.random() < 0.45 else "no") for o in range(400) for s in range(9)]
    table, _ = votes(rows)
    plain, bold = corroboration._Open(table, ASSUMPTIONS, are_alike=True), corroboration._Closed(table, ASSUMPTIONS)
    corroboration._fit(plain, None, ASSUMPTIONS)  # presumed copying keeps too few votes here
    corroboration._fit(bold, corroboration._pairs(table, ASSUMPTIONS), ASSUMPTIONS)
    kept = corroboration._kept(plain, bold)
    assert ASSUMPTIONS.confused < kept < 1
    for confused in (kept - 0.05, kept - 0.001, kept + 0.001):
        trust = max((kept - confused) / (1 - confused), 0.0)
        expected = trust * bold.belief() + (1 - trust) * plain.belief()
        assert weigh(table, Assumptions(confused=confused)).belief == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("form", ["open", "closed"])
def test_a_vote_is_taken_for_what_its_voice_is_worth_elsewhere(form: str) -> None:
    """The skill behind a vote must not rest on that vote: whoever speaks against many on one object is not thereby the worse there."""
    rng = np.random.default_rng(7)
    rows = [(f"s{s}", f"o{o:02}", "yes" if rng.random() < 0.85 else "no") for o in range(40) for s in range(5)]
    table, _ = votes(rows)
    model = corroboration._Open(table, ASSUMPTIONS, are_alike=True) if form == "open" else corroboration._Closed(table, ASSUMPTIONS)
    corroboration._fit(model, None, ASSUMPTIONS)
    belief, heard = model.vote_beliefs(), table.weight
    for vote in (0, 17, 101):
        others = (table.voter == table.voter[vote]) & (np.arange(len(rows)) != vote)
        pull = model.counted[0][table.voter[vote]] - (heard * belief)[table.voter == table.voter[vote]].sum()
        expected = ((heard * belief)[others].sum() + pull) / (heard[others].sum() + ASSUMPTIONS.strength)
        assert model.without_vote(heard)[vote] == pytest.approx(expected, abs=1e-3)
    wrong = belief < 0.2
    assert wrong.any()
    assert (model.without_vote(heard)[wrong] > model.accuracy[table.voter[wrong]]).all()


def test_what_most_voices_say_about_a_hard_object_is_not_taken_for_a_common_error() -> None:
    """Were a hard object to make voices wrong far more often than right, their agreement would speak for none of the values."""
    rows = [(f"many {n}", "o", "common") for n in range(14)] + [(f"few {n}", "o", "rare") for n in range(3)]
    table, facts = votes([*rows, *(("z", "p", f"other {n}") for n in range(20))])

    def belief(useless: float) -> float:
        model = corroboration._Open(table, Assumptions(useless=useless), are_alike=True)
        model.allow((0.0, 4.0), 0.5)
        model.odds, model.share = np.full(len(table.voter), 0.8), np.array([0.01, 0.99])
        by_level, _ = corroboration._softmax(*model.logits(table.weight, *model._false(table.weight, 3.0)), table.slot_of, table.slots)
        return float(by_level.sum(1)[facts["o", "common"]])

    assert belief(ASSUMPTIONS.useless) > 0.5
    assert belief(-99.0) < 0.15


def test_hardness_lowers_a_voice_to_uselessness_and_no_further() -> None:
    skill = np.array([-2.0, 0.0, 1.0, 5.0])
    assert corroboration._lowered(skill, np.array(4.0), -0.5).tolist() == [-2.0, -0.5, -0.5, 1.0]
    assert corroboration._lowered(skill, np.array(0.0), -0.5).tolist() == skill.tolist()
