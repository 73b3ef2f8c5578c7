"""Synthetic worlds with a known truth: what public sets do not show (who copies whom, who is asymmetric, what has no right answer).

Each function returns a `Table`; the same seed gives the same table.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from table import Table


def _false_values(rng: np.random.Generator, offered: int, popularity: float) -> np.ndarray:
    """Return how likely each wrong value is: Zipf's law with exponent `popularity`, 0 for all alike."""
    weight = 1 / np.arange(1, offered + 1) ** popularity
    return rng.permutation(weight / weight.sum())


def independent(
    seed: int,
    *,
    sources: int = 30,
    objects: int = 600,
    coverage: float = 0.3,
    false: int = 8,
    popularity: float = 1.0,
    low: float = 0.45,
    high: float = 0.95,
    hard: float = 0.2,
) -> Table:
    """Draw a world where nobody copies; a share of the objects is hard for everybody."""
    rng = np.random.default_rng(seed)
    accuracy = rng.uniform(low, high, sources)
    rows, gold = [], {}
    for o in range(objects):
        odds = _false_values(rng, false, popularity)
        shift = rng.exponential(1.5) if rng.random() < hard else 0.0
        gold[f"o{o}"] = "true"
        for s in np.flatnonzero(rng.random(sources) < coverage):
            a = 1 / (1 + np.exp(shift) * (1 - accuracy[s]) / accuracy[s])
            rows.append((f"s{s}", f"o{o}", "true" if rng.random() < a else f"w{rng.choice(false, p=odds)}"))
    # Names must not give the truth away to an implementation that sorts: rename values per object.
    return disguised("independent", rows, gold, {}, rng)


def copying(
    seed: int,
    *,
    groups: int = 5,
    members: int = 5,
    singles: int = 10,
    objects: int = 1200,
    coverage: float = 0.6,
    fidelity: float = 0.97,
    known: bool = True,
    low: float = 0.5,
    high: float = 0.98,
) -> Table:
    """Let groups copy one of their own faithfully, often a poor one. With `known` the groups are given."""
    rng = np.random.default_rng(seed)
    names, group = [], {}
    for g in range(groups):
        for m in range(members):
            names.append(f"g{g}m{m}")
            group[names[-1]] = f"g{g}"
    names += [f"s{s}" for s in range(singles)]
    lead = rng.uniform(low - 0.1, high - 0.15, groups)
    alone = rng.uniform(low, high, singles)
    rows, gold = [], {}
    for o in range(objects):
        odds = _false_values(rng, 6, 1.0)
        gold[f"o{o}"] = "true"

        def say(a: float, odds: np.ndarray = odds) -> str:
            return "true" if rng.random() < a else f"w{rng.choice(6, p=odds)}"

        for g in range(groups):
            said = say(lead[g])
            for m in range(members):
                if rng.random() < coverage:
                    rows.append((f"g{g}m{m}", f"o{o}", said if rng.random() < fidelity else say(lead[g])))
        for s in range(singles):
            if rng.random() < coverage:
                rows.append((f"s{s}", f"o{o}", say(alone[s])))
    return disguised("copying" if known else "copying, groups unknown", rows, gold, group if known else {}, rng)


def cliques(seed: int, *, known: bool = True, objects: int = 1500) -> Table:
    """Like airports' and airlines' pages: a few large groups that copy poor data and cover everything, many small independent sources."""
    rng = np.random.default_rng(seed)
    rows, gold, group = [], {}, {}
    sizes, lead = (5, 4, 3, 2, 2), (0.5, 0.4, 0.85, 0.8, 0.5)
    singles = 22
    alone = rng.uniform(0.5, 0.98, singles)
    for o in range(objects):
        odds = _false_values(rng, 8, 2.5)
        gold[f"o{o}"] = "true"

        def say(a: float, odds: np.ndarray = odds) -> str:
            return "true" if rng.random() < a else f"w{rng.choice(8, p=odds)}"

        for g, (size, a) in enumerate(zip(sizes, lead, strict=True)):
            said = say(a)
            for m in range(size):
                group[f"g{g}m{m}"] = f"g{g}"
                if rng.random() < 0.85:
                    rows.append((f"g{g}m{m}", f"o{o}", said if rng.random() < 0.98 else say(a)))
        for s in range(singles):
            if rng.random() < 0.06:
                rows.append((f"s{s}", f"o{o}", say(alone[s])))
    return disguised("cliques" if known else "cliques, groups unknown", rows, gold, group if known else {}, rng)


def long_tail(seed: int, *, sources: int = 800, objects: int = 1500) -> Table:
    """Draw a few sources that say much and many that say one or two things; few voices per object."""
    rng = np.random.default_rng(seed)
    accuracy = rng.beta(5, 2, sources)
    activity = 1 / np.arange(1, sources + 1) ** 0.8
    activity /= activity.sum()
    rows, gold = [], {}
    for o in range(objects):
        odds = _false_values(rng, 12, 0.8)
        gold[f"o{o}"] = "true"
        for s in rng.choice(sources, size=1 + rng.geometric(0.3), replace=False, p=activity):
            rows.append((f"s{s}", f"o{o}", "true" if rng.random() < accuracy[s] else f"w{rng.choice(12, p=odds)}"))
    return disguised("long tail", rows, gold, {}, rng)


def two_valued(seed: int, *, sources: int = 40, objects: int = 400, coverage: float = 0.25, share: float = 0.25) -> Table:
    """Yes or no, with sources that are better at one answer than at the other."""
    rng = np.random.default_rng(seed)
    right = {"yes": rng.beta(5, 3, sources), "no": rng.beta(8, 2, sources)}
    rows, gold = [], {}
    for o in range(objects):
        true = "yes" if rng.random() < share else "no"
        wrong = "no" if true == "yes" else "yes"
        gold[f"o{o}"] = true
        for s in np.flatnonzero(rng.random(sources) < coverage):
            rows.append((f"s{s}", f"o{o}", true if rng.random() < right[true][s] else wrong))
    return Table("two-valued", rows, gold)


def specificity(seed: int, *, sources: int = 8, objects: int = 2000) -> Table:
    """Values have a coarser form that recurs; some sources prefer it. Nothing tells the model which values are coarse."""
    rng = np.random.default_rng(seed)
    accuracy = rng.uniform(0.6, 0.95, sources)
    coarse = rng.uniform(0.05, 0.7, sources)
    rows, gold = [], {}
    for o in range(objects):
        place = int(rng.zipf(1.4)) % 500
        region = f"region {place % 12}"
        gold[f"o{o}"] = f"place {place}"
        for s in np.flatnonzero(rng.random(sources) < 0.4):
            if rng.random() >= accuracy[s]:
                rows.append((f"s{s}", f"o{o}", f"place {int(rng.zipf(1.4)) % 500}"))
            else:
                rows.append((f"s{s}", f"o{o}", region if rng.random() < coarse[s] else gold[f"o{o}"]))
    return Table("specificity", rows, gold)


def shared_error(seed: int, *, sources: int = 18, objects: int = 900) -> Table:
    """Half the sources read one stale feed now and then, unknown to anybody: majority is right about half the time."""
    rng = np.random.default_rng(seed)
    accuracy = rng.uniform(0.3, 0.85, sources)
    reads = rng.random(sources) < 0.5
    rows, gold = [], {}
    for o in range(objects):
        odds = _false_values(rng, 10, 0.6)
        stale = f"w{rng.choice(10, p=odds)}"
        gold[f"o{o}"] = "true"
        for s in np.flatnonzero(rng.random(sources) < 0.7):
            if reads[s] and rng.random() < 0.35:
                rows.append((f"s{s}", f"o{o}", stale))
            else:
                rows.append((f"s{s}", f"o{o}", "true" if rng.random() < accuracy[s] else f"w{rng.choice(10, p=odds)}"))
    return disguised("shared error", rows, gold, {}, rng)


def feeds(seed: int, *, sources: int = 18, objects: int = 1200) -> Table:
    """Every source mixes one of four mediocre feeds, unknown to anybody, with observations of its own."""
    rng = np.random.default_rng(seed)
    feed = rng.integers(0, 4, sources)
    accuracy = rng.uniform(0.3, 0.8, sources)
    quality = (0.55, 0.45, 0.4, 0.5)
    rows, gold = [], {}
    for o in range(objects):
        odds = _false_values(rng, 10, 1.0)
        gold[f"o{o}"] = "true"

        def say(a: float, odds: np.ndarray = odds) -> str:
            return "true" if rng.random() < a else f"w{rng.choice(10, p=odds)}"

        carried = [say(a) for a in quality]
        for s in np.flatnonzero(rng.random(sources) < 0.7):
            rows.append((f"s{s}", f"o{o}", carried[feed[s]] if rng.random() < 0.6 else say(accuracy[s])))
    return disguised("feeds", rows, gold, {}, rng)


def unanswered(seed: int, *, sources: int = 20, objects: int = 600) -> Table:
    """For one object in six no source has the right value."""
    rng = np.random.default_rng(seed)
    accuracy = rng.uniform(0.6, 0.95, sources)
    rows, gold = [], {}
    for o in range(objects):
        odds = _false_values(rng, 10, 0.5)
        gold[f"o{o}"] = "true"
        known = rng.random() > 1 / 6
        for s in np.flatnonzero(rng.random(sources) < 0.3):
            rows.append((f"s{s}", f"o{o}", "true" if known and rng.random() < accuracy[s] else f"w{rng.choice(10, p=odds)}"))
    return disguised("unanswered", rows, gold, {}, rng)


def shared_guesses(seed: int, *, sources: int = 39, objects: int = 108, spread: float = 1.5) -> Table:
    """Yes or no, everybody asked everything: on each object all voices are pushed the same way, sometimes the wrong one."""
    rng = np.random.default_rng(seed)
    rows, gold = [], {}
    skill, bias = rng.normal(1.0, 0.8, sources), rng.normal(0, 0.6, sources)
    for o in range(objects):
        true = int(rng.random() < 0.45)
        gold[f"o{o}"] = str(true)
        shift = rng.normal(0, spread)
        for s in range(sources):
            odds = skill[s] + (bias[s] if true else -bias[s]) + shift
            rows.append((f"s{s}", f"o{o}", str(true if rng.random() < 1 / (1 + np.exp(-odds)) else 1 - true)))
    return Table("shared guesses", rows, gold)


def schools(seed: int, *, sources: int = 39, objects: int = 108) -> Table:
    """Yes or no, everybody asked everything: voices also look at a feature that says nothing, each in its own direction."""
    rng = np.random.default_rng(seed)
    rows, gold = [], {}
    look, bar = rng.normal([1.6, 0.0], [0.6, 0.9], (sources, 2)), rng.normal(0, 0.7, sources)
    for o in range(objects):
        true = int(rng.random() < 0.5)
        gold[f"o{o}"] = str(true)
        seen = np.array([2 * true - 1 + rng.normal(0, 0.9), rng.normal()])
        rows += [(f"s{s}", f"o{o}", str(int(look[s] @ seen - bar[s] + rng.normal() > 0))) for s in range(sources)]
    return Table("schools", rows, gold)


def measurements(seed: int, *, sources: int = 14, objects: int = 600) -> Table:
    """Whole numbers with errors of each source's own size: wrong values crowd around the right one."""
    rng = np.random.default_rng(seed)
    sigma, gross = rng.uniform(0.2, 1.6, sources), rng.uniform(0, 0.15, sources)
    rows, gold = [], {}
    for o in range(objects):
        true = int(rng.integers(-10, 40))
        gold[f"o{o}"] = str(true)
        for s in np.flatnonzero(rng.random(sources) < 0.6):
            value = int(rng.integers(-10, 40)) if rng.random() < gross[s] else true + int(np.rint(rng.normal(0, sigma[s])))
            rows.append((f"s{s}", f"o{o}", str(value)))
    return Table("measurements", rows, gold)


def pages(seed: int, *, sources: int = 1500, objects: int = 780) -> Table:
    """Hundreds of sources with few claims each, which give the place, its region (some prefer it), or a neighbour."""
    rng = np.random.default_rng(seed)
    accuracy, coarse = rng.beta(5, 2, sources), rng.beta(0.8, 2.5, sources)
    activity = 1 / np.arange(1, sources + 1) ** 0.9
    activity /= activity.sum()
    rows, gold = [], {}
    for o in range(objects):
        place = int(rng.zipf(1.3)) % 800
        gold[f"o{o}"] = f"place {place}"
        near = [(place + int(step)) % 800 for step in rng.integers(1, 6, 2)]
        for s in rng.choice(sources, size=1 + rng.poisson(4.6), replace=False, p=activity):
            if rng.random() < accuracy[s]:
                value = f"region {place // 10}" if rng.random() < coarse[s] else f"place {place}"
            elif rng.random() < 0.5:
                value = f"place {near[int(rng.random() < 0.3)]}"
            else:
                value = f"region {int(rng.zipf(1.3)) % 800 // 10}"
            rows.append((f"s{s}", f"o{o}", value))
    return Table("pages", rows, gold)


def crowd(
    seed: int,
    *,
    answers: int,
    sources: int,
    objects: int,
    votes: int,
    skew: float = 0.0,
    spam: float = 0.0,
    tail: float = 1.0,
    near: float = 0.0,
    severity: float = 0.0,
    skill: float = 2.0,
    hard: float = 0.7,
) -> Table:
    """Draw labels by a crowd: answers on a scale, each labeller with its own keenness and severity, each object with its own clarity.

    `skew` makes low answers commoner, `near` makes neighbours on the scale likelier slips, `spam` is the share of labellers who answer
    without looking, `tail` the exponent of how unequally the work is spread, `hard` how much objects differ.
    """
    rng = np.random.default_rng(seed)
    prior = np.exp(-skew * np.arange(answers))
    prior /= prior.sum()
    keen = rng.normal(skill, 0.8, sources)
    bias = rng.normal(0, 1, (sources, 1)) * severity * np.linspace(-1, 1, answers) + rng.normal(0, 0.3, (sources, answers))
    careless = rng.random(sources) < spam
    habit = rng.dirichlet(np.full(answers, 0.5), sources)
    activity = 1 / np.arange(1, sources + 1) ** tail
    activity /= activity.sum()
    scale = np.arange(answers)
    rows, gold = [], {}
    for o in range(objects):
        true = int(rng.choice(answers, p=prior))
        gold[f"o{o}"] = str(true)
        clear = rng.normal(0, hard)
        pull = rng.normal(0, 0.6 * hard, answers)  # what the object looks like to everybody
        slips = -near * np.abs(scale - true) + pull
        slips[true] = 0.0
        for s in rng.choice(sources, size=min(votes, sources), replace=False, p=activity):
            logit = slips + bias[s] + (keen[s] + clear) * (scale == true)
            odds = habit[s] if careless[s] else np.exp(logit - logit.max())
            rows.append((f"s{s}", f"o{o}", str(rng.choice(answers, p=odds / odds.sum()))))
    return Table("crowd", rows, gold)


def categories(seed: int) -> Table:
    """Four answers of which some look alike, few labellers who do much."""
    return crowd(seed, answers=4, sources=40, objects=600, votes=9, near=0.6, skill=1.6, tail=0.7)


def grades(seed: int) -> Table:
    """Five grades, most of them the lowest; many labellers, severe or lenient, who mostly do little, and some who do not look."""
    return crowd(seed, answers=5, sources=400, objects=2500, votes=6, skew=0.5, near=0.8, severity=0.8, skill=1.8, spam=0.1, tail=1.1)


def careless(seed: int) -> Table:
    """Yes or no, three labellers an object, a quarter of whom do not look; yes is rare."""
    return crowd(seed, answers=2, sources=150, objects=3000, votes=3, skew=1.6, spam=0.25, severity=0.8, hard=0.5)


def opinions(seed: int) -> Table:
    """Yes or no, twenty labellers an object, good ones."""
    return crowd(seed, answers=2, sources=85, objects=600, votes=20, skill=1.6, severity=0.5, tail=0.8)


def puzzling(seed: int) -> Table:
    """Yes or no, eight weak and biased labellers an object; many objects look like the other answer to everybody."""
    return crowd(seed, answers=2, sources=60, objects=700, votes=8, skill=0.9, severity=0.8, tail=0.8, hard=1.0)


def puzzling_categories(seed: int) -> Table:
    """Four answers, nine weak labellers an object; many objects look like another answer to everybody."""
    return crowd(seed, answers=4, sources=30, objects=400, votes=9, near=0.4, skill=0.7, tail=0.6, hard=1.0)


def few(seed: int, *, sources: int = 6, objects: int = 500) -> Table:
    """Six sources, which say something about most objects; false values differ in popularity; some objects are hard for all."""
    return independent(seed, sources=sources, objects=objects, coverage=0.7, false=12, popularity=1.2, low=0.4, high=0.95, hard=0.3)


def editors(seed: int, *, people: int = 1500, objects: int = 9000) -> Table:
    """Figures that editors of one page leave or change: a robot fills most pages, later editors keep what stands there more often than not.

    The truth is known for some disputed objects only, as where somebody looked them up.
    """
    rng = np.random.default_rng(seed)
    skill = rng.beta(6, 1.5, people)
    activity = 1 / np.arange(1, people + 1)
    activity /= activity.sum()
    rows, gold = [], {}
    for o in range(objects):
        said = {}
        standing = None
        if rng.random() < 0.7:
            standing = "true" if rng.random() < 0.9 else f"w{rng.integers(30)}"
            said["robot"] = standing
        for s in rng.choice(people, size=rng.choice([0, 1, 2, 3, 5], p=[0.55, 0.25, 0.12, 0.06, 0.02]), replace=False, p=activity):
            if standing is None or rng.random() > 0.7:
                standing = "true" if rng.random() < skill[s] else f"w{rng.integers(30)}"
            said[f"s{s}"] = standing
        rows += [(source, f"o{o}", value) for source, value in said.items()]
        if len(set(said.values())) > 1 and rng.random() < 0.5:
            gold[f"o{o}"] = "true"
    return disguised("editors", rows, gold, {}, rng)


def stated_form(rng: np.random.Generator, odds: np.ndarray, has_short: bool, right: float, shortens: float) -> str:
    """Return what a seller writes who is right so often and shortens, where there is a short form, so often: "true", "short" or a slip."""
    if rng.random() < right:
        return "short" if has_short and rng.random() < shortens else "true"
    return f"w{rng.choice(len(odds), p=odds)}"


def shops(seed: int, *, sources: int = 400, objects: int = 1000, variants: float = 0.4) -> Table:
    """Draw many sellers, most with few claims, who like to shorten what can be; a third copy one of two catalogues, unknown to anybody."""
    rng = np.random.default_rng(seed)
    accuracy, short = rng.beta(5, 2, sources), rng.beta(0.8, 1.6, sources)
    activity = 1 / np.arange(1, sources + 1) ** 0.8
    activity /= activity.sum()
    takes = np.where(rng.random(sources) < 1 / 3, rng.integers(0, 2, sources), -1)
    rows, gold = [], {}
    for o in range(objects):
        odds = _false_values(rng, 15, 1.5)
        gold[f"o{o}"] = "true"
        say = partial(stated_form, rng, odds, rng.random() < variants)
        catalogue = [say(0.6, 0.2), say(0.85, 0.5)]
        for s in rng.choice(sources, size=3 + rng.poisson(10), replace=False, p=activity):
            copies = takes[s] >= 0 and rng.random() < 0.9
            rows.append((f"s{s}", f"o{o}", catalogue[takes[s]] if copies else say(accuracy[s], short[s])))
    return disguised("shops", rows, gold, {}, rng)


def readings(seed: int, *, sources: int = 30, objects: int = 300) -> Table:
    """Numbers on a fine scale: most observers are off by a little, some by much, and equal readings are rare."""
    rng = np.random.default_rng(seed)
    exact, sigma = rng.uniform(0.1, 0.7, sources), rng.uniform(1, 12, sources)
    rows, gold = [], {}
    for o in range(objects):
        true = int(rng.integers(0, 200))
        gold[f"o{o}"] = str(true)
        for s in np.flatnonzero(rng.random(sources) < 0.33):
            rows.append((f"s{s}", f"o{o}", str(true if rng.random() < exact[s] else true + int(np.rint(rng.normal(0, sigma[s]))))))
    return Table("readings", rows, gold)


def disguised(name: str, rows: list[tuple[str, str, str]], gold: dict[str, str], groups: dict[str, str], rng: np.random.Generator) -> Table:
    """Replace each object's values by numbers that say nothing."""
    code: dict[tuple[str, str], str] = {}
    for _, subject, value in rows:
        code.setdefault((subject, value), str(rng.integers(10**9)))
    renamed = [(source, subject, code[subject, value]) for source, subject, value in rows]
    return Table(name, renamed, {subject: code.get((subject, value), "nobody said it") for subject, value in gold.items()}, groups)


WORLDS: dict[str, Callable[[int], Table]] = {
    "independent": independent,
    "copying": copying,
    "copying, groups unknown": lambda seed: copying(seed, known=False),
    "cliques": cliques,
    "cliques, groups unknown": lambda seed: cliques(seed, known=False),
    "long tail": long_tail,
    "two-valued": two_valued,
    "specificity": specificity,
    "shared error": shared_error,
    "feeds": feeds,
    "unanswered": unanswered,
    "shared guesses": shared_guesses,
    "schools": schools,
    "measurements": measurements,
    "pages": pages,
    "categories": categories,
    "grades": grades,
    "careless": careless,
    "opinions": opinions,
    "puzzling": puzzling,
    "puzzling categories": puzzling_categories,
    "few": few,
    "editors": editors,
    "shops": shops,
    "readings": readings,
}
