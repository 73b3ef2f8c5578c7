"""Derive the frozen knowledge under seeds/matching/ from freely licensed sources: python benchmarks/matching/derive.py FOLDER.

Needs the packages wordfreq (word frequencies; its data are CC BY-SA 4.0) and babel (Unicode CLDR; Unicode License 3.0). They are needed
here only, never when Sumber runs. Run it to add a language or to move to a newer CLDR; then raise the version in
seeds/matching/version.csv, since every score changes with these files.
"""

from __future__ import annotations

import csv
import math
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from wordfreq import get_frequency_dict

LANGUAGES = ("en", "id", "ms", "vi", "ja", "zh", "ko", "ru", "uk", "de", "fr", "es")
SPACED = ("en", "id", "ms", "vi", "ru", "uk", "de", "fr", "es")
FLOOR = 4.0  # Zipf value (base-10 logarithm of occurrences per billion words) under which a stem counts as rare
STEM = 6


def frequencies() -> Iterator[tuple[str, str, str]]:
    """Yield (language, Zipf value, stems) with one decimal, the commonest first; a stem is a word's first six letters."""
    for lang in (*SPACED, "ja"):
        sums: dict[str, float] = defaultdict(float)
        for word, frequency in get_frequency_dict(lang, wordlist="small").items():
            # Japanese is not cut into words here; its loanwords stand out by their script.
            if word.isalpha() and (lang != "ja" or all("ァ" <= char <= "ー" for char in word)):
                sums[unicodedata.normalize("NFC", word.casefold())[:STEM]] += frequency
        rows: dict[float, list[str]] = defaultdict(list)
        for stem, frequency in sums.items():
            zipf = round(math.log10(frequency) + 9, 1)
            if zipf >= FLOOR:
                rows[zipf].append(stem)
        for zipf in sorted(rows, reverse=True):
            yield lang, f"{zipf:.1f}", " ".join(sorted(rows[zipf]))


def names() -> Iterator[tuple[str, str, str]]:
    """Yield (language, name, concept) for territories, cities, currencies and languages, sorted."""
    for lang in LANGUAGES:
        locale = Locale(lang)
        found: set[tuple[str, str]] = set()
        for code, name in locale.territories.items():
            if len(code) == 2 and code not in ("ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"):
                found.add((name.split(" (")[0], f"territory:{code}"))
        for zone in sorted(locale.time_zones):
            city = locale.time_zones[zone].get("city")
            if city is None and "/" in zone and not zone.startswith("Etc/"):
                city = zone.split("/")[-1].replace("_", " ") if lang in SPACED and lang not in ("ru", "uk") else None
            if city and len(city) > 1:
                found.add((str(city).split(" (")[0].split(", ")[-1], f"city:{zone.split('/')[-1]}"))
        for name, concept in sorted(found, key=lambda pair: (pair[1], pair[0])):
            yield lang, name, concept


def calendar() -> Iterator[tuple[str, str, str, str]]:
    """Yield (language, word, kind, number) for the names of months (1 to 12) and weekdays (0 is Monday)."""
    for lang in LANGUAGES:
        locale = Locale(lang)
        found: set[tuple[str, int, str]] = set()
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    found.add(("month", number, name.rstrip(".").casefold()))
            for number, name in locale.days[context]["wide"].items():
                found.add(("weekday", number, name.casefold()))
        for kind, number, name in sorted(found):
            if len(name) > 2 and not name[0].isdigit():
                yield lang, name, kind, str(number)


def write(path: Path, header: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> None:
    """Write one CSV file with a header."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main(folder: Path) -> None:
    """Write the three files into `folder`."""
    write(folder / "frequencies.csv", ("lang", "zipf", "stems"), frequencies())
    write(folder / "names.csv", ("lang", "name", "concept"), names())
    write(folder / "calendar.csv", ("lang", "word", "kind", "number"), calendar())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
