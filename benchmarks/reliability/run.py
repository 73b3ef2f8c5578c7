"""Prints one table: Sumber beside majority vote, TruthFinder, AverageLog, PooledInvestment, 2-Estimates, ACCU, POPACCU and Dawid-Skene.

    .venv/bin/python benchmarks/reliability/run.py                       synthetic worlds only
    .venv/bin/python benchmarks/reliability/run.py --sets FOLDER         and each truth-* set in FOLDER (claims.csv, gold.csv, groups.csv)
    .venv/bin/python benchmarks/reliability/run.py --crowd-kit PYTHON    Dawid-Skene by crowd-kit, in that environment's interpreter
    .venv/bin/python benchmarks/reliability/run.py --markdown            the table as in docs/reliability.md, and the calibration curve

Where groups are known, "one voice" is the peer on a table in which each group counts once. Sets are read, never written.
"""

from __future__ import annotations

import argparse
import csv
import io
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import peers
import worlds
from table import Table, figures, read

from sumber.sourcing.reliability import Model, Statement, fuse

SEEDS = (1, 2, 3)
Row = dict[str, float]

CROWD_KIT = """
import sys, pandas as pd
from crowdkit.aggregation import DawidSkene
frame = pd.read_csv(sys.stdin, dtype=str)
found = DawidSkene(n_iter=100).fit_predict_proba(frame)
found.stack().rename("belief").reset_index().to_csv(sys.stdout, index=False, header=["task", "label", "belief"])
"""


def sumber(table: Table, model: Model | None = None) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return belief per fact, and score, lower and upper per source (an unjudged source has nan)."""
    fusion = fuse([Statement(*row) for row in table.rows], table.groups, model=model)
    belief = {(truth.object, truth.value): truth.belief for truth in fusion.truths}
    scores = {score.source: score for score in fusion.scores}
    per_source = [
        (scores[name].score, scores[name].lower, scores[name].upper) if name in scores else (np.nan,) * 3 for name in table.sources
    ]
    score, lower, upper = np.array(per_source).T
    return np.array([belief[pair] for pair in table.pairs]), score, lower, upper


def dawid_skene(interpreter: Path, table: Table) -> peers.Result:
    """Run crowd-kit's Dawid-Skene in its own environment; accuracy of a source is its share of believed labels."""
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(["worker", "task", "label"])
    writer.writerows((source, subject, f"v{value}") for source, subject, value in table.rows)
    done = subprocess.run([str(interpreter), "-c", CROWD_KIT], input=rows.getvalue(), capture_output=True, text=True, check=True)  # noqa: S603
    found = {(row["task"], row["label"][1:]): float(row["belief"]) for row in csv.DictReader(io.StringIO(done.stdout))}
    belief = np.array([found.get(pair, 0.0) for pair in table.pairs])
    return belief, np.bincount(table.source, belief[table.fact]) / np.bincount(table.source)


def measure(table: Table, crowd_kit: Path | None) -> dict[str, Row]:
    """Return each method's figures on one table."""
    rows: dict[str, Row] = {}
    methods: dict[str, Callable[[Table], peers.Result]] = dict(peers.METHODS)
    if crowd_kit is not None and len(table.values) <= 10:
        methods["Dawid-Skene"] = lambda t: dawid_skene(crowd_kit, t)
    for name, method in methods.items():
        rows[name] = figures(table, *method(table))
        if table.groups:
            rows[f"{name}, one voice"] = figures(table, *peers.one_voice(table, method))
    start = time.perf_counter()
    found = sumber(table)
    took = time.perf_counter() - start
    rows["Sumber"] = figures(table, *found) | {"seconds": took}
    part = figures(some_truths(table), *found)
    if "coverage" in part:
        rows["Sumber"]["part"] = part["coverage"]
    return rows


def some_truths(table: Table) -> Table:
    """Return the table with the truth known for every seventh object, as public sets know it: true accuracies are then samples too."""
    return replace(table, gold={subject: table.gold[subject] for subject in sorted(table.gold)[::7]})


def mean(rows: list[Row]) -> Row:
    """Average figures over seeds."""
    return {key: float(np.mean([row[key] for row in rows if key in row])) for key in rows[0]}


def curve(tables: list[Table]) -> list[tuple[float, float, int]]:
    """Return (mean belief, share right, answers) per tenth of the belief in the answer."""
    beliefs, credits = [], []
    for table in tables:
        belief = sumber(table)[0]
        order = np.lexsort((-belief, table.fact_object))
        first = order[np.r_[True, np.diff(table.fact_object[order]) > 0]]
        first = first[table.is_gold[first]]
        beliefs.append(belief[first])
        credits.append(table.is_right[first])
    p, y = np.concatenate(beliefs), np.concatenate(credits)
    bins = np.minimum((p * 10).astype(int), 9)
    return [(float(p[bins == b].mean()), float(y[bins == b].mean()), int((bins == b).sum())) for b in range(10) if (bins == b).any()]


def show(name: str, rows: dict[str, Row], *, markdown: bool) -> None:
    """Print one table's figures, best accuracy of the peers marked."""
    plain = {method: row for method, row in rows.items() if method != "Sumber"}
    best = max(row["accuracy"] for row in plain.values())
    if markdown:
        print(f"\n**{name}**\n\n| method | accuracy | ECE | Spearman | coverage |\n|---|---|---|---|---|")
    else:
        print(f"\n{name}")
    for method, row in rows.items():
        spearman = f"{row['spearman']:.2f}" if "spearman" in row else "–"
        coverage = f"{row['coverage']:.2f}" if "coverage" in row else "–"
        mark = "*" if method != "Sumber" and row["accuracy"] > best - 1e-9 else ""
        if markdown:
            print(f"| {method} | {row['accuracy']:.3f}{mark} | {row['ece']:.3f} | {spearman} | {coverage} |")
        else:
            took = f" ({row['part']:.2f} on a seventh)" if "part" in row else ""
            took += f"  {row['seconds']:.2f} s" if "seconds" in row else ""
            shown = f"accuracy {row['accuracy']:.3f}{mark:1}  ECE {row['ece']:.3f}  Spearman {spearman:>5}  coverage {coverage:>4}"
            print(f"  {method:30} {shown}{took}", flush=True)


def main() -> int:
    """Measure and print. Returns 0 where Sumber is at least as accurate as majority vote on every table and seed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=Path, metavar="FOLDER")
    parser.add_argument("--crowd-kit", type=Path, metavar="PYTHON")
    parser.add_argument("--markdown", action="store_true")
    arguments = parser.parse_args()
    lost = []
    real = []
    if arguments.sets is not None:
        for folder in sorted(arguments.sets.glob("truth-*")):
            real.append(read(folder))
            rows = measure(real[-1], arguments.crowd_kit)
            show(real[-1].name, rows, markdown=arguments.markdown)
            if rows["Sumber"]["accuracy"] < rows["majority vote"]["accuracy"]:
                lost.append(real[-1].name)
    made = []
    for name, make in worlds.WORLDS.items():
        tables = [make(seed) for seed in SEEDS]
        made += tables
        measured = [measure(table, arguments.crowd_kit) for table in tables]
        show(
            f"{name} (synthetic, mean of {len(SEEDS)})",
            {m: mean([rows[m] for rows in measured]) for m in measured[0]},
            markdown=arguments.markdown,
        )
        if any(rows["Sumber"]["accuracy"] < rows["majority vote"]["accuracy"] for rows in measured):
            lost.append(name)
    for title, tables in (("sets", real), ("synthetic worlds", made)):
        if tables:
            print(f"\ncalibration, {title}: belief in the answer -> share right (answers)")
            for believed, right, answers in curve(tables):
                print(f"  {believed:.2f} -> {right:.2f}  {'#' * round(40 * right):40} ({answers})")
    if lost:
        print(f"\nless accurate than majority vote on: {', '.join(lost)}")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
