"""Worlds drawn at random, kind by kind, half of the seeds held out: how often Sumber is behind majority vote and the best of the peers.

    .venv/bin/python benchmarks/reliability/battery.py                   the seeds on which constants and changes were chosen
    .venv/bin/python benchmarks/reliability/battery.py --held-out        those that only confirm
    .venv/bin/python benchmarks/reliability/battery.py --kind crowd      one kind, world by world

`worlds.py` asks one question per world; here every size, rate and habit of a kind is drawn, so that no constant can be fitted to one.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial

import numpy as np
import peers
import run
from table import Table, figures
from worlds import disguised, stated_form

SEEDS = {False: range(1000, 1040), True: range(7000, 7040)}  # held out?
Row = tuple[str, str, str]


def _between(rng: np.random.Generator, low: float, high: float) -> float:
    return float(rng.uniform(low, high))


def _spread(rng: np.random.Generator, low: float, high: float) -> int:
    """Draw a size, its logarithm evenly."""
    return int(np.exp(rng.uniform(np.log(low), np.log(high))))


def _zipf(size: int, exponent: float) -> np.ndarray:
    weight = 1 / np.arange(1, size + 1) ** exponent
    return weight / weight.sum()


def _cliques(rng: np.random.Generator, sources: int, share: float) -> tuple[np.ndarray, dict[str, str]]:
    """Let about a share of the sources copy, each one source that does not. Returns whom each copies (itself: nobody), and the groups."""
    leads = rng.choice(sources, size=int(rng.integers(1, 5)), replace=False)
    whom = np.where(rng.random(sources) < share, rng.choice(leads, size=sources), np.arange(sources))
    whom[leads] = leads
    copied = {int(lead) for s, lead in enumerate(whom) if lead != s}
    return whom, {f"s{s}": f"g{lead}" for s, lead in enumerate(whom) if int(lead) in copied}


def listings(seed: int) -> Table:
    """Web pages that list the same things (quotes, departures): some copy, some round, some are stale, some questions are hard."""
    rng = np.random.default_rng(seed)
    sources, objects = _spread(rng, 12, 55), _spread(rng, 200, 900)
    floor = _between(rng, 0.3, 0.8)
    accuracy, coverage = rng.uniform(floor, 0.99, sources), rng.beta(*rng.uniform(0.6, 3, 2), sources)
    coverage[rng.integers(sources)] = 0.95
    whom, groups = _cliques(rng, sources, _between(rng, 0.1, 0.6) if rng.random() < 0.6 else 0.0)
    fidelity, hard, popularity = _between(rng, 0.9, 0.995), _between(rng, 0, 0.3), _between(rng, 0, 2.5)
    false, stale = _spread(rng, 3, 40), rng.beta(1, 8, sources) * (rng.random() < 0.5)
    rounds = rng.random(sources) < _between(rng, 0, 0.4) * (rng.random() < 0.5)
    rows, gold = [], {}
    for o in range(objects):
        odds = rng.permutation(_zipf(false, popularity))
        shift = rng.exponential(1.5) if rng.random() < hard else 0.0
        gold[f"o{o}"] = "true"
        said: dict[int, str] = {}

        def say(s: int, odds: np.ndarray = odds, shift: float = shift, said: dict[int, str] = said) -> str:
            if s not in said:
                if rng.random() < stale[s]:
                    said[s] = "old"
                elif rng.random() < 1 / (1 + np.exp(shift) * (1 - accuracy[s]) / accuracy[s]):
                    said[s] = "round" if rounds[s] else "true"
                else:
                    said[s] = f"w{rng.choice(false, p=odds)}"
            return said[s]

        for s in np.flatnonzero(rng.random(sources) < coverage):
            rows.append((f"s{s}", f"o{o}", say(int(whom[s]) if whom[s] != s and rng.random() < fidelity else int(s))))
    return disguised("listings", rows, gold, groups if rng.random() < 0.3 else {}, rng)


def sellers(seed: int) -> Table:
    """Many shops with few goods each: full forms, short forms, slips of the pen, catalogues that some take over."""
    rng = np.random.default_rng(seed)
    sources, objects = _spread(rng, 80, 900), _spread(rng, 250, 1200)
    accuracy, short = rng.beta(*rng.uniform([3, 1], [8, 3]), sources), rng.beta(0.8, rng.uniform(1.2, 5), sources)
    activity = _zipf(sources, _between(rng, 0.5, 1.1))
    takes = np.where(rng.random(sources) < _between(rng, 0, 0.35) * (rng.random() < 0.6), rng.integers(0, 2, sources), -1)
    variants, popularity, mean = _between(rng, 0, 0.5), _between(rng, 0.5, 2), _between(rng, 2, 14)
    quality = rng.uniform(0.5, 0.95, 2)
    rows, gold = [], {}
    for o in range(objects):
        odds = _zipf(15, popularity)
        gold[f"o{o}"] = "true"
        say = partial(stated_form, rng, odds, rng.random() < variants)
        catalogue = [say(q, 0.3) for q in quality]
        for s in rng.choice(sources, size=2 + min(rng.poisson(mean), sources - 2), replace=False, p=activity):
            copies = takes[s] >= 0 and rng.random() < 0.9
            rows.append((f"s{s}", f"o{o}", catalogue[takes[s]] if copies else say(accuracy[s], short[s])))
    return disguised("sellers", rows, gold, {}, rng)


def forecasts(seed: int) -> Table:
    """Numbers that every source gets wrong by a little: some read one model, some round to fives, and the scale may be coarse."""
    rng = np.random.default_rng(seed)
    sources, objects = _spread(rng, 6, 30), _spread(rng, 200, 1200)
    scale = _between(rng, 0.3, 3)
    sigma, gross = scale * rng.gamma(2, 0.5, sources), rng.beta(1, 10, sources)
    exact, bias = rng.beta(1.5, 3, sources), rng.normal(0, 0.4 * scale, sources) * (rng.random() < 0.5)
    reads, common = rng.random(sources) < _between(rng, 0, 0.7), _between(rng, 0, 1) * scale
    fives = rng.random(sources) < 0.15 * (rng.random() < 0.5)
    coverage = rng.uniform(0.3, 1, sources)
    rows, gold = [], {}
    for o in range(objects):
        true, model = int(rng.integers(-10, 40)), rng.normal(0, common)
        gold[f"o{o}"] = str(true)
        for s in np.flatnonzero(rng.random(sources) < coverage):
            if rng.random() < gross[s]:
                value = int(rng.integers(-10, 40))
            elif rng.random() < exact[s]:
                value = true
            else:
                value = int(np.rint(true + (model if reads[s] else 0) + bias[s] + rng.normal(0, sigma[s])))
            rows.append((f"s{s}", f"o{o}", str(5 * round(value / 5) if fives[s] else value)))
    return Table("forecasts", rows, gold)


def places(seed: int) -> Table:
    """Lives and sites: few or very many sources give a place, its region (some prefer it), a neighbour, or a famous place."""
    rng = np.random.default_rng(seed)
    sources, objects = _spread(rng, 5, 1200), _spread(rng, 300, 1500)
    accuracy, coarse = rng.beta(*rng.uniform([3, 1], [8, 3]), sources), rng.beta(0.8, rng.uniform(1.2, 5), sources)
    activity = _zipf(sources, _between(rng, 0, 1))
    fame, mean, near, width = _between(rng, 1.2, 1.8), _between(rng, 0.5, 5), _between(rng, 0, 0.8), int(rng.choice([5, 10, 20]))
    rows, gold = [], {}
    for o in range(objects):
        place = int(rng.zipf(fame)) % 800
        gold[f"o{o}"] = f"place {place}"
        close = [(place + int(step)) % 800 for step in rng.integers(1, 6, 2)]
        for s in rng.choice(sources, size=min(1 + rng.poisson(mean), sources), replace=False, p=activity):
            if rng.random() < accuracy[s]:
                value = f"region {place // width}" if rng.random() < coarse[s] else f"place {place}"
            elif rng.random() < near:
                value = f"place {close[int(rng.random() < 0.3)]}"
            else:
                other = int(rng.zipf(fame)) % 800
                value = f"region {other // width}" if rng.random() < coarse[s] else f"place {other}"
            rows.append((f"s{s}", f"o{o}", value))
    return Table("places", rows, gold)


def registers(seed: int) -> Table:
    """Is it so? Few sources answer yes or no, each on its own part of the objects, and each with its own lean."""
    rng = np.random.default_rng(seed)
    sources, objects = _spread(rng, 4, 20), _spread(rng, 100, 1000)
    share = _between(rng, 0.1, 0.9)
    right = rng.beta(*rng.uniform([3, 1], [9, 3]), (sources, 2))
    coverage = rng.beta(1.2, 1.5, sources)
    coverage[rng.integers(sources)] = 0.9
    hard = _between(rng, 0, 1)
    rows, gold = [], {}
    for o in range(objects):
        true = int(rng.random() < share)
        gold[f"o{o}"] = str(true)
        pull = rng.normal(0, hard)
        for s in np.flatnonzero(rng.random(sources) < coverage):
            a = right[s, true]
            is_right = rng.random() < 1 / (1 + np.exp(pull) * (1 - a) / max(a, 1e-9))
            rows.append((f"s{s}", f"o{o}", str(true if is_right else 1 - true)))
    return Table("registers", rows, gold)


def crowd(seed: int) -> Table:
    """Labels by many: two to eight answers, skilled or weak, severe or lenient, careless or not; objects that mislead everybody."""
    rng = np.random.default_rng(seed)
    answers = int(rng.choice([2, 2, 2, 3, 4, 5, 8]))
    sources, objects, votes = _spread(rng, 15, 400), _spread(rng, 100, 1500), _spread(rng, 3, 25)
    prior = np.exp(-_between(rng, 0, 1.5) * np.arange(answers))
    prior = rng.permutation(prior / prior.sum())
    keen = rng.normal(_between(rng, 0.9, 2.5), 0.8, sources)
    bias = rng.normal(0, 1, (sources, 1)) * _between(rng, 0, 1) * np.linspace(-1, 1, answers) + rng.normal(0, 0.3, (sources, answers))
    spam = rng.random(sources) < _between(rng, 0, 0.3) * (rng.random() < 0.5)
    habit = rng.dirichlet(np.full(answers, 0.5), sources)
    activity = _zipf(sources, _between(rng, 0, 1.2))
    hard, near = _between(rng, 0, 1.2), _between(rng, 0, 0.8)
    second = rng.normal(0, 1, sources) * _between(rng, 0, 1) * (rng.random() < 0.4)  # looks at a feature that says nothing
    scale, rows, gold = np.arange(answers), [], {}
    for o in range(objects):
        true = int(rng.choice(answers, p=prior))
        gold[f"o{o}"] = str(true)
        clear, feature = rng.normal(0, hard), rng.normal()
        slips = -near * np.abs(scale - true) + rng.normal(0, 0.6 * hard, answers)
        slips[true] = 0.0
        for s in rng.choice(sources, size=min(votes, sources), replace=False, p=activity):
            logit = slips + bias[s] + (keen[s] + clear) * (scale == true) + second[s] * feature * np.linspace(-1, 1, answers)
            odds = habit[s] if spam[s] else np.exp(logit - logit.max())
            rows.append((f"s{s}", f"o{o}", str(rng.choice(answers, p=odds / odds.sum()))))
    return Table("crowd", rows, gold)


def editors(seed: int) -> Table:
    """Figures that many people fill in, change or leave, a robot first of all; the truth is known for some disputed ones."""
    rng = np.random.default_rng(seed)
    people, objects = _spread(rng, 100, 2000), _spread(rng, 1000, 5000)
    skill = rng.beta(*rng.uniform([3, 1], [8, 2]), people)
    activity = _zipf(people, _between(rng, 0.6, 1.1))
    robot, robots, keeps, false = _between(rng, 0, 0.8), _between(rng, 0.7, 0.95), _between(rng, 0.2, 0.8), _spread(rng, 3, 30)
    more = _between(rng, 0.5, 3)
    rows, gold = [], {}
    for o in range(objects):
        said: dict[str, str] = {}
        standing = None
        if rng.random() < robot:
            standing = "true" if rng.random() < robots else f"w{rng.integers(false)}"
            said["robot"] = standing
        for s in rng.choice(people, size=min(rng.poisson(more), people), replace=False, p=activity):
            if standing is None or rng.random() > keeps:
                standing = "true" if rng.random() < skill[s] else f"w{rng.integers(false)}"
            said[f"s{s}"] = standing
        rows += [(source, f"o{o}", value) for source, value in said.items()]
        if len(set(said.values())) > 1 and rng.random() < 0.5:
            gold[f"o{o}"] = "true"
    return disguised("editors", rows, gold, {}, rng)


def quotes(seed: int) -> Table:
    """Pages that read an attribute (last price, change, arrival) in one of its meanings, on nearly all objects; some copy."""
    rng = np.random.default_rng(seed)
    sources, attributes, things = _spread(rng, 10, 55), int(rng.integers(2, 13)), _spread(rng, 30, 150)
    meant = _between(rng, 0.6, 1)  # share of the pages that read an attribute as it is asked for
    meaning = np.where(rng.random((sources, attributes)) < meant, 0, rng.integers(1, 3, (sources, attributes)))
    slip, late = rng.beta(1, _between(rng, 4, 20), sources), rng.beta(1, 6, sources) * (rng.random() < 0.5)
    coverage = rng.beta(4, _between(rng, 0.5, 3), sources)
    whom, groups = _cliques(rng, sources, _between(rng, 0.1, 0.5) if rng.random() < 0.5 else 0.0)
    rows, gold = [], {}
    for a in range(attributes):
        differs = _between(rng, 0.2, 1)  # on so many things the other meanings have another value
        for t in range(things):
            o = f"o{t * attributes + a}"
            forms = ["true", *(f"meaning {m}" if rng.random() < differs else "true" for m in (1, 2))]
            said: dict[int, str] = {}
            for s in np.flatnonzero(rng.random(sources) < coverage):
                of = int(whom[s]) if rng.random() < 0.97 else int(s)
                if of not in said:
                    draw = rng.random()
                    kind = f"w{rng.integers(200)}" if draw < slip[of] else "old" if draw < slip[of] + late[of] else forms[meaning[of, a]]
                    said[of] = kind
                rows.append((f"s{s}", o, said[of]))
            if rng.random() < 0.3:
                gold[o] = "true"
    return disguised("quotes", rows, gold, groups if rng.random() < 0.5 else {}, rng)


def bylines(seed: int) -> Table:
    """Draw lists of names (authors of books): each seller has ways of cutting or reordering long ones, and makes slips of its own."""
    rng = np.random.default_rng(seed)
    sources, objects = _spread(rng, 60, 900), _spread(rng, 150, 1300)
    careful = rng.beta(*rng.uniform([4, 1], [12, 2]), sources)
    habits = rng.dirichlet(np.array([3.0, 1, 1, 0.5, 0.5]) * _between(rng, 0.1, 1), sources)  # whole, first name, two, reversed, editor too
    activity, mean = _zipf(sources, _between(rng, 0.5, 1.1)), _between(rng, 3, 25)
    long = _between(rng, 0.2, 0.6)
    rows, gold = [], {}
    for o in range(objects):
        names = 1 + min(rng.poisson(long * 2), 4)
        has_editor = rng.random() < 0.15
        forms = ["true", "first" if names > 1 else "true", "two" if names > 2 else "true", "reversed" if names > 1 else "true"]
        forms.append("editor" if has_editor else "true")
        for s in rng.choice(sources, size=2 + min(rng.poisson(mean), sources - 2), replace=False, p=activity):
            form = forms[rng.choice(5, p=habits[s])]
            rows.append((f"s{s}", f"o{o}", form if rng.random() < careful[s] else f"slip {rng.zipf(1.5)}"))
        if rng.random() < 0.3:
            gold[f"o{o}"] = "true"
    return disguised("bylines", rows, gold, {}, rng)


def wagers(seed: int) -> Table:
    """Questions with a few answers of their own, on which many people of little skill bet; some questions mislead most of them."""
    rng = np.random.default_rng(seed)
    people, objects = _spread(rng, 30, 500), _spread(rng, 80, 900)
    skill = rng.normal(_between(rng, 0.6, 2), _between(rng, 0.3, 1), people)
    activity, mean, hard = _zipf(people, _between(rng, 0.3, 1.1)), _between(rng, 3, 20), _between(rng, 0.3, 1.5)
    rows, gold = [], {}
    for o in range(objects):
        answers = int(rng.integers(2, 7))
        pull = rng.normal(0, hard, answers)
        gold[f"o{o}"] = "0"
        for s in rng.choice(people, size=min(2 + rng.poisson(mean), people), replace=False, p=activity):
            odds = np.exp(pull + skill[s] * (np.arange(answers) == 0))
            rows.append((f"s{s}", f"o{o}", str(rng.choice(answers, p=odds / odds.sum()))))
    return disguised("wagers", rows, gold, {}, rng)


def directories(seed: int) -> Table:
    """Ask what still exists: pages list what they once saw, few say that it is gone, more so where it is gone for long."""
    rng = np.random.default_rng(seed)
    sources, objects = _spread(rng, 5, 25), _spread(rng, 100, 3000)
    share, coverage = _between(rng, 0.4, 0.95), rng.beta(1.5, 1.5, sources)
    strikes, errs = rng.gamma(2, _between(rng, 0.2, 1), sources), rng.beta(1, 15, sources)
    rows, gold = [], {}
    for o in range(objects):
        true, age = int(rng.random() < share), rng.exponential(1.5)
        for s in np.flatnonzero(rng.random(sources) < coverage):
            says = int(rng.random() > errs[s]) if true else int(rng.random() < np.exp(-strikes[s] * age))
            rows.append((f"s{s}", f"o{o}", str(says)))
        if rng.random() < 0.5:
            gold[f"o{o}"] = str(true)
    return Table("directories", rows, gold)


KINDS: dict[str, Callable[[int], Table]] = {
    "listings": listings,
    "sellers": sellers,
    "forecasts": forecasts,
    "places": places,
    "registers": registers,
    "crowd": crowd,
    "editors": editors,
    "quotes": quotes,
    "bylines": bylines,
    "wagers": wagers,
    "directories": directories,
}


def measure(table: Table) -> tuple[dict[str, float], float, float]:
    """Return Sumber's figures, and the accuracy of majority vote and of the best peer."""
    methods = dict(peers.METHODS) | ({"Dawid-Skene": peers.dawid_skene} if len(table.values) <= 10 else {})
    accuracy = {name: figures(table, *method(table))["accuracy"] for name, method in methods.items()}
    return figures(table, *run.sumber(table)), accuracy["majority vote"], max(accuracy.values())


def main() -> None:
    """Print a row per kind, and with `--kind` one per world before it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--kind", choices=KINDS)
    arguments = parser.parse_args()
    print("kind       Sumber majority  best  worlds below majority, >1 point behind the best    ECE  >.05  Spearman  coverage")
    for kind in [arguments.kind] if arguments.kind else KINDS:
        rows = []
        for seed in SEEDS[arguments.held_out]:
            table = KINDS[kind](seed)
            own, majority, best = measure(table)
            right = own["accuracy"]
            rows.append((right, majority, best, own["ece"], own.get("spearman", np.nan), own.get("coverage", np.nan)))
            if arguments.kind:
                size = f"{len(table.sources):5} sources {len(table.objects):5} objects {len(table.rows):6} claims"
                print(f"  {seed}  {size}  {right:.3f}  {majority:.3f}  {best:.3f}  ECE {own['ece']:.3f}", flush=True)
        right, majority, best, ece, spearman, coverage = np.array(rows).T
        counts = f"{(right < majority - 1e-9).sum():21} {(right < best - 0.01).sum():27}"
        means = f"{right.mean():.3f}    {majority.mean():.3f}  {best.mean():.3f}"
        shown = f"{ece.mean():6.3f} {(ece > 0.05).sum():5} {np.nanmean(spearman):9.2f} {np.nanmean(coverage):9.2f}"
        print(f"{kind:10}  {means} {counts} {shown}", flush=True)


if __name__ == "__main__":
    main()
