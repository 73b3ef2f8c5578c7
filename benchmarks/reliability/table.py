"""Claims tables as arrays, read from CSV or generated, and the figures that `run.py` prints for them."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np


@dataclass
class Table:
    """A claims table: parallel arrays per claim, and the truth per object where known.

    `source`, `object` and `fact` are numbers; a fact is a distinct (object, value) pair, `fact_object` its object, `fact_value` its value.
    """

    name: str
    rows: list[tuple[str, str, str]]
    gold: dict[str, str]
    groups: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Give sources, objects, values and facts their numbers, in sorted order."""
        self.sources = sorted({row[0] for row in self.rows})
        self.objects = sorted({row[1] for row in self.rows})
        self.values = sorted({row[2] for row in self.rows})
        pairs = sorted({(row[1], row[2]) for row in self.rows})
        at = {name: number for number, name in enumerate(self.sources)}
        of = {name: number for number, name in enumerate(self.objects)}
        val = {name: number for number, name in enumerate(self.values)}
        number = {pair: n for n, pair in enumerate(pairs)}
        self.pairs = pairs
        self.source = np.array([at[row[0]] for row in self.rows])
        self.object = np.array([of[row[1]] for row in self.rows])
        self.fact = np.array([number[row[1], row[2]] for row in self.rows])
        self.fact_object = np.array([of[pair[0]] for pair in pairs])
        self.fact_value = np.array([val[pair[1]] for pair in pairs])
        self.is_gold = np.array([pair[0] in self.gold for pair in pairs])
        self.is_right = np.array([self.gold.get(pair[0]) == pair[1] for pair in pairs])


def read(folder: Path) -> Table:
    """Read claims.csv, gold.csv and, where there is one, groups.csv."""

    def rows(name: str) -> list[dict[str, str]]:
        with (folder / name).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    claims = [(row["source"], row["object"], row["value"]) for row in rows("claims.csv")]
    gold = {row["object"]: row["value"] for row in rows("gold.csv")}
    groups = {row["source"]: row["group"] for row in rows("groups.csv")} if (folder / "groups.csv").exists() else {}
    return Table(folder.name.removeprefix("truth-"), claims, gold, groups)


def rank(values: np.ndarray) -> np.ndarray:
    """Return average ranks."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[inverse]


def figures(
    table: Table, belief: np.ndarray, score: np.ndarray, lower: np.ndarray | None = None, upper: np.ndarray | None = None, least: int = 10
) -> dict[str, float]:
    """Return accuracy (ties share the credit), expected calibration error (10 bins), Spearman and interval coverage over sources.

    `belief` is per fact, `score` and the bounds per source. Only objects with a known truth count, and sources with `least` of them.
    """
    objects = len(table.objects)
    top = np.full(objects, -np.inf)
    np.maximum.at(top, table.fact_object, belief)
    best = belief >= top[table.fact_object] - 1e-9
    credit = np.bincount(table.fact_object, best & table.is_right, objects) / np.maximum(np.bincount(table.fact_object, best, objects), 1)
    judged = np.bincount(table.fact_object, table.is_gold, objects) > 0
    p, y = np.clip(top[judged], 0, 1), credit[judged]
    bins = np.minimum((p * 10).astype(int), 9)
    ece = np.abs(np.bincount(bins, p, 10) - np.bincount(bins, y, 10)).sum() / len(p)
    size = np.bincount(table.source, table.is_gold[table.fact], len(table.sources))
    hits = np.bincount(table.source, table.is_right[table.fact], len(table.sources))
    use = size >= least
    true = hits[use] / size[use]
    out = {"accuracy": y.mean(), "ece": ece, "sources": int(use.sum())}
    if use.sum() >= 3:
        out["spearman"] = float(np.corrcoef(rank(score[use]), rank(true))[0, 1])
        out["mae"] = float(np.abs(score[use] - true).mean())
        if lower is not None and upper is not None:
            out["coverage"] = float(((lower[use] <= true) & (true <= upper[use])).mean())
            out["width"] = float((upper[use] - lower[use]).mean())
    return out
