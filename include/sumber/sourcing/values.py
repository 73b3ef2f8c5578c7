"""Values: the figures, times and places that a passage gives, normalised, and whether those of two passages can both hold.

Words are data (`seeds/matching`). Times are normalised to days, weeks, months and years of ISO 8601, places to keys of a table that says
what lies in what. A coarser value does not contradict a finer one: "in Vietnam" and "in Hanoi", "in 2023" and "on 4 September", "about
200" and 198 can all hold together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from sumber.sourcing import wire
from sumber.sourcing.model import Bound, Span, Value, ValueKind

MOST_VALUES = 48
"""Values of one passage that are read: no sentence of the news gives more, and every pair of passages compares theirs."""

REACH = 48
"""Code points before and after a value in which the words stand that belong to it."""

REACH_BEHIND = 4 * REACH
"""Code points after a passage that can bear on its values: a time behind it, what belongs to that, and a word that is begun."""


class Aspect(StrEnum):
    """What a value answers: how many, when, or where."""

    FIGURE = "figure"
    TIME = "time"
    PLACE = "place"


def aspect(kind: ValueKind) -> Aspect:
    """Return what values of a kind answer."""
    return {ValueKind.DATE: Aspect.TIME, ValueKind.PLACE: Aspect.PLACE}.get(kind, Aspect.FIGURE)


# --- reading -------------------------------------------------------------------------------------------------


def read(text: str, span: Span, lang: str, knowledge: wire.Knowledge, at: date | None = None) -> tuple[Value, ...]:
    """Return the values within `span` of a text, in order, the first `MOST_VALUES` of them.

    `at` is the day on which the text was published, from which "last year" is counted. A place counts where a preposition makes it the
    place of something ("in Hanoi"); of a place and what it lies in ("Hanoi, Vietnam") the first counts.
    """
    found = [*times(text, span, lang, knowledge, at)]
    dated = [value.span for value in found]
    for number in wire.numbers(span.of(text), lang, knowledge):
        place = Span(span.start + number.start, span.start + number.end)
        if not wire.is_within(place.start, dated):
            found.append(_figure(text, place, number, lang, knowledge))
    located = [one for one in places(text, span, lang, knowledge) if one.is_located]
    lying = {outer for one in located for outer in outside(one.key, knowledge.places)}
    found += [Value(ValueKind.PLACE, one.key, None, one.span) for one in located if one.key not in lying]
    return tuple(sorted(found, key=lambda value: value.span)[:MOST_VALUES])


_UNIT_BEFORE = re.compile(r"([^\s\d\w]|[^\W\d_]+\$?|[^\W\d_]*\$)[ \u00a0]?$")
_UNIT_AFTER = re.compile(r"[ \u00a0-]?(%|％|[^\W\d_]+|[€£¥₫₩$])")


def _figure(text: str, place: Span, number: wire.Number, lang: str, knowledge: wire.Knowledge) -> Value:
    unit = _unit(text, place, lang, knowledge)
    is_counted = unit is not None and (unit == "%" or unit.isupper())
    # "1600 soldiers" is a round number of them, unless a preposition of time stands before it.
    is_round = unit is not None and not number.value % 100 and not _leads(text, place.start, lang, knowledge)
    if wire.YEAR.fullmatch(place.of(text)) and not is_counted and not is_round:
        return Value(ValueKind.DATE, place.of(text), None, place, _bound(text, place, lang, knowledge, Aspect.TIME))
    kind = ValueKind.PERCENT if unit == "%" else ValueKind.MONEY if unit and unit.isupper() else ValueKind.COUNT
    bound = _bound(text, place, lang, knowledge, Aspect.FIGURE)
    return Value(kind, f"{number.value.normalize():f}", unit, place, bound, f"{number.step.normalize():f}")


def _unit(text: str, number: Span, lang: str, knowledge: wire.Knowledge) -> str | None:
    own, common = knowledge.units.get(lang, {}), knowledge.units.get("*", {})
    after, before = _UNIT_AFTER.match(text, number.end), _UNIT_BEFORE.search(text[max(0, number.start - 8) : number.start])
    for match in (after, before):
        # Where words are not spaced, what follows a figure runs on: its first one or two characters are the unit.
        for size in (2, 1) if match and lang in wire.UNSPACED | {"ko"} else (None,):
            sign = match[1].casefold()[:size] if match else ""
            if unit := own.get(sign) or common.get(sign):
                return unit
    if lang in wire.UNSPACED or not after or not after[1][0].isalpha():
        return None
    return after[1].casefold()[: wire.STEM]


# --- times ---------------------------------------------------------------------------------------------------

_YEAR_AFTER = re.compile(r"[ \u00a0,/]{1,2}(?:năm |de |of )?((?:1[5-9]|20)\d\d)(?![\d%])")
_YEAR_BEFORE = re.compile(r"((?:1[5-9]|20)\d\d)\s?[年년]\s?$")
_ASIAN_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s?[月월](?!\s?\d{1,2}\s?[日号일])")


def times(text: str, span: Span, lang: str, knowledge: wire.Knowledge, at: date | None = None) -> tuple[Value, ...]:
    """Return the days, months and relative times ("last year") within `span` of a text, in order and without overlap; no bare years."""
    inside = span.of(text)
    spotted = [*_days(inside, lang, knowledge), *_months(inside, lang, knowledge), *_relative(inside, lang, knowledge, at)]
    found: list[Value] = []
    for start, end, value, relative in sorted(spotted, key=lambda one: (one[0], -one[1])):
        place = Span(span.start + start, span.start + end)
        if not found or place.start >= found[-1].span.end:
            bound = _bound(text, place, lang, knowledge, Aspect.TIME)
            found.append(Value(ValueKind.DATE, value, None, place, bound, relative=relative))
    return tuple(found)


def time_behind(text: str, content: Span, lang: str, knowledge: wire.Knowledge, at: date | None = None) -> Value | None:
    """Return the time that follows a passage at once and still belongs to its sentence ("… to Ostra | since last year"), or None."""
    following = text[content.end : content.end + REACH]
    behind = Span(content.end, content.end + len(re.split(r"[,.;:!?\n\"“”»]", following, maxsplit=1)[0]))
    for value in [one for one in read(text, behind, lang, knowledge, at) if one.kind is ValueKind.DATE][:1]:
        between = text[behind.start : value.span.start].strip()
        bounds = {word for (side, word), kinds in knowledge.bounds.get(lang, {}).items() if side == "before" and _of_time(kinds)}
        allowed = {*_leading(lang, knowledge), *knowledge.locatives.get(lang, {}).get("before", ()), *bounds}
        if all(word.casefold() in allowed for word in ([between] if between in allowed else between.split())):
            return value
    return None


Spotted = tuple[int, int, str, str | None]


def _days(inside: str, lang: str, knowledge: wire.Knowledge) -> Iterator[Spotted]:
    for start, end, day in wire.days_of(inside, lang, knowledge):
        printed = inside[start:end]
        if wire.YEAR.fullmatch(printed[-4:]):
            yield start, end, f"{printed[-4:]}{day[1:]}", None
        elif before := _YEAR_BEFORE.search(inside[max(0, start - 8) : start]):
            yield start - len(before[0]), end, f"{before[1]}{day[1:]}", None
        elif after := _YEAR_AFTER.match(inside, end):
            yield start, after.end(), f"{after[1]}{day[1:]}", None
        else:
            yield start, end, day, None


def _months(inside: str, lang: str, knowledge: wire.Knowledge) -> Iterator[Spotted]:
    """Yield months that are told without a day. A month's name may be a word or somebody's name: a year or a preposition is needed."""
    if lang in wire.UNSPACED or lang == "ko":
        for match in _ASIAN_MONTH.finditer(inside):
            year = _YEAR_BEFORE.search(inside[max(0, match.start() - 8) : match.start()])
            if 1 <= int(match[1]) <= 12:
                start = match.start() - (len(year[0]) if year else 0)
                yield start, match.end(), f"{year[1] if year else '-'}-{int(match[1]):02}", None
        return
    months = {word: number for word, (kind, number) in knowledge.calendar.get(lang, {}).items() if kind == "month"}
    pattern = _words("month", lang, knowledge, months)
    for match in pattern.finditer(inside) if pattern else ():
        after = _YEAR_AFTER.match(inside, match.end())
        if after or " " in match[1] or _leads(inside, match.start(), lang, knowledge):
            end = after.end() if after else match.end()
            yield match.start(), end, f"{after[1] if after else '-'}-{months[match[1].casefold()]:02}", None


def _relative(inside: str, lang: str, knowledge: wire.Knowledge, at: date | None) -> Iterator[Spotted]:
    told = {words.casefold(): one for words, one in knowledge.times.get(lang, {}).items() if one[0] != "lead"}
    pattern = _words("relative", lang, knowledge, told)
    for match in pattern.finditer(inside) if pattern else ():
        unit, amount = told[match[1].casefold()]
        relative = f"{unit}{amount:+d}"
        yield match.start(), match.end(), _resolved(unit, amount, at) if at else relative, relative


def _resolved(unit: str, amount: int, at: date) -> str:
    if unit == "year":
        return f"{at.year + amount:04}"
    if unit == "month":
        months = at.year * 12 + at.month - 1 + amount
        return f"{months // 12:04}-{months % 12 + 1:02}"
    week = (at + timedelta(weeks=amount)).isocalendar()
    return f"{week.year:04}-W{week.week:02}"


def _words(purpose: str, lang: str, knowledge: wire.Knowledge, words: Iterable[str]) -> re.Pattern[str] | None:
    """Return the pattern that finds one of some words, longest first; None where there are none."""
    if (purpose, lang) not in knowledge.patterns:
        listed = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
        edges = ("", "") if lang in wire.UNSPACED or lang == "ko" else (r"(?<!\w)", r"(?!\w)")
        knowledge.patterns[purpose, lang] = re.compile(f"{edges[0]}({listed}){edges[1]}", re.IGNORECASE) if listed else None
    return knowledge.patterns[purpose, lang]


def _leading(lang: str, knowledge: wire.Knowledge) -> frozenset[str]:
    return frozenset(word.casefold() for word, (unit, _) in knowledge.times.get(lang, {}).items() if unit == "lead")


def _leads(text: str, start: int, lang: str, knowledge: wire.Knowledge) -> bool:
    """Whether a word that leads to a time stands right before `start`: "in", "since", "bulan"."""
    if ("lead", lang) not in knowledge.patterns:
        words = "|".join(re.escape(word) for word in sorted(_leading(lang, knowledge), key=lambda word: (-len(word), word)))
        knowledge.patterns["lead", lang] = re.compile(rf"(?<!\w)(?:{words})[ \u00a0]+$", re.IGNORECASE) if words else None
    pattern = knowledge.patterns["lead", lang]
    return bool(pattern and pattern.search(text[max(0, start - REACH) : start]))


# --- bounds --------------------------------------------------------------------------------------------------


def _of_time(kinds: Iterable[Bound]) -> bool:
    return any(kind in (Bound.SINCE, Bound.UNTIL) for kind in kinds)


def _bound(text: str, place: Span, lang: str, knowledge: wire.Knowledge, of: Aspect) -> Bound | None:
    """Return the bound that the words next to a figure or a time set it."""
    for side, around in (("before", text[max(0, place.start - REACH) : place.start]), ("after", text[place.end : place.end + REACH])):
        pattern = _bounding(side, lang, knowledge, of)
        if pattern and (match := pattern.search(around)):
            kinds = knowledge.bounds[lang][side, match[1].casefold()]
            return next(kind for kind in kinds if _of_time((kind,)) == (of is Aspect.TIME))
    return None


def _bounding(side: str, lang: str, knowledge: wire.Knowledge, of: Aspect) -> re.Pattern[str] | None:
    purpose = f"bound {side} {of}"
    if (purpose, lang) not in knowledge.patterns:
        words = [
            word
            for (where, word), kinds in knowledge.bounds.get(lang, {}).items()
            if where == side and any(_of_time((kind,)) == (of is Aspect.TIME) for kind in kinds)
        ]
        listed = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
        if side == "after" or lang in wire.UNSPACED or lang == "ko":
            shape = rf"^\s?({listed})" if side == "after" else rf"({listed})\s?$"
        elif of is Aspect.TIME:
            between = "|".join(map(re.escape, sorted({*_leading(lang, knowledge), "the", "l'", "le", "la", "el", "dem"})))
            shape = rf"(?<!\w)({listed})[ \u00a0]+(?:(?:{between})[ \u00a0]+){{0,2}}$"
        else:
            # A currency may stand between: "about US$ 3 million".
            shape = rf"(?<!\w)({listed})[ \u00a0]+(?:the )?(?:[^\W\d_]{{0,4}}[$€£¥₫₩]?[ \u00a0]?)$"
        knowledge.patterns[purpose, lang] = re.compile(shape, re.IGNORECASE) if listed else None
    return knowledge.patterns[purpose, lang]


# --- places --------------------------------------------------------------------------------------------------

MOST_WORDS = 5
"""Words of the longest name of a place."""

_WORD = re.compile(r"[^\W\d_]+")


class Place(NamedTuple):
    """A place that a text names: where, its key, and whether a preposition says that something is, or goes, there."""

    span: Span
    key: str
    is_located: bool


def places(text: str, span: Span, lang: str, knowledge: wire.Knowledge) -> tuple[Place, ...]:
    """Return the places of the table that `span` of a text names, in order; a longer name wins over names inside it."""
    found: list[Place] = []
    for start, end, key in _named(span.of(text), lang, knowledge):
        place = Span(span.start + start, span.start + end)
        # "in Hanoi, Vietnam": what a place lies in is where it is.
        follows = bool(found) and found[-1].is_located and re.fullmatch(r"\s?[,(]\s?", text[found[-1].span.end : place.start])
        found.append(Place(place, key, bool(follows) or _is_located(text, place, lang, knowledge)))
    return tuple(found)


def _named(inside: str, lang: str, knowledge: wire.Knowledge) -> Iterator[tuple[int, int, str]]:
    if lang in wire.UNSPACED or lang == "ko":
        for last, (length, key) in knowledge.unspaced_places.iter_long(inside):
            yield last + 1 - length, last + 1, key
        return
    words = list(_WORD.finditer(inside))
    at = 0
    while at < len(words):
        longest = 0
        if words[at][0][0].isupper():
            for size in range(1, min(MOST_WORDS, len(words) - at) + 1):
                if size > 1 and inside[words[at + size - 2].end() : words[at + size - 1].start()] not in (
                    " ",
                    "-",
                    "’",
                    "'",
                    ". ",
                    "\u00a0",
                ):
                    break
                if " ".join(_folded(word[0]) for word in words[at : at + size]) in knowledge.spellings:
                    longest = size
        if longest:
            first, last = words[at], words[at + longest - 1]
            yield first.start(), last.end(), knowledge.spellings[" ".join(_folded(word[0]) for word in words[at : at + longest])]
        at += max(1, longest)


@lru_cache(maxsize=wire.WORDS_KEPT)
def _folded(word: str) -> str:
    return "".join(wire.place_words(word))


def _is_located(text: str, place: Span, lang: str, knowledge: wire.Knowledge) -> bool:
    words = knowledge.locatives.get(lang, {})
    if ("located", lang) not in knowledge.patterns:
        before, between, after = ("|".join(map(re.escape, words.get(kind, ()))) for kind in ("before", "between", "after"))
        if after:
            shape = rf"\s?(?:{after})"
        elif lang in wire.UNSPACED:
            shape = rf"(?:{before})\s?$"
        else:
            shape = rf"(?<!\w)(?:{before})[ \u00a0]+(?:(?:{between})[ \u00a0]+){{0,3}}$"
        knowledge.patterns["located", lang] = re.compile(shape, re.IGNORECASE) if before or after else None
    pattern = knowledge.patterns["located", lang]
    if pattern is None:
        return False
    return bool(pattern.match(text, place.end) if "after" in words else pattern.search(text[max(0, place.start - REACH) : place.start]))


def outside(key: str, within: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a place lies in, from the nearest outwards."""
    found: list[str] = []
    while key in within and within[key] not in found:
        key = within[key]
        found.append(key)
    return tuple(found)


# --- whether two values can both hold ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """The values that a passage gives. `mentioned` are all places that it names, in whatever role, `around` what those lie in.

    Two are the same where they are one object: what they were compared with is remembered.
    """

    figures: tuple[Value, ...]
    times: tuple[Value, ...]
    places: tuple[Value, ...]
    mentioned: frozenset[str]
    around: frozenset[str]


def given(found: Sequence[Value], mentioned: Iterable[Place], within: Mapping[str, str]) -> Given:
    """Sort the values of a passage by what they answer."""
    by_aspect: dict[Aspect, list[Value]] = {one: [] for one in Aspect}
    for value in found:
        by_aspect[aspect(value.kind)].append(value)
    named = frozenset(one.key for one in mentioned)
    return Given(
        figures=tuple(by_aspect[Aspect.FIGURE]),
        times=tuple(by_aspect[Aspect.TIME]),
        places=tuple(by_aspect[Aspect.PLACE]),
        mentioned=named,
        around=frozenset(outer for key in named for outer in outside(key, within)),
    )


def differing(a: Given, b: Given, within: Mapping[str, str]) -> frozenset[Aspect]:
    """Return on what two passages disagree: each gives a value of the kind that cannot hold beside any of the other's. Symmetric."""
    found = set()
    if a.figures and b.figures and _disagree(a.figures, b.figures):
        found.add(Aspect.FIGURE)
    if a.times and b.times and _disagree(a.times, b.times):
        found.add(Aspect.TIME)
    if a.places and b.places and _elsewhere(a.places, b, within) and _elsewhere(b.places, a, within):
        found.add(Aspect.PLACE)
    return frozenset(found)


def _disagree(a: Sequence[Value], b: Sequence[Value]) -> bool:
    def lacking(mine: Sequence[Value], theirs: Sequence[Value]) -> bool:
        return any(not any(can_hold(one, other) for other in theirs) for one in mine)

    return lacking(a, b) and lacking(b, a)


def _elsewhere(mine: Collection[Value], other: Given, within: Mapping[str, str]) -> bool:
    """Whether one of the places is neither named by the other passage, nor in what it names, nor around that."""
    return any(
        one.value not in other.mentioned | other.around and not other.mentioned.intersection(outside(one.value, within)) for one in mine
    )


def can_hold(a: Value, b: Value) -> bool:
    """Whether two figures, or two times, can both hold: equal, one coarser than the other, or one rounded. Symmetric."""
    if a.kind is ValueKind.DATE or b.kind is ValueKind.DATE:
        return a.kind is b.kind and _is_one_time(a, b)
    if a.unit != b.unit and _currency(a) and _currency(b):
        return False
    (low, high), (other_low, other_high) = interval(a), interval(b)
    # 1.5 and 1.6 million touch where both are rounded, and are two figures.
    lowest, highest = max(low, other_low), min(high, other_high)
    return lowest < highest or (lowest == highest and (low == high or other_low == other_high))


def _currency(value: Value) -> bool:
    return value.kind is ValueKind.MONEY


ROUNDED, OPEN = Decimal("0.1"), Decimal("1.5")
"""How far "about" reaches to both sides, and how far "more than" may be exceeded before one would have said more."""


def interval(value: Value) -> tuple[Decimal, Decimal]:
    """Return the lowest and the highest figure that a figure's words leave open."""
    figure, half = Decimal(value.value), Decimal(value.step) / 2
    match value.bound:
        case Bound.ABOUT:
            return figure * (1 - ROUNDED) - half, figure * (1 + ROUNDED) + half
        case Bound.AT_LEAST:
            return figure - half, figure * OPEN
        case Bound.AT_MOST:
            return figure / OPEN, figure + half
    return figure - half, figure + half


_PARTS = re.compile(r"(?P<year>\d{4}|-)(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?")


def _is_one_time(a: Value, b: Value) -> bool:
    # "Last year" of two pages is one time, even where only one of them says when it was published.
    if a.relative and a.relative == b.relative:
        return True
    first, second = _PARTS.fullmatch(a.value), _PARTS.fullmatch(b.value)
    if first is None or second is None:
        # Weeks compare with weeks alone, and what was told relative to an unknown day with nothing.
        return "W" not in a.value or "W" not in b.value or a.value == b.value
    return all(mine in (None, "-", theirs) or theirs in (None, "-") for mine, theirs in zip(first.groups(), second.groups(), strict=True))


def as_interval(value: Value) -> str:
    """Return a time as ISO 8601 writes it, with `/..` behind where it begins and `../` before where it ends."""
    return {Bound.SINCE: f"{value.value}/..", Bound.UNTIL: f"../{value.value}"}.get(value.bound or Bound.ABOUT, value.value)
