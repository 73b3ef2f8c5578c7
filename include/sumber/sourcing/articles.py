"""Bytes of a page -> Article: headline, byline, dateline, credit line, captions, furniture and body, with offsets into the text.

What a page looks like differs by language and is data (`seeds/layout/`, one file a language); this module knows structures: a label
before a colon, a name glued to a date, a bracket at the end of the last paragraph, a line that repeats the one above. Where a structure
is not clear the text stays body: a wrong cut of body text is worse than a menu that is missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from sumber.sourcing import identity, newsitems, pages
from sumber.sourcing.layout import DENSE, LINE_KINDS, NUMERIC_DATE, Layout, LayoutKind, Own, fold_line
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

# --- lines ---------------------------------------------------------------------------------------------------

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_TERMINALS = frozenset(".?!…。！？؟।")
_CLOSERS = "\"'”’»)]」』）”›"
_WRAPPED_SHARE = 0.25  # of line breaks inside a sentence, from which a text is a scanned newspaper column


@dataclass(slots=True)
class _Line:
    """One line of a text while its role is being worked out."""

    index: int
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
        lines.append(_Line(len(lines), start, start + len(stripped), stripped, between.count("\n") > 1 or between.count("\r") > 1))
        end_of_last = start + len(stripped)
    return lines


def _is_prose(text: str) -> bool:
    """Whether a line is a paragraph rather than a label, title or menu entry: it is long, or a sentence that ends."""
    if len(text) >= 180:
        return True
    stripped = text.rstrip(_CLOSERS + " ")
    ends = bool(stripped) and (stripped[-1] in _TERMINALS or (text[-1] in '"”»」' and stripped[-1] == ","))
    if not ends and not _SIGNED.search(text, max(0, len(text) - 70)):
        return False
    return text.count(" ") >= (3 if text[-1] == "." else 5) or len(DENSE.findall(text)) >= 12


def _sentences(text: str) -> int:
    """Count sentence ends, roughly: a terminal before a space or the end."""
    return len(_SENTENCE_END.findall(text))


_SIGNED = re.compile(r"[.?!…。][\"'”’»]?\s?(?:[(（\[].{2,60}[)）\]]|[—–/©-]\s?[^.]{2,40})\.?$")  # "… said. (AFP)"
_SENTENCE_END = re.compile(r"[.?!…][\"'”’»)]*(?=\s|$)|[。！？]")


def _halves(text: str) -> str | None:
    """Return the half of a text that is printed twice without a space ("NameName"), or None."""
    middle, odd = divmod(len(text), 2)
    return text[:middle] if not odd and middle >= 2 and text[:middle] == text[middle:] else None


# --- reading -------------------------------------------------------------------------------------------------


def read(capture: Capture, layout: Layout, names: Gazetteer) -> Article | Refusal:
    """Read one capture.

    Plain text and the text of a JSON record stay as they are, furniture included (only a byte order mark is dropped), so that offsets hold
    in the original; the text of an HTML page or an agency's item is what was extracted from it. A text with a NUL or a lone surrogate is
    refused, because no store keeps it unchanged. Never raises on any content.
    """
    decode = newsitems.decode if capture.media_type in newsitems.MEDIA_TYPES else pages.decode
    page = decode(capture, layout)
    if isinstance(page, Refusal):
        return page
    if refusal := pages.unfit(page.text):
        return refusal
    lang = _language(page, capture, layout.languages)
    if lang is None:
        return Refusal("language", pages.excerpt(page.text.strip()), f"in none of the languages in use ({', '.join(layout.languages)})")
    reading = _Reading(page, capture, lang, layout, names)
    reading.sort_lines()
    return reading.article()


@lru_cache(maxsize=4)
def _detector(languages: tuple[str, ...]) -> Any:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [getattr(IsoCode639_1, lang.upper()) for lang in languages if hasattr(IsoCode639_1, lang.upper())]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build() if len(codes) > 1 else None


CERTAIN = 0.99  # of the detector's confidence in a language, from which it outweighs what a template or a feed states


def _language(page: pages.Page, capture: Capture, languages: tuple[str, ...]) -> str | None:
    """Return the language of an article: the one stated, unless the body of a web page is certainly in another; None where nothing tells.

    Templates and feeds state one language for all that they carry. One that is not in use cannot be told by the body and is believed.
    """
    stated = capture.lang or page.lang
    if stated and (capture.media_type is not MediaType.HTML or stated not in languages):
        return stated
    found = _detected(page.text, languages)
    if stated is None:
        return found[0] if found else None
    return found[0] if found and found[1] >= CERTAIN else stated


def _detected(text: str, languages: tuple[str, ...]) -> tuple[str, float] | None:
    """Return the language of the longest lines of `text` (menus are short) among `languages` and the confidence in it, or None."""
    longest = sorted(text.splitlines(), key=len, reverse=True)[:8]
    detector = _detector(languages)
    if detector is None:
        return (languages[0], 0.0) if languages else None
    best = detector.compute_language_confidence_values("\n".join(longest)[:2000])[0]
    return (best.language.iso_code_639_1.name.lower(), best.value) if best.value else None


class _Dateline(NamedTuple):
    """A dateline at the start of a text: where the text goes on, and the agencies and outlets in it."""

    end: int
    names: tuple[Span, ...]


NEVER_TEXT = (*LINE_KINDS, LayoutKind.OPENING, LayoutKind.RELATED)  # lines of these kinds
_DATELINE_RANK = 6
SHORTEST_PLACE = 5  # letters of a place in capitals before a colon
MOST_NAME_WORDS = 4  # of an outlet in a dateline
LATE_DATELINE = 4  # paragraphs within which a dateline may stand
_ORIGINAL_RANK = 7


class _Outlet(NamedTuple):
    """Evidence for the page's outlet; the lowest rank wins: masthead 3, channel or copyright 4, mention 5, dateline 6; then the first."""

    rank: int
    name: str
    span: Span | None


_DOMAIN = re.compile(r"(?<![\w@/.-])[A-Za-z0-9][\w-]{1,40}(?:\.[A-Za-z0-9-]{2,20}){0,2}\.[A-Za-z]{2,8}(?![\w@/-])(?!\.\w)")
_DOTTED_END = re.compile(r"\.[A-Za-z]{2}")  # without one, no text holds a domain
_BRACKET = re.compile(r"[(（\[{]\s?([^()（）\[\]{}]{2,60}?)\s?\.?[)）\]}]\s?\.?$")
_SIGNATURE_DASH = re.compile(r"(?:^|(?<=[\s.?!\"”]))(?:[—–/©]|--|-\s)\s?([^\W\d_][^—–/©()\n]{1,40})$")
_DISPATCH_BRACKET = re.compile(r"[({\[]\s?([^(){}\[\]]{2,45}?)\s?[.,:;]{0,2}\s?[)}\]]")
_DISPATCH_DASHES = re.compile(r"\d\s?\.?\s?[—–-]\s?([^\W\d_][\w. ]{1,30}?)\s?\.?\s?[—–-]")
_DISPATCH_SLASH = re.compile(r"[.»\"]\s{1,2}/\s([a-zA-Z][a-zA-Z -]{1,14}?)(?=\s*(?:\n|$))")
_DISPATCH_END = re.compile(r"[.»\"]\s{0,2}([A-Za-z][\w .]{1,12})\s*$")
_DOTTED = re.compile(r"(?:[A-Za-z]\s?\.\s?){1,4}[A-Za-z]\.?")
_MASTHEAD = re.compile(r"([^|–—]{2,40}?)\s(?:[-|–—])\s\S")
_PHOTOGRAPHER = re.compile(r"(?<=[.)\"”]\s)([^\W\d_][\w .-]{1,30}/[^\W\d_][\w .-]{1,40}?)\s?\.?$")  # "… 2026. REUTERS/Name"
_CHANNELLED = re.compile(r"([^\n|–—]{3,60}?)\s[-–]\s(\S{3,20}(?: \S{2,12})?)")
_CHANNEL = re.compile(r"[a-z]{3,12}[A-Z][A-Za-z]{1,12}")  # "detikNews"
_SLASHED = re.compile(r"/\s?([^/]{2,60}?(?:/[^/]{2,40}?)?)\s?/{1,2}$")
_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d")
_COPYRIGHT = re.compile(r"(?:©|copyright\b).*\b(?:19|20)\d\d\b", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_INITIALS = re.compile(r"[a-zà-ÿ]{2,4}\d?")


class _Reading:
    """One page while it is being read. `sort_lines` gives every line a role, `article` puts the parts together."""

    def __init__(self, page: pages.Page, capture: Capture, lang: str, layout: Layout, names: Gazetteer) -> None:
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
        self.last_prose = -1

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
        self.last_prose = max((line.index for line in self.lines if line.is_prose and line.kind is None), default=-1)
        self._cut_captions()
        self._cut_repeats()
        self._cut_foot()
        self._cut_head()
        self._cut_related()
        self._read_closing()
        for line in self.lines:
            if line.role is None and line.is_prose:
                self._cut_inline_links(line)

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
            folded = fold_line(text)
            kind = self.layout.lines.get(folded)
            if kind is None and self.layout.labels.get(folded) is LayoutKind.RELATED:
                kind = LayoutKind.RELATED
            if kind is None and len(text) <= 50 and not line.is_prose and folded.startswith(self.layout.related_of):
                kind = LayoutKind.RELATED  # "More from The Paper"
            if kind is None and (_CLOCK.fullmatch(text) or self.layout.is_bar(text)):
                kind = LayoutKind.FURNITURE
            if kind is not None:
                line.kind = kind
                return
        if ("@" in text and _MAIL.fullmatch(text)) or (len(text) <= 160 and _COPYRIGHT.match(text)):
            line.kind = LayoutKind.FURNITURE
            return
        # Behind such a label the first line holds the whole story ("CORRECTED (adds date): …").
        if line.index and self.layout.is_correction(text[:120]):
            line.kind = LayoutKind.CORRECTION
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
            if not line.is_prose and self.layout.lines.get(fold_line(text[: colon.start()])) is LayoutKind.FOOT:
                line.kind = LayoutKind.FOOT  # "Tags: one, another"
                return
        start_of_line = text[:120]
        leading = fold_line(start_of_line.split(None, 1)[0]).split()
        if leading and leading[0] not in self.layout.opening_words:
            return
        words = fold_line(start_of_line).split()
        for count in range(min(self.layout.longest_opening, len(words)), 0, -1):
            if " ".join(words[:count]) in self.layout.openings:
                # A paragraph may begin like a link; only a line that is short enough to be one is cut. Three words are no chance.
                if len(text) <= 200 and _sentences(text) <= (2 if count >= 3 else 1):
                    line.kind = LayoutKind.OPENING
                return

    def _cut_captions(self) -> None:
        """Find photo credits at the ends of lines and the lines that are captions because of them."""
        has_title = False
        for index, line in enumerate(self.lines):
            if index > 1:
                # A title needs a line of its own: only where one stands higher up is the line above a picture its alternative text.
                higher = self.lines[index - 2]
                has_title = has_title or (higher.role is None and higher.kind is None and _words(higher.text) >= 4)
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
                is_alternative = has_title and not above.is_prose and len(above.text) >= 15
                if is_alternative or described.startswith(above.text.rstrip(".")):
                    above.role = BlockRole.CAPTION

    def _cut_repeats(self) -> None:
        """Cut a sentence that stands twice around a picture's credit, or twice with an agency in brackets: a picture's caption."""
        for index, line in enumerate(self.lines):
            if line.role is not None or line.kind is not None or not (line.is_prose or len(line.text) > 80):
                continue
            below = self.lines[index + 1 : index + 3]
            between = [other for other in below[:1] if other.role is BlockRole.CAPTION or other.kind is LayoutKind.PHOTO]
            repeated = below[len(between)] if len(below) > len(between) else None
            if repeated is None or repeated.role is not None or repeated.text != line.text:
                continue
            credit = _BRACKET.search(line.text)
            if between or (credit and any(self._agency(part.strip()) for part in credit[1].split("/"))):
                line.role = repeated.role = BlockRole.CAPTION

    def _photo_credit(self, line: _Line) -> tuple[Span, Span] | None:
        """Return the stretch of a photo credit at the end of a line and the name in it."""
        offset = max(line.start, line.end - 120)
        tail = self.text[offset : line.end]
        has_slash = "/" in tail
        if (has_slash or ":" in tail or "：" in tail) and (match := self.layout.photo_tail.search(tail)):
            return Span(offset + match.start(), line.end), Span(offset + match.start(1), offset + match.end(1))
        if has_slash and (match := _SLASHED.search(tail)) and self._news(match[1].split("/")[0].split(" via ")[-1].strip()):
            return Span(offset + match.start(), line.end), Span(offset + match.start(1), offset + match.end(1))
        if has_slash and (match := _PHOTOGRAPHER.search(tail)) and any(self._agency(part.strip()) for part in match[1].split("/")):
            return Span(offset + match.start(1), line.end), Span(*(offset + at for at in match.span(1)))
        if any(char in tail[-3:] for char in ")）]}") and (match := _BRACKET.search(tail)):
            inner = match[1]
            colon = _COLON.search(inner)
            if colon and self.layout.labels.get(fold_line(inner[: colon.start()])) is LayoutKind.CREDIT and not self._is_last_prose(line):
                start = offset + match.start(1) + colon.end()
                return Span(offset + match.start(), line.end), Span(start, offset + match.end(1))
        return None

    def _is_last_prose(self, line: _Line) -> bool:
        """Whether `line` is the last paragraph."""
        return line.index == self.last_prose

    def _cut_foot(self) -> None:
        """Cut everything from the first line that begins the page's foot, unless a real paragraph follows it."""
        before = 0
        paragraphs = [_weight(line.text) if line.is_prose and line.kind is None and line.role is None else 0 for line in self.lines]
        # Titles of other articles are short or end in a question; a paragraph that tells something is neither.
        last_paragraph = max((i for i, line in enumerate(self.lines) if paragraphs[i] >= 100 and line.text[-1] not in "?!"), default=-1)
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
            if is_empty_label or line.kind in NEVER_TEXT:
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
                if self._read_byline(line):
                    line.role = BlockRole.BYLINE
                elif _words(line.text) <= 3 and line is not self.lines[-1] and line.text[-1] not in _TERMINALS:
                    line.role = BlockRole.FURNITURE
            return
        self.headline.role = BlockRole.HEADLINE
        for line in head:
            if line.role is not None or line.kind is not None:
                continue
            is_repeated = _without_tags(line.text) == _without_tags(self.headline.text)
            if line.is_prose or line.text[-1] in ".,;":
                continue
            if line.start < self.headline.start:
                self._read_masthead(line)
                line.role = BlockRole.FURNITURE
            elif self._read_byline(line):
                line.role = BlockRole.BYLINE
            elif self._read_place_line(line):
                continue
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
        titles = [
            line
            for line in candidates
            if _words(line.text) >= 4 and line.text[-1] not in ".,;:" and not (self._byline(line) or self._channelled(line))
        ]
        if len(titles) > 1 and titles[0] is self.lines[0] and self._masthead(titles[0]):
            titles = titles[1:]
        if dated is not None:
            titles = [line for line in titles if line.start < self.lines[dated].start][-1:] or titles
        return next(iter(titles), None)

    def _masthead(self, line: _Line) -> re.Match[str] | None:
        """Return the site's name in a line such as "Name - slogan" or "Name | slogan", or None."""
        match = _MASTHEAD.match(line.text)
        return match if match and len(line.text) <= 100 and self.layout.is_name(match[1]) and _words(match[1]) <= 4 else None

    def _read_masthead(self, line: _Line) -> None:
        """Keep the name in a masthead as evidence for the outlet; an unknown name counts at the very top of the page only."""
        match = self._masthead(line)
        if match and (line is self.lines[0] or _DOMAIN.fullmatch(match[1]) or self._news(match[1])):
            self.outlets.append(_Outlet(3, match[1], Span(line.start, line.start + len(match[1]))))

    def _byline(self, line: _Line) -> Span | None:
        """Return where the names stand in "By Name and Name" without a colon, or in a line that is only an agency."""
        words = line.text.split()
        if len(line.text) > 80:
            return None
        is_labelled = len(words) > 1 and self.layout.labels.get(fold_line(words[0])) is LayoutKind.BYLINE
        name = line.text[len(words[0]) :].strip() if is_labelled else line.text
        span = Span(line.end - len(name), line.end)
        if is_labelled and all(self.layout.is_name(part.of(self.text)) for part in self._parts(span)):
            return span
        return span if self._agency(name) else None

    def _channelled(self, line: _Line) -> re.Match[str] | None:
        """Match "Reporter's Name - siteName": a reporter and the page's own channel."""
        match = _CHANNELLED.fullmatch(line.text) if len(line.text) <= 80 else None
        return match if match and self.layout.is_name(match[1]) and (_CHANNEL.fullmatch(match[2]) or self._news(match[2])) else None

    def _read_place_line(self, line: _Line) -> bool:
        """Read "City, Outlet" in a line of its own, as a dateline; False where the line is none."""
        place, comma, name = line.text.rstrip(" -–—").partition(", ")
        if not comma or fold_line(place) not in self.layout.places or not self._news(name):
            return False
        start = line.start + len(place) + len(comma)
        self.outlets.append(_Outlet(_DATELINE_RANK, name, Span(start, start + len(name))))
        self.dateline = line.text
        line.role = BlockRole.DATELINE
        return True

    def _read_byline(self, line: _Line) -> bool:
        """Credit the names of a byline; False where the line is none."""
        if signed := self._channelled(line):
            at = line.start
            self.outlets.append(_Outlet(4, signed[2], Span(at + signed.start(2), at + signed.end(2))))
            self._credit_people(Span(at + signed.start(1), at + signed.end(1)), CreditRole.BYLINE)
            return True
        span = self._byline(line)
        if span is None:
            return False
        self._credit_people(span, CreditRole.BYLINE)
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
        is_signed = False
        for part in filter(None, parts):
            words = part.split()
            glued = next((at for at in range(1, len(part)) if part[at - 1].islower() and part[at].isupper()), 0)
            if glued and (fold_line(part[glued:]) in self.layout.weekdays or fold_line(part[glued:]) in self.layout.lines):
                part = part[:glued]  # "NameThursday"
                words = part.split()
            is_labelled = len(words) > 1 and fold_line(words[-1]) in self.layout.reporters  # "홍길동 기자"
            part = " ".join(words[:-1]) if is_labelled else part
            folded = fold_line(part)
            if (
                folded in self.layout.lines
                or folded in self.layout.weekdays
                or folded in self.layout.reporters
                or not any(map(str.isalpha, part))
                or self.layout.zone(part)
            ):
                continue
            if half := _halves(part):
                found.append((CreditRole.ORIGINAL_OUTLET, half))
            elif source := self._news(part):
                found.append((CreditRole.AGENCY if source.kind is SourceKind.AGENCY else CreditRole.ORIGINAL_OUTLET, part))
            elif self.layout.is_name(part) and _words(part) <= 5:
                first, _, rest_of_name = part.partition(" ")
                begins = self.layout.labels.get(fold_line(first)) is LayoutKind.BYLINE and rest_of_name
                name = rest_of_name.strip() if begins else part
                if any(map(str.isdigit, name)):
                    return False
                if " " in name or begins or is_labelled:  # one word alone is a label such as "Updated"
                    found.append((CreditRole.BYLINE, name))
                is_signed = is_signed or bool(begins)
            elif not is_signed:  # behind "By Name" may stand what the name is: "Observer staff"
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
            is_label = line.kind is LayoutKind.FOOT and self.layout.labels.get(fold_line(line.text)) is LayoutKind.RELATED
            if is_label or (line.kind is LayoutKind.RELATED and line.value is None):
                follows_label = True
            elif follows_label and line.role is None and line.kind is None and not line.is_prose:
                line.role = BlockRole.FURNITURE
            elif line.role is not BlockRole.FURNITURE:
                follows_label = False

    def _cut_inline_links(self, line: _Line) -> None:
        """Cut "Read also: Title of Another Story" inside a paragraph, where the title's end can be seen; elsewhere it stays body."""
        if ":" not in line.text and "：" not in line.text:
            return
        for match in self.layout.inline_link.finditer(self.text, line.start, line.end):
            end = self._end_of_title(match.end(), min(line.end, match.end() + 220))
            if end and not any(cut.span.start < end and match.start(1) < cut.span.end for cut in line.cuts):
                line.cuts.append(Block(Span(match.start(1), end), BlockRole.FURNITURE))

    def _end_of_title(self, start: int, limit: int) -> int | None:
        """Return where a title in a running text ends: at two spaces, or before the capital with which ordinary words begin again."""
        text = self.text[start:limit]
        if (gap := text.find("  ", 1)) > 0:
            return start + gap
        words = list(re.finditer(r"\S+", text))
        for index in range(4, len(words)):
            if words[index][0][0].islower() and len(words[index][0]) > 4:
                # Titles have capitals but for small words; the last capital before begins the sentence that goes on.
                begins = index - 1
                while begins > 3 and words[begins][0][0].islower() and index - begins < 3:
                    begins -= 1
                is_sentence = words[begins][0][0].isupper() and words[begins - 1][0][-1] not in ",:"
                return start + words[begins - 1].end() if is_sentence else None
        return None

    # -- credits

    def _read_closing(self) -> None:
        """Read labels (editor, byline, credit line) and, below or at the end of the last paragraph, signatures and credit phrases."""
        # A note of correction above or below the story neither begins nor ends it.
        story = [line.index for line in self.lines if line.is_prose and not line.is_frame and line.kind is not LayoutKind.CORRECTION]
        first, last = (story[0], story[-1]) if story else (len(self.lines), -1)
        for index, line in enumerate(self.lines):
            if line.kind is LayoutKind.CREDIT and line.value:
                above = self.lines[index - 1] if index else line
                higher = self.lines[index - 2] if index > 1 else above
                is_among_cells = above is not line and not any(one.role is not None or one.is_prose for one in (above, higher))
                if first < index < last or (is_among_cells and index > first) or self._is_beside_picture(index):
                    # Between paragraphs, or below cells and pictures, such a label belongs to a chart.
                    line.role = BlockRole.CAPTION
                    self._media(line.value)
                else:
                    line.role = BlockRole.CREDIT_LINE
                    self._credit_spans(self._parts(line.value))
            elif line.kind in (LayoutKind.BYLINE, LayoutKind.EDITOR) and line.value and not line.is_prose:
                line.role = BlockRole.BYLINE
                role = CreditRole.EDITOR if line.kind is LayoutKind.EDITOR else CreditRole.BYLINE
                self._credit_people(line.value, role)
        # A caption of one sentence may stand below the credit line: the text ends with its last long paragraph.
        long = max((index for index in story if len(self.lines[index].text) >= 80), default=last)
        for line in self.lines[first + 1 : max(long, 0)]:
            # "Name (Theo X)" is told by its form; long captions may stand below it.
            match = _BRACKET.search(line.text) if line.role is None and not line.is_prose and len(line.text) <= 90 else None
            if match and self.layout.is_name(line.text[: match.start()].strip()) and self._credit_phrase(match[1]):
                self._read_closing_line(line, is_signed=False)
        closing = [line for line in self.lines[max(long, 0) :] if line.role is None and line.kind is not LayoutKind.CORRECTION]
        follows_prose = False
        for line in closing:
            if line.is_prose:
                self._read_signature(line)
            elif len(line.text) <= 90:
                self._read_closing_line(line, is_signed=follows_prose)
            follows_prose = line.is_prose
        is_alone = len(closing) <= 3 or closing[-2].is_prose
        if closing and not closing[-1].is_prose and closing[-1].role is None and is_alone and len(self.text) >= 300:
            line = closing[-1]
            is_picture = self.layout.labels.get(fold_line(line.text.split()[0])) is LayoutKind.PHOTO
            is_name = self.layout.is_name(line.text) and line.text.replace(" ", "").isalpha() and not DENSE.search(line.text)
            if is_picture and self._news(line.text.partition(" ")[2]):
                line.role = BlockRole.CAPTION
                self._media(Span(line.start + line.text.index(" "), line.end))
            elif 2 <= _words(line.text) <= 4 and is_name:
                line.role = BlockRole.BYLINE
                self.credits.append(Credit(CreditRole.BYLINE, line.text, Span(line.start, line.end), Origin.BYLINE))

    def _is_beside_picture(self, index: int) -> bool:
        """Whether a caption stands right above or below a line, without a gap."""
        line = self.lines[index]
        above = index > 0 and not line.follows_gap and self.lines[index - 1].role is BlockRole.CAPTION
        below = index + 1 < len(self.lines) and not self.lines[index + 1].follows_gap and self.lines[index + 1].role is BlockRole.CAPTION
        return above or below

    def _credit_people(self, span: Span, role: CreditRole) -> None:
        """Add the people of a byline; an agency or outlet in their place supplied the text."""
        for part in self._parts(span):
            name = part.of(self.text)
            if self._news(name):
                self._credit_name(part)
            elif self.layout.is_name(name) and not any(map(str.isdigit, name)):
                self.credits.append(Credit(role, name, part, Origin.BYLINE))

    def _read_signature(self, line: _Line) -> None:
        """Read a signature at the end of the last paragraph: "(AFP)", "(Menurut Reuters)", "— KCNA"."""
        offset = max(line.start, line.end - 120)
        tail = self.text[offset : line.end]
        if line.cuts or self._is_beside_picture(line.index):
            return
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
            if not before or (self.layout.is_name(before) and _words(before) <= 4):
                inner = Span(line.start + match.start(1), line.start + match.end(1))
                if self._read_credit(inner):
                    line.role = BlockRole.CREDIT_LINE
                    if before:
                        start = line.start + line.text.index(before)
                        self.credits.append(Credit(CreditRole.BYLINE, before, Span(start, start + len(before)), Origin.BYLINE))
            return
        start = line.start + len(line.text) - len(line.text.lstrip("—–/©* "))
        if (is_signed or start > line.start or self._credit_phrase(line.text)) and self._read_credit(Span(start, line.end)):
            line.role = BlockRole.CREDIT_LINE

    def _read_credit(self, span: Span) -> bool:
        """Read the inside of a signature: a credit phrase with names, or names of agencies; False where it is neither."""
        text = span.of(self.text)
        if phrase := self._credit_phrase(text):
            rest = text[phrase:].lstrip(" :：")
            kind = self.layout.credit_phrases[fold_line(text[:phrase])]
            parts = self._parts(Span(span.end - len(rest), span.end)) if rest else []
            accepts = self._news if kind == "known" else self.layout.is_name
            if kind == "person":
                # "Reporting by A in Cebu; editing by B": those who are clearly names.
                self._credit_people(Span(span.end - len(rest), span.end), CreditRole.BYLINE)
                return True
            if not all(accepts(part.of(self.text)) for part in parts):
                return False
            self._credit_spans(parts)
            return True
        parts = self._parts(span)
        printed = [part.of(self.text) for part in parts]
        if not any(map(self._news, printed)):
            return bool(parts) and len(text) <= 14 and all(map(_INITIALS.fullmatch, printed))
        if not all(self._news(name) or _INITIALS.fullmatch(name) or self.layout.is_name(name) for name in printed) or _DIGIT.search(text):
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

    def _credit_spans(self, spans: Sequence[Span]) -> None:
        """Add the credits of one list; what an agency is listed with supplied the text as it did: "(Theo Reuters, BBC)"."""
        first = len(self.credits)
        for span in spans:
            self._credit_name(span)
        added = self.credits[first:]
        if any(credit.role is CreditRole.AGENCY for credit in added):
            self.credits[first:] = [replace(credit, role=CreditRole.AGENCY) for credit in added]

    def _credit_name(self, span: Span) -> None:
        """Add the credit of one name, which may be an address."""
        name = span.of(self.text)
        if name.startswith(("http://", "https://", "www.")):
            name = pages.host(name) or name
        elif not self.layout.is_name(name) and not self._news(name):
            return
        source = self.names.named(name, self.lang)
        role = CreditRole.ORIGINAL_OUTLET if source is None or source.kind is SourceKind.OUTLET else CreditRole.AGENCY
        self.credits.append(Credit(role, name, span, Origin.CREDIT_LINE))

    def _parts(self, span: Span) -> list[Span]:
        """Split a list of names at commas, slashes and conjunctions; a name that the registry knows as a whole stays whole."""
        text = span.of(self.text)
        whole = text.strip(" .")
        if text.startswith(("http://", "https://")) or self.names.named(whole, self.lang):
            start = span.start + text.index(whole)
            return [Span(start, start + len(whole))]
        parts, start = [], 0
        for match in [*self.layout.name_break.finditer(text), None]:
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
        self._read_own_mentions()
        given = self.capture.outlet or self.page.outlet or pages.host(self.capture.url or self.page.url or "")
        if given:
            return Credit(CreditRole.OUTLET, given, None, Origin.OUTLET)
        if not self.outlets:
            return None
        best = min(self.outlets, key=lambda one: (one.rank, one.span.start if one.span else 0))
        return Credit(CreditRole.OUTLET, best.name, best.span, Origin.OUTLET)

    def _read_own_mentions(self) -> None:
        """Collect the places where a page names itself or the page that had the text first."""
        for own, start, end in _own_mentions(self.text, self.layout.own):
            if not own.any_name:
                self.outlets.append(_Outlet(5, self.text[start:end], Span(start, end)))
            elif name := self._leading_name(start, end):
                source = self._news(name.of(self.text))
                if source and source.kind is SourceKind.AGENCY:
                    # "© AFP" under a text names its supplier, on the agency's own page as well.
                    self.credits.append(Credit(CreditRole.AGENCY, name.of(self.text), name, Origin.CREDIT_LINE))
                else:
                    self.outlets.append(_Outlet(_ORIGINAL_RANK if own.is_original else 4, name.of(self.text), name))

    def _leading_name(self, start: int, end: int) -> Span | None:
        """Return the longest known outlet at the start of a stretch, else its capitalised words up to the first sign; four at most."""
        known = unknown = None
        for word in list(re.finditer(r"\S+", self.text[start:end]))[:4]:
            name = self.text[start : start + word.end()].rstrip(".,;:")
            if not word[0][0].isupper() or fold_line(name) in self.layout.lines:
                break  # "WhatsApp", "Facebook": the platform, not the page
            unknown = Span(start, start + len(name))
            known = unknown if self._news(name) else known
            if len(name) < word.end():
                break
        return known or unknown

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
            dateline=self.dateline or self.page.dateline,
            url=pages.canonical(self.page.url or self.capture.url),
            published_at=published,
            modified_at=_published(self.page.modified, self.layout, self.lang),
            tags=self.page.tags,
            name=self.capture.name or self.page.name,
        )

    def _blocks(self) -> tuple[Block, ...]:
        blocks: list[Block] = []
        has_lead = False
        paragraphs = 0
        for line in self._joined():
            role = line.role or BlockRole.BODY
            if role not in (BlockRole.BODY, BlockRole.LEAD):
                blocks.append(Block(Span(line.start, line.end), role))
                continue
            start = line.start
            if not has_lead and line.kind is not LayoutKind.CORRECTION and (line.is_prose or line.end - line.start > 80):
                start = self._read_dateline(start, min([line.end, *(cut.span.start for cut in line.cuts)]), blocks)
                role, has_lead = BlockRole.LEAD, True
            elif line.is_prose and self.dateline is None and paragraphs < LATE_DATELINE:
                # What was taken for the lead is a caption or a summary that nothing tells from a paragraph.
                start = self._read_dateline(start, min([line.end, *(cut.span.start for cut in line.cuts)]), blocks, is_late=True)
            paragraphs += line.is_prose
            for cut in sorted(line.cuts, key=lambda cut: cut.span):
                blocks += self._trimmed(start, cut.span.start, role)
                blocks.append(cut)
                start = cut.span.end
            blocks += self._trimmed(start, line.end, role)
        return tuple(blocks)

    def _trimmed(self, start: int, end: int, role: BlockRole) -> list[Block]:
        """Return the block between two offsets without the white space at its ends; nothing where nothing else is there."""
        text = self.text[start:end]
        stripped = text.strip()
        if not stripped:
            return []
        start += text.index(stripped)
        return [Block(Span(start, start + len(stripped)), role)]

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
                open_line = _Line(line.index, line.start, line.end, line.text, line.follows_gap, is_prose=True)
            else:
                open_line.end = line.end
        if open_line:
            yield open_line

    def _read_dateline(self, start: int, end: int, blocks: list[Block], *, is_late: bool = False) -> int:
        """Cut the dateline at the start of the first paragraph; return where the paragraph's own words begin.

        `is_late`: of a later one, which only a dateline in capitals or with a news organisation in it begins.
        """
        head = self.text[start : min(end, start + 120)]
        if is_late:
            sure = self._agency_dateline(head) or self._place_dateline(head)
            if sure is None or not (sure.names or head[: sure.end].isupper()):
                return start
        if self.headline is None and (titled := self._aggregated_title(start, end)):
            # An aggregator's title: "Title (Outlet) - Aggregator".
            self._credit_spans([Span(*titled.span(2))])
            self.outlets.append(_Outlet(3, titled[3], Span(*titled.span(3))))
            blocks.append(Block(Span(start, titled.end()), BlockRole.HEADLINE))
            return titled.end()
        found = self._agency_dateline(head) or self._place_dateline(head)
        if found is None:
            inline = _INLINE_DATELINE.search(self.text, start, min(end, start + 300)) if self.headline is None else None
            if inline is None or not self._agency(inline["agency"]):
                return start
            # Title and text of some scrapes stand in one line.
            title = Span(start, inline.start("place"))
            blocks.append(Block(Span(title.start, title.end - 1), BlockRole.HEADLINE))
            return self._read_dateline(title.end, end, blocks)
        for name in found.names:
            span = Span(start + name.start, start + name.end)
            source = self._news(span.of(self.text))
            if source and source.kind is SourceKind.AGENCY:
                self.credits.append(Credit(CreditRole.AGENCY, span.of(self.text), span, Origin.CREDIT_LINE))
            else:
                is_own = _DOMAIN.fullmatch(span.of(self.text)) and self.text[span.end : span.end + 2] == " |"  # "WARTA.ID | …"
                self.outlets.append(_Outlet(4 if is_own else _DATELINE_RANK, span.of(self.text), span))
        self.dateline = head[: found.end].strip()
        blocks.append(Block(Span(start, start + len(head[: found.end].rstrip())), BlockRole.DATELINE))
        return start + found.end

    def _aggregated_title(self, start: int, end: int) -> re.Match[str] | None:
        """Match a title in a script without spaces that names an outlet in brackets and the aggregator behind a dash."""
        match = _TITLE_CREDIT.match(self.text, start, min(end, start + 220))
        return match if match and DENSE.search(match[1]) and self._news(match[2].strip()) else None

    def _agency_dateline(self, head: str) -> _Dateline | None:
        """Recognise a dateline that names an agency: "LONDON (Reuters) - ", "(서울=연합뉴스) ", "新华社北京电", "МОСКВА — ТАСС. "."""
        for match in _BRACKETED.finditer(head):
            before = head[: match.start()]
            small = sum(word[0].islower() for word in before.split())
            if small > 1 or len(before) > 60 or _STOP.search(before.rstrip(" .")):
                break
            names = self._agencies_within(head, Span(*match.span(1))) or self._outlet_within(head, match)
            if not names:
                continue
            after = _AFTER_BRACKET.match(head, match.end())
            end = after.end() if after else match.end()
            mark = head[match.end() : end].strip()
            if DENSE.search(before) and len(before) > 12 and not mark.strip("."):
                break
            if mark or match[0][0] not in "([" or not before.strip() or before.isupper() or any(map(str.isdigit, before)):
                return _Dateline(self._after_reporter(head, end), names)
            break
        if (wired := self.layout.wire.match(head)) and (names := self._agencies_within(head, Span(*wired.span(1)))) and names[0].start <= 1:
            return _Dateline(wired.end(), names)
        if (dated := _DATED_AGENCY.match(head)) and (names := self._agencies_within(head, Span(*dated.span(1)))):
            return _Dateline(dated.end(), names)
        return None

    def _outlet_within(self, head: str, match: re.Match[str]) -> tuple[Span, ...]:
        """Return where an outlet that nobody knows stands in brackets between a place in capitals and a dash: "SENA (WKLB) - "."""
        place = head[: match.start()].partition(",")[0].strip()
        after = _AFTER_BRACKET.match(head, match.end())
        mark = after[0].strip() if after else ""
        is_name = match[1][:1].isupper() and not any(map(str.islower, match[1].split()[-1][:1])) and match[1].count(" ") < MOST_NAME_WORDS
        is_place = place.isupper() and len(place) > 2 and DENSE.search(place) is None
        return (Span(*match.span(1)),) if is_place and is_name and mark in _DASHES else ()

    def _agencies_within(self, head: str, inner: Span) -> tuple[Span, ...]:
        """Return where agencies or outlets stand in the inside of a bracket, also glued to a place ("北京共同", "新华社北京")."""
        if self._news(inner.of(head).strip(" .")):
            return (inner,)
        found = []
        start = inner.start
        for match in [*_GLUE.finditer(head, inner.start, inner.end), None]:
            end = match.start() if match else inner.end
            piece = head[start:end].strip(" .")
            if piece:
                at = head.index(piece, start)
                if self._news(piece):
                    found.append(Span(at, at + len(piece)))
                elif DENSE.search(piece):
                    sizes = range(min(len(piece) - 1, 10), 1, -1)
                    ends = next((size for size in sizes if self._news(piece[-size:])), 0)
                    begins = next((size for size in sizes if self._news(piece[:size])), 0)
                    if ends or begins:
                        found.append(Span(at + len(piece) - ends, at + len(piece)) if ends else Span(at, at + begins))
            start = match.end() if match else end
        return tuple(found)

    def _after_reporter(self, head: str, start: int) -> int:
        """Return where the text goes on behind a reporter's name that is part of the dateline ("홍길동 기자 = ")."""
        match = _REPORTER.match(head, start)
        if match is None or fold_line(match[2]) not in self.layout.reporters:
            return start
        return match.end()

    def _place_dateline(self, head: str) -> _Dateline | None:
        """Recognise a dateline of places and outlets: "MOSKOW - ", "CITY, OUTLET -- ", "KOMPAS.com - ", "Seoul: "."""
        match = _DATELINE.match(head)
        if match is None:
            return None
        pieces = [piece.strip() for piece in match["place"].split(",") if piece.strip()]
        if any(_words(piece) > 4 for piece in pieces):
            return None
        names = [piece for piece in pieces if self._news(piece) or _DOMAIN.fullmatch(piece)]
        dash = match["dash"] or match["glued"]
        if dash == "|" and not any(map(_DOMAIN.fullmatch, names)):
            return None
        if match["glued"] and fold_line(pieces[0]) not in self.layout.places and not self._is_place_label(match):
            return None  # only a city is sure without a space: "Seoul: ", "Seoul, Kabar Senja- "
        if not names:
            joined = " ".join(pieces)
            if head[match.end() : match.end() + 1].islower():
                return None
            is_place = fold_line(pieces[0]) in self.layout.places
            if not all(map(self.layout.is_name, pieces)) or not (joined.isupper() or dash == "--" or 0 < _words(joined) <= 3):
                return None
            if not (joined.isupper() or is_place) and self._is_government(head[match.end() :]) and self._is_government(joined):
                return None  # "Indonesia - Malaysia sepakat …"
        spans = [Span(head.index(name), head.index(name) + len(name)) for name in names]
        return _Dateline(match.end(), tuple(sorted(spans)))

    def _is_place_label(self, match: re.Match[str]) -> bool:
        """Whether capitals before a colon begin the text below a headline: "MUARA SENA: "; an abbreviation may be somebody who speaks."""
        place = match["place"]
        is_known = self.names.named(place, self.lang) is not None
        return (
            match["glued"].strip() == ":"
            and self.headline is not None
            and place.isupper()
            and len(place) >= SHORTEST_PLACE
            and not is_known
        )

    def _is_government(self, text: str) -> bool:
        """Whether `text` begins with the name of a government, a country or its capital."""
        words = text.split()[:3]
        sources = (self.names.named(" ".join(words[:count]), self.lang) for count in range(1, len(words) + 1))
        return any(source is not None and source.kind is SourceKind.GOVERNMENT for source in sources)

    def _ordered_credits(self) -> tuple[Credit, ...]:
        """Return the credits from the page towards the origin, each source once."""
        outlet = self._find_outlet()
        credits = [outlet] if outlet else []
        seen = {self._identity(credit.name) for credit in credits}
        found = self.credits + [self._typed(credit) for credit in self.page.credits]
        # "© Agency" in a page's metadata names its supplier, as it does under a text.
        found += [Credit(CreditRole.AGENCY, name, None, Origin.CREDIT_LINE) for name in self.page.holders if self._agency(name)]
        own = pages.host(self.page.url or "")  # a dateline may name the page's own address
        originals = [
            other for other in self.outlets if other.rank >= _DATELINE_RANK and outlet and (own is None or other.name.casefold() != own)
        ]
        found += [Credit(CreditRole.ORIGINAL_OUTLET, other.name, other.span, Origin.CREDIT_LINE) for other in originals]
        for role in (CreditRole.EDITOR, CreditRole.ORIGINAL_OUTLET, CreditRole.BYLINE, CreditRole.AGENCY):
            for credit in found:
                if credit.role is role and (key := self._identity(credit.name)) not in seen:
                    seen.add(key)
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

    def _identity(self, name: str) -> str:
        """Return what two printed names of one source have in common: its key, or the folded name of an unknown one."""
        source = self.names.named(name, self.lang)
        return f"key {source.key}" if source else identity.fold(name).removesuffix(" com")


_COLON = re.compile(r"\s?[:：]")
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_][^().:;!?\"“”\n]{1,50}?(?:(?:\.[A-Za-z]{2,8}){1,2}[^().:;!?\"“”\n]{0,30}?)?)"
    r"(?:\s(?P<dash>--|[-–—|])|(?P<glued>[-–—]|\s?:))\s+(?=[^\W\d_]|[^\w\s])"
)
_DASHES = ("--", "-", "–", "—")
_BRACKETED = re.compile(r"[(（【\[/{]\s?([^()（）【】\[\]/{}\n]{2,40}?)\s?[)）】\]/}]")
_AFTER_BRACKET = re.compile(r"\s*[.,:;]*\s*(?:--|[-–—－=])*\s*")
_STOP = re.compile(r"[!?;\"“”:]|\w{5,}\.\s")
_DATED_AGENCY = re.compile(r"[^.!?()—–]{2,30}\d[^.!?()—–\d]{0,15}\s[—–-]\s([^.!?/—–\n-]{2,30})[.:]\s+")
_INLINE_DATELINE = re.compile(
    r"(?<=\s)(?P<place>[A-Z][A-Z'’.-]{2,}(?:\s[A-Z][A-Z'’.-]+){0,3}(?:,\s[A-Z][\w. ]{1,25})?)\s?"
    r"\((?P<agency>[^()\n]{2,30})\)\s?(?:--|[-–—])\s"
)
_TITLE_CREDIT = re.compile(r"([^\n]{8,150}?)\s?[(（]\s?([^()（）\n]{2,30}?)\s?[)）]\s?[-|–]\s?([^\s()（）]{3,30})(?=\s|$)\s*")
_GLUE = re.compile(r"[=＝/,、，・·\s]+")
_REPORTER = re.compile(r"([^\W\d_]{2,8}(?:[·,]\s?[^\W\d_]{2,8})*)\s([^\W\d_]{2,6})\s?=\s?")


def _words(text: str) -> int:
    """Count words; a script without spaces counts two signs as one."""
    return max(text.count(" ") + 1, len(DENSE.findall(text)) // 2)


def _weight(text: str) -> int:
    """Return the length of a text in letters of an alphabet: a sign that is a syllable or word counts three."""
    return len(text) + 2 * len(DENSE.findall(text))


def _without_tags(text: str) -> str:
    return identity.fold(re.sub(r"</?[a-zA-Z]{1,10}>", " ", text))


def _own_mentions(text: str, patterns: Sequence[Own]) -> Iterator[tuple[Own, int, int]]:
    """Yield where words around a page's own name stand: the pattern, and the stretch that holds or begins with the name."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    patterns = [own for own in patterns if own.before in lowered and own.after in lowered]
    for own in patterns:
        if own.any_name:
            position = lowered.find(own.before)
            while position >= 0:
                start = position + len(own.before)
                start += len(lowered[start : start + 40]) - len(lowered[start : start + 40].lstrip(" 0123456789-–"))
                end = min(start + 60, len(text))
                line_end = lowered.find("\n", start, end)
                end = line_end if line_end >= 0 else end
                stop = lowered.find(own.after, start, end) if own.after else end
                if stop > start and (position == 0 or not lowered[position - 1].isalnum()):
                    yield own, start, stop
                position = lowered.find(own.before, position + 1)
    domains = [own for own in patterns if not own.any_name]
    for match in _DOMAIN.finditer(text) if domains and _DOTTED_END.search(text) else ():
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
    numeric = NUMERIC_DATE.search(text[:60])
    if numeric and int(numeric[1]) <= 12 and int(numeric[3]) <= 12 and numeric[1] != numeric[3] and numeric[2] == "/":
        return None
    dated = layout.dates(lang).find(text[:60], layout, lang)
    return dated.at if dated else None
