"""What the system starts from: the seed files, read and checked once per process."""

from __future__ import annotations

import csv
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import TypeVar

from sumber.pipeline.settings import SettingsError
from sumber.sourcing import feeds, lexicons, sources, topics
from sumber.sourcing.layout import Layout, LayoutKind, LayoutRow, problem_of
from sumber.sourcing.model import Act, AnonymousType, Position, RelationKind, SourceKind, SourceRelation

E = TypeVar("E", bound=StrEnum)


CONTEXTS = frozenset(sources.Context)
COLLECT_AFTER = 50_000  # containers made and not freed


class SeedError(SettingsError):
    """A seed file of the settings' folder that cannot be used; the message is one line: file, line and reason."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a seed file, with its place for messages. Every reader below raises SeedError naming that place."""

    where: str
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return the cell, which must not be empty."""
        if not self.cells[column]:
            raise self.error(f"{column} is empty")
        return self.cells[column]

    def optional(self, column: str) -> str | None:
        """Return the cell, or None where it is empty."""
        return self.cells[column] or None

    def choice(self, column: str, choices: type[E]) -> E:
        """Return the cell as a member of the enumeration `choices`."""
        try:
            return choices(self.cells[column])
        except ValueError:
            raise self.error(f"{column} {self.cells[column]!r} is not one of {', '.join(choices)}") from None

    def flag(self, column: str) -> bool:
        """Return True for `yes`, False for an empty cell."""
        if self.cells[column] not in ("yes", ""):
            raise self.error(f"{column} must be 'yes' or empty, not {self.cells[column]!r}")
        return self.cells[column] == "yes"

    def day(self, column: str) -> datetime | None:
        """Return an ISO date as midnight UTC, or None where the cell is empty."""
        if not self.cells[column]:
            return None
        try:
            return datetime.strptime(self.cells[column], "%Y-%m-%d").replace(tzinfo=UTC)
        except ValueError:
            raise self.error(f"{column} {self.cells[column]!r} is not a date like 2023-09-05") from None

    def words(self, column: str) -> tuple[str, ...]:
        """Return the cell's space-separated words."""
        return tuple(self.cells[column].split())

    def error(self, reason: str) -> SeedError:
        """Return the error to raise about this row."""
        return SeedError(f"{self.where}: {reason}")


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a UTF-8 CSV file whose header must be exactly `columns`; cells are stripped, blank lines skipped.

    Raises SeedError naming file and line where the file is missing, not UTF-8, or a row has too few or too many cells.
    """
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            header = next(reader, [])
            if tuple(header) != columns:
                raise SeedError(f"{path}:1: the columns must be {','.join(columns)}")
            for cells in reader:
                if not cells:
                    continue
                where = f"{path}:{reader.line_num}"
                if len(cells) != len(columns):
                    raise SeedError(f"{where}: {len(cells)} cells, expected {len(columns)}")
                yield Row(where, dict(zip(columns, map(str.strip, cells), strict=True)))
    except OSError as error:
        raise SeedError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SeedError(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from error
    except csv.Error as error:
        raise SeedError(f"{path}: not CSV ({error})") from error


@dataclass(frozen=True, slots=True)
class Grade:
    """One letter or digit of the Admiralty scale and what it means."""

    axis: str  # "reliability" (A-F) or "credibility" (1-6)
    grade: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Seeds:
    """Everything that the seed files hold."""

    registry: sources.Registry
    layout: Layout
    lexicons: Mapping[str, lexicons.Lexicon]
    admiralty: tuple[Grade, ...]
    feeds: tuple[feeds.Feed, ...]
    sections: Mapping[str, topics.Topic]


@lru_cache(maxsize=4)
def load(folder: Path) -> Seeds:
    """Read and check every seed file in `folder`. Raises SeedError naming file and line."""
    # Reading and attributing leave no cycles behind, and what is read here stays as long as the process does: the collector need not look
    # through it again and again, an eighth of the time on a long article.
    gc.set_threshold(COLLECT_AFTER)
    loaded = Seeds(
        registry=registry(folder),
        layout=layout(folder),
        lexicons=lexicons_of(folder),
        admiralty=tuple(admiralty(folder)),
        feeds=tuple(feeds_of(folder)),
        sections=sections(folder),
    )
    gc.freeze()
    return loaded


def registry(folder: Path) -> sources.Registry:
    """Read the source registry: sources, aliases, relations, role words and the wording of unnamed sources."""
    records: dict[str, sources.Record] = {}
    for row in rows(folder / "sources.csv", ("key", "name", "kind", "country", "body", "is_wire", "is_state_controlled", "wikidata")):
        record = _record(row)
        if record.key in records:
            raise row.error(f"key {record.key!r} is already used")
        records[record.key] = record
    known = _known(records)
    aliases = [_alias(row, known) for row in rows(folder / "source_aliases.csv", ("source", "langs", "alias", "contexts"))]
    relation_columns = ("subject", "relation", "object", "capacity", "valid_from", "valid_to", "evidence")
    relations = [_relation(row, known) for row in rows(folder / "source_relations.csv", relation_columns)]
    words = [_word(row) for row in rows(folder / "roles.csv", ("langs", "word", "class", "value", "reason"))]
    words += [_anonymous(row) for row in rows(folder / "anonymous_types.csv", ("type", "langs", "words", "reason"))]
    return sources.Registry(tuple(records.values()), tuple(aliases), tuple(relations), tuple(words))


def _record(row: Row) -> sources.Record:
    country = row.optional("country")
    if country and not (len(country) == 2 and country.isascii() and country.isupper()):
        raise row.error(f"country {country!r} is not an ISO 3166-1 alpha-2 code")
    wikidata = row.optional("wikidata")
    if wikidata and not (wikidata[0] == "Q" and wikidata[1:].isdecimal()):
        raise row.error(f"wikidata {wikidata!r} is not like Q42")
    return sources.Record(
        key=row.text("key"),
        name=row.text("name"),
        kind=row.choice("kind", SourceKind),
        country=country,
        body=row.optional("body"),
        is_wire=row.flag("is_wire"),
        is_state_controlled=row.flag("is_state_controlled"),
        wikidata=wikidata,
    )


def _known(records: Mapping[str, sources.Record]) -> Callable[[Row, str], str]:
    def known(row: Row, column: str) -> str:
        key = row.text(column)
        if key not in records:
            raise row.error(f"{column} {key!r} is not a key in sources.csv")
        return key

    return known


def _alias(row: Row, known: Callable[[Row, str], str]) -> sources.Alias:
    contexts = []
    for name in row.words("contexts"):
        if name not in CONTEXTS:
            raise row.error(f"contexts {name!r} is not one of {', '.join(sources.Context)}")
        contexts.append(sources.Context(name))
    return sources.Alias(known(row, "source"), row.text("alias"), _langs(row), frozenset(contexts))


def _relation(row: Row, known: Callable[[Row, str], str]) -> SourceRelation:
    valid_from, valid_to = row.day("valid_from"), row.day("valid_to")
    if valid_from and valid_to and valid_from > valid_to:
        raise row.error("valid_from is after valid_to")
    return SourceRelation(
        subject=known(row, "subject"),
        relation=row.choice("relation", RelationKind),
        object=known(row, "object"),
        valid_from=valid_from,
        valid_to=valid_to,
        evidence=row.text("evidence"),
        capacity=row.optional("capacity"),
    )


def _word(row: Row) -> sources.Word:
    return sources.Word(_langs(row), row.text("word"), row.choice("class", sources.WordClass), row.cells["value"])


def _anonymous(row: Row) -> sources.Word:
    return sources.Word(_langs(row), row.text("words"), sources.WordClass.UNNAMED, row.choice("type", AnonymousType))


def _langs(row: Row) -> frozenset[str]:
    """Return the language codes of the cell; the empty set stands for `*`, any language."""
    langs = row.words("langs")
    if not langs:
        raise row.error("langs is empty (use * for any language)")
    for lang in langs:
        if lang != "*" and not (lang.isascii() and lang.islower() and lang.isalpha()):
            raise row.error(f"langs {lang!r} is not a language code")
    return frozenset() if "*" in langs else frozenset(langs)


def admiralty(folder: Path) -> Iterator[Grade]:
    """Read the Admiralty scale."""
    for row in rows(folder / "admiralty.csv", ("axis", "grade", "meaning")):
        if row.cells["axis"] not in ("reliability", "credibility"):
            raise row.error("axis must be reliability or credibility")
        yield Grade(row.text("axis"), row.text("grade"), row.text("meaning"))


def sections(folder: Path) -> Mapping[str, topics.Topic]:
    """Read which topic a section of a newsroom's address stands for."""
    found: dict[str, topics.Topic] = {}
    for row in rows(folder / "sections.csv", ("name", "topic", "reason")):
        name = row.text("name")
        if name != topics.plain(name) or len(name.split()) > topics.LONGEST_NAME:
            raise row.error(f"name {name!r} is not up to {topics.LONGEST_NAME} plain words, as addresses write them")
        if name in found:
            raise row.error(f"name {name!r} is there twice")
        found[name] = row.choice("topic", topics.Topic)
    return found


def layout(folder: Path) -> Layout:
    """Read how pages are laid out: `layout/<language>.csv`, `layout/any.csv` for every language, and the labels of corrections."""
    found = []
    for path in sorted((folder / "layout").glob("*.csv")):
        for row in rows(path, ("kind", "text", "value", "reason")):
            one = LayoutRow(path.stem, row.choice("kind", LayoutKind), row.text("text"), row.cells["value"])
            if problem := problem_of(one):
                raise row.error(problem)
            found.append(one)
    if not found:
        raise SeedError(f"{folder / 'layout'}: no layout files there")
    for row in rows(folder / "matching" / "corrections.csv", ("lang", "labels")):
        # Pages mix languages, and a label alone makes no language one of those in use.
        found += [LayoutRow("any", LayoutKind.CORRECTION, label.replace("_", " ")) for label in row.words("labels")]
    return Layout(found)


CUE_COLUMNS = ("class", "forms", "orders", "act", "position", "confidence", "marks", "note")


def lexicons_of(folder: Path) -> Mapping[str, lexicons.Lexicon]:
    """Read what is known of each language: `cues/<language>.csv`, keyed by language; `cues/any.csv` holds for all.

    A row of class `base` names the language whose rows hold too: its neighbour, of which only the differences are written down.
    """
    paths = [path for path in sorted((folder / "cues").glob("*.csv")) if path.stem != "any"]
    if not paths:
        raise SeedError(f"{folder / 'cues'}: no lexicons there")
    shared = list(rows(folder / "cues" / "any.csv", CUE_COLUMNS))
    own = {path.stem: list(rows(path, CUE_COLUMNS)) for path in paths}
    return {lang: _lexicon(lang, [*shared, *_with_base(lang, own)]) for lang in own}


def _with_base(lang: str, own: Mapping[str, Sequence[Row]]) -> list[Row]:
    found = [row for row in own[lang] if row.text("class") != "base"]
    for row in own[lang]:
        if row.text("class") == "base":
            base = row.text("forms")
            if base == lang or any(each.text("class") == "base" for each in own.get(base, ())) or base not in own:
                raise row.error(f"base {base!r} is no language with rows of its own only")
            found = [*own[base], *found]
    return found


def _lexicon(lang: str, found: Iterable[Row]) -> lexicons.Lexicon:
    cues: list[lexicons.Cue] = []
    words: list[tuple[str, lexicons.WordClass]] = []
    rules: dict[str, float] = {}
    for row in found:
        kind = row.text("class")
        forms = [each for form in row.text("forms").split("|") for each in _combined(form) if each]
        if kind == "rule":
            rules.update((form, _share(row, "confidence")) for form in forms)
        elif kind in list(lexicons.CueClass):
            cues.extend(_cues(row, kind, forms))
        else:
            words.extend((form, row.choice("class", lexicons.WordClass)) for form in forms)
    return lexicons.build(lang, cues, words, rules)


def _combined(form: str) -> Iterator[str]:
    """Yield the forms that one with alternatives stands for: "enggan/menolak menjawab" is "enggan menjawab" and "menolak menjawab"."""
    yield from map(" ".join, product(*(word.split("/") for word in form.split())))


def _cues(row: Row, kind: str, forms: Iterable[str]) -> Iterator[lexicons.Cue]:
    orders = set(row.words("orders"))
    if not orders <= set(lexicons.Order):
        raise row.error(f"orders must be among {', '.join(lexicons.Order)}")
    for form in forms:
        verb, _, particle = form.partition("…")
        yield lexicons.Cue(
            words=tuple(verb.split()),
            kind=lexicons.CueClass(kind),
            orders=frozenset(lexicons.Order(order) for order in orders),
            act=row.choice("act", Act) if row.cells["act"] else Act.ASSERT,
            position=row.choice("position", Position) if row.cells["position"] else None,
            confidence=_share(row, "confidence"),
            marks=frozenset(row.words("marks")),
            particle=particle.strip() or None,
        )


def _share(row: Row, column: str) -> float:
    try:
        share = float(row.cells[column])
    except ValueError:
        raise row.error(f"{column} {row.cells[column]!r} is not a number") from None
    if not 0 <= share <= 1:
        raise row.error(f"{column} must lie between 0 and 1")
    return share


def feeds_of(folder: Path) -> Iterator[feeds.Feed]:
    """Read the registry of feeds; each address once."""
    seen: set[str] = set()
    for row in rows(folder / "feeds.csv", ("outlet", "url", "lang", "interval_minutes", "active", "reason")):
        url, minutes = row.text("url"), row.text("interval_minutes")
        if not url.startswith(("http://", "https://")):
            raise row.error(f"url {url!r} is not an http address")
        if url in seen:
            raise row.error(f"url {url!r} appears twice")
        if not (minutes.isdecimal() and 1 <= int(minutes) <= 1440):
            raise row.error(f"interval_minutes {minutes!r} is not 1 to 1440")
        if not row.flag("active"):
            row.text("reason")
        seen.add(url)
        yield feeds.Feed(row.text("outlet"), url, row.text("lang"), int(minutes), row.flag("active"), row.cells["reason"])
