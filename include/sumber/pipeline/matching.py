"""The frozen knowledge of matching, read and checked once per process; a sentence encoder belongs to it where one is installed."""

from __future__ import annotations

import csv
import gc
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from sumber.pipeline import encoder
from sumber.pipeline.seeds import SeedError
from sumber.sourcing.model import Bound
from sumber.sourcing.wire import Knowledge, Windows


@lru_cache(maxsize=2)
def knowledge(folder: Path) -> Knowledge:
    """Read `folder`/matching (a seeds folder). Raises SeedError naming file and line."""
    base = folder / "matching"
    frequencies: dict[str, dict[str, float]] = defaultdict(dict)
    for lang, zipf, stems in _rows(base / "frequencies.csv", 3):
        frequencies[lang].update(dict.fromkeys(stems.split(" "), float(zipf)))
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for lang, name, concept in _rows(base / "names.csv", 3):
        names[lang][name] = concept
    columns, *concepts = _rows(base / "vocabulary.csv", 9, with_header=True)
    for concept, *cells in concepts:
        for lang, words in zip(columns[1:], cells, strict=True):
            # CLDR's names win: they are the concepts of other languages too.
            for word in words.split(" "):
                names[lang].setdefault(word.replace("_", " "), concept)
    calendar: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    for lang, word, kind, number in _rows(base / "calendar.csv", 4):
        calendar[lang][word] = (kind, int(number))
    magnitudes: dict[str, dict[str, int]] = defaultdict(dict)
    for lang, word, factor in _rows(base / "magnitudes.csv", 3):
        magnitudes[lang][word] = int(factor)
    units: dict[str, dict[str, str]] = defaultdict(dict)
    for lang, word, unit in _rows(base / "units.csv", 3):
        units[lang][word] = unit
    places: dict[str, str] = {}
    place_names: dict[str, str] = {}
    for place, within, called in _rows(base / "places.csv", 3):
        places[place] = within
        place_names.update(dict.fromkeys(called.split("|"), place))
    locatives: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for lang, kind, words in _rows(base / "locatives.csv", 3):
        locatives[lang][kind] = tuple(words.split("|"))
    times: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    for lang, unit, amount, words in _rows(base / "times.csv", 4):
        times[lang].update(dict.fromkeys(words.split("|"), (unit, int(amount))))
    bounds: dict[str, dict[tuple[str, str], tuple[Bound, ...]]] = defaultdict(dict)
    for lang, side, bound, words in _rows(base / "bounds.csv", 4):
        for word in words.split("|"):
            bounds[lang][side, word] = (*bounds[lang].get((side, word), ()), Bound(bound))
    windows = {name: timedelta(days=int(days)) for name, days, _ in _rows(base / "windows.csv", 3)}
    if windows.keys() != {field.name for field in fields(Windows)}:
        raise SeedError(f"{base / 'windows.csv'}: one row each for {', '.join(field.name for field in fields(Windows))} expected")
    encoding = encoder.load()
    version = next(_rows(base / "version.csv", 1))[0]
    known = Knowledge(
        version=f"{version} {encoding.name}" if encoding else version,
        frequencies=frequencies,
        names=names,
        calendar=calendar,
        magnitudes=magnitudes,
        units=units,
        news_words={word: float(zipf) for word, zipf in _rows(base / "news_words.csv", 2)},
        negations={lang: frozenset(words.split(" ")) for lang, words in _rows(base / "negations.csv", 2)},
        windows=Windows(**windows),
        corrections={
            lang: tuple(label.replace("_", " ") for label in labels.split(" ")) for lang, labels in _rows(base / "corrections.csv", 2)
        },
        places=places,
        place_names=place_names,
        locatives=locatives,
        times=times,
        bounds=bounds,
        encode=encoding.encode if encoding else None,
    )
    # It stays as long as the process does; the collector need not look through half a million entries again and again.
    gc.freeze()
    return known


def _rows(path: Path, columns: int, with_header: bool = False) -> Iterator[list[str]]:
    """Yield the rows of a CSV file, under its header unless that is wanted too."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines)
            if not with_header:
                next(reader, None)
            for row in reader:
                if len(row) != columns or not all(row):
                    raise SeedError(f"{path}:{reader.line_num}: {columns} filled columns expected")
                yield row
    except OSError as error:
        raise SeedError(f"{path}: {error.strerror}") from error
