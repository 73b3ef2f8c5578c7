"""How far an attribution's confidence can be trusted, on sets of the benchmark contract.

    python benchmarks/calibration.py --gold DIR [DIR ...] [--threshold 0.9]

Each DIR holds articles.jsonl and gold.jsonl. A prediction is right where its content matches a gold one (overlap of at least half of the
union, best first) and its ultimate source is the gold one by name, or unnamed or missing as there: the benchmark scorer's rule, with which
the counts agree to one prediction a set. Printed are the reliability curve (stated against observed, in tenths), the expected calibration
error, and for each threshold the share of predictions that reach it and how many of those are right, with a 95% Wilson interval.
Optional gold, and gold without an ultimate source, count neither for nor against.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "include"))

from sumber.commands import attribute  # noqa: E402
from sumber.pipeline import seeds  # noqa: E402

Record = dict[str, Any]
THRESHOLDS = (0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95)
DULL = frozenset(
    {"a", "an", "the", "unnamed", "official", "officials", "source", "sources", "of", "in", "to", "for", "from"}
    | {"pejabat", "seorang", "sumber", "yang", "dari", "một", "của", "nguồn", "tin"}
)  # words of descriptions that tell no two unnamed sources apart
ALIKE = 0.6  # share of telling words from which two names are one


class Judged(NamedTuple):
    """One prediction: the confidence that it states, and whether it is right."""

    confidence: float
    is_right: bool


def records(path: Path) -> list[Record]:
    """Return the records of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def words(name: str) -> frozenset[str]:
    """Return the telling words of a name; all, where none tells anything."""
    folded = re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", name).casefold()).split()
    return frozenset(word for word in folded if word not in DULL) or frozenset(folded)


def is_same(one: str, other: str) -> bool:
    """Tell whether two names mean one source; what stands in parentheses is a name of its own."""
    for a in (one, *re.findall(r"\(([^)]+)\)", one), one.partition("(")[0]):
        for b in (other, *re.findall(r"\(([^)]+)\)", other), other.partition("(")[0]):
            left, right = words(a), words(b)
            if left and right and len(left & right) >= ALIKE * len(left | right):
                return True
    return False


def is_right(found: Record, gold: Record) -> bool:
    """Tell whether a predicted ultimate source is the gold one."""
    name, kind = found["ultimate"]["name"], found["ultimate"]["kind"]
    accepted = [each for each in (gold.get("name"), *(gold.get("accept") or ())) if each]
    if name and any(is_same(name, each) for each in accepted):
        return True
    wanted = gold.get("kind") if gold.get("name") else "unattributed"
    return bool(wanted in ("anonymous", "unattributed") and kind == wanted)


def judge(gold: list[Record], found: list[Record]) -> list[Judged]:
    """Return each prediction of one article with whether it is right."""
    wanted = [one for one in gold if one["content"]]
    covered = [{k for start, end in one["content"] for k in range(start, end)} for one in wanted]
    given = [{k for start, end in one["content"] for k in range(start, end)} for one in found]
    pairs = sorted(
        (
            (not wanted[i].get("optional"), len(a & b) / len(a | b), i, j)
            for i, a in enumerate(covered)
            for j, b in enumerate(given)
            if 2 * len(a & b) >= len(a | b)
        ),
        reverse=True,
    )
    match: dict[int, int] = {}
    for _, _, i, j in pairs:
        if j not in match and i not in match.values():
            match[j] = i
    judged = []
    for j, one in enumerate(found):
        target = wanted[match[j]] if j in match else None
        if target is not None and (target.get("optional") or not target.get("ultimate")):
            continue
        judged.append(Judged(one["confidence"], target is not None and is_right(one, target["ultimate"])))
    return judged


def interval(right: int, count: int) -> tuple[float, float]:
    """Return the 95% Wilson interval of a share."""
    if not count:
        return 0.0, 1.0
    z, share = 1.96, right / count
    middle, spread = share + z * z / (2 * count), z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (middle - spread) / (1 + z * z / count), (middle + spread) / (1 + z * z / count)


def report(name: str, judged: list[Judged], threshold: float) -> str:
    """Return the tables for one set of judged predictions."""
    count = len(judged)
    lines = [f"{name}: {count} predictions, {sum(one.is_right for one in judged)} right", "  stated      n   mean stated   right"]
    error = 0.0
    for tenth in range(10):
        some = [one for one in judged if min(9, int(one.confidence * 10)) == tenth]
        if some:
            stated, right = sum(one.confidence for one in some) / len(some), sum(one.is_right for one in some) / len(some)
            error += abs(stated - right) * len(some) / count
            lines.append(f"  {tenth / 10:.1f}–{tenth / 10 + 0.1:.1f} {len(some):5}   {stated:11.2f}   {right:5.2f}")
    lines += [f"  expected calibration error {error:.3f}", "  threshold   share reaching it   right among them (95%)"]
    for level in sorted({*THRESHOLDS, threshold}):
        some = [one for one in judged if one.confidence >= level]
        right = sum(one.is_right for one in some)
        low, high = interval(right, len(some))
        mark = "  <- published" if level == threshold else ""
        share = len(some) / count if count else 0.0
        observed = f"{right / len(some):.3f}" if some else "-"
        lines.append(f"  {level:9.2f}   {share:17.2f}   {observed} ({low:.2f}–{high:.2f}, {right} of {len(some)}){mark}")
    return "\n".join(lines)


def main() -> int:
    """Print the tables, for each set and for all together."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, nargs="+", required=True, metavar="DIR", help="folders with articles.jsonl and gold.jsonl")
    parser.add_argument("--threshold", type=float, default=0.9, help="confidence from which attributions are published")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)
    loaded = seeds.load(ROOT / "seeds")
    every: list[Judged] = []
    for folder in arguments.gold:
        gold = {record["id"]: record["attributions"] for record in records(folder / "gold.jsonl")}
        judged: list[Judged] = []
        for record in records(folder / "articles.jsonl"):
            if record["id"] in gold:
                blank = dict.fromkeys(("url", "outlet", "published_at", "title"))
                judged += judge(gold[record["id"]], attribute.predict({**blank, **record}, loaded)["attributions"])
        every += judged
        print(report(folder.name, judged, arguments.threshold), end="\n\n")
    if len(arguments.gold) > 1:
        print(report("all", every, arguments.threshold))
    return 0


if __name__ == "__main__":
    sys.exit(main())
