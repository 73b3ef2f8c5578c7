"""Classical truth discovery, written from the papers: what the project's model is measured against.

Each function takes a `Table` and returns (belief per fact, score per source). Iterations are fixed; nothing sees the truth.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from table import Table

Result = tuple[np.ndarray, np.ndarray]


def _per_fact(table: Table, weight: np.ndarray) -> np.ndarray:
    return np.bincount(table.fact, weight, len(table.pairs))


def _per_source(table: Table, weight: np.ndarray) -> np.ndarray:
    return np.bincount(table.source, weight, len(table.sources))


def _per_object(table: Table, weight: np.ndarray) -> np.ndarray:
    return np.bincount(table.fact_object, weight, len(table.objects))


def _softmax(table: Table, logit: np.ndarray) -> np.ndarray:
    top = np.full(len(table.objects), -np.inf)
    np.maximum.at(top, table.fact_object, logit)
    power = np.exp(logit - top[table.fact_object])
    return power / _per_object(table, power)[table.fact_object]


def majority(table: Table) -> Result:
    """Share of the sources that give a value."""
    votes = _per_fact(table, np.ones(len(table.rows)))
    belief = votes / _per_object(table, votes)[table.fact_object]
    return belief, _per_source(table, belief[table.fact]) / _per_source(table, np.ones(len(table.rows)))


def truthfinder(table: Table, rounds: int = 20, dampening: float = 0.3) -> Result:
    """Yin, Han and Yu 2008, without value similarity."""
    load = _per_source(table, np.ones(len(table.rows)))
    trust = np.full(len(table.sources), 0.9)
    belief = np.zeros(len(table.pairs))
    for _ in range(rounds):
        belief = 1 / (1 + np.exp(-dampening * _per_fact(table, -np.log(1 - np.minimum(trust, 0.999999))[table.source])))
        trust = _per_source(table, belief[table.fact]) / load
    return belief, trust


def average_log(table: Table, rounds: int = 20) -> Result:
    """Pasternack and Roth 2010."""
    load = _per_source(table, np.ones(len(table.rows)))
    votes = _per_fact(table, np.ones(len(table.rows)))
    belief = votes / _per_object(table, votes)[table.fact_object]
    trust = np.ones(len(table.sources))
    for _ in range(rounds):
        trust = np.log(load + 1) * _per_source(table, belief[table.fact]) / load
        trust /= trust.max()
        belief = _per_fact(table, trust[table.source])
        belief /= belief.max()
    return belief / np.maximum(_per_object(table, belief)[table.fact_object], 1e-12), trust


def pooled_investment(table: Table, rounds: int = 20, growth: float = 1.4) -> Result:
    """Pasternack and Roth 2010."""
    load = _per_source(table, np.ones(len(table.rows)))
    votes = _per_fact(table, np.ones(len(table.rows)))
    belief = votes / _per_object(table, votes)[table.fact_object]
    trust = np.ones(len(table.sources))
    for _ in range(rounds):
        stake = (trust / load)[table.source]
        invested = _per_fact(table, stake)
        trust = _per_source(table, belief[table.fact] * stake / np.maximum(invested[table.fact], 1e-300))
        trust /= trust.max()
        pool = _per_fact(table, (trust / load)[table.source])
        grown = pool**growth
        belief = pool * grown / np.maximum(_per_object(table, grown)[table.fact_object], 1e-300)
    return belief / np.maximum(_per_object(table, belief)[table.fact_object], 1e-300), trust


def two_estimates(table: Table, rounds: int = 20) -> Result:
    """Galland et al. 2010: a source that gives one value denies the object's others."""
    positive = _per_fact(table, np.ones(len(table.rows)))
    all_votes = _per_object(table, positive)
    load = _per_source(table, (np.bincount(table.fact_object)[table.object]).astype(float))
    error = np.full(len(table.sources), 0.4)
    belief = positive / all_votes[table.fact_object]
    for _ in range(rounds):
        total = np.bincount(table.object, error[table.source], len(table.objects))[table.fact_object]
        own = _per_fact(table, error[table.source])
        belief = (positive - own + (total - own)) / all_votes[table.fact_object]
        spread = belief.max() - belief.min()
        belief = 0.5 * (belief + (belief - belief.min()) / max(spread, 1e-12))
        others = _per_object(table, belief)
        wrong = (1 - belief[table.fact]) + (others[table.object] - belief[table.fact])
        error = _per_source(table, wrong) / load
        spread = error.max() - error.min()
        error = 0.5 * (error + (error - error.min()) / max(spread, 1e-12))
        error = np.clip(error, 0.01, 0.99)
    return np.clip(belief / np.maximum(_per_object(table, belief)[table.fact_object], 1e-12), 0, 1), 1 - error


def _bayes(table: Table, false_values: Callable[[np.ndarray], np.ndarray], rounds: int) -> Result:
    load = _per_source(table, np.ones(len(table.rows)))
    accuracy = np.full(len(table.sources), 0.8)
    belief = np.zeros(len(table.pairs))
    for _ in range(rounds):
        belief = _softmax(table, _per_fact(table, np.log(accuracy / (1 - accuracy))[table.source]) + false_values(accuracy))
        accuracy = np.clip(_per_source(table, belief[table.fact]) / load, 0.01, 0.99)
    return belief, accuracy


def accu(table: Table, rounds: int = 20, false: int = 10) -> Result:
    """ACCU without copy detection (Dong, Berti-Equille and Srivastava 2009): ten equally likely false values, two-valued tables one."""
    offered = np.bincount(table.fact_object)[table.fact_object]
    closed = len(table.values) <= 5
    size = np.log(len(table.values) - 1 if closed else np.maximum(false, offered))
    votes = _per_fact(table, np.ones(len(table.rows)))
    return _bayes(table, lambda _: votes * size, rounds)


def popaccu(table: Table, rounds: int = 20) -> Result:
    """POPACCU (Dong, Saha and Srivastava 2012): false values are as popular as they are found to be."""
    votes = _per_fact(table, np.ones(len(table.rows)))
    xlogx = votes * np.log(votes)
    rest = _per_object(table, votes)[table.fact_object] - votes
    false = _per_object(table, xlogx)[table.fact_object] - xlogx - np.where(rest > 0, rest * np.log(np.maximum(rest, 1)), 0)
    return _bayes(table, lambda _: false, rounds)


def dawid_skene(table: Table, rounds: int = 60, slip: float = 0.01) -> Result:
    """Dawid and Skene 1979, from the shares of the votes, with a hundredth of a vote in each cell; for tables of few values."""
    size = len(table.values)
    said = table.fact_value[table.fact]
    truth = np.zeros((len(table.objects), size))
    np.add.at(truth, (table.object, said), 1)
    truth /= truth.sum(1, keepdims=True)
    for _ in range(rounds):
        confusion = np.full((len(table.sources), size, size), slip)
        for value in range(size):
            np.add.at(confusion[:, value], (table.source, said), truth[table.object, value])
        confusion /= confusion.sum(2, keepdims=True)
        logit = np.tile(np.log(truth.mean(0) + 1e-12), (len(table.objects), 1))
        np.add.at(logit, table.object, np.log(confusion[table.source, :, said]))
        truth = np.exp(logit - logit.max(1, keepdims=True))
        truth /= truth.sum(1, keepdims=True)
    belief = truth[table.fact_object, table.fact_value]
    return belief, _per_source(table, belief[table.fact]) / _per_source(table, np.ones(len(table.rows)))


def one_voice(table: Table, method: Callable[[Table], Result]) -> Result:
    """Count each known group of dependent sources once: its commonest value per object; members share the group's score."""
    voice = {source: table.groups.get(source, source) for source in table.sources}
    count: dict[tuple[str, str], dict[str, int]] = {}
    for source, subject, value in table.rows:
        tally = count.setdefault((voice[source], subject), {})
        tally[value] = tally.get(value, 0) + 1
    rows = [(name, subject, min(tally, key=lambda v: (-tally[v], v))) for (name, subject), tally in count.items()]
    small = Table(table.name, rows, table.gold)
    belief, score = method(small)
    by_pair = dict(zip(small.pairs, belief, strict=True))
    by_voice = dict(zip(small.sources, score, strict=True))
    return np.array([by_pair.get(pair, 0.0) for pair in table.pairs]), np.array([by_voice[voice[source]] for source in table.sources])


METHODS: dict[str, Callable[[Table], Result]] = {
    "majority vote": majority,
    "TruthFinder": truthfinder,
    "AverageLog": average_log,
    "PooledInvestment": pooled_investment,
    "2-Estimates": two_estimates,
    "ACCU": accu,
    "POPACCU": popaccu,
}
