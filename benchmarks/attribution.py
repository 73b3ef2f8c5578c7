"""Speed and accuracy of attribution, beside a peer, in one run.

    python benchmarks/attribution.py [--articles articles.jsonl] [--gold DIR ...]

Without arguments it reads the project's own golden cases. `--articles` measures speed on any articles.jsonl; each `--gold` names a folder
with articles.jsonl and gold.jsonl of the benchmark contract and adds a line of content precision and recall (a match is a character overlap
of at least half of the union). The peer is textacy's direct-quotation extraction; where it or its English model is not installed, the table
says so.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "include"))

from sumber.commands import attribute  # noqa: E402
from sumber.pipeline import seeds  # noqa: E402

MEAN = 2500  # code points of an article to which speed is scaled
Spans = list[tuple[int, int]]


def records(path: Path) -> list[dict[str, Any]]:
    """Return the records of an articles.jsonl, with absent keys as None."""
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    for record in found:
        for key in ("url", "outlet", "published_at", "title"):
            record.setdefault(key, None)
    return found


def own() -> list[dict[str, Any]]:
    """Return the golden cases as articles."""
    cases = []
    for path in sorted((ROOT / "tests" / "golden" / "attribution").glob("*.jsonl")):
        for line in filter(str.strip, path.read_text(encoding="utf-8").split("\n")):
            case = json.loads(line)
            blank = dict.fromkeys(("url", "outlet", "published_at", "title"))
            cases.append({"id": f"{path.stem}: {case['name']}", "lang": path.stem, "text": case["text"], **blank})
    return cases


def speed(articles: list[dict[str, Any]], loaded: seeds.Seeds) -> tuple[float, float]:
    """Return (articles of the mean length a second, microseconds a code point) on one core."""
    for record in articles[:20]:
        attribute.predict(record, loaded)
    begin = time.process_time()
    for record in articles:
        attribute.predict(record, loaded)
    took = time.process_time() - begin
    length = sum(len(record["text"]) for record in articles)
    return length / MEAN / took, took / length * 1e6


def matched(gold: Iterable[Spans], found: Iterable[Spans]) -> int:
    """Return the number of one-to-one matches, best overlap first."""
    wanted = [{k for start, end in spans for k in range(start, end)} for spans in gold]
    given = [{k for start, end in spans for k in range(start, end)} for spans in found]
    pairs = sorted(
        (
            (len(a & b) / len(a | b), i, j)
            for i, a in enumerate(wanted)
            for j, b in enumerate(given)
            if a & b and 2 * len(a & b) >= len(a | b)
        ),
        reverse=True,
    )
    left, right = set(), set()
    for _, i, j in pairs:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
    return len(left)


def accuracy(folder: Path, loaded: seeds.Seeds, peer: Any) -> str:
    """Return a line of precision, recall and F1 on a folder of the benchmark contract, ours and the peer's."""
    gold = {
        line["id"]: line for line in map(json.loads, filter(str.strip, (folder / "gold.jsonl").read_text(encoding="utf-8").split("\n")))
    }
    sums = {"ours": [0, 0, 0], "peer": [0, 0, 0]}
    for record in records(folder / "articles.jsonl"):
        wanted = [one["content"] for one in gold[record["id"]]["attributions"] if one["content"] and not one.get("optional")]
        answers = {"ours": [one["content"] for one in attribute.predict(record, loaded)["attributions"]]}
        if peer is not None and record["lang"] == "en":
            answers["peer"] = peer(record["text"])
        for name, found in answers.items():
            sums[name][0] += matched(wanted, found)
            sums[name][1] += len(found)
            sums[name][2] += len(wanted)
    return f"{folder.name:18} " + "   ".join(f"{name} {scores(*counts)}" for name, counts in sums.items() if counts[2])


def scores(right: int, given: int, wanted: int) -> str:
    """Return precision, recall and F1 in percent."""
    share = lambda a, b: 100 * a / b if b else 0.0  # noqa: E731
    return f"P {share(right, given):.1f} R {share(right, wanted):.1f} F1 {share(2 * right, given + wanted):.1f}"


def textacy_peer() -> Any:
    """Return a function from text to content spans with textacy, or None where it is not installed."""
    if importlib.util.find_spec("textacy") is None or importlib.util.find_spec("spacy") is None:
        return None
    import spacy
    import textacy.extract

    try:
        model = spacy.load("en_core_web_sm")
    except OSError:
        return None

    def extract(text: str) -> list[Spans]:
        return [
            [(one.content.start_char, one.content.end_char)]
            for part in text.split("\n\n")
            for one in textacy.extract.direct_quotations(model(part))
        ]

    return extract


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, help="articles.jsonl for the speed figures")
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="folders with articles.jsonl and gold.jsonl")
    arguments = parser.parse_args()
    loaded = seeds.load(ROOT / "seeds")
    peer = textacy_peer()
    articles = records(arguments.articles) if arguments.articles else own()
    by_language: dict[str, list[dict[str, Any]]] = {}
    for record in articles:
        by_language.setdefault(record["lang"], []).append(record)
    print(f"speed on one core, scaled to articles of {MEAN} code points")
    for lang, some in sorted(by_language.items()):
        rate, cost = speed(some, loaded)
        print(f"  {lang:4} {len(some):5} articles   {rate:7.0f} articles/s   {cost:.2f} microseconds a code point")
    long = "\n".join(record["text"] for record in articles)
    megabyte = (long * (1_000_000 // max(len(long), 1) + 1))[:1_000_000]
    record = {**articles[0], "id": "one megabyte", "text": megabyte}
    begin = time.process_time()
    attribute.predict(record, loaded)
    print(f"  one megabyte in one article: {time.process_time() - begin:.2f} s")
    if arguments.gold:
        print("\ncontent, overlap of at least half" + ("" if peer else "   (textacy or its model is not installed: no peer)"))
        for folder in arguments.gold:
            print("  " + accuracy(folder, loaded, peer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
