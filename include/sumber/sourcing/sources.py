"""Who a mention names: the registry of known sources, names found in running text, and mentions resolved to sources.

Everything that belongs to a language or a source is data (`seeds/`): aliases with the context that they need, words for roles, bodies,
documents and unnamed people. This module only knows how such words combine.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import ahocorasick

from sumber.sourcing import identity
from sumber.sourcing.model import AnonymousType, NameHit, RelationKind, Source, SourceKind, SourceRelation, Span

# --- records of the seed files -------------------------------------------------------------------------------


class Context(StrEnum):
    """What allows an ambiguous alias in running text; an alias without contexts is allowed everywhere, several are alternatives."""

    SOURCING = "sourcing"  # after a word such as dari, menurut, by, to, theo, or alone in parentheses
    HEAD = "head"  # next to a word such as "kantor berita", "surat kabar", "báo", "news agency"
    FULL = "full"  # only after an unambiguous alias of the same source
    MIDSENTENCE = "midsentence"  # with its capital where a lower-case word or a comma precedes
    ADJECTIVE = "adjective"  # never a speaker: tells the country of somebody else ("South Korean")
    EXACT = "exact"  # only where the whole mention is the alias


@dataclass(frozen=True, slots=True)
class Record:
    """One source of the registry. `body` says which organ of its country it is ("government", "defence-ministry"), if any."""

    key: str
    name: str
    kind: SourceKind
    country: str | None = None
    body: str | None = None
    is_wire: bool = False
    is_state_controlled: bool = False
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """One printed name of a source; the empty set of `langs` stands for any language."""

    source: str
    text: str
    langs: frozenset[str]
    contexts: frozenset[Context]


class WordClass(StrEnum):
    """What a word or phrase does in a mention."""

    HONORIFIC = "honorific"  # Mr, ông, Bapak
    DETERMINER = "determiner"  # the, tersebut, này
    COUNT = "count"  # value: the number, or empty for "several"
    QUALITY = "quality"  # senior, top, cấp cao: says nothing about who
    ROLE = "role"  # value: "<body> <capacity>", either may be "-"
    BODY = "body"  # value: the organ it names
    ORGANISATION = "organisation"  # part of an organisation's name: University, Partai, Inc
    OUTLET = "outlet"  # head of an outlet: surat kabar, media, báo
    AGENCY = "agency"  # head of an agency: kantor berita, hãng tin
    DOCUMENT = "document"  # a document that speaks for itself
    VEHICLE = "vehicle"  # a statement or post: its author speaks
    UNNAMED = "unnamed"  # value: the type of anonymous source
    JOIN = "join"  # and
    LINK = "link"  # of, from, yang
    NAMED = "named"  # bernama, named: a name follows
    SOURCING = "sourcing"  # a preposition or verb after which a source stands
    PARTICLE = "particle"  # inside names: al, bin, van
    REASON = "reason"  # why somebody is unnamed


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase with a class, in some languages (the empty set: any)."""

    langs: frozenset[str]
    text: str
    word_class: WordClass
    value: str = ""


# --- registry ------------------------------------------------------------------------------------------------


class _Pattern(NamedTuple):
    """An alias prepared for matching."""

    words: tuple[str, ...]  # as printed in the seed file, for the check of capitals
    key: str
    contexts: frozenset[Context]
    joins_left: bool  # the first character stands in a script without word boundaries
    joins_right: bool
    is_domain: bool


@dataclass(frozen=True, slots=True)
class _Language:
    """What the registry knows for one language."""

    automaton: ahocorasick.Automaton
    names: dict[str, tuple[_Pattern, ...]]  # by folded name
    words: dict[str, Word]
    longest: int  # words in the longest phrase
    before: re.Pattern[str]  # a sourcing word right before a name
    head_before: re.Pattern[str]
    head_after: re.Pattern[str]


# One printed character each, so that offsets hold: typographic variants of space, apostrophe and hyphen.
_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-"})

# Arabic writes "and", "by", "to", "for" onto the following word.
_ARABIC_PREFIXES = frozenset("وفبلك")


class Registry:
    """Known sources with their names and relations. Immutable; per-language indexes are built when first needed.

    Implements `model.Gazetteer`.
    """

    def __init__(
        self, records: Sequence[Record], aliases: Sequence[Alias], relations: Sequence[SourceRelation] = (), words: Sequence[Word] = ()
    ) -> None:
        """Build from the rows of the seed files. Raises ValueError where an alias or a relation names no record."""
        self.records = {record.key: record for record in records}
        self.relations = tuple(relations)
        self._aliases = tuple(aliases)
        self._words = tuple(words)
        self._sources = {
            record.key: Source(identity.of("source", record.key), record.key, record.name, record.kind, True, record.country)
            for record in records
        }
        for key in [alias.source for alias in aliases] + [key for one in relations for key in (one.subject, one.object)]:
            if key not in self._sources:
                raise ValueError(f"{key!r} is not in the registry")
        self._bodies: dict[tuple[str, str], str] = {}
        for record in records:
            if record.body and record.country:
                self._bodies.setdefault((record.body, record.country), record.key)
        self._from: dict[str, list[SourceRelation]] = defaultdict(list)
        self._to: dict[str, list[SourceRelation]] = defaultdict(list)
        for relation in relations:
            self._from[relation.subject].append(relation)
            self._to[relation.object].append(relation)
        self._languages: dict[str, _Language] = {}

    def __iter__(self) -> Iterator[Source]:
        """Yield every source in the order of the seed file."""
        return iter(self._sources.values())

    def __len__(self) -> int:
        return len(self._sources)

    def get(self, key: str) -> Source:
        """Return the source with this key. Raises KeyError."""
        return self._sources[key]

    def record(self, key: str) -> Record | None:
        """Return what the seed file says of a source, or None for a key that the registry does not hold."""
        return self.records.get(key)

    def aliases(self) -> tuple[Alias, ...]:
        """Return every alias, in the order of the seed file."""
        return self._aliases

    def body(self, body: str, country: str) -> Source | None:
        """Return the organ `body` ("government", "defence-ministry") of a country, or None."""
        key = self._bodies.get((body, country))
        return self._sources[key] if key else None

    # -- names

    def named(self, name: str, lang: str) -> Source | None:
        """Return the source that `name` as a whole stands for in `lang`, or None. Capitals count as in `find`."""
        plain = name.translate(_PLAIN).strip(" .,;:()[]\"'“”«»")
        for pattern in self._language(lang).names.get(identity.fold(plain), ()):
            if Context.ADJECTIVE not in pattern.contexts and _capitals_fit(pattern.words, plain):
                return self._sources[pattern.key]
        return None

    def find(self, text: str, lang: str) -> tuple[NameHit, ...]:
        """Return whole-word, longest, non-overlapping hits in order; ambiguous short names only where context allows.

        Offsets are code points of `text`. Scripts without word boundaries match inside runs. Linear in the length of `text`.
        """
        if not text.isascii() and not unicodedata.is_normalized("NFC", text):
            composed, offsets = _compose(text)
            return tuple(
                NameHit(Span(offsets[hit.span.start], offsets[hit.span.end]), hit.key) for hit in self._find(composed, self._language(lang))
            )
        return tuple(self._find(text, self._language(lang)))

    def _find(self, text: str, language: _Language) -> Iterator[NameHit]:
        plain = text.translate(_PLAIN)
        candidates: list[tuple[int, int, tuple[_Pattern, ...]]] = []
        lowered = _lower(plain)
        for last, (length, patterns) in language.automaton.iter(lowered):
            start, end = last + 1 - length, last + 1
            if _is_inside_word(plain, start, end, patterns[0]):
                continue
            fitting = tuple(pattern for pattern in patterns if _capitals_fit(pattern.words, plain[start:end]))
            if fitting:
                candidates.append((start, -end, fitting))
        candidates.sort(key=lambda candidate: candidate[:2])
        seen: set[str] = set()
        position = 0
        for start, negative_end, fitting in candidates:
            end = -negative_end
            if start < position:
                continue
            for pattern in fitting:
                if not pattern.contexts or self._is_allowed(pattern, plain, start, end, seen, language):
                    seen.add(pattern.key)
                    position = end
                    yield NameHit(Span(start, end), pattern.key)
                    break

    @staticmethod
    def _is_allowed(pattern: _Pattern, text: str, start: int, end: int, seen: set[str], language: _Language) -> bool:
        contexts = pattern.contexts
        if Context.FULL in contexts and pattern.key in seen:
            return True
        if Context.MIDSENTENCE in contexts and _is_midsentence(text, start):
            return True
        if Context.SOURCING in contexts and (
            language.before.search(text, max(0, start - 24), start)
            or (text[start - 1 : start] in ("(", "[") and text[end : end + 1] in (")", "]", "/", ","))
        ):
            return True
        return Context.HEAD in contexts and bool(
            language.head_before.search(text, max(0, start - 40), start) or language.head_after.match(text, end)
        )

    def _language(self, lang: str) -> _Language:
        if lang not in self._languages:
            self._languages[lang] = self._build(lang)
        return self._languages[lang]

    def _build(self, lang: str) -> _Language:
        patterns: dict[str, list[_Pattern]] = defaultdict(list)
        names: dict[str, list[_Pattern]] = defaultdict(list)
        for alias in self._aliases:
            if alias.langs and lang not in alias.langs:
                continue
            text = unicodedata.normalize("NFC", alias.text).translate(_PLAIN)
            pattern = _Pattern(
                tuple(text.split()),
                alias.source,
                alias.contexts,
                _joins(text[0]) or not text[0].isalnum(),
                _joins(text[-1]) or not text[-1].isalnum(),
                "." in text.strip("."),
            )
            names[identity.fold(text)].append(pattern)
            if not alias.contexts & {Context.ADJECTIVE, Context.EXACT}:
                patterns[_lower(text)].append(pattern)
        automaton = ahocorasick.Automaton()
        for text, same in patterns.items():
            # An alias that needs no context wins over one that does.
            automaton.add_word(text, (len(text), tuple(sorted(same, key=lambda one: (len(one.contexts), one.key)))))
        automaton.make_automaton()
        words: dict[str, Word] = {}
        for word in self._words:
            if not word.langs or lang in word.langs:
                words.setdefault(identity.fold(word.text), word)
        phrases = defaultdict(list)
        for text, word in words.items():
            phrases[word.word_class].append(text)
        heads = phrases[WordClass.AGENCY] + phrases[WordClass.OUTLET]
        longest = max((text.count(" ") + 1 for text in [*names, *words]), default=1)
        return _Language(
            automaton,
            {name: tuple(sorted(same, key=lambda one: (len(one.contexts), one.key))) for name, same in names.items()},
            words,
            longest,
            _alternatives(phrases[WordClass.SOURCING], r"(?:^|(?<!\w))(?:%s)(?: (?:the|báo|trang))?[ :]+[\"'“]?$"),
            _alternatives(heads, r"(?<!\w)(?:%s)(?: \w+){0,2},? [\"'“]?$"),
            _alternatives(heads, r"[\"'”]?,? (?:%s)(?!\w)"),
        )

    # -- relations

    def relations_of(self, key: str, at: datetime | None = None) -> tuple[SourceRelation, ...]:
        """Return the relations of which `key` is the subject; with `at`, only those that held then."""
        return tuple(relation for relation in self._from.get(key, ()) if at is None or _held(relation, at))

    def holder(self, key: str, capacity: str, at: datetime | None) -> Source | None:
        """Return who spoke for the body `key` in a capacity ("head", "spokesperson") at a time; None where no single person is known."""
        if at is None:
            return None
        keys = {
            relation.subject
            for relation in self._to.get(key, ())
            if relation.relation is RelationKind.SPEAKS_FOR and relation.capacity == capacity and _held(relation, at)
        }
        return self._sources[keys.pop()] if len(keys) == 1 else None

    def principal(self, source: Source, at: datetime | None = None) -> Source:
        """Return the source for whom `source` speaks: speaks_for and controlled_by followed upwards, and membership in a government.

        A source whose relations point to several principals, or to none, is its own principal. With `at`, only relations of that time.
        """
        seen = {source.key}
        while True:
            above = {
                relation.object
                for relation in self.relations_of(source.key, at)
                if relation.relation in (RelationKind.SPEAKS_FOR, RelationKind.CONTROLLED_BY)
            }
            if len(above) != 1 or (key := above.pop()) in seen:
                return source
            seen.add(key)
            source = self._sources[key]


def _held(relation: SourceRelation, at: datetime) -> bool:
    return (relation.valid_from is None or relation.valid_from <= at) and (relation.valid_to is None or at <= relation.valid_to)


def _alternatives(phrases: Iterable[str], template: str) -> re.Pattern[str]:
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(template % "|".join(map(re.escape, ordered)), re.IGNORECASE) if ordered else re.compile(r"(?!)")


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def _compose(text: str) -> tuple[str, list[int]]:
    """Return `text` in NFC and, for each of its offsets, the offset in `text`."""
    composed: list[str] = []
    offsets: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        cluster = unicodedata.normalize("NFC", text[start:end])
        composed.append(cluster)
        offsets.extend([start] * len(cluster))
        start = end
    offsets.append(len(text))
    return "".join(composed), offsets


def _joins(char: str) -> bool:
    """Whether words of the character's script are written without boundaries: Han, Kana, Thai, Lao, Khmer, Burmese."""
    code = ord(char)
    return (
        0x0E00 <= code <= 0x0EFF
        or 0x1000 <= code <= 0x109F
        or 0x1780 <= code <= 0x17FF
        or 0x3040 <= code <= 0x30FF
        or 0x3400 <= code <= 0x9FFF
    )


def _is_hangul(char: str) -> bool:
    return 0xAC00 <= ord(char) <= 0xD7A3


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_" or bool(unicodedata.combining(char))


def _is_inside_word(text: str, start: int, end: int, pattern: _Pattern) -> bool:
    """Whether the match at start:end is only a part of a longer word, domain or handle."""
    if start and not pattern.joins_left:
        left = text[start - 1]
        if _is_word(left) and not _joins(left):
            is_prefixed = left in _ARABIC_PREFIXES and (start == 1 or not _is_word(text[start - 2]))
            if not is_prefixed:
                return True
        if left in "@#" or (left in "./" and not pattern.is_domain and start > 1 and text[start - 2].islower()):
            return True
        if left == "-" and start > 1 and text[start - 2].islower() and text[start - 1 : start] == "-" and _is_compound(text, start):
            return True
    if end < len(text) and not pattern.joins_right:
        right = text[end]
        # Korean writes particles onto the name.
        if _is_word(right) and not _joins(right) and not (_is_hangul(right)):
            return True
        if right in "-." and end + 1 < len(text) and text[end + 1].islower() and not _joins(text[end + 1]):
            return True
    return False


def _is_compound(text: str, start: int) -> bool:
    """Whether the word before a hyphen at start-1 begins in lower case: "pro-Moscow", "anti-US"."""
    first = start - 2
    while first > 0 and text[first - 1].isalpha():
        first -= 1
    return text[first].islower()


def _capitals_fit(words: tuple[str, ...], printed: str) -> bool:
    """Whether printed capitals fit the alias: capitals-only words exactly, capitalised words capitalised, others as they come."""
    others = printed.split()
    if len(others) != len(words):
        return False
    return all(
        word == other
        or (not (len(word) > 1 and word.isupper()) and (other[:1].isupper() or not word[:1].isupper()) and word.lower() == other.lower())
        for word, other in zip(words, others, strict=True)
    )


def _is_midsentence(text: str, start: int) -> bool:
    before = start - 1
    while before >= 0 and text[before] in " \"'“(":
        before -= 1
    return before >= 0 and before < start - 1 and (text[before].islower() or text[before] == ",")


# --- mentions ------------------------------------------------------------------------------------------------


class _Piece(NamedTuple):
    """A stretch of a mention: a known source (by key), a word of a class, or a plain word."""

    start: int
    end: int
    text: str
    key: str | None = None
    is_adjective: bool = False
    word: Word | None = None

    def has(self, *classes: WordClass) -> bool:
        return self.word is not None and self.word.word_class in classes


_TOKEN = re.compile(r"[^\W_]+(?:[.'&][^\W_]+)*|,|;|/|\(|\)")
_DOMAIN = re.compile(
    r"(?:[\w-]+\.)+(?:com|net|org|co|id|vn|my|sg|in|uk|jp|kr|cn|ru|pk|au|nz|tv|info|news|asia|web)(?:\.[a-z]{2})?", re.IGNORECASE
)


def resolve(mention: str, lang: str, registry: Registry, story: str, at: datetime | None = None, reason: str | None = None) -> Source:
    """Return the source that a mention names, described or left unnamed.

    `story` tells unnamed groups of different stories apart; `at` is when it was said, for roles ("the Russian president"); `reason` is
    why a source is unnamed, where the text around the mention says so. Never raises: what nothing explains is created as itself.
    """
    return _Mention(mention, lang, registry, story, at, reason).source()


def resolve_all(mention: str, lang: str, registry: Registry, story: str, at: datetime | None = None) -> tuple[Source, ...]:
    """Return the sources of a joint mention ("Korea Utara dan Rusia", "AFP dan AP"), in order; one where it is not joint."""
    parts = _Mention(mention, lang, registry, story, at, None).parts()
    sources = [resolve(part, lang, registry, story, at) for part in parts]
    return tuple({source.key: source for source in sources}.values())


class _Mention:
    """One mention taken apart."""

    def __init__(self, mention: str, lang: str, registry: Registry, story: str, at: datetime | None, reason: str | None) -> None:
        self.printed = " ".join(mention.split())
        self.text = unicodedata.normalize("NFC", self.printed).translate(_PLAIN)
        self.lang = lang
        self.registry = registry
        self.story = story
        self.at = at
        self.reason = reason
        self.pieces = tuple(self._pieces())

    def _pieces(self) -> Iterator[_Piece]:
        language = self.registry._language(self.lang)
        tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(self.text)]
        index = 0
        while index < len(tokens):
            for length in range(min(language.longest, len(tokens) - index), 0, -1):
                start, end = tokens[index][0], tokens[index + length - 1][1]
                piece = self._known(language, start, end)
                if piece:
                    break
            else:
                length = 1
                piece = _Piece(*tokens[index], self.text[slice(*tokens[index])])
            yield piece
            index += length

    def _known(self, language: _Language, start: int, end: int) -> _Piece | None:
        printed = self.text[start:end]
        folded = identity.fold(printed)
        for pattern in language.names.get(folded, ()):
            if (Context.EXACT not in pattern.contexts or len(printed) == len(self.text)) and _capitals_fit(pattern.words, printed):
                return _Piece(start, end, printed, key=pattern.key, is_adjective=Context.ADJECTIVE in pattern.contexts)
        word = language.words.get(folded)
        return _Piece(start, end, printed, word=word) if word else None

    # -- joint mentions

    def parts(self) -> tuple[str, ...]:
        """Return the printed parts of a joint mention; the whole where it names one source."""
        cuts = [piece for piece in self.pieces if piece.has(WordClass.JOIN) or piece.text in (";", "/", ",")]
        if not any(piece.has(WordClass.JOIN) or piece.text in (";", "/") for piece in cuts):
            return (self.printed,)
        parts: list[str] = []
        start = 0
        for cut in cuts:
            parts.append(self.text[start : cut.start])
            start = cut.end
        parts.append(self.text[start:])
        parts = [part.strip(" ,") for part in parts if part.strip(" ,")]
        return tuple(parts) if all(self._stands_alone(part) for part in parts) else (self.printed,)

    def _stands_alone(self, part: str) -> bool:
        pieces = _Mention(part, self.lang, self.registry, self.story, self.at, None).pieces
        return any(
            piece.key is not None or piece.has(WordClass.UNNAMED, WordClass.BODY, WordClass.DOCUMENT, WordClass.OUTLET) for piece in pieces
        )

    # -- one source

    def source(self) -> Source:
        """Return the source."""
        known = self.registry.named(self.text, self.lang)
        if known:
            return known
        person = self._first(SourceKind.PERSON)
        if person:
            return replace(self.registry.get(person.key or ""), role=self._without(person) or None)
        name = self._name()
        heads = [piece for piece in self.pieces if piece.has(WordClass.OUTLET, WordClass.AGENCY)]
        news = self._first(SourceKind.AGENCY, SourceKind.OUTLET)
        if heads or news:
            return self._news(heads, news, name)
        if name:
            return self._proper(*name)
        return self._described()

    def _first(self, *kinds: SourceKind) -> _Piece | None:
        return next((piece for piece in self.pieces if piece.key and self.registry.get(piece.key).kind in kinds), None)

    def _piece(self, *classes: WordClass) -> _Piece | None:
        return next((piece for piece in self.pieces if piece.has(*classes)), None)

    def _country(self) -> str | None:
        for piece in self.pieces:
            if piece.key and (country := self.registry.get(piece.key).country):
                return country
        return None

    def _name(self) -> tuple[int, int] | None:
        """Return where the first run of unknown capitalised words stands: the name of somebody whom the registry does not hold.

        A run after "at" or "of" is an affiliation, and counts only where there is no other.
        """
        runs: list[tuple[bool, int, int]] = []
        start: int | None = None
        end = 0
        is_linked = False
        for piece in self.pieces:
            is_name = (
                piece.key is None and piece.word is None and (piece.text[0].isupper() or _joins(piece.text[0]) or _is_hangul(piece.text[0]))
            )
            if is_name:
                start = piece.start if start is None else start
                end = piece.end
            elif start is not None and not piece.has(WordClass.PARTICLE):
                runs.append((is_linked, start, end))
                start = None
            if not is_name:
                is_linked = piece.has(WordClass.LINK)
        if start is not None:
            runs.append((is_linked, start, end))
        return min(runs)[1:] if runs else None

    def _without(self, *pieces: _Piece | tuple[int, int]) -> str:
        """Return the mention without some of its stretches, trimmed of what held them together."""
        kept = self.text
        for piece in sorted(pieces, reverse=True):
            start, end = piece[0], piece[1]
            kept = kept[:start] + "\u0000" + kept[end:]
        parts = [part.strip(" ,;:-()") for part in kept.split("\u0000")]
        return ", ".join(part for part in parts if part)

    def _news(self, heads: list[_Piece], news: _Piece | None, name: tuple[int, int] | None) -> Source:
        unnamed = self._piece(WordClass.UNNAMED)
        if unnamed and (not heads or unnamed.start < heads[0].start):
            return self._anonymous(unnamed)
        if news and news.key:
            return self.registry.get(news.key)
        is_agency = any(head.has(WordClass.AGENCY) for head in heads)
        if name:
            return self._created(self.text[name[0] : name[1]], SourceKind.AGENCY if is_agency else SourceKind.OUTLET)
        return self._created(self.printed, SourceKind.AGENCY if is_agency else SourceKind.OUTLET, is_vague=True)

    def _proper(self, start: int, end: int) -> Source:
        printed = self.text[start:end]
        if _DOMAIN.fullmatch(printed):
            return self._created(printed, SourceKind.OUTLET)
        before = [piece for piece in self.pieces if piece.end <= start]
        unnamed = next((piece for piece in before if piece.has(WordClass.UNNAMED)), None)
        if unnamed and any(piece.has(WordClass.LINK) for piece in before):
            return self._anonymous(unnamed)
        if (
            before
            and before[0].has(WordClass.DETERMINER, WordClass.COUNT, WordClass.VEHICLE, WordClass.DOCUMENT)
            and any(piece.has(WordClass.VEHICLE, WordClass.DOCUMENT) for piece in before)
        ):
            return self._created(self.printed, SourceKind.DOCUMENT)
        organisation = self._piece(WordClass.ORGANISATION)
        roles = [piece for piece in self.pieces if piece.has(WordClass.ROLE, WordClass.HONORIFIC, WordClass.NAMED)]
        if organisation and not roles:
            return self._created(self.printed, SourceKind.ORGANISATION)
        return self._created(printed, SourceKind.PERSON, role=self._without((start, end)) or None)

    def _described(self) -> Source:
        unnamed = self._piece(WordClass.UNNAMED)
        role = self._piece(WordClass.ROLE)
        body = self._piece(WordClass.BODY)
        country = self._country()
        if unnamed and not (role and role.start < unnamed.start):
            return self._anonymous(unnamed)
        if role and role.word:
            return self._role(role, body, country)
        document = self._piece(WordClass.DOCUMENT)
        if document:
            return self._created(self.printed, SourceKind.DOCUMENT)
        if body and body.word:
            return self._body(body.word.value, country)
        known = next((piece for piece in self.pieces if piece.key), None)
        if known and known.key:
            return self.registry.get(known.key)
        if self._piece(WordClass.VEHICLE):
            return self._created(self.printed, SourceKind.DOCUMENT)
        if self._piece(WordClass.ORGANISATION):
            return self._created(self.printed, SourceKind.ORGANISATION)
        return self._anonymous(None)

    def _role(self, role: _Piece, body: _Piece | None, country: str | None) -> Source:
        organ, _, capacity = (role.word.value if role.word else "").partition(" ")
        if body and body.word:
            organ = body.word.value
        if organ and organ != "-" and country:
            office = self.registry.body(organ, country)
            if office:
                holder = self.registry.holder(office.key, capacity, self.at)
                return replace(holder or office, role=self.printed)
        if capacity == "spokesperson":
            if body and body.word:
                return replace(self._body(body.word.value, country), role=role.text)
            known = next((piece for piece in self.pieces if piece.key), None)
            if known and known.key:
                return replace(self.registry.get(known.key), role=role.text)
        if organ and organ != "-":
            return self._created(self.printed, SourceKind.PERSON, role=self.printed)
        return self._anonymous(role)

    def _body(self, body: str, country: str | None) -> Source:
        known = self.registry.body(body, country) if country else None
        return known or self._created(self.printed, SourceKind.GOVERNMENT)

    def _anonymous(self, piece: _Piece | None) -> Source:
        word = piece.word if piece else None
        is_typed = word is not None and word.word_class is WordClass.UNNAMED
        kind = AnonymousType(word.value) if word and is_typed else AnonymousType.OTHER
        count = self._piece(WordClass.COUNT)
        number = int(count.word.value) if count and count.word and count.word.value else None
        reason = self._piece(WordClass.REASON)
        key = f"anonymous:{self.story}:{kind}:{identity.fold(self.printed)}"
        return Source(
            identity.of("source", key),
            key,
            self.printed,
            SourceKind.ANONYMOUS,
            country=self._country(),
            anonymous_type=kind,
            count=number,
            anonymity_reason=self.reason or (reason.text if reason else None),
        )

    def _created(self, name: str, kind: SourceKind, role: str | None = None, is_vague: bool = False) -> Source:
        key = f"{kind}:{identity.fold(name)}"
        return Source(identity.of("source", key), key, name, kind, country=self._country(), role=role, is_vague=is_vague)
