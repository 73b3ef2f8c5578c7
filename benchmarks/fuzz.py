"""Robustness of attribution: mutated golden cases, and shapes of text that are made to be slow.

    python benchmarks/fuzz.py [--cases 10000] [--seed 1]        mutations; exits 1 where one raises or a span is wrong
    python benchmarks/fuzz.py --shapes [--size 50000]           each shape at a size and at twice that: linear work costs twice as much

A case is one or two golden texts of `tests/golden/attribution`, changed one to six times: signs replaced, repeated, cut or put in from any
block of Unicode, bytes changed, parts of other cases put in, lines joined or split, spaces taken away. It must not raise, and every span
must lie inside the text and hold something. The slowest case is printed, with its cost per code point.
"""

from __future__ import annotations

import argparse
import itertools
import json
import logging
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "include"))

from sumber.commands import attribute  # noqa: E402
from sumber.pipeline import seeds  # noqa: E402

Text = list[str]
FALLBACK = "xx"  # a language without a lexicon
LONGEST = 20_000  # code points of a case
MARKS = "\"“”„‟«»「」『』＂''``()[]{}.,;:!?-–—/|@#©\n\t\r\u00a0\u2028\u200b\u202e\ufeff\u0301\u0323\u064b\ud800İß"
BLOCKS = (
    0x20,
    0x80,
    0x300,
    0x370,
    0x400,
    0x590,
    0x600,
    0x900,
    0xE00,
    0x1100,
    0x1E00,
    0x2000,
    0x3000,
    0x4E00,
    0xAC00,
    0xD800,
    0xFE00,
    0x1F600,
)


def golden() -> list[tuple[str, str]]:
    """Return language and text of every golden case."""
    return [
        (path.stem, json.loads(line)["text"])
        for path in sorted((ROOT / "tests" / "golden" / "attribution").glob("*.jsonl"))
        for line in filter(str.strip, path.read_text(encoding="utf-8").split("\n"))
    ]


def stretch(text: Text, chance: random.Random, longest: int = 40) -> slice:
    """Return a random stretch of a text."""
    start = chance.randrange(len(text) + 1)
    return slice(start, min(len(text), start + chance.randrange(longest)))


def sign(chance: random.Random) -> str:
    """Return a mark that the engine looks for, or any sign of a random block."""
    return chance.choice(MARKS) if chance.random() < 0.6 else chr(chance.choice(BLOCKS) + chance.randrange(128))


def change_bytes(text: Text, chance: random.Random) -> Text:
    """Change bytes of the encoded text and decode what is left."""
    raw = bytearray("".join(text).encode("utf-8", "surrogatepass"))
    for _ in range(chance.randrange(1, 8)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    return list(raw.decode("utf-8", "replace"))


def mutate(text: Text, chance: random.Random, cases: list[tuple[str, str]]) -> Text:
    """Return the text, changed once."""
    part = stretch(text, chance)
    match chance.randrange(9):
        case 0:
            text[part] = [sign(chance) for _ in range(chance.randrange(1, 4))]
        case 1:
            text[part] = text[part] * chance.choice((2, 3, 20, 200))
        case 2:
            text[part] = sign(chance) * chance.choice((1, 2, 50, 2000))
        case 3:
            del text[part]
        case 4:
            del text[chance.randrange(len(text) + 1) :]
        case 5:
            other = list(chance.choice(cases)[1])
            text[part] = other[stretch(other, chance, 200)]
        case 6:
            text = change_bytes(text, chance)
        case 7:
            old, new = chance.sample((" ", "\n", "", ". ", "  ", "\r\n", "\u2028"), 2)
            text = list("".join(text).replace(old, new)) if old else text
        case _:
            text = list("".join(text).upper() if chance.random() < 0.5 else "".join(text).title())
    return text[:LONGEST] or ["."]


def article(name: str, lang: str, text: str) -> dict[str, Any]:
    """Return a record of articles.jsonl."""
    return {"id": name, "lang": lang, "text": text, **dict.fromkeys(("url", "outlet", "published_at", "title"))}


def problem(prediction: dict[str, Any], text: str) -> str | None:
    """Return what is wrong with a prediction, or None."""
    for one in prediction["attributions"]:
        for kind in ("content", "cue", "source"):
            for start, end in one[kind]:
                if not 0 <= start < end <= len(text) or not text[start:end].strip():
                    return f"{kind} [{start}, {end}] of {len(text)}: {text[start:end]!r}"
        if not 0 <= one["confidence"] <= 1 or not one["chain"]:
            return f"confidence {one['confidence']}, chain {one['chain']}"
    return None


def fuzz(count: int, seed: int, loaded: seeds.Seeds) -> int:
    """Run `count` mutated cases; return how many failed."""
    cases = golden()
    langs = sorted({lang for lang, _ in cases} | {FALLBACK})
    for lang in langs:
        attribute.predict(article("first", lang, cases[0][1]), loaded)  # what is built once
    counts: Counter[str] = Counter()
    slowest = (0.0, 0, "", "")
    total = 0
    begin = time.process_time()
    for number in range(count):
        chance = random.Random(f"{seed} {number}")  # noqa: S311
        lang, first = chance.choice(cases)
        text = list(first + chance.choice(("\n", " ", "")) + chance.choice(cases)[1] if chance.random() < 0.3 else first)
        for _ in range(chance.randrange(1, 7)):
            text = mutate(text, chance, cases)
        lang = lang if chance.random() < 0.8 else chance.choice(langs)
        printed = "".join(text)
        total += len(printed)
        started = time.process_time()
        try:
            prediction = attribute.predict(article(str(number), lang, printed), loaded)
        except Exception:
            counts["raised"] += 1
            print(f"case {number} ({lang}) raised on {printed[:300]!r}\n{traceback.format_exc(limit=-3)}")
            continue
        took = time.process_time() - started
        slowest = max(slowest, (took, number, lang, printed))
        counts["refused" if "refused" in prediction else "attributed" if prediction["attributions"] else "empty"] += 1
        counts["attributions"] += len(prediction["attributions"])
        if wrong := problem(prediction, printed):
            counts["wrong"] += 1
            print(f"case {number} ({lang}): {wrong}")
    whole = time.process_time() - begin
    results = ", ".join(f"{amount} {what}" for what, amount in sorted(counts.items()))
    print(f"{count} cases, seed {seed}, {total} code points, {whole:.1f} s: {results}")
    took, case, lang, printed = slowest
    each = took / max(1, len(printed)) * 1e6
    print(f"slowest: case {case} ({lang}), {took * 1000:.0f} ms, {len(printed)} code points, {each:.1f} µs each")
    return counts["raised"] + counts["wrong"]


# --- shapes ----------------------------------------------------------------------------------------------------


def name(number: int) -> str:
    """Return a name that no other number has."""
    return "Q" + "".join("abdegiklmnoprstu"[number >> shift & 15] for shift in (16, 12, 8, 4, 0))


def repeated(unit: str) -> Callable[[int], str]:
    """Repeat a unit up to a length."""
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def counted(unit: str) -> Callable[[int], str]:
    """Repeat a unit with other names each time: "@" and "#" stand for them."""

    def make(size: int) -> str:
        count = size // (len(unit) + 5 * unit.count("@") + 5 * unit.count("#")) + 1
        return "".join(unit.replace("@", name(number)).replace("#", name(number * 7 + 3)) for number in range(count))

    return make


def halves(first: Callable[[int], str], second: Callable[[int], str]) -> Callable[[int], str]:
    """Put two shapes one after the other."""
    return lambda size: first(size // 2) + second(size // 2)


UNITS = {
    "en": (
        *(
            "a",
            "A",
            "1",
            "1.",
            "a-",
            "a.",
            "A.",
            "a'",
            "a@",
            "a/",
            "a&",
            "_",
            "(",
            ")",
            "[",
            "(a ",
            "-",
            ".",
            "/",
            ",",
            "'",
            "a, ",
            "Ab, ",
            ": ",
        ),
        *(
            " ",
            "\t",
            "\n",
            "a\n",
            "a\r",
            "a\u2028",
            "Ab cd\n",
            " \n",
            "\u00a0",
            "\u200b",
            "a\u0301\u0323",
            "\u0301",
            "😀",
            "İ",
            "ß",
            "\x01a ",
        ),
        *("“a ", '"', "“”", '"a" ', "”a\n", "“a\n", "“‘«", "»’”", '“a said\n"b\n„c\n', "“a said X, “b "),
        *("said ", "X said that ", "according to ", "according to X ", "that ", "X and ", "X of ", "people who say ", "Ab Cd, said, "),
        *(
            "(AFP)\n",
            "© AFP ",
            "Reporting by Ada Brook; editing by Bob Field\n",
            "3 March 2024\n",
            "March 3, 2024 ",
            "a.com/ ",
            "@reuters ",
        ),
        *(
            "Reuters ",
            "AP ",
            "Times ",
            "Trump ",
            "abc-US ",
            "Ab ",
            "Al - ",
            "He said it. ",
            "prime minister ",
            "http://a.b/c ",
            "</p>",
            "&amp;",
        ),
        "Ada Brook said that it was good. She said it was bad.\n",
        "The US, Russia, China, Japan, Iran, Israel and France said that it was good. ",
        "Reuters reported that the bridge closed. The bridge was reportedly closed. ",
    ),
    "id": (
        "kata ",
        "yang ",
        "dikutip dari ",
        "katanya. ",
        "Baca juga: Satu Dua Tiga empat lima ",
        "DilansirdetikTravel ",
        "Antara ",
        "Ab bin ",
    ),
    "vi": ("theo ", "cho biết ", "ông "),
    "de": (
        "sagte ",
        "Er habe das gesagt. Sie sei da.\n",
        "sei\n",
        "ein wort und\nnoch eins das\nweiter geht\n",
        "Paris, 3. März. (Havas.) Es\nist so\n",
    ),
    "zh": ("中", "据，", "据他报道，", "他说：“好”。", "“好”说", "“好”说\n", "“好”", "记者说"),
    "ja": ("あ", "「好」と述べた。"),
    "ko": ("에 따르면 ", '"좋다"고 말했다. '),
    "ar": ("وقال ", "ا\u064b", "\u202eقال ", "ﷺ"),
}
COUNTED = {
    "en": (
        "The minister for @ said that it was good.\n",
        "The president of @ said that it was good. president of @ a\n",
        "@ Brook told AFP that # was good. @ said that # was bad.\n",
        "@ # said that it was good. ",
        "@ Brook, ",
        "The @ bridge was reportedly closed in # by police. AFP said the # bridge of @ was shut.\n",
        "@ News reported, citing officials in #, that the bridge was closed. @ News said it was bad.\n",
        "Copyright @ News\n",
        "Photo: @ #/Reuters\n",
        "A man walks in @. (Photo by @ #)\n",
        "@ #: it was good\n",
        "@ Trump ",
    ),
    "id": (
        "Menteri @ mengatakan bahwa itu baik.\n",
        "Direktur @ # Budi Santoso mengatakan bahwa itu baik.\n",
        "Direktur Lion @ Budi Santoso mengatakan bahwa itu baik. Lion @x Lion @y\n",
        "Hal itu dikatakan @ # dikutip dari Reuters, @ News dan # Times.\n",
        "Surat kabar @ itu mengatakan bahwa baik. Pejabat itu mengatakan baik.\n",
        "Jembatan @ dikabarkan ditutup di # oleh polisi. AFP melaporkan jembatan # di @ ditutup.\n",
        "Sumber: @ News\n",
        "Editor: @ #\n",
        "Baca juga: @ # tutup jalan\n",
        "KOMPAS.com - @\n",
    ),
    "vi": ("Bộ trưởng @ cho biết việc đó tốt.\n",),
    "de": ("Der Minister für @ sagte, dass es gut ist.\n", "Der @bundesministeriumsbeauftragte sagte, das sei gut.\n"),
    "fr": ("Le ministre de @ a dit que c'est bon.\n", "Londres, 16. — Reuter. — On @\nmande de\nla\n"),
    "ru": ("Министр @ заявил, что это хорошо.\n",),
}


def shapes() -> list[tuple[str, str, Callable[[int], str]]]:
    """Return language, name and maker of every shape."""
    made = [(lang, repr(unit), repeated(unit)) for lang, units in UNITS.items() for unit in units]
    made += [(lang, repr(unit), counted(unit)) for lang, units in COUNTED.items() for unit in units]
    said = repeated("Budi Rai mengatakan bahwa itu baik sekali.\n")
    made += [
        ("id", "credits, then speakers", halves(counted("Sumber: @ News\n"), said)),
        ("id", "speakers, then credits", halves(said, counted("Sumber: @ News\n"))),
        ("en", "nested marks", halves(repeated("“‘«"), repeated("»’”"))),
        ("en", "one long token speaks", lambda size: "A" * size + " said that it was good."),
        ("de", "one long compound", lambda size: "Der " + "Bundes" * (size // 6) + "minister sagte, das sei gut."),
        ("en", "a long list speaks", lambda size: counted("@ Brook and # Field, ")(size) + " said that it was good."),
        ("en", "one letter, many marks", lambda size: "a" + "\u0301" * size),
        ("en", "two words far apart", lambda size: "a" + " " * size + "b"),
    ]
    return made


def run_shapes(size: int, loaded: seeds.Seeds) -> None:
    """Print what each shape costs at `size` and at twice that, dearest first."""

    def cost(lang: str, text: str) -> float:
        best = float("inf")
        for _ in range(2):
            started = time.process_time()
            attribute.predict(article("shape", lang, text), loaded)
            best = min(best, time.process_time() - started)
        return best

    rows = []
    for lang, shape, make in shapes():
        cost(lang, make(100))  # what is built once
        once, twice = cost(lang, make(size)), cost(lang, make(2 * size))
        rows.append((twice / (2 * size) * 1e6, twice / max(once, 1e-4), lang, shape))
    print(f"{len(rows)} shapes of {size} and {2 * size} code points: cost of the longer one, and how many times the shorter one's")
    for each, ratio, lang, shape in itertools.islice(sorted(rows, reverse=True), 25):
        print(f"  {each:6.2f} µs a code point  x{ratio:4.1f}  {lang}  {shape}")
    print("steepest, of those above 0.2 µs:")
    for each, ratio, lang, shape in sorted(filter(lambda row: row[0] > 0.2, rows), key=lambda row: -row[1])[:10]:
        print(f"  {each:6.2f} µs a code point  x{ratio:4.1f}  {lang}  {shape}")


def main() -> int:
    """Run what was asked for; return 1 where a case failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shapes", action="store_true", help="shapes of text that are made to be slow, instead of mutations")
    parser.add_argument("--size", type=int, default=50_000, help="code points of a shape")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)  # refusals are counted
    loaded = seeds.load(ROOT / "seeds")
    if arguments.shapes:
        run_shapes(arguments.size, loaded)
        return 0
    return min(1, fuzz(arguments.cases, arguments.seed, loaded))


if __name__ == "__main__":
    sys.exit(main())
