"""Bytes of a page -> Article: headline, byline, dateline, credit line, captions, furniture and body, with offsets into the text.

What a page looks like differs by language and is data (`seeds/layout/`, one file a language); this module knows structures: a label
before a colon, a name glued to a date, a bracket at the end of the last paragraph, a line that repeats the one above. Where a structure
is not clear the text stays body: a wrong cut of body text is worse than a menu that is missed.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sumber.sourcing import identity
from sumber.sourcing.model import (
    Article,
    Block,
    BlockRole,
    Capture,
    Credit,
    CreditRole,
    Gazetteer,
    MediaCredit,
    MediaType,
    Origin,
    Refusal,
    Source,
    SourceKind,
    Span,
)

MAX_BYTES = 20_000_000
MIN_LETTERS = 30  # below it a page is a stub, an error message or a picture
MAX_REPLACED = 0.02  # share of U+FFFD from which a text counts as broken
MAX_CONTROLS = 0.01  # share of control characters from which bytes count as binary


# --- layout --------------------------------------------------------------------------------------------------


class LayoutKind(StrEnum):
    """What a word or line of a page's frame means (`seeds/layout/<language>.csv`)."""

    FURNITURE = "furniture"  # the whole line
    OPENING = "opening"  # a line that begins so is furniture
    RELATED = "related"  # label before links to other articles
    FOOT = "foot"  # a whole line after which only the page's foot follows
    COMMENTS = "comments"  # a whole line after which readers write
    CREDIT = "credit"  # label of a credit line: "Sumber:"
    CREDIT_PHRASE = "credit_phrase"  # words before a name in a closing line or bracket: "(Menurut X)", "Theo X"
    BYLINE = "byline"  # label
    EDITOR = "editor"  # label
    PHOTO = "photo"  # label of a photo, video or graphic credit
    REPORTER = "reporter"  # the word beside a name in a byline: "Jurnalis"
    DISPATCH = "dispatch"  # a word beside which an agency's name in a printed column says who sent the text: "dépêche"
    OWN = "own"  # words around a page's own name, * standing for it; value "name": any name, else a domain only
    MONTH = "month"  # value: 1 to 12
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


class _Own(NamedTuple):
    before: str
    after: str
    any_name: bool


_LINE_KINDS = (LayoutKind.COMMENTS, LayoutKind.FOOT, LayoutKind.FURNITURE)
_LABEL_KINDS = (LayoutKind.PHOTO, LayoutKind.CREDIT, LayoutKind.BYLINE, LayoutKind.EDITOR, LayoutKind.RELATED)
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")


class Layout:
    """The frames of pages in every language in use, prepared for matching. Immutable.

    Labels and furniture of all languages hold together, because pages mix languages; month names hold for their own language.
    """

    def __init__(self, rows: Iterable[LayoutRow]) -> None:
        """Build from seed rows. Raises ValueError where a value does not fit its kind (`problem_of` says so beforehand)."""
        by_kind: dict[LayoutKind, dict[str, str]] = defaultdict(dict)
        months: dict[str, dict[str, int]] = defaultdict(dict)
        self._zones: dict[str, timezone] = {}
        self._default_zones: dict[str, timezone] = {}
        weekdays: set[str] = set()
        own: list[_Own] = []
        languages: set[str] = set()
        for row in rows:
            if problem := problem_of(row):
                raise ValueError(problem)
            if row.lang != "any":
                languages.add(row.lang)
            if row.kind is LayoutKind.MONTH:
                months[row.lang][row.text.casefold()] = int(row.value)
            elif row.kind is LayoutKind.WEEKDAY:
                weekdays.add(row.text.casefold())
            elif row.kind in (LayoutKind.ZONE, LayoutKind.DEFAULT_ZONE):
                zones, name = (self._zones, row.text.casefold()) if row.kind is LayoutKind.ZONE else (self._default_zones, row.lang)
                zones[name] = _offset(row.value) or UTC
            elif row.kind is LayoutKind.OWN:
                before, _, after = row.text.partition("*")
                own.append(_Own(before.strip().casefold(), after.strip().casefold(), row.value == "name"))
            else:
                by_kind[row.kind][fold_line(row.text)] = row.value
        self.languages = tuple(sorted(languages))
        self.lines: Mapping[str, LayoutKind] = _merged(by_kind, _LINE_KINDS)
        self.labels: Mapping[str, LayoutKind] = _merged(by_kind, _LABEL_KINDS)
        self.openings: Mapping[str, LayoutKind] = _merged(by_kind, (LayoutKind.OPENING,))
        self.credit_phrases = frozenset(by_kind[LayoutKind.CREDIT_PHRASE])
        self.reporters = frozenset(by_kind[LayoutKind.REPORTER])
        self.dispatch = frozenset(by_kind[LayoutKind.DISPATCH])
        self.weekdays = frozenset(weekdays)
        self.own = tuple(own)
        self.longest_opening = max((text.count(" ") + 1 for text in self.openings), default=0)
        self.photo_tail = _photo_tail(by_kind[LayoutKind.PHOTO])
        self._months = {lang: MappingProxyType(dict(names)) for lang, names in months.items()}
        self._dates: dict[str, _DatePattern] = {}

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

    def dates(self, lang: str) -> _DatePattern:
        """Return the pattern of dates in `lang`; English month names hold everywhere."""
        if lang not in self._dates:
            self._dates[lang] = _DatePattern({**self._months.get("en", {}), **self._months.get(lang, {})}, day_first=lang != "en")
        return self._dates[lang]


def problem_of(row: LayoutRow) -> str | None:
    """Return what is wrong with a row of layout, for a person to mend, or None."""
    if row.kind is LayoutKind.MONTH and not (row.value.isdecimal() and 1 <= int(row.value) <= 12):
        return f"month {row.text!r} has the value {row.value!r}, not 1 to 12"
    if row.kind in (LayoutKind.ZONE, LayoutKind.DEFAULT_ZONE) and _offset(row.value) is None:
        return f"zone {row.text!r} has the value {row.value!r}, not an offset such as +07:00"
    if row.kind is LayoutKind.OWN:
        before, star, _ = row.text.partition("*")
        if not star or not before.strip() or row.value not in ("", "name"):
            return f"own {row.text!r} needs words before a * and the value 'name' or none"
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


def _photo_tail(labels: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of a photo credit at the end of a line: label, colon or bracket or slash, name."""
    alternatives = "|".join(re.escape(label).replace(r"\ ", r"\s+") for label in sorted(labels, key=lambda text: (-len(text), text)))
    return re.compile(rf"(?:^|(?<=[\s(\[/|.,;\-–—]))(?:{alternatives})\s?[:：/]\s?([^:：()\[\]]{{2,60}}?)\s?[)\]]?\s?\.?$", re.IGNORECASE)


_DIGITS = re.compile(r"\b\d+\b")


def fold_line(text: str) -> str:
    """Return the comparison form of a line of a page's frame: folded, any number read as 1."""
    return _DIGITS.sub("1", identity.fold(text))


# --- dates ---------------------------------------------------------------------------------------------------

_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?)?(?!\d)",
)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_CJK_DATE = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_TIME = re.compile(r"(?<![\d:])([01]?\d|2[0-3])(?:[:.h]|\s?giờ\s?)([0-5]\d)(?::[0-5]\d)?(?!\d)(?:\s?([ap])\.?m\b\.?)?", re.IGNORECASE)
_ZONE = re.compile(r"[A-Za-z]{1,5}(?:\s?[+-]\d{1,2}(?::?\d\d)?)?")


class _Dated(NamedTuple):
    """A date found in a line: the time it names, the stretch it covers, and whether a time of day was printed."""

    at: datetime
    span: Span


class _DatePattern:
    """Finds one publication date in a short line."""

    def __init__(self, months: Mapping[str, int], *, day_first: bool) -> None:
        self._months = months
        self._day_first = day_first
        names = "|".join(re.escape(name) for name in sorted(months, key=lambda name: (-len(name), name)))
        self._day_month = self._month_day = None
        if names:
            self._day_month = re.compile(
                rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s?(?:de\s|of\s)?-?({names})(?!\w)\.?,?-?(?:\s?năm\s|\s?de\s|\s?del\s|\s)?(\d{{4}})(?!\d)",
                re.IGNORECASE,
            )
            self._month_day = re.compile(rf"(?<!\w)({names})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s(\d{{4}})(?!\d)", re.IGNORECASE)

    def find(self, line: str, layout: Layout, lang: str) -> _Dated | None:
        """Return the first date of `line` with its time and zone; None where there is none or day and month cannot be told apart."""
        if not any(char.isdigit() for char in line):
            return None
        if match := _ISO.search(line):
            zone = _iso_zone(match[7]) or layout.default_zone(lang)
            at = _moment(int(match[1]), int(match[2]), int(match[3]), int(match[4] or 0), int(match[5] or 0), zone)
            if at and match[4]:
                return _Dated(at, Span(*match.span()))
            return self._timed(line, match, at, layout, lang)
        if match := _CJK_DATE.search(line):
            return self._timed(line, match, _moment(int(match[1]), int(match[2]), int(match[3])), layout, lang)
        if self._day_month and (match := self._day_month.search(line)):
            return self._timed(line, match, _moment(int(match[3]), self._months[match[2].casefold()], int(match[1])), layout, lang)
        if self._month_day and (match := self._month_day.search(line)):
            return self._timed(line, match, _moment(int(match[3]), self._months[match[1].casefold()], int(match[2])), layout, lang)
        if match := _NUMERIC.search(line):
            first, second, year = int(match[1]), int(match[3]), int(match[4])
            if first > 12 or (self._day_first and second <= 12):
                return self._timed(line, match, _moment(year, second, first), layout, lang)
            if second > 12:
                return self._timed(line, match, _moment(year, first, second), layout, lang)
        return None

    @staticmethod
    def _timed(line: str, date: re.Match[str], day: datetime | None, layout: Layout, lang: str) -> _Dated | None:
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
        return _Dated(day.replace(hour=hour, minute=minute, tzinfo=zone), Span(start, end))


def _moment(year: int, month: int, day: int, hour: int = 0, minute: int = 0, zone: timezone = UTC) -> datetime | None:
    try:
        return datetime(year, month, day, hour, minute, tzinfo=zone)
    except ValueError:
        return None


def _iso_zone(text: str | None) -> timezone | None:
    if not text:
        return None
    return UTC if text == "Z" else _offset(text if ":" in text else f"{text[:3]}:{text[3:]}")


# --- decoding ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Page:
    """The decoded text of a capture, with what its record or metadata says of it."""

    text: str
    url: str | None = None
    outlet: str | None = None
    lang: str | None = None
    published: str | None = None
    headline: str | None = None
    name: str | None = None
    metadata: tuple[Credit, ...] = ()


def _decode(capture: Capture) -> _Page | Refusal:
    if not capture.content.strip():
        return Refusal("empty", "", "the capture holds nothing but white space")
    if len(capture.content) > MAX_BYTES:
        return Refusal("too_large", str(len(capture.content)), f"the capture is larger than {MAX_BYTES} bytes")
    match capture.media_type:
        case MediaType.JSON:
            return _record(capture.content)
        case MediaType.HTML:
            return _html(capture.content, capture.url)
        case MediaType.PLAIN:
            text = _text(capture.content)
            return text if isinstance(text, Refusal) else _Page(text)


def _text(content: bytes) -> str | Refusal:
    """Decode plain text: UTF-8, or UTF-16 behind a byte order mark. The mark itself is not part of the text."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        value = content[max(0, error.start - 8) : error.start + 8].hex(" ")
        return Refusal("undecodable", value, f"not {error.encoding} at byte {error.start}: {error.reason}")


def _record(content: bytes) -> _Page | Refusal:
    """Read one record of the exchange format: id, lang, url, outlet, published_at, title, text."""
    try:
        record = json.loads(content)
    except (ValueError, RecursionError) as error:
        return Refusal("malformed", _excerpt(content.decode("utf-8", "replace")), f"not a JSON record: {error}")
    if not isinstance(record, dict):
        return Refusal("malformed", _excerpt(str(record)), "a record must be a JSON object")
    values: dict[str, str | None] = {}
    for key in ("id", "lang", "url", "outlet", "published_at", "title", "text"):
        value = record.get(key)
        if value is not None and not isinstance(value, str):
            return Refusal("malformed", _excerpt(f"{key}={value!r}"), f"{key} must be a string")
        values[key] = value
    if values["text"] is None:
        return Refusal("malformed", _excerpt(content.decode("utf-8", "replace")), "the record has no text")
    return _Page(
        text=values["text"],
        url=values["url"],
        outlet=values["outlet"],
        lang=values["lang"],
        published=values["published_at"],
        headline=values["title"],
        name=values["id"],
    )


def _excerpt(text: str) -> str:
    return text[:200].encode("utf-8", "replace").decode()


def _unfit(text: str) -> Refusal | None:
    """Say why a decoded text cannot be an article, if so."""
    if not text.strip():
        return Refusal("empty", "", "the text holds nothing but white space")
    if (position := text.find("\0")) >= 0:
        return Refusal("nul", _excerpt(repr(text[max(0, position - 20) : position + 20])), f"a NUL character at offset {position}")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return Refusal("surrogate", _excerpt(repr(text[error.start])), f"a lone surrogate at offset {error.start}")
    controls = len(_CONTROLS.findall(text))
    if controls > MAX_CONTROLS * len(text) and controls > 2:
        return Refusal("binary", _excerpt(repr(text[:60])), f"{controls} control characters in {len(text)}")
    replaced = text.count("\ufffd")
    if replaced > MAX_REPLACED * len(text) and replaced > 2:
        return Refusal("broken_encoding", _excerpt(text), f"{replaced} replacement characters in {len(text)}")
    letters = sum(map(str.isalpha, text[:2000]))
    # One sign of these scripts says as much as several letters.
    dense = len(_DENSE.findall(text[:2000]))
    if letters + 2 * dense < MIN_LETTERS:
        return Refusal("too_short", _excerpt(text.strip()), f"{letters} letters, fewer than {MIN_LETTERS}")
    return None


_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


# --- HTML ----------------------------------------------------------------------------------------------------

_BLOCK_TAGS = frozenset(("p", "div", "li", "td", "span", "strong", "em", "b", "i", "address", "footer", "cite", "small", "time", "a"))
_LINKED_DATA_TYPES = frozenset(("NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "LiveBlogPosting", "AnalysisNewsArticle"))


def _html(content: bytes, url: str | None) -> _Page | Refusal:
    """Extract the article of an HTML page: body by trafilatura, the rest from JSON-LD and meta elements; nothing is fetched.

    The text that comes out is headline, body, and those short lines of the page that trafilatura leaves out; what they are is told later.
    """
    import trafilatura
    from lxml import etree

    if (position := content.find(b"\0")) >= 0 and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return Refusal("nul", content[max(0, position - 8) : position + 8].hex(" "), f"a NUL byte at {position}")
    try:
        tree = trafilatura.load_html(content)
    except (ValueError, LookupError, etree.LxmlError) as error:
        return Refusal("malformed", _excerpt(content[:200].decode("utf-8", "replace")), f"not HTML: {error}")
    if tree is None:
        return Refusal("malformed", _excerpt(content[:200].decode("utf-8", "replace")), "not HTML")
    short_lines = _short_lines(tree)
    metadata = _metadata(tree)
    try:
        extracted = trafilatura.bare_extraction(tree, url=url, fast=True, include_comments=False, with_metadata=False)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, etree.LxmlError) as error:
        # A page that trips the extractor must not stop the batch; the class of error is in the reason.
        return Refusal("extractor", _excerpt(content[:200].decode("utf-8", "replace")), f"{type(error).__name__}: {error}")
    body = getattr(extracted, "text", None) or ""
    if not body.strip():
        return Refusal("no_body", _excerpt(metadata.headline or ""), "no article text was found in the page")
    head = [metadata.headline] if metadata.headline and fold_line(metadata.headline) not in map(fold_line, body.split("\n", 3)[:2]) else []
    present = set(map(fold_line, body.splitlines()))
    tail = [line for line in short_lines if fold_line(line) not in present]
    parts = ["\n".join(head), body, "\n".join(tail)]
    return _Page(
        text="\n\n".join(part for part in parts if part),
        url=metadata.url or url,
        outlet=metadata.outlet,
        lang=metadata.lang,
        published=metadata.published,
        headline=metadata.headline,
        metadata=metadata.credits,
    )


class _Metadata(NamedTuple):
    url: str | None
    outlet: str | None
    lang: str | None
    published: str | None
    headline: str | None
    credits: tuple[Credit, ...]


def _metadata(tree: Any) -> _Metadata:
    """Read what the page says of itself: JSON-LD first, then meta elements, then the title element."""
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if name and element.get("content"):
            metas.setdefault(name.casefold(), str(element.get("content")).strip())
    linked = _linked_data(tree)
    credits = []
    for key, role in (("author", CreditRole.BYLINE), ("editor", CreditRole.EDITOR)):
        credits += [Credit(role, name, None, Origin.BYLINE) for name in _names_of(linked.get(key))]
    if not credits and _is_name(metas.get("author", "")):
        credits.append(Credit(CreditRole.BYLINE, metas["author"], None, Origin.BYLINE))
    for key in ("isBasedOn", "sourceOrganization", "creditText"):
        credits += [Credit(CreditRole.ORIGINAL_OUTLET, name, None, Origin.CREDIT_LINE) for name in _names_of(linked.get(key))]
    canonical = next((str(link.get("href")) for link in tree.iter("link") if link.get("rel") == "canonical" and link.get("href")), None)
    title = next((" ".join(element.text_content().split()) for element in tree.iter("h1")), "")
    return _Metadata(
        url=canonical if canonical and canonical.startswith(("http://", "https://")) else None,
        outlet=next(iter(_names_of(linked.get("publisher"))), None) or metas.get("og:site_name") or None,
        lang=(tree.get("lang") or "").split("-")[0].casefold() or None,
        published=_string(linked.get("datePublished")) or metas.get("article:published_time") or metas.get("datepublished"),
        headline=_string(linked.get("headline")) or metas.get("og:title") or title or None,
        credits=tuple(credits),
    )


def _linked_data(tree: Any) -> Mapping[str, Any]:
    """Return the first JSON-LD object of the page that describes an article; {} where there is none."""
    for element in tree.iter("script"):
        if (element.get("type") or "").casefold() != "application/ld+json":
            continue
        try:
            found = json.loads(element.text or "")
        except (ValueError, RecursionError):
            continue
        queue = [found]
        while queue:
            item = queue.pop(0)
            if isinstance(item, list):
                queue = item[:50] + queue
            elif isinstance(item, dict):
                types = item.get("@type")
                if _LINKED_DATA_TYPES & set(map(str, types if isinstance(types, list) else [types])):
                    return item
                if isinstance(item.get("@graph"), list):
                    queue = item["@graph"][:50] + queue
    return {}


def _names_of(value: Any) -> tuple[str, ...]:
    """Return the printed names in a JSON-LD value: a string, an object with a name, or a list of them."""
    items = value if isinstance(value, list) else [value]
    names = [item.get("name") if isinstance(item, dict) else item for item in items[:10]]
    return tuple(name.strip() for name in names if isinstance(name, str) and _is_name(name.strip()))


def _string(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _short_lines(tree: Any) -> list[str]:
    """Return the short text lines of the page in order, each once: where bylines and credit lines stand that the extractor leaves out."""
    lines: dict[str, None] = {}
    for element in tree.iter():
        if element.tag not in _BLOCK_TAGS or len(element) > 6:
            continue
        line = " ".join(element.text_content()[:400].split())
        if 3 <= len(line) <= 120 and (":" in line or "：" in line or line[-1] == ")"):
            lines.setdefault(line)
    return list(lines)[:400]


# --- lines ---------------------------------------------------------------------------------------------------

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_TERMINALS = frozenset(".?!…。！？؟।")
_CLOSERS = "\"'”’»)]」』）”›"
_WRAPPED_SHARE = 0.25  # of line breaks inside a sentence, from which a text is a scanned newspaper column


@dataclass(slots=True)
class _Line:
    """One line of a text while its role is being worked out."""

    start: int
    end: int
    text: str
    follows_gap: bool  # a blank line stands above
    kind: LayoutKind | None = None
    value: Span | None = None  # what stands after a label
    is_prose: bool = False
    role: BlockRole | None = None
    cuts: list[Block] = field(default_factory=list)  # parts of the line with another role: a signature, a photo credit

    @property
    def is_frame(self) -> bool:
        """Whether the line is known not to be running text."""
        return self.role is not None and self.role not in (BlockRole.BODY, BlockRole.LEAD)


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    end_of_last = 0
    for match in _LINE.finditer(text):
        stripped = match[0].strip()
        if not stripped:
            continue
        start = match.start() + match[0].index(stripped[0])
        between = text[end_of_last:start]
        lines.append(_Line(start, start + len(stripped), stripped, between.count("\n") > 1 or between.count("\r") > 1))
        end_of_last = start + len(stripped)
    return lines


def _is_prose(text: str) -> bool:
    """Whether a line is a paragraph rather than a label, title or menu entry."""
    if len(text) >= 240:
        return True
    stripped = text.rstrip(_CLOSERS + " ")
    if not stripped or (stripped[-1] not in _TERMINALS and not (text[-1] in '"”»」' and stripped[-1] == ",")):
        return False
    return text.count(" ") >= 5 or len(_DENSE.findall(text)) >= 12


def _sentences(text: str) -> int:
    """Count sentence ends, roughly: a terminal before a space or the end."""
    return len(_SENTENCE_END.findall(text))


_SENTENCE_END = re.compile(r"[.?!…][\"'”’»)]*(?=\s|$)|[。！？]")
# Words that stand in lower case inside names.
_NAME_PARTICLES = frozenset(
    ("al", "bin", "binti", "ibn", "van", "von", "der", "den", "de", "la", "le", "da", "di", "dos", "du", "el", "y", "e", "of", "the")
)


def _is_name(text: str) -> bool:
    """Whether a short text can be the name of a person or an outlet: capitalised words, or a script without capitals."""
    if not 2 <= len(text) <= 60 or text[-1] in "?!:;" or any(char in text for char in '"“”«»\n|{}<>=@'):
        return False
    words = text.split()
    if len(words) > 6:
        return False
    if _DENSE.search(text):
        return len(text) <= 24
    telling = [word for word in words if word.casefold() not in _NAME_PARTICLES]
    return bool(telling) and all(not word[0].islower() or "." in word[:-1] for word in telling) and any(char.isalpha() for char in text)


def _halves(text: str) -> str | None:
    """Return the half of a text that is printed twice without a space ("NameName"), or None."""
    middle, odd = divmod(len(text), 2)
    return text[:middle] if not odd and middle >= 2 and text[:middle] == text[middle:] else None


# --- reading -------------------------------------------------------------------------------------------------


def read(capture: Capture, layout: Layout, names: Gazetteer) -> Article | Refusal:
    """Read one capture.

    Plain text and the text of a JSON record stay as they are, furniture included (only a byte order mark is dropped), so that offsets hold
    in the original; the text of an HTML page is what was extracted from it. A text with a NUL or a lone surrogate is refused, because
    no store keeps it unchanged. Never raises on any content.
    """
    page = _decode(capture)
    if isinstance(page, Refusal):
        return page
    if refusal := _unfit(page.text):
        return refusal
    lang = capture.lang or page.lang or _detected(page.text, layout.languages)
    if lang is None:
        return Refusal("language", _excerpt(page.text.strip()), f"in none of the languages in use ({', '.join(layout.languages)})")
    reading = _Reading(page, capture, lang, layout, names)
    reading.sort_lines()
    return reading.article()


@lru_cache(maxsize=4)
def _detector(languages: tuple[str, ...]) -> Any:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [getattr(IsoCode639_1, lang.upper()) for lang in languages if hasattr(IsoCode639_1, lang.upper())]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build() if len(codes) > 1 else None


def _detected(text: str, languages: tuple[str, ...]) -> str | None:
    """Return the language of the longest lines of `text` (menus are short) among `languages`, or None."""
    longest = sorted(text.splitlines(), key=len, reverse=True)[:8]
    detector = _detector(languages)
    if detector is None:
        return languages[0] if languages else None
    language = detector.detect_language_of("\n".join(longest)[:2000])
    return language.iso_code_639_1.name.lower() if language else None


class _Outlet(NamedTuple):
    """Evidence for the page's own outlet; the lowest rank wins, then the earliest."""

    rank: int
    name: str
    span: Span | None


_DOMAIN = re.compile(r"(?<![\w@/.-])[A-Za-z0-9][\w-]{1,40}(?:\.[A-Za-z0-9-]{2,20}){0,2}\.[A-Za-z]{2,8}(?![\w@/-])(?!\.\w)")
_BRACKET = re.compile(r"[(（\[{]\s?([^()（）\[\]{}]{2,60}?)\s?\.?[)）\]}]\s?\.?$")
_SIGNATURE_DASH = re.compile(r"(?:^|[\s.?!\"”])(?:[—–/©]|--|-\s)\s?([^\W\d_][^—–/©()\n]{1,40})$")
_DISPATCH_BRACKET = re.compile(r"[({\[]\s?([^(){}\[\]]{2,45}?)\s?[.,:;]{0,2}\s?[)}\]]")
_DISPATCH_DASHES = re.compile(r"\d\s?\.?\s?[—–-]\s?([^\W\d_][\w. ]{1,30}?)\s?\.?\s?[—–-]")
_DISPATCH_SLASH = re.compile(r"[.»\"]\s{1,2}/\s([a-zA-Z][a-zA-Z -]{1,14}?)(?=\s*(?:\n|$))")
_DISPATCH_END = re.compile(r"[.»\"]\s{0,2}([A-Za-z][\w .]{1,12})\s*$")
_DOTTED = re.compile(r"(?:[A-Za-z]\s?\.\s?){1,4}[A-Za-z]\.?")
_MASTHEAD = re.compile(r"([^|–—]{2,40}?)\s(?:[-|–—])\s\S")
_SLASHED = re.compile(r"/\s?([^/]{2,60}?)\s?/$")
_PARTS = re.compile(r"\s*(?:[,/;&+|]|(?<=\w)-(?=\w)|\s(?:and|dan|và|und|et|y)\s)\s*")
_INITIALS = re.compile(r"[a-zà-ÿ]{2,4}\d?")


class _Reading:
    """One page while it is being read. `sort_lines` gives every line a role, `article` puts the parts together."""

    def __init__(self, page: _Page, capture: Capture, lang: str, layout: Layout, names: Gazetteer) -> None:
        self.page = page
        self.capture = capture
        self.text = page.text
        self.lang = lang
        self.layout = layout
        self.names = names
        self.lines = _lines(page.text)
        self.credits: list[Credit] = []
        self.media: list[MediaCredit] = []
        self.outlets: list[_Outlet] = []
        self.published: datetime | None = None
        self.headline: _Line | None = None
        self.dateline: str | None = None

    # -- roles of lines

    def sort_lines(self) -> None:
        """Give every line its role and collect credits on the way."""
        for line in self.lines:
            self._label(line)
        if self._is_wrapped():
            for line in self.lines:
                line.kind, line.role = None, BlockRole.BODY
            self._read_dispatches()
            return
        self._cut_captions()
        self._cut_foot()
        self._cut_head()
        self._cut_related()
        self._read_closing()

    def _is_wrapped(self) -> bool:
        """Whether lines are those of a printed column, cut by width and not by paragraph: many go on with a small letter in the next."""
        if len(self.lines) < 5 or sum(line.is_prose for line in self.lines) * 2 > len(self.lines):
            return False
        breaks = sum(
            not below.follows_gap and below.text[0].islower() and above.text[-1] not in _TERMINALS for above, below in pairwise(self.lines)
        )
        return breaks >= _WRAPPED_SHARE * (len(self.lines) - 1)

    def _label(self, line: _Line) -> None:
        """Recognise a line by its words alone: known furniture, a label with a value, an opening."""
        text = line.text
        line.is_prose = _is_prose(text)
        if len(text) <= 80:
            kind = self.layout.lines.get(fold_line(text))
            if kind is not None:
                line.kind = kind
                return
        colon = _COLON.search(text, 0, 40)
        if colon:
            kind = self.layout.labels.get(fold_line(text[: colon.start()]))
            if kind is not None:
                value = text[colon.end() :].strip()
                start = line.end - len(value)
                line.kind = kind
                line.value = Span(start, line.end) if value else None
                return
        words = text[:120].split()
        for count in range(min(self.layout.longest_opening, len(words)), 0, -1):
            if self.layout.openings.get(fold_line(" ".join(words[:count]))):
                # A paragraph may begin like a link; only a line that is short enough to be one is cut.
                if len(text) <= 200 and _sentences(text) <= 1:
                    line.kind = LayoutKind.OPENING
                return

    def _cut_captions(self) -> None:
        """Find photo credits at the ends of lines and the lines that are captions because of them."""
        for index, line in enumerate(self.lines):
            if line.kind is LayoutKind.PHOTO:
                line.role = BlockRole.CAPTION
                if line.value:
                    self._media(line.value)
                continue
            if line.kind is not None:
                continue
            credit = self._photo_credit(line)
            if credit is None:
                continue
            whole, name = credit
            self._media(name)
            if _sentences(self.text[line.start : whole.start]) > 2 or whole.start - line.start > 500:
                line.cuts.append(Block(Span(whole.start, line.end), BlockRole.CAPTION))
                continue
            line.role = BlockRole.CAPTION
            above = self.lines[index - 1] if index else None
            if above and above.role is None and above.kind is None and not line.follows_gap and not self._is_date_line(above):
                described = self.text[line.start : whole.start].strip()
                # A title needs a line of its own: only where one stands higher up is the line above the picture's alternative text.
                has_title = any(other.role is None and other.kind is None and _words(other.text) >= 4 for other in self.lines[: index - 1])
                is_alternative = has_title and not above.is_prose and len(above.text) >= 15
                if is_alternative or described.startswith(above.text.rstrip(".")):
                    above.role = BlockRole.CAPTION

    def _photo_credit(self, line: _Line) -> tuple[Span, Span] | None:
        """Return the stretch of a photo credit at the end of a line and the name in it."""
        offset = max(line.start, line.end - 120)
        tail = self.text[offset : line.end]
        if match := self.layout.photo_tail.search(tail):
            return Span(offset + match.start(), line.end), Span(offset + match.start(1), offset + match.end(1))
        if (match := _SLASHED.search(tail)) and self._news(match[1].split(" via ")[-1]):
            return Span(offset + match.start(), line.end), Span(offset + match.start(1), offset + match.end(1))
        if match := _BRACKET.search(tail):
            inner = match[1]
            colon = _COLON.search(inner)
            if colon and self.layout.labels.get(fold_line(inner[: colon.start()])) is LayoutKind.CREDIT and not self._is_last_prose(line):
                start = offset + match.start(1) + colon.end()
                return Span(offset + match.start(), line.end), Span(start, offset + match.end(1))
        return None

    def _is_last_prose(self, line: _Line) -> bool:
        """Whether no paragraph follows `line`."""
        last = next((other for other in reversed(self.lines) if other.is_prose and other.kind is None), None)
        return last is line

    def _cut_foot(self) -> None:
        """Cut everything from the first line that begins the page's foot, unless a real paragraph follows it."""
        before = 0
        paragraphs = [len(line.text) if line.is_prose and line.kind is None and line.role is None else 0 for line in self.lines]
        last_paragraph = max(
            (i for i, line in enumerate(self.lines) if paragraphs[i] >= 120 and (_sentences(line.text) >= 2 or paragraphs[i] >= 200)),
            default=-1,
        )
        for index, line in enumerate(self.lines):
            ends_text = line.kind in (LayoutKind.FOOT, LayoutKind.COMMENTS) or (line.kind is LayoutKind.RELATED and line.value is None)
            if ends_text and before >= 150 and (index > last_paragraph or line.kind is LayoutKind.COMMENTS):
                for other in self.lines[index:]:
                    if other.kind not in (LayoutKind.CREDIT, LayoutKind.EDITOR, LayoutKind.BYLINE):
                        other.role = BlockRole.FURNITURE
                break
            before += paragraphs[index]
        for line in self.lines:
            is_empty_label = line.kind is LayoutKind.CREDIT and line.value is None
            if is_empty_label or line.kind in (*_LINE_KINDS, LayoutKind.OPENING, LayoutKind.RELATED):
                line.role = BlockRole.FURNITURE

    def _cut_head(self) -> None:
        """Find headline, byline and date among the lines above the first paragraph, and the page's own name."""
        first = next((i for i, line in enumerate(self.lines) if line.is_prose and not line.is_frame and line.kind is None), len(self.lines))
        head = self.lines[:first]
        # A headline that ends in a question mark looks like a paragraph; a byline below it tells.
        for index in range(first, min(first + 8, len(self.lines))):
            line = self.lines[index]
            if line.is_prose and len(line.text) > 160:
                break
            if not line.is_prose and self._is_date_line(line):
                head = self.lines[: index + 1]
        dated = None
        for index, line in enumerate(head):
            if line.role is None and self._read_date_line(line):
                dated = index if dated is None else dated
        candidates = [line for line in head if line.role is None and line.kind is None and len(line.text) <= 300]
        self.headline = self._find_headline(candidates, dated, has_body=first < len(self.lines))
        if self.headline is None:
            for line in candidates:
                if _words(line.text) <= 3 and line is not self.lines[-1]:
                    line.role = BlockRole.FURNITURE
            return
        self.headline.role = BlockRole.HEADLINE
        for line in head:
            if line.role is not None or line.kind is not None:
                continue
            is_repeated = _without_tags(line.text) == _without_tags(self.headline.text)
            if line.start < self.headline.start:
                self._read_masthead(line)
                line.role = BlockRole.FURNITURE
            elif self._read_byline(line):
                line.role = BlockRole.BYLINE
            elif _words(line.text) <= 3 or is_repeated:
                line.role = BlockRole.FURNITURE

    def _find_headline(self, candidates: Sequence[_Line], dated: int | None, *, has_body: bool) -> _Line | None:
        """Return the headline among the unlabelled lines above the body: the one given, else the last of four words above the date line."""
        given = fold_line(self.capture.headline or self.page.headline or "")
        if given:
            same = next((line for line in candidates if fold_line(line.text) == given), None)
            if same:
                return same
        if not has_body:
            return None
        titles = [line for line in candidates if _words(line.text) >= 4]
        if len(titles) > 1 and titles[0] is self.lines[0] and self._masthead(titles[0]):
            titles = titles[1:]
        if dated is not None:
            titles = [line for line in titles if line.start < self.lines[dated].start][-1:] or titles
        return next(iter(titles), None)

    def _masthead(self, line: _Line) -> re.Match[str] | None:
        """Return the site's name in a line such as "Name - slogan" or "Name | slogan", or None."""
        match = _MASTHEAD.match(line.text)
        return match if match and len(line.text) <= 100 and _is_name(match[1]) and _words(match[1]) <= 4 else None

    def _read_masthead(self, line: _Line) -> None:
        """Keep the name in a masthead as evidence for the outlet; an unknown name counts at the very top of the page only."""
        match = self._masthead(line)
        if match and (line is self.lines[0] or _DOMAIN.fullmatch(match[1]) or self._news(match[1])):
            self.outlets.append(_Outlet(3, match[1], Span(line.start, line.start + len(match[1]))))

    def _read_byline(self, line: _Line) -> bool:
        """Read "By Name" without a colon."""
        words = line.text.split()
        if len(line.text) > 80 or len(words) < 2 or self.layout.labels.get(fold_line(words[0])) is not LayoutKind.BYLINE:
            return False
        name = line.text[len(words[0]) :].strip()
        if not _is_name(name):
            return False
        for part in self._parts(Span(line.end - len(name), line.end)):
            self.credits.append(Credit(CreditRole.BYLINE, part.of(self.text), part, Origin.BYLINE))
        return True

    def _is_date_line(self, line: _Line) -> bool:
        return len(line.text) <= 140 and self.layout.dates(self.lang).find(line.text, self.layout, self.lang) is not None

    def _read_date_line(self, line: _Line) -> bool:
        """Read a line of byline and date; False where it has no date, or more beside it than names."""
        if len(line.text) > 140 or line.is_prose:
            return False
        dated = self.layout.dates(self.lang).find(line.text, self.layout, self.lang)
        if dated is None:
            return False
        rest = line.text[: dated.span.start] + "\n" + line.text[dated.span.end :]
        parts = [part.strip(" \t-–—|•·,:()") for part in re.split(r"[,|•·\n:()]|\s[-–—]\s?|(?<=\w)-(?=\w)", rest)]
        found: list[tuple[CreditRole, str]] = []
        for part in filter(None, parts):
            folded = fold_line(part)
            if (
                folded in self.layout.weekdays
                or folded in self.layout.reporters
                or not any(map(str.isalpha, part))
                or self.layout.zone(part)
            ):
                continue
            if half := _halves(part):
                found.append((CreditRole.ORIGINAL_OUTLET, half))
            elif source := self._news(part):
                found.append((CreditRole.AGENCY if source.kind is SourceKind.AGENCY else CreditRole.ORIGINAL_OUTLET, part))
            elif _is_name(part) and _words(part) <= 5:
                first, _, rest_of_name = part.partition(" ")
                is_labelled = self.layout.labels.get(fold_line(first)) is LayoutKind.BYLINE and rest_of_name
                found.append((CreditRole.BYLINE, rest_of_name.strip() if is_labelled else part))
            else:
                return False
        for role, name in found:
            start = line.start + line.text.index(name)
            origin = Origin.BYLINE if role is CreditRole.BYLINE else Origin.CREDIT_LINE
            self.credits.append(Credit(role, name, Span(start, start + len(name)), origin))
        self.published = self.published or dated.at
        line.role = BlockRole.BYLINE
        return True

    def _cut_related(self) -> None:
        """Cut the links that stand below a label such as "Read also" in the middle of a text."""
        follows_label = False
        for line in self.lines:
            if line.kind is LayoutKind.RELATED and line.value is None:
                follows_label = True
            elif follows_label and line.role is None and line.kind is None and not line.is_prose:
                line.role = BlockRole.FURNITURE
            elif line.role is not BlockRole.FURNITURE:
                follows_label = False

    # -- credits

    def _read_closing(self) -> None:
        """Read labels (editor, byline, credit line) and, below or at the end of the last paragraph, signatures and credit phrases."""
        last = next((i for i in range(len(self.lines) - 1, -1, -1) if self.lines[i].is_prose and not self.lines[i].is_frame), -1)
        first = next((i for i, line in enumerate(self.lines) if line.is_prose and not line.is_frame), len(self.lines))
        for index, line in enumerate(self.lines):
            if line.kind is LayoutKind.CREDIT and line.value:
                if first < index < last:
                    # Between paragraphs such a label stands under a chart or table.
                    line.role = BlockRole.CAPTION
                    self._media(line.value)
                else:
                    line.role = BlockRole.CREDIT_LINE
                    self._credit_names(line.value)
            elif line.kind in (LayoutKind.BYLINE, LayoutKind.EDITOR) and line.value and not line.is_prose:
                line.role = BlockRole.BYLINE
                role = CreditRole.EDITOR if line.kind is LayoutKind.EDITOR else CreditRole.BYLINE
                for span in self._parts(line.value):
                    if _is_name(span.of(self.text)):
                        self.credits.append(Credit(role, span.of(self.text), span, Origin.BYLINE))
        closing = [line for line in self.lines[max(last, 0) :] if line.role is None]
        follows_prose = False
        for line in closing:
            if line.is_prose:
                self._read_signature(line)
            elif len(line.text) <= 90:
                self._read_closing_line(line, is_signed=follows_prose)
            follows_prose = line.is_prose
        if closing and not closing[-1].is_prose and closing[-1].role is None and len(closing) <= 3 and len(self.text) >= 300:
            line = closing[-1]
            if 2 <= _words(line.text) <= 4 and _is_name(line.text) and line.text.replace(" ", "").isalpha():
                line.role = BlockRole.BYLINE
                self.credits.append(Credit(CreditRole.BYLINE, line.text, Span(line.start, line.end), Origin.BYLINE))

    def _read_signature(self, line: _Line) -> None:
        """Read a signature at the end of the last paragraph: "(AFP)", "(Menurut Reuters)", "— KCNA"."""
        offset = max(line.start, line.end - 120)
        tail = self.text[offset : line.end]
        for pattern in (_BRACKET, _SIGNATURE_DASH):
            match = pattern.search(tail)
            if match and self._read_credit(Span(offset + match.start(1), offset + match.end(1))):
                line.cuts.append(Block(Span(offset + match.start(), line.end), BlockRole.CREDIT_LINE))
                return

    def _read_closing_line(self, line: _Line, *, is_signed: bool) -> None:
        """Read a short line below the last paragraph: "Name (Menurut X)", "Theo X", "(AFP)", "— KCNA"; a bare name right below it only."""
        match = _BRACKET.search(line.text)
        if match:
            before = line.text[: match.start()].strip(" -–—,")
            if not before or (_is_name(before) and _words(before) <= 4):
                inner = Span(line.start + match.start(1), line.start + match.end(1))
                if self._read_credit(inner):
                    line.role = BlockRole.CREDIT_LINE
                    if before:
                        start = line.start + line.text.index(before)
                        self.credits.append(Credit(CreditRole.BYLINE, before, Span(start, start + len(before)), Origin.BYLINE))
            return
        start = line.start + len(line.text) - len(line.text.lstrip("—–-/©* "))
        if (is_signed or start > line.start or self._credit_phrase(line.text)) and self._read_credit(Span(start, line.end)):
            line.role = BlockRole.CREDIT_LINE

    def _read_credit(self, span: Span) -> bool:
        """Read the inside of a signature: a credit phrase with names, or names of agencies; False where it is neither."""
        text = span.of(self.text)
        if phrase := self._credit_phrase(text):
            rest = text[phrase:].lstrip(" :：")
            named = Span(span.end - len(rest), span.end)
            if rest and not all(_is_name(part.of(self.text)) for part in self._parts(named)):
                return False
            if rest:
                self._credit_names(named)
            return True
        parts = self._parts(span)
        if not any(self._news(part.of(self.text)) for part in parts):
            return bool(parts) and all(_INITIALS.fullmatch(part.of(self.text)) for part in parts) and len(text) <= 14
        if not all(
            self._news(part.of(self.text)) or _INITIALS.fullmatch(part.of(self.text)) or _is_name(part.of(self.text)) for part in parts
        ):
            return False
        for part in parts:
            if self._news(part.of(self.text)):
                self._credit_name(part)
        return True

    def _credit_phrase(self, text: str) -> int:
        """Return the length of the credit phrase with which `text` begins, 0 where it begins with none."""
        words = list(re.finditer(r"[^\s:：]+", text))[:4]
        for word in reversed(words):
            if fold_line(text[: word.end()]) in self.layout.credit_phrases:
                return word.end()
        return 0

    def _credit_names(self, span: Span) -> None:
        for part in self._parts(span):
            self._credit_name(part)

    def _credit_name(self, span: Span) -> None:
        """Add the credit of one name, which may be an address."""
        name = span.of(self.text)
        if name.startswith(("http://", "https://", "www.")):
            name = _host(name) or name
        elif not _is_name(name):
            return
        source = self.names.named(name, self.lang)
        role = CreditRole.ORIGINAL_OUTLET if source is None or source.kind is SourceKind.OUTLET else CreditRole.AGENCY
        self.credits.append(Credit(role, name, span, Origin.CREDIT_LINE))

    def _parts(self, span: Span) -> list[Span]:
        """Split a list of names at commas, slashes and conjunctions; a name that the registry knows as a whole stays whole."""
        text = span.of(self.text)
        if text.startswith(("http://", "https://")) or self.names.named(text, self.lang):
            return [span]
        parts, start = [], 0
        for match in [*_PARTS.finditer(text), None]:
            end = match.start() if match else len(text)
            piece = text[start:end].strip(" .")
            if piece:
                at = span.start + text.index(piece, start)
                parts.append(Span(at, at + len(piece)))
            start = match.end() if match else end
        return parts

    def _read_dispatches(self) -> None:
        """Credit the agencies of a printed column: dispatch after dispatch with a dateline or signature of its own.

        Recognised are "Paris, 3. März. (Havas.)", "Londres, 16. — Reuter. —", "/ ats-afp", a bare agency after the last full stop, and an
        agency named beside a word for dispatches ("Dépêches de l'Agence Havas", "meldet Wolffs Telegraphisches Bureau").
        """
        for pattern in (_DISPATCH_BRACKET, _DISPATCH_DASHES, _DISPATCH_SLASH):
            for match in pattern.finditer(self.text):
                span = Span(*match.span(1))
                found = [(part, name) for part in self._parts(span) if (name := self._agency(part.of(self.text)))]
                for part, name in found:
                    self.credits.append(Credit(CreditRole.AGENCY, name, part, Origin.CREDIT_LINE))
        for hit in self.names.find(self.text.replace("\n", " "), self.lang):
            beside = identity.fold(self.text[max(0, hit.span.start - 45) : hit.span.end + 25]).split()
            if self.names.get(hit.key).kind is SourceKind.AGENCY and not self.layout.dispatch.isdisjoint(beside):
                self.credits.append(Credit(CreditRole.AGENCY, hit.span.of(self.text), hit.span, Origin.TEXT))
        last = _DISPATCH_END.search(self.text, max(0, len(self.text) - 40))
        if last and (name := self._agency(last[1])):
            self.credits.append(Credit(CreditRole.AGENCY, name, Span(*last.span(1)), Origin.CREDIT_LINE))
        self.credits.sort(key=lambda credit: credit.span or Span(0, 0))

    def _agency(self, printed: str) -> str | None:
        """Return the name of the agency that a signature stands for, in the spelling that the registry knows; None where it is none.

        Printed and scanned signatures vary: "A. F. P.", "af p", "reuter", "HAVAS".
        """
        text = " ".join(printed.strip(" .,;:").replace("ß", "ss").split())
        if _DOTTED.fullmatch(text) or (text.islower() and len(text) <= 5):
            text = "".join(char for char in text if char.isalpha())
        for name in (text, text.upper() if len(text) <= 4 else text.title()):
            source = self._news(name)
            if source and source.kind is SourceKind.AGENCY:
                return name
        return None

    def _news(self, name: str) -> Source | None:
        """Return the agency or outlet that `name` as a whole stands for, or None."""
        if not 2 <= len(name) <= 60:
            return None
        source = self.names.named(name, self.lang)
        return source if source and source.kind.is_news else None

    def _media(self, span: Span) -> None:
        name = span.of(self.text).strip()
        if name:
            start = span.start + span.of(self.text).index(name)
            self.media.append(MediaCredit(name, Span(start, start + len(name))))

    # -- outlet

    def _find_outlet(self) -> Credit | None:
        """Weigh the evidence for the outlet that the reader sees: hint, address, masthead, copyright, own mentions, dateline."""
        if self.capture.outlet or self.page.outlet:
            return Credit(CreditRole.OUTLET, str(self.capture.outlet or self.page.outlet), None, Origin.OUTLET)
        host = _host(self.capture.url or self.page.url or "")
        if host:
            return Credit(CreditRole.OUTLET, host, None, Origin.OUTLET)
        for own, start, end in _own_mentions(self.text, self.layout.own):
            if own.any_name:
                name = self._leading_name(start, end)
                if name:
                    self.outlets.append(_Outlet(4, name.of(self.text), name))
            else:
                self.outlets.append(_Outlet(5, self.text[start:end], Span(start, end)))
        if not self.outlets:
            return None
        best = min(self.outlets, key=lambda one: (one.rank, one.span.start if one.span else 0))
        return Credit(CreditRole.OUTLET, best.name, best.span, Origin.OUTLET)

    def _leading_name(self, start: int, end: int) -> Span | None:
        """Return the longest known outlet at the start of a stretch, else its capitalised words up to the first sign."""
        words = list(re.finditer(r"\S+", self.text[start:end]))[:4]
        unknown = None
        for count, word in enumerate(words, 1):
            stop = start + word.end()
            name = self.text[start:stop].rstrip(".,;:")
            if fold_line(name) in self.layout.lines or not word[0][0].isupper():
                break  # "WhatsApp", "Facebook": the platform, not the page
            if self._news(name) or unknown is None or unknown.end == start + words[count - 2].end():
                unknown = Span(start, start + len(name))
            if name != self.text[start:stop]:
                break
        return unknown

    # -- article

    def article(self) -> Article:
        """Return the article as read."""
        blocks = self._blocks()
        credits = self._ordered_credits()
        title = self.headline.text if self.headline else None
        published = self.capture.published_at or _published(self.page.published, self.layout, self.lang) or self.published
        return Article(
            id=identity.of("article", self.capture.id),
            capture_id=self.capture.id,
            text=self.text,
            lang=self.lang,
            blocks=blocks,
            credits=credits,
            media_credits=tuple(sorted(self.media, key=lambda credit: credit.span)),
            headline=self.capture.headline or self.page.headline or title,
            dateline=self.dateline,
            url=canonical(self.capture.url or self.page.url),
            published_at=published,
            name=self.capture.name or self.page.name,
        )

    def _blocks(self) -> tuple[Block, ...]:
        blocks: list[Block] = []
        has_lead = False
        for line in self._joined():
            role = line.role or BlockRole.BODY
            start, end = line.start, line.end
            after: list[Block] = []
            if role in (BlockRole.BODY, BlockRole.LEAD):
                for cut in line.cuts:
                    end = min(end, cut.span.start)
                    after.append(cut)
                if not has_lead and (line.is_prose or line.end - line.start > 80):
                    start = self._read_dateline(start, end, blocks)
                    role, has_lead = BlockRole.LEAD, True
                while end > start and self.text[end - 1].isspace():
                    end -= 1
            if end > start:
                blocks.append(Block(Span(start, end), role))
            blocks.extend(after)
        return tuple(blocks)

    def _joined(self) -> Iterator[_Line]:
        """Yield the lines; in a printed column the lines of a paragraph as one."""
        if not self._is_wrapped():
            yield from self.lines
            return
        open_line: _Line | None = None
        for line in self.lines:
            if open_line is None or line.follows_gap:
                if open_line:
                    yield open_line
                open_line = _Line(line.start, line.end, line.text, line.follows_gap, is_prose=True)
            else:
                open_line.end = line.end
        if open_line:
            yield open_line

    def _read_dateline(self, start: int, end: int, blocks: list[Block]) -> int:
        """Cut the dateline at the start of the first paragraph; return where the paragraph's own words begin."""
        head = self.text[start : min(end, start + 90)]
        match = _DATELINE.match(head)
        if match is None:
            return start
        place, bracket = match["place"] or "", match["bracket"]
        pieces = [piece.strip() for piece in place.split(",") if piece.strip()]
        if bracket is None and not self._is_dateline(pieces, match["dash"]):
            return start
        if bracket is not None and not self._news(bracket.strip(" .")):
            return start
        for piece in [*pieces, *([bracket] if bracket else [])]:
            source = self._news(piece.strip(" ."))
            if source is None and not _DOMAIN.fullmatch(piece):
                continue
            at = start + head.index(piece)
            span = Span(at, at + len(piece))
            if source and source.kind is SourceKind.AGENCY:
                self.credits.append(Credit(CreditRole.AGENCY, piece.strip(" ."), span, Origin.CREDIT_LINE))
            else:
                self.outlets.append(_Outlet(6, piece, span))
        self.dateline = head[: match.end()].strip()
        stop = start + len(head[: match.end()].rstrip())
        blocks.append(Block(Span(start, stop), BlockRole.DATELINE))
        return start + match.end()

    def _is_dateline(self, pieces: Sequence[str], dash: str) -> bool:
        """Whether places and outlets before a dash are a dateline and not the start of a sentence."""
        if any(_words(piece) > 4 for piece in pieces):
            return False
        if any(self._news(piece) or _DOMAIN.fullmatch(piece) for piece in pieces):
            return True
        joined = " ".join(pieces)
        return all(map(_is_name, pieces)) and (joined.isupper() or dash == "--" or 0 < _words(joined) <= 3)

    def _ordered_credits(self) -> tuple[Credit, ...]:
        """Return the credits from the page towards the origin, each name once."""
        outlet = self._find_outlet()
        credits = [outlet] if outlet else []
        found = self.credits + [self._typed(credit) for credit in self.page.metadata]
        for other in sorted(self.outlets, key=lambda one: one.span.start if one.span else 0):
            if other.rank == 6 and outlet and not self._is_same(other.name, outlet.name):
                found.append(Credit(CreditRole.ORIGINAL_OUTLET, other.name, other.span, Origin.CREDIT_LINE))
        for role in (CreditRole.EDITOR, CreditRole.ORIGINAL_OUTLET, CreditRole.BYLINE, CreditRole.AGENCY):
            for credit in found:
                if credit.role is role and not any(self._is_same(credit.name, other.name) for other in credits):
                    credits.append(credit)
        return tuple(credits)

    def _typed(self, credit: Credit) -> Credit:
        """Give a credit from metadata its role: an agency where the registry knows one, and a byline that names one is a credit line."""
        source = self.names.named(credit.name, self.lang)
        if source and source.kind is SourceKind.AGENCY:
            return Credit(CreditRole.AGENCY, credit.name, None, Origin.CREDIT_LINE)
        if source and source.kind is SourceKind.OUTLET and credit.role is CreditRole.BYLINE:
            return Credit(CreditRole.ORIGINAL_OUTLET, credit.name, None, Origin.CREDIT_LINE)
        return credit

    def _is_same(self, one: str, other: str) -> bool:
        """Whether two printed names stand for the same source."""
        if identity.fold(one).removesuffix(" com") == identity.fold(other).removesuffix(" com"):
            return True
        first, second = self.names.named(one, self.lang), self.names.named(other, self.lang)
        return first is not None and second is not None and first.key == second.key


_COLON = re.compile(r"\s?[:：]")
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_][^().:;!?\"“”\n]{1,50}?(?:\.[A-Za-z]{2,8}[^().:;!?\"“”\n]{0,30}?)?)?"
    r"\s?(?:[(\[]\s?(?P<bracket>[^()\[\]]{2,30})\s?[)\]])?\s(?P<dash>--|[-–—])\s+"
)


def _words(text: str) -> int:
    """Count words; a script without spaces counts two signs as one."""
    return max(text.count(" ") + 1, len(_DENSE.findall(text)) // 2)


def _without_tags(text: str) -> str:
    return identity.fold(re.sub(r"</?[a-zA-Z]{1,10}>", " ", text))


def _own_mentions(text: str, patterns: Sequence[_Own]) -> Iterator[tuple[_Own, int, int]]:
    """Yield where words around a page's own name stand: the pattern, and the stretch that holds or begins with the name."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    for own in patterns:
        if own.any_name:
            position = lowered.find(own.before)
            while position >= 0:
                start = position + len(own.before)
                start += len(lowered[start : start + 40]) - len(lowered[start : start + 40].lstrip(" 0123456789-–"))
                line_end = lowered.find("\n", start)
                end = min(start + 60, line_end if line_end >= 0 else len(text))
                stop = lowered.find(own.after, start, end) if own.after else end
                if stop > start and (position == 0 or not lowered[position - 1].isalnum()):
                    yield own, start, stop
                position = lowered.find(own.before, position + 1)
    domains = [own for own in patterns if not own.any_name]
    for match in _DOMAIN.finditer(text):
        before = lowered[max(0, match.start() - 40) : match.start()].rstrip()
        after = lowered[match.end() : match.end() + 20].lstrip()
        for own in domains:
            if before.endswith(own.before) and after.startswith(own.after):
                yield own, match.start(), match.end()
                break


def _published(text: str | None, layout: Layout, lang: str) -> datetime | None:
    """Read a date from metadata; one whose day and month cannot be told apart is not guessed."""
    if not text:
        return None
    numeric = _NUMERIC.search(text[:60])
    if numeric and int(numeric[1]) <= 12 and int(numeric[3]) <= 12 and numeric[1] != numeric[3] and numeric[2] == "/":
        return None
    dated = layout.dates(lang).find(text[:60], layout, lang)
    return dated.at if dated else None


# --- addresses -----------------------------------------------------------------------------------------------

# Parameters that say how a reader came, not what is read.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|ref|ref_src|source|cmpid|ocid|amp|smid|s_cid|_ga|yclid", re.IGNORECASE
)


def canonical(url: str | None) -> str | None:
    """Return a page's address without tracking parameters, fragment, default port and mobile or AMP host; None where it is not http."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").casefold(), parts.port
    except ValueError:
        return None
    if parts.scheme.casefold() not in ("http", "https") or not host:
        return None
    for prefix in ("amp.", "m.", "mobile."):
        if host.startswith(prefix) and host.count(".") >= 2:
            host = host.removeprefix(prefix)
    if port and port not in (80, 443):
        host = f"{host}:{port}"
    path = re.sub(r"/amp/?$", "/", parts.path) if parts.path.rstrip("/").endswith("/amp") else parts.path
    query = urlencode([(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(key)])
    return urlunsplit((parts.scheme.casefold(), host, path or "/", query, ""))


def _host(url: str) -> str | None:
    """Return the host of an address without www, or None."""
    if not url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None
