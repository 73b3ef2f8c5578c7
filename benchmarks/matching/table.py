"""Print precision and recall of matched pairs, by relation and languages: python benchmarks/matching/table.py FOLDER pairs.csv."""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path

Pairs = dict[frozenset[str], str]


def read(path: Path) -> Pairs:
    """Read id_a, id_b, relation; the order inside a pair does not matter."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {frozenset((row["id_a"], row["id_b"])): row["relation"] for row in csv.DictReader(lines)}


def main(folder: Path, found: Path) -> None:
    """Print one line per group: precision, recall, and the counts behind them."""
    with (folder / "articles.jsonl").open(encoding="utf-8") as lines:
        langs = {record["id"]: record["lang"] for record in map(json.loads, lines)}
    parts = {}
    if (folder / "topics.csv").exists():
        with (folder / "topics.csv").open(encoding="utf-8", newline="") as lines:
            parts = {row["topic"]: row["part"] for row in csv.DictReader(lines)}
    gold, matched = read(folder / "gold_pairs.csv"), read(found)
    groups: dict[str, tuple[Pairs, Pairs]] = defaultdict(lambda: ({}, {}))
    for side, pairs in enumerate((gold, matched)):
        for pair, relation in pairs.items():
            part = parts.get(min(pair).partition("-")[0])
            for group in ("all", relation, "-".join(sorted(langs[one] for one in pair)), *([part] if part else [])):
                groups[group][side][pair] = relation
    print(f"{folder.name:16}{'precision':>10}{'recall':>10}{'right':>8}{'found':>8}{'gold':>8}")
    for group, (wanted, given) in sorted(groups.items()):
        right = sum(wanted.get(pair) == relation for pair, relation in given.items())
        shares = [f"{100 * right / len(side):.1f}" if side else "-" for side in (given, wanted)]
        print(f"{group:16}{shares[0]:>10}{shares[1]:>10}{right:>8}{len(given):>8}{len(wanted):>8}")
    if (folder / "look_alikes.csv").exists():
        with (folder / "look_alikes.csv").open(encoding="utf-8", newline="") as lines:
            rows = [(frozenset((row["id_a"], row["id_b"])), row["difference"]) for row in csv.DictReader(lines)]
        print("look-alikes taken for one copy: " + look_alikes(rows, matched))


def look_alikes(rows: list[tuple[frozenset[str], str]], matched: Pairs) -> str:
    """Return for each way in which look-alikes differ how many of how many were matched all the same."""
    differences = sorted({difference for _, difference in rows})
    counts = {one: [pair in matched for pair, difference in rows if difference == one] for one in differences}
    return ", ".join(f"{one} {sum(counts[one])} of {len(counts[one])}" for one in differences)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
