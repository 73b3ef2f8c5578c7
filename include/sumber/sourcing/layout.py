"""What the frames of pages look like in each language: labels, furniture, dates. The words are data (`seeds/layout/<language>.csv`)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from sumber.sourcing import identity
from sumber.sourcing.model import Span


class LayoutKind(StrEnum):
    """What a word or line of a page's frame means (`seeds/layout/<language>.csv`)."""

    FURNITURE = "furniture"  # the whole line
    OPENING = "opening"  # a line that begins so is furniture
    RELATED = "related"  # label before links to other articles; value "of": a name may stand behind it, "More from The Paper"
    FOOT = "foot"  # a whole line after which only the page's foot follows
    COMMENTS = "comments"  # a whole line after which readers write
    CREDIT = "credit"  # label of a credit line: "Sumber:"
    CREDIT_PHRASE = "credit_phrase"  # before a name in a closing line or bracket; value "known": registry names only, "person": reporters
    BYLINE = "byline"  # label
    EDITOR = "editor"  # label
    CORRECTION = "correction"  # label of a note that says what was wrong: "Ralat:" (from `seeds/matching/corrections.csv`)
    PHOTO = "photo"  # label of a photo, video or graphic credit
    REPORTER = "reporter"  # the word beside a name in a byline: "Jurnalis"
    DISPATCH = "dispatch"  # a word beside which an agency's name in a printed column says who sent the text: "dépêche"
    PLACE = "place"  # a city before the dash or colon of a dateline, where a state's name could be meant too: "Jakarta - Korea Utara …"
    WIRE = "wire"  # the sign that ends a dateline of agency, place and day: "新华社北京9月5日电"
    OWN = "own"  # words around a page's own name (*): a domain; value "name": any name, "original": of the page that had it first
    JOIN = "join"  # a word between two names in a credit: "and"
    PARTICLE = "particle"  # a word in lower case inside names: "van"
    MONTH = "month"  # value: 1 to 12
    DATE_LINK = "date_link"  # a word between the parts of a date: "de"
    MONTH_FIRST = "month_first"  # 5/9/2023 may be the fifth of September or the ninth of May: such dates are not read
    WEEKDAY = "weekday"  # value: 1 to 7
    ZONE = "zone"  # value: offset such as +07:00
    DEFAULT_ZONE = "default_zone"  # value: the offset where a page of this language names no zone


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """One row of `seeds/layout/<lang>.csv`; `lang` is "any" for what holds in every language."""

    lang: str
    kind: LayoutKind
    text: str
    value: str = ""


class Own(NamedTuple):
    """Words before and after a page's own name, in lower case; `is_original`: the name is that of the page that had the text first."""

    before: str
    after: str
    any_name: bool  # the name need not be a domain
    is_original: bool


LINE_KINDS = (LayoutKind.COMMENTS, LayoutKind.FOOT, LayoutKind.FURNITURE)
_LABEL_KINDS = (LayoutKind.PHOTO, LayoutKind.CREDIT, LayoutKind.BYLINE, LayoutKind.EDITOR, LayoutKind.RELATED)
DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")  # Kana, Han, Hangul: scripts whose signs are syllables or words
_BARS = re.compile(r"[|·•›»/—–-]+")
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")


class Layout:
    """The frames of pages in every language in use, prepared for matching. Immutable.

    Labels and furniture of all languages hold together, because pages mix languages; month names hold for their own language and "any".
    """

    def __init__(self, rows: Iterable[LayoutRow]) -> None:
        """Build from seed rows. Raises ValueError where a value does not fit its kind (`problem_of` says so beforehand)."""
        by_kind: dict[LayoutKind, dict[str, str]] = defaultdict(dict)
        months: dict[str, dict[str, int]] = defaultdict(dict)
        ambiguous: set[str] = set()
        self._zones: dict[str, timezone] = {}
        self._default_zones: dict[str, timezone] = {}
        weekdays: set[str] = set()
        own: list[Own] = []
        languages: set[str] = set()
        for row in rows:
            if problem := problem_of(row):
                raise ValueError(problem)
            if row.lang != "any":
                languages.add(row.lang)
            if row.kind is LayoutKind.MONTH:
                months[row.lang][row.text.casefold()] = int(row.value)
            elif row.kind is LayoutKind.WEEKDAY:
                weekdays.add(fold_line(row.text))
            elif row.kind is LayoutKind.MONTH_FIRST:
                ambiguous.add(row.lang)
            elif row.kind in (LayoutKind.ZONE, LayoutKind.DEFAULT_ZONE):
                zones, name = (self._zones, row.text.casefold()) if row.kind is LayoutKind.ZONE else (self._default_zones, row.lang)
                zones[name] = _offset(row.value) or UTC
            elif row.kind is LayoutKind.OWN:
                before, _, after = row.text.partition("*")
                own.append(Own(before.strip().casefold(), after.strip().casefold(), row.value != "", row.value == "original"))
            else:
                by_kind[row.kind][fold_line(row.text)] = row.value
        self.languages = tuple(sorted(languages))
        self.lines: Mapping[str, LayoutKind] = _merged(by_kind, LINE_KINDS)
        self.labels: Mapping[str, LayoutKind] = _merged(by_kind, _LABEL_KINDS)
        self.openings: Mapping[str, LayoutKind] = _merged(by_kind, (LayoutKind.OPENING,))
        self.related_of = tuple(f"{text} " for text, value in by_kind[LayoutKind.RELATED].items() if value == "of")
        # Words of two letters begin too many others.
        self._pieces = frozenset(text for text in by_kind[LayoutKind.FURNITURE] if len(text) > 2 or DENSE.search(text))
        self._piece_starts = frozenset(text[:2] for text in self._pieces)
        self._longest_line = max(map(len, self._pieces), default=0)
        self.credit_phrases: Mapping[str, str] = MappingProxyType(dict(by_kind[LayoutKind.CREDIT_PHRASE]))
        self.reporters = frozenset(by_kind[LayoutKind.REPORTER])
        self.dispatch = frozenset(by_kind[LayoutKind.DISPATCH])
        self.places = frozenset(by_kind[LayoutKind.PLACE])
        self.weekdays = frozenset(weekdays)
        self.own = tuple(own)
        self.longest_opening = max((text.count(" ") + 1 for text in self.openings), default=0)
        self.opening_words = frozenset(text.split()[0] for text in self.openings)
        links = _alternatives(by_kind[LayoutKind.RELATED])
        self.inline_link = re.compile(rf"(?:^|(?<=[.!?\"”])\s{{1,2}})((?:{links})\s?[:：])\s?", re.IGNORECASE)
        self.particles = frozenset(by_kind[LayoutKind.PARTICLE])
        self.photo_tail = _photo_tail(by_kind[LayoutKind.PHOTO])
        self.name_break = re.compile(
            rf"\s*(?:[,/;&+|、・，]|(?<=\w)-(?=\w)|\s(?:{_alternatives(by_kind[LayoutKind.JOIN])})\s)\s*", re.IGNORECASE
        )
        self.wire = re.compile(
            rf"[（(【\[]?\s?([^。！？\n]{{3,40}}?)(?:{_alternatives(by_kind[LayoutKind.WIRE])})\s?[】)）\]]?\s?(?:[（(][^（）()\n]{{2,20}}[）)])?\s?"
        )
        labelled = rf"(?:{_alternatives(by_kind[LayoutKind.CORRECTION])})(?: \([^)\n]{{0,60}}\))?\s?[:：]"
        self._correction = re.compile(rf"[^\w\n]{{0,5}}{labelled}", re.IGNORECASE)
        self._corrections = tuple(by_kind[LayoutKind.CORRECTION])
        self._date_links = _alternatives(by_kind[LayoutKind.DATE_LINK])
        self._ambiguous = frozenset(ambiguous)
        self._months = {lang: MappingProxyType(dict(names)) for lang, names in months.items()}
        self._dates: dict[str, DatePattern] = {}

    def zone(self, name: str) -> timezone | None:
        """Return the offset of a zone as printed ("WIB", "GMT+7"), or None."""
        folded = name.casefold()
        if folded in self._zones:
            return self._zones[folded]
        match = re.fullmatch(r"(?:gmt|utc)\s?([+-])(\d{1,2})(?::?(\d\d))?", folded)
        return _offset(f"{match[1]}{int(match[2]):02}:{match[3] or '00'}") if match else None

    def default_zone(self, lang: str) -> timezone:
        """Return the zone in which a page of `lang` without a zone is read; UTC where nothing better is known."""
        return self._default_zones.get(lang, UTC)

    def dates(self, lang: str) -> DatePattern:
        """Return the pattern of dates in `lang`."""
        if lang not in self._dates:
            months = {**self._months.get("any", {}), **self._months.get(lang, {})}
            self._dates[lang] = DatePattern(months, self._date_links, is_ambiguous=lang in self._ambiguous)
        return self._dates[lang]

    def is_name(self, text: str) -> bool:
        """Whether a short text can be the name of a person or an outlet: capitalised words, or a script without capitals."""
        if not 2 <= len(text) <= 60 or text[-1] in "?!:;" or any(char in text for char in '"“”«»\n|{}<>=@'):
            return False
        words = text.split()
        if len(words) > 6:
            return False
        if DENSE.search(text):
            return len(text) <= 24
        telling = [word for word in words if word.casefold() not in self.particles]
        return bool(telling) and all(not word[0].islower() or "." in word[:-1] for word in telling) and any(map(str.isalpha, text))

    def is_bar(self, line: str) -> bool:
        """Whether a short line is a row of furniture, with bars between or glued: "Contact | Terms", "ShareCopy link", "Page:123"."""
        if len(line) > 80:
            return False
        left = _BARS.sub(" ", fold_line(line)).strip()
        pieces = 0
        while left:
            if left[:2] not in self._piece_starts and not left[0].isdecimal():
                return False
            piece = next((size for size in range(min(len(left), self._longest_line), 1, -1) if left[:size] in self._pieces), 0)
            number = 0 if piece else len(left) - len(left.lstrip("0123456789"))
            if not piece and not number:
                return False
            left = left[piece or number :].lstrip()
            pieces += bool(piece)
        return pieces >= 1

    def is_correction(self, line: str) -> bool:
        """Whether the label of a correction and a colon begin a line."""
        return self._correction.match(line) is not None

    def mentions_correction(self, text: str) -> bool:
        """Whether the words of such a label stand anywhere in a text: much cheaper than asking of each of its lines."""
        folded = identity.fold(text)
        return any(label in folded for label in self._corrections)

    def is_credit_line(self, line: str) -> bool:
        """Whether a short line is a label for a credit, byline or editor with something behind it, or a credit phrase in brackets."""
        label, colon, value = line.replace("：", ":", 1).partition(":")
        if colon and value.strip() and self.labels.get(fold_line(label)) in (LayoutKind.CREDIT, LayoutKind.BYLINE, LayoutKind.EDITOR):
            return True
        bracket = line.rfind("(") + 1
        if not bracket or line[-1] != ")":
            return False
        words = line[bracket:-1].split()
        return any(fold_line(" ".join(words[:count])) in self.credit_phrases for count in range(1, min(4, len(words)) + 1))


def problem_of(row: LayoutRow) -> str | None:
    """Return what is wrong with a row of layout, for a person to mend, or None."""
    if row.kind is LayoutKind.MONTH and not (row.value.isdecimal() and 1 <= int(row.value) <= 12):
        return f"month {row.text!r} has the value {row.value!r}, not 1 to 12"
    if row.kind in (LayoutKind.ZONE, LayoutKind.DEFAULT_ZONE) and _offset(row.value) is None:
        return f"zone {row.text!r} has the value {row.value!r}, not an offset such as +07:00"
    if row.kind is LayoutKind.OWN:
        before, star, _ = row.text.partition("*")
        if not star or not before.strip() or row.value not in ("", "name", "original"):
            return f"own {row.text!r} needs words before a * and the value 'name', 'original' or none"
    elif row.kind is not LayoutKind.WEEKDAY and not fold_line(row.text):
        return f"{row.kind} {row.text!r} holds no letter or digit"
    return None


def _merged(by_kind: Mapping[LayoutKind, Mapping[str, str]], kinds: Sequence[LayoutKind]) -> Mapping[str, LayoutKind]:
    """Return text -> kind; the first of `kinds` wins where two hold the same text."""
    merged: dict[str, LayoutKind] = {}
    for kind in kinds:
        for text in by_kind[kind]:
            merged.setdefault(text, kind)
    return MappingProxyType(merged)


def _offset(text: str) -> timezone | None:
    match = _OFFSET.fullmatch(text)
    if match is None or int(match[2]) > 14 or int(match[3]) > 59:
        return None
    minutes = int(match[2]) * 60 + int(match[3])
    return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))


def _alternatives(texts: Iterable[str]) -> str:
    """Return an alternation of `texts`, longest first; one that never matches where there are none."""
    return "|".join(re.escape(text).replace(r"\ ", r"\s+") for text in sorted(texts, key=lambda text: (-len(text), text))) or "(?!)"


def _photo_tail(labels: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of a photo credit at the end of a line: label, colon or bracket or slash, name."""
    return re.compile(
        rf"(?:^|(?<=[\s(\[/|.,;\-–—]))(?:{_alternatives(labels)})\s?[:：/]\s?([^:：()\[\]]{{2,60}}?)\s?[)\]]?\s?\.?$", re.IGNORECASE
    )


_DIGITS = re.compile(r"\b\d+\b")
LONGEST_LABEL = 80  # code points


def fold_line(text: str) -> str:
    """Return the comparison form of a line of a page's frame: folded, any number read as 1."""
    # The labels and menus of a page stand on the next page too; paragraphs do not, and would only fill the memory.
    return _folded(text) if len(text) <= LONGEST_LABEL else _folded.__wrapped__(text)


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    return _DIGITS.sub("1", identity.fold(text))


# --- dates ---------------------------------------------------------------------------------------------------

EARLIEST_YEAR, LATEST_YEAR = 1605, 2100  # the first newspaper; beyond the last, a number that only looks like a date

_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?)?(?!\d)",
)
NUMERIC_DATE = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<![\d.])(\d{4})([./])(\d{1,2})\2(\d{1,2})(?![\d.])\.?")  # "2026.06.30", "2026/6/30"
_CJK_DATE = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_TIME = re.compile(r"(?<![\d:])([01]?\d|2[0-3])(?:[:.h]|\s?giờ\s?)([0-5]\d)(?::[0-5]\d)?(?!\d)(?:\s?([ap])\.?m\b\.?)?", re.IGNORECASE)
_ZONE = re.compile(r"[A-Za-z]{1,5}(?:\s?[+-]\d{1,2}(?::?\d\d)?)?")


class Dated(NamedTuple):
    """A date found in a line: the time it names, the stretch it covers, and whether a time of day was printed."""

    at: datetime
    span: Span


class DatePattern:
    """Finds one publication date in a short line."""

    def __init__(self, months: Mapping[str, int], links: str, *, is_ambiguous: bool) -> None:
        """Build from month names in lower case; `links` is an alternation of the words that join the parts of a date."""
        self._months = months
        self._is_ambiguous = is_ambiguous
        names = _alternatives(months)
        link = rf"(?:\s?[,.-]?\s?(?:{links})\s|[\s.,-]{{0,3}})"
        self._day_month = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º)?{link}({names})(?!\w){link}(\d{{4}})(?!\d)", re.IGNORECASE)
        self._month_day = re.compile(rf"(?<!\w)({names})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s(\d{{4}})(?!\d)", re.IGNORECASE)

    def find(self, line: str, layout: Layout, lang: str) -> Dated | None:
        """Return the first date of `line` with its time and zone; None where there is none or day and month cannot be told apart."""
        if not any(char.isdigit() for char in line):
            return None
        if match := _ISO.search(line):
            zone = _iso_zone(match[7]) or layout.default_zone(lang)
            at = _moment(int(match[1]), int(match[2]), int(match[3]), int(match[4] or 0), int(match[5] or 0), zone, int(match[6] or 0))
            if at and match[4]:
                return Dated(at, Span(*match.span()))
            return self._timed(line, match, at, layout, lang)
        if match := _YEAR_FIRST.search(line):
            return self._timed(line, match, _moment(int(match[1]), int(match[3]), int(match[4])), layout, lang)
        if match := _CJK_DATE.search(line):
            return self._timed(line, match, _moment(int(match[1]), int(match[2]), int(match[3])), layout, lang)
        if match := self._day_month.search(line):
            return self._timed(line, match, _moment(int(match[3]), self._month(match[2]), int(match[1])), layout, lang)
        if match := self._month_day.search(line):
            return self._timed(line, match, _moment(int(match[3]), self._month(match[1]), int(match[2])), layout, lang)
        if match := NUMERIC_DATE.search(line):
            first, second, year = int(match[1]), int(match[3]), int(match[4])
            if first > 12 or first == second or not (self._is_ambiguous or second > 12):
                return self._timed(line, match, _moment(year, second, first), layout, lang)
            if second > 12:
                return self._timed(line, match, _moment(year, first, second), layout, lang)
        return None

    def _month(self, printed: str) -> int:
        return self._months.get(" ".join(printed.casefold().split()), 0)

    @staticmethod
    def _timed(line: str, date: re.Match[str], day: datetime | None, layout: Layout, lang: str) -> Dated | None:
        """Add the time of day and zone that stand after the date (or right before it) in the same line."""
        if day is None:
            return None
        start, end = date.span()
        hour = minute = 0
        zone = layout.default_zone(lang)
        time = _TIME.search(line, end, end + 30) or _TIME.search(line, max(0, start - 12), start)
        if time:
            hour, minute = int(time[1]), int(time[2])
            if time[3] and hour <= 12:
                hour = hour % 12 + (12 if time[3].casefold() == "p" else 0)
            start, end = min(start, time.start()), max(end, time.end())
            following = re.compile(r"\s?[(]?").match(line, time.end())
            printed = _ZONE.match(line, following.end()) if following else None
            if printed and (named := layout.zone(printed[0])):
                zone, end = named, max(end, printed.end())
        return Dated(day.replace(hour=hour, minute=minute, tzinfo=zone), Span(start, end))


def _moment(year: int, month: int, day: int, hour: int = 0, minute: int = 0, zone: timezone = UTC, second: int = 0) -> datetime | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _iso_zone(text: str | None) -> timezone | None:
    if not text:
        return None
    return UTC if text == "Z" else _offset(text if ":" in text else f"{text[:3]}:{text[3:]}")
