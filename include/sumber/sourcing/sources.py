"""Who a mention names: the registry of known sources, names found in running text, and mentions resolved to sources.

Everything that belongs to a language or a source is data (`seeds/`): aliases with the context that they need, words for roles, bodies,
documents and unnamed people. This module only knows how such words combine.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import chain, pairwise, takewhile
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
    UNJOINED = "unjoined"  # where it cannot be part of a person's name: no capitalised word or honorific right before it
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
    MASTHEAD = "masthead"  # part of an outlet's name: News, Times, Tribune
    AGENCY = "agency"  # head of an agency: kantor berita, hãng tin
    DOCUMENT = "document"  # a document that speaks for itself
    VEHICLE = "vehicle"  # a statement or post: its author speaks
    UNIT = "unit"  # department, field of work: inside an office's name, never inside a person's
    PLACE = "place"  # a place that qualifies an office
    RELATIVE = "relative"  # who: what follows describes the source
    UNNAMED = "unnamed"  # value: the type of anonymous source
    JOIN = "join"  # and
    LINK = "link"  # of, from, at: what follows is an affiliation; value: "place" where a country that follows tells where only
    SIDE = "side"  # pihak, phía: the side of somebody, who is the source
    OTHERS = "others"  # "others", "its allies": nobody in particular
    NAMED = "named"  # bernama, named: a name follows
    SOURCING = "sourcing"  # a preposition or verb after which a source stands
    PARTICLE = "particle"  # inside names: al, bin, van
    KIN = "kin"  # "vợ", "gia đình": whose name follows is somebody else's
    GIVEN = "given"  # a country whose name people have too: "Anh", "Đức", "Nga" end names behind another name
    REASON = "reason"  # why somebody is unnamed
    MOOD = "mood"  # not a word: an adjective that says how a state takes it, "outraged" in "Outraged Paris"
    TRADE = "trade"  # not a word: an ending of nouns that say what a firm does, "-er" in "Retailer Velto"
    OWNED = "owned"  # not a word: an ending that says whose somebody is, "-nya" in "pengacaranya"
    COMPOUNDS = "compounds"  # not a word: the language writes every noun with a capital and compounds as one word
    KNOWN_NOUNS = "known_nouns"  # not a word: the nouns for sources are listed so fully that a phrase without one names nobody
    HEAD_FINAL = "head_final"  # not a word: the language puts what qualifies a noun before it


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
    is_surname: bool  # one word that names a person: no hit where another name stands right before it


class _Prepared(NamedTuple):
    """An alias with what is the same for every language: its languages, its pattern, its forms to look it up by."""

    langs: frozenset[str]
    pattern: _Pattern
    folded: str
    tokens: tuple[str, ...]  # of `folded`
    lowered: str | None  # None: never found in running text


@dataclass(frozen=True, slots=True)
class LanguageIndex:
    """What the registry knows for one language, prepared for matching."""

    automaton: ahocorasick.Automaton
    names: dict[str, tuple[_Pattern, ...]]  # by folded name
    words: dict[str, tuple[Word, ...]]
    longest: dict[str, int]  # tokens in the longest phrase that begins with a token
    longest_word: int  # characters in the longest of `words`
    units: frozenset[str]  # the `words` that stand inside an office's name, never inside a person's
    reasons: tuple[str, ...]  # why somebody is unnamed, in lower case, longest first
    is_head_final: bool
    has_compounds: bool
    knows_nouns: bool
    owned: tuple[str, ...]  # endings that say whose somebody is
    trades: tuple[str, ...]  # endings of nouns that say what a firm does
    moods: frozenset[str]  # folded adjectives that stand before a state, and are no names
    before: re.Pattern[str]  # a sourcing word right before a name
    honorific_before: re.Pattern[str]
    head_before: re.Pattern[str]
    head_after: re.Pattern[str]


ANY_LANGUAGE = "*"
UNKNOWN_LANGUAGE = ""  # stands for every language without a name or word of its own
NEARBY = 5000  # characters in which a word is looked for in lower case; bounded, so that time stays linear

# One printed character each, so that offsets hold: typographic variants of space, apostrophe and hyphen.
_VARIANTS = (
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2009", " "),
    ("\t", " "),
    ("’", "'"),
    ("‘", "'"),
    ("ʼ", "'"),
    ("‐", "-"),
    ("‑", "-"),
    ("–", "-"),
)

# A letter with the marks that follow it: Latin, Arabic and kana.
_DECOMPOSED = re.compile(r"\w[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u3099\u309a]+")

_LETTERS = frozenset(string.ascii_letters + string.digits)

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
        self._prepared = tuple(map(self._prepare, aliases))
        self._by_lang: dict[str, list[_Prepared]] = defaultdict(list)  # those of every language under ANY_LANGUAGE
        for one in self._prepared:
            for lang in one.langs or (ANY_LANGUAGE,):
                self._by_lang[lang].append(one)
        self._languages: dict[str, LanguageIndex] = {}
        self._langs = frozenset({ANY_LANGUAGE}).union(*(alias.langs for alias in aliases), *(word.langs for word in words))

    def _prepare(self, alias: Alias) -> _Prepared:
        """Fold an alias once for all languages."""
        text = _plain(unicodedata.normalize("NFC", alias.text))
        pattern = _Pattern(
            tuple(text.split()),
            alias.source,
            alias.contexts,
            _joins(text[0]) or not text[0].isalnum(),
            _joins(text[-1]) or not text[-1].isalnum(),
            "." in text.strip("."),
            " " not in text and text.isalpha() and self._sources[alias.source].kind is SourceKind.PERSON and not _joins(text[0]),
        )
        is_found = not alias.contexts & {Context.ADJECTIVE, Context.EXACT}
        folded = identity.fold(text)
        return _Prepared(alias.langs, pattern, folded, tuple(_TOKEN.findall(folded)), _lower(text) if is_found else None)

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

    def named(self, name: str, lang: str, present: frozenset[str] = frozenset()) -> Source | None:
        """Return the source that `name` as a whole stands for in `lang`, or None. Capitals count as in `find`.

        A surname that many share stands for its bearer only where that key is among `present`, the sources that the article names.
        """
        plain = _plain(name).strip(" .,;:()[]\"'“”«»")
        language = self.language(lang)
        folded = identity.fold(plain)
        key = self._key_of(language, folded, plain, present)
        first, _, rest = plain.partition(" ")
        if key is None and rest and any(word.word_class is WordClass.DETERMINER for word in language.words.get(first.casefold(), ())):
            key = self._key_of(language, identity.fold(rest), rest, present)
        return self._sources[key] if key else None

    def _key_of(self, language: LanguageIndex, folded: str, printed: str, present: frozenset[str]) -> str | None:
        """Return the key of the source that a whole name stands for, None where nobody or several are meant."""
        words = tuple(printed.split())
        patterns = [
            pattern
            for pattern in language.names.get(folded, ())
            if Context.ADJECTIVE not in pattern.contexts and _capitals_fit(pattern.words, words)
        ]
        for pattern in patterns:
            is_shared = Context.FULL in pattern.contexts and (pattern.is_surname or len(patterns) > 1)
            if not is_shared or pattern.key in present:
                return pattern.key
        return None

    def find(self, text: str, lang: str) -> tuple[NameHit, ...]:
        """Return whole-word, longest, non-overlapping hits in order; ambiguous short names only where context allows.

        Offsets are code points of `text`. Scripts without word boundaries match inside runs. Linear in the length of `text`.
        """
        if not text.isascii() and not unicodedata.is_normalized("NFC", text):
            composed, offsets = _compose(text)
            return tuple(
                NameHit(Span(offsets[hit.span.start], offsets[hit.span.end]), hit.key) for hit in self._find(composed, self.language(lang))
            )
        return tuple(self._find(text, self.language(lang)))

    def _find(self, text: str, language: LanguageIndex) -> Iterator[NameHit]:
        if not len(language.automaton):
            return
        plain = _plain(text)
        candidates: list[tuple[int, int, tuple[_Pattern, ...]]] = []
        lowered = _lower(plain)
        for last, (length, patterns) in language.automaton.iter(lowered):
            start, end = last + 1 - length, last + 1
            if _is_inside_word(plain, start, end, patterns[0]):
                continue
            printed = tuple(plain[start:end].split())
            fitting = tuple([pattern for pattern in patterns if _capitals_fit(pattern.words, printed)])
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
                if pattern.is_surname and _follows_name(plain, start, language):
                    continue
                if not pattern.contexts or self._is_allowed(pattern, plain, start, end, seen, language):
                    seen.add(pattern.key)
                    position = end
                    yield NameHit(Span(start, end), pattern.key)
                    break

    @staticmethod
    def _is_allowed(pattern: _Pattern, text: str, start: int, end: int, seen: set[str], language: LanguageIndex) -> bool:
        contexts = pattern.contexts
        if Context.FULL in contexts and pattern.key in seen:
            return True
        if Context.UNJOINED in contexts and not _is_joined(text, start, end, language):
            return True
        if Context.MIDSENTENCE in contexts and _is_midsentence(text, start):
            return True
        if Context.SOURCING in contexts and (
            language.before.search(text, max(0, start - 24), start)
            or (text[start - 1 : start] in ("(", "[") and text[end : end + 1] in (")", "]", "/", ","))
        ):
            return True
        if Context.HEAD not in contexts or _follows_name(text, start, language):
            return False  # "báo Sông Lam Star": the end of another name
        return bool(language.head_before.search(text, max(0, start - 40), start) or language.head_after.match(text, end))

    def language(self, lang: str) -> LanguageIndex:
        """Return the names and words of one language, indexed; built when first asked for."""
        if lang not in self._languages:
            known = lang if lang in self._langs else UNKNOWN_LANGUAGE
            if known not in self._languages:
                self._languages[known] = self._build(known)
            self._languages[lang] = self._languages[known]
        return self._languages[lang]

    def _build(self, lang: str) -> LanguageIndex:
        patterns: dict[str, list[_Pattern]] = defaultdict(list)
        names: dict[str, list[_Pattern]] = defaultdict(list)
        longest: dict[str, int] = {}
        for _, pattern, folded, tokens, lowered in (
            self._prepared if lang == ANY_LANGUAGE else chain(self._by_lang[ANY_LANGUAGE], self._by_lang.get(lang, ()))
        ):
            names[folded].append(pattern)
            if tokens and len(tokens) > longest.get(tokens[0], 0):
                longest[tokens[0]] = len(tokens)
            if lowered is not None:
                patterns[lowered].append(pattern)
        automaton = ahocorasick.Automaton()
        for text, same in patterns.items():
            automaton.add_word(text, (len(text), _ranked(same)))
        automaton.make_automaton()
        words: dict[str, list[Word]] = defaultdict(list)
        phrases: dict[WordClass, list[str]] = defaultdict(list)
        for word in self._words:
            if word.langs and lang not in word.langs:
                continue
            phrases[word.word_class].append(word.text)
            # What stands before a source is no part of a mention.
            if word.word_class not in (
                WordClass.SOURCING,
                WordClass.HEAD_FINAL,
                WordClass.COMPOUNDS,
                WordClass.KNOWN_NOUNS,
                WordClass.OWNED,
                WordClass.MOOD,
            ):
                words[identity.fold(word.text)].append(word)
        heads = phrases[WordClass.AGENCY] + phrases[WordClass.OUTLET]
        for text in words:
            tokens = tuple(_TOKEN.findall(text))
            if tokens and len(tokens) > longest.get(tokens[0], 0):
                longest[tokens[0]] = len(tokens)
        return LanguageIndex(
            automaton,
            {name: _ranked(same) for name, same in names.items()},
            {text: tuple(same) for text, same in words.items()},
            longest,
            max(map(len, words), default=0),
            frozenset(text for text, same in words.items() if any(word.word_class is WordClass.UNIT for word in same)),
            tuple(sorted({text.lower() for text in phrases[WordClass.REASON]}, key=lambda text: (-len(text), text))),
            bool(phrases[WordClass.HEAD_FINAL]),
            bool(phrases[WordClass.COMPOUNDS]),
            bool(phrases[WordClass.KNOWN_NOUNS]),
            tuple(text.removeprefix("-") for text in phrases[WordClass.OWNED]),
            tuple(text.removeprefix("-") for text in phrases[WordClass.TRADE]),
            frozenset(map(identity.fold, phrases[WordClass.MOOD])),
            _alternatives(phrases[WordClass.SOURCING], r"(?:^|(?<!\w))(?:%s)(?: (?:the|báo|trang))?[ :]+[\"'“]?$"),
            _alternatives(phrases[WordClass.HONORIFIC], r"(?<!\w)(?:%s)\.? $"),
            _alternatives(heads, r"(?<!\w)(?:%s)(?: \w+){0,2},? [\"'“]?$"),
            _alternatives(heads, r"[\"'”]?,? (?:%s)(?!\w)"),
        )

    # -- relations

    def relations_of(self, key: str, at: datetime | None = None) -> tuple[SourceRelation, ...]:
        """Return the relations of which `key` is the subject; with `at`, only those that held then."""
        return tuple(relation for relation in self._from.get(key, ()) if at is None or _held(relation, at))

    def holder(self, key: str, capacity: str, at: datetime | None, present: frozenset[str] = frozenset()) -> Source | None:
        """Return who spoke for the body `key` in a capacity ("head", "spokesperson") at a time.

        Where the time is unknown or several held it, the one of them among `present` (keys of sources that the article names); None where
        that leaves no single person.
        """
        keys = {
            relation.subject
            for relation in self._to.get(key, ())
            if relation.relation is RelationKind.SPEAKS_FOR and relation.capacity == capacity and (at is None or _held(relation, at))
        }
        if at is None or len(keys) > 1:
            keys &= present
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


def _ranked(patterns: list[_Pattern]) -> tuple[_Pattern, ...]:
    """Return the sources of one alias: one that needs no context wins over one that does."""
    return tuple(sorted(patterns, key=lambda one: (len(one.contexts), one.key)) if len(patterns) > 1 else patterns)


def _alternatives(phrases: Iterable[str], template: str) -> re.Pattern[str]:
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(template % "|".join(map(re.escape, ordered)), re.IGNORECASE) if ordered else re.compile(r"(?!)")


def _plain(text: str) -> str:
    if text.isascii():
        return text.replace("\t", " ")
    for variant, char in _VARIANTS:
        text = text.replace(variant, char)
    return text


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def _compose(text: str) -> tuple[str, list[int]]:
    """Return `text` in NFC and, for each of its offsets, the offset in `text`."""
    composed: list[str] = []
    offsets: list[int] = []
    position = 0
    for match in _DECOMPOSED.finditer(text):
        cluster = unicodedata.normalize("NFC", match.group())
        composed += (text[position : match.start()], cluster)
        offsets.extend(range(position, match.start()))
        offsets.extend([match.start()] * len(cluster))
        position = match.end()
    composed.append(text[position:])
    offsets.extend(range(position, len(text) + 1))
    return "".join(composed), offsets


def _joins(char: str) -> bool:
    """Whether words of the character's script are written without boundaries: Han, Kana, Thai, Lao, Khmer, Burmese."""
    code = ord(char)
    return code >= 0x0E00 and (
        code <= 0x0EFF or 0x1000 <= code <= 0x109F or 0x1780 <= code <= 0x17FF or 0x3040 <= code <= 0x30FF or 0x3400 <= code <= 0x9FFF
    )


def _is_hangul(char: str) -> bool:
    return 0xAC00 <= ord(char) <= 0xD7A3


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_" or bool(unicodedata.combining(char))


def _is_inside_word(text: str, start: int, end: int, pattern: _Pattern) -> bool:
    """Whether the match at start:end is only a part of a longer word, domain or handle."""
    if (start and not pattern.joins_left and text[start - 1] in _LETTERS) or (not pattern.joins_right and text[end : end + 1] in _LETTERS):
        return True  # most matches end here
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


def _capitals_fit(words: tuple[str, ...], printed: tuple[str, ...]) -> bool:
    """Whether printed capitals fit the alias: capitals-only words exactly, capitalised words capitalised, others as they come."""
    if words == printed:
        return True
    return len(words) == len(printed) and all(
        word == other
        or (not (len(word) > 1 and word.isupper()) and (other[:1].isupper() or not word[:1].isupper()) and word.lower() == other.lower())
        for word, other in zip(words, printed, strict=True)
    )


def _is_joined(text: str, start: int, end: int, language: LanguageIndex) -> bool:
    """Whether the match can be a part of a person's name: after an honorific or another name.

    Where qualifiers precede the noun, a capitalised word right after it counts too: "Jordan Smith".
    """
    if language.honorific_before.search(text, max(0, start - 16), start):
        return True
    if language.is_head_final and text[end : end + 1] == " " and text[end + 1 : end + 2].isupper():
        return True
    return _follows_name(text, start, language)


def _follows_name(text: str, start: int, language: LanguageIndex) -> bool:
    """Whether a capitalised word that is no role, country or the like stands right before the match.

    At the start of a sentence every word has a capital; there it counts as a name unless the text has it in lower case elsewhere.
    """
    if text[start - 1 : start] != " " or not text[start - 2 : start - 1].isalnum():
        return False
    first = start - 2
    while first > 0 and text[first - 1].isalnum():
        first -= 1
    word = text[first : start - 1]
    if not word[0].isupper():
        return False
    folded = identity.fold(word)
    if folded in language.words or folded in language.names or language.before.search(text, first, start):
        return False
    return _is_midsentence(text, first) or f" {word.lower()} " not in text[max(0, start - NEARBY) : start + NEARBY]


def _is_midsentence(text: str, start: int) -> bool:
    before = start - 1
    while before >= 0 and text[before] in " \"'“(":
        before -= 1
    return before >= 0 and before < start - 1 and (text[before].islower() or text[before] == ",")


# --- mentions ------------------------------------------------------------------------------------------------


class _Piece(NamedTuple):
    """A stretch of a mention: a known source (by key), words of some classes, punctuation, or a plain word."""

    start: int
    end: int
    text: str
    key: str | None = None
    is_adjective: bool = False
    words: tuple[Word, ...] = ()

    def has(self, *classes: WordClass) -> bool:
        for word in self.words:  # noqa: SIM110 (asked three hundred times an article: a generator costs more than its loop)
            if word.word_class in classes:
                return True
        return False

    def value(self, word_class: WordClass) -> str:
        return next((word.value for word in self.words if word.word_class is word_class), "")


class _Run(NamedTuple):
    """Unknown capitalised words in a row: the name of somebody or something that the registry does not hold."""

    start: int
    end: int
    is_linked: bool  # after "of" or "at", or before "'s": an affiliation rather than the source itself
    is_organisation: bool
    follows_role: bool
    is_alone: bool  # nothing else between two commas


# One character of a script without word boundaries, or a word: apostrophes, dots and ampersands inside it, but not a possessive.
_TOKEN = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|'s(?!\w)"
    r"|[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+(?:(?:[.&]|'(?!s(?!\w)))[^\W_]+)*|[,;/()]"
)
SHORTEST_PART = 5  # letters of the last part of a compound; shorter endings are found inside other words
_ABBREVIATION = re.compile(r" \([A-Z][\w.&-]{1,9}\)")  # "Amerika Serikat (AS)"
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)


def resolve(
    mention: str,
    lang: str,
    registry: Registry,
    story: str,
    at: datetime | None = None,
    present: frozenset[str] = frozenset(),
    reason: str | None = None,
) -> Source:
    """Return the source that a mention names, describes or leaves unnamed.

    `story` tells unnamed groups of different stories apart. `at` is when it was said and `present` the keys of known sources that the
    article names: both tell who held an office ("the Russian president"). `reason` is why a source is unnamed, where the text around the
    mention says so. Never raises: what nothing explains is created as itself.
    """
    return Mentions(lang, registry, story, at, present).resolve(mention, reason)


def resolve_all(
    mention: str,
    lang: str,
    registry: Registry,
    story: str,
    at: datetime | None = None,
    present: frozenset[str] = frozenset(),
    reason: str | None = None,
) -> tuple[Source, ...]:
    """Return the sources of a joint mention ("Korea Utara dan Rusia", "AFP dan AP"), in order; one where it is not joint.

    Parameters as in `resolve`.
    """
    return Mentions(lang, registry, story, at, present).resolve_all(mention, reason)


_IN_BRACKETS = re.compile(r"\s*\([^()]{0,80}\)\s*\Z")

SOURCE_WORDS = (
    WordClass.ROLE,
    WordClass.UNNAMED,
    WordClass.BODY,
    WordClass.ORGANISATION,
    WordClass.OUTLET,
    WordClass.MASTHEAD,
    WordClass.AGENCY,
    WordClass.DOCUMENT,
    WordClass.VEHICLE,
    WordClass.SIDE,
    WordClass.OTHERS,
    WordClass.PLACE,
)


def is_source_like(mention: str, lang: str, registry: Registry) -> bool:
    """Whether any word of a mention can stand for a source: a name, or a noun for a person, body or document.

    True for any mention in a language whose nouns for sources are not listed fully.
    """
    return Mentions(lang, registry, "").is_source_like(mention)


def _between_commas(pieces: Sequence[_Piece]) -> tuple[tuple[_Piece, ...], ...]:
    """Return the stretches of a mention between commas, without these."""
    stretches: list[list[_Piece]] = [[]]
    for piece in pieces:
        if piece.text in (",", ";"):
            stretches.append([])
        else:
            stretches[-1].append(piece)
    return tuple(tuple(stretch) for stretch in stretches)


def _outside_brackets(pieces: Sequence[_Piece]) -> tuple[_Piece, ...]:
    """Return the pieces that stand in no brackets; one that is never closed runs to the end."""
    kept: list[_Piece] = []
    depth = 0
    for piece in pieces:
        if piece.text == "(":
            depth += 1
        elif piece.text == ")":
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(piece)
    return tuple(kept)


def _substance(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Return the pieces that say who, without articles, numbers and qualities."""
    idle = (WordClass.DETERMINER, WordClass.COUNT, WordClass.QUALITY, WordClass.LINK)
    return [piece for piece in pieces if piece.text != "'s" and not piece.has(*idle)]


class _Words:
    """The words of one mention: all that does not depend on who uses them when."""

    def __init__(self, mention: str, lang: str, registry: Registry, present: frozenset[str]) -> None:
        self.printed = " ".join(_plain(unicodedata.normalize("NFC", mention)).split()).strip(' ,;:"“”«»')
        self.text = _ABBREVIATION.sub("", self.printed)
        self.registry = registry
        self.present = present
        self.language = registry.language(lang)
        self._runs: list[_Run] | None = None
        self.pieces = tuple(self._pieces())
        # What describes the source in a clause of its own ("..., who was there") names nobody.
        relative = next((index for index, piece in enumerate(self.pieces) if index and piece.has(WordClass.RELATIVE)), len(self.pieces))
        self.core = _outside_brackets(self.pieces[:relative]) or self.pieces
        self.stretches = _between_commas(self.core)
        self.scope = next(
            (stretch for stretch in self.stretches if any(piece.key or piece.words for piece in _substance(stretch))), self.core
        )
        self.classes = frozenset([word.word_class for piece in self.scope for word in piece.words])

    def _pieces(self) -> Iterator[_Piece]:
        tokens = [(match.start(), match.end(), identity.fold(match.group())) for match in _TOKEN.finditer(self.text)]
        index = 0
        previous: _Piece | None = None
        while index < len(tokens):
            length = min(self.language.longest.get(tokens[index][2].partition(" ")[0], 0), len(tokens) - index)
            piece = None
            while length and (not (piece := self._known(tokens, index, length)) or self._is_elsewhere(piece, tokens, index + length)):
                length, piece = length - 1, None
            following = self.text[tokens[index + 1][0]] if index + 1 < len(tokens) else ""
            if piece is None or (piece.key and length == 1 and previous and self._is_bearer(previous, piece, following)):
                start, end, folded = tokens[index]
                piece = _Piece(
                    start, end, self.text[start:end], words=self._compound(folded) if self.language.has_compounds else self._owned(folded)
                )
            yield piece
            previous = piece
            index += length or 1

    def _is_elsewhere(self, piece: _Piece, tokens: list[tuple[int, int, str]], after: int) -> bool:
        """Tell whether a body's name is that of one country, and another's name follows: "Kementerian Perhubungan Israel"."""
        country = self.registry.get(piece.key).country if piece.key else None
        if country is None or self.language.is_head_final or " " not in piece.text or after >= len(tokens):
            return False
        for length in range(min(self.language.longest.get(tokens[after][2].partition(" ")[0], 0), len(tokens) - after), 0, -1):
            following = self._known(tokens, after, length)
            if following is not None and following.key:
                owner = self.registry.get(following.key)
                return owner.kind is SourceKind.GOVERNMENT and owner.country not in (None, country) and not following.is_adjective
        return False

    def _owned(self, folded: str) -> tuple[Word, ...]:
        """Return what a word means without an ending that says whose it is."""
        bare = (folded.removesuffix(ending) for ending in self.language.owned if folded.endswith(ending))
        return next((self.language.words[word] for word in bare if word in self.language.words), ())

    def _compound(self, folded: str) -> tuple[Word, ...]:
        """Return what the last part of a compound noun is: "Provinzgouverneur" is a governor, "des Finanzministeriums" a ministry."""
        for word in (folded, folded.removesuffix("s")):
            first = max(0 if word != folded else 2, len(word) - self.language.longest_word)
            for start in range(first, len(word) - SHORTEST_PART + 1):
                if found := self.language.words.get(word[start:]):
                    return found
        return ()

    def _is_bearer(self, previous: _Piece, piece: _Piece, following: str) -> bool:
        """Whether a known name is part of a longer one: "Hanna Trump" is not Donald Trump, "Ada English" no adjective.

        `following` is the first character after it: a country inside a name is none ("Vũ Đức Minh", where "Đức" is Germany too).
        """
        kind = self.registry.get(piece.key).kind if piece.key is not None else None
        is_person = kind is SourceKind.PERSON
        if kind is not None and self.language.is_head_final:
            is_person = is_person or piece.is_adjective or kind.is_news or kind is SourceKind.GOVERNMENT  # "Real Madrid"
        is_name = previous.key is None and not previous.words and previous.text[0].isupper()
        is_inside = piece.key is not None and not self.language.is_head_final and piece.text.isalpha() and following.isupper()
        is_country = is_inside and self.registry.get(piece.key or "").kind is SourceKind.GOVERNMENT
        if previous.has(WordClass.HONORIFIC) and piece.key and self.registry.get(piece.key).kind is SourceKind.GOVERNMENT:
            return True  # "chị Anh" is no country
        is_country = is_country or piece.has(WordClass.GIVEN)  # "Lan Anh" is no Lan of England
        return (is_person or is_country) and is_name and self.text[previous.end : piece.start] == " "

    def _known(self, tokens: list[tuple[int, int, str]], index: int, length: int) -> _Piece | None:
        start, end = tokens[index][0], tokens[index + length - 1][1]
        folded = tokens[index][2]
        for previous, token in pairwise(tokens[index : index + length]):
            if not token[2]:
                return None
            folded += token[2] if previous[1] == token[0] else " " + token[2]
        if folded not in self.language.names and folded not in self.language.words:
            return None
        printed = self.text[start:end]
        words = self.language.words.get(folded, ())
        patterns = self.language.names.get(folded, ())
        capitals = tuple(printed.split()) if patterns else ()
        for pattern in patterns:
            is_shared = Context.FULL in pattern.contexts and (pattern.is_surname or len(patterns) > 1)
            if is_shared and pattern.key not in self.present:
                continue
            if (Context.EXACT not in pattern.contexts or len(printed) == len(self.text)) and _capitals_fit(pattern.words, capitals):
                return _Piece(start, end, printed, pattern.key, Context.ADJECTIVE in pattern.contexts, words)
        return _Piece(start, end, printed, words=words) if words else None

    @property
    def runs(self) -> list[_Run]:
        """The runs of unknown capitalised words, in order; made when first asked for."""
        if self._runs is None:
            self._runs = self._read_runs()
        return self._runs

    def _read_runs(self) -> list[_Run]:
        runs: list[_Run] = []
        open_run: list[_Piece] = []
        is_linked = follows_role = has_role = False
        segment = 0  # where the text between two commas begins
        before: _Piece | None = None
        for piece in (*self.core, None):
            if piece is not None and self._is_name(piece, open_run):
                open_run.append(piece)
                continue
            if open_run and (self._is_common_noun(open_run, before) or self._is_capital_by_position(open_run, piece)):
                open_run = []
            if open_run:
                runs += self._closed(open_run, is_linked, follows_role, segment, before, piece)
                open_run = []
                follows_role = False
            if piece is None:
                break
            if piece.text in (",", ";"):
                is_linked = follows_role = has_role = False
                segment = piece.end
            elif has_role and is_linked and self.language.is_head_final and self._is_office_of(piece):
                is_linked, follows_role = False, True  # "Secretary of Homeland Security Brook", "envoy to Norland Brook"
            elif has_role and is_linked and self.language.is_head_final and piece.has(WordClass.BODY) and piece.text.islower():
                is_linked, follows_role = False, True  # "chief secretary of the Norland government Brook"
            elif piece.has(WordClass.KIN, WordClass.LINK):
                is_linked, follows_role = True, False
            elif piece.has(WordClass.ROLE, WordClass.HONORIFIC, WordClass.NAMED):
                # "pengacara dari Tuan Brook", "vợ ông Nam": still somebody else's name
                is_owner = before is not None and (before.has(WordClass.KIN) or (before.has(WordClass.LINK) and bool(has_role or runs)))
                is_linked, follows_role = (True, False) if is_owner and not piece.has(WordClass.NAMED) else (False, True)
            elif (
                has_role and not is_linked and not self.language.is_head_final and (piece.key or piece.has(WordClass.UNIT, WordClass.PLACE))
            ):
                # "Menteri Pertahanan Rusia ...": what qualifies the role ends, and the name begins.
                is_linked, follows_role = False, True
            has_role = has_role or piece.has(WordClass.ROLE)
            before = piece
        return runs

    def _is_office_of(self, piece: _Piece) -> bool:
        """Whether a known name is an organ of a state, which somebody heads, or a state to which somebody is sent."""
        record = self.registry.record(piece.key) if piece.key else None
        return record is not None and record.kind in (SourceKind.GOVERNMENT, SourceKind.ORGANISATION) and not piece.is_adjective

    def _is_common_noun(self, run: list[_Piece], before: _Piece | None) -> bool:
        """Whether one capitalised word after an article is a noun like any other, where all nouns have capitals."""
        is_determined = before is not None and before.has(WordClass.DETERMINER, WordClass.QUALITY, WordClass.COUNT)
        return self.language.has_compounds and len(run) == 1 and is_determined

    def _is_capital_by_position(self, run: list[_Piece], after: _Piece | None) -> bool:
        """Whether a plain noun phrase goes on after one capitalised word, where nouns lead: "Penyewa gudang", "Quốc gia"."""
        return (
            not self.language.is_head_final
            and len(run) == 1
            and after is not None
            and after.key is None
            and not after.words
            and after.text[0].islower()
            and run[0].text[1:].islower()
        )

    def _is_name(self, piece: _Piece, open_run: list[_Piece]) -> bool:
        if piece.key is not None:
            return False
        first = piece.text[0]
        if piece.words:
            return (bool(open_run) and piece.has(WordClass.PARTICLE)) or (first.isupper() and piece.has(WordClass.MASTHEAD))
        if first.isupper() or _joins(first) or _is_hangul(first) or (first.isdigit() and any(char.isupper() for char in piece.text)):
            return True
        return bool(open_run) and first.isalnum() and self.text[piece.start - 1] == "-" and open_run[-1].end == piece.start - 1

    def _closed(
        self, pieces: list[_Piece], is_linked: bool, follows_role: bool, segment: int, before: _Piece | None, after: _Piece | None
    ) -> list[_Run]:
        """Return the run, split in two where an organisation's name and a person's follow each other."""
        while pieces[-1].has(WordClass.PARTICLE):
            pieces = pieces[:-1]
        start, end = pieces[0].start, pieces[-1].end
        if before and before.has(WordClass.PARTICLE) and not before.has(WordClass.LINK, WordClass.DETERMINER):
            start = before.start
        titled = before.start if before and before.has(WordClass.HONORIFIC) and before.start >= segment else start
        is_alone = not self.text[segment:titled].strip(" (") and (after is None or after.text in (",", ";", "(", ")"))
        is_linked = is_linked or (after is not None and after.text == "'s") or self.text.startswith("'", end)
        if follows_role and not self.language.is_head_final:
            # "Kepala LPSK Made Wirata": an abbreviation is where the person works.
            cut = next(
                (index for index in range(len(pieces) - 2, -1, -1) if len(pieces[index].text) > 2 and pieces[index].text.isupper()), -1
            )
            pieces = pieces[cut + 1 :]
            start = pieces[0].start if cut >= 0 else start
        heads_before = before is not None and before.has(WordClass.ORGANISATION) and before.text[0].isupper()
        heads_after = after is not None and after.has(WordClass.ORGANISATION) and after.text[0].isupper()
        if heads_before and not self.language.is_head_final and len(pieces) > 2:
            # "Universitas Udayana Ni Nyoman Dewi": one word belongs to the organisation.
            return [_Run(start, pieces[0].end, True, True, False, False), _Run(pieces[1].start, end, False, False, True, False)]
        return [_Run(start, end, is_linked, heads_before or heads_after, follows_role, is_alone)]


class Mentions:
    """The mentions of one article: each is taken apart once, however much is asked of it. Parameters as in `resolve`."""

    def __init__(
        self, lang: str, registry: Registry, story: str, at: datetime | None = None, present: frozenset[str] = frozenset()
    ) -> None:
        self.lang = lang
        self.registry = registry
        self.story = story
        self.at = at
        self.present = present
        self._words: dict[str, _Words] = {}

    def words(self, mention: str) -> _Words:
        """Return a mention taken apart."""
        if mention not in self._words:
            self._words[mention] = _Words(mention, self.lang, self.registry, self.present)
        return self._words[mention]

    def resolve(self, mention: str, reason: str | None = None) -> Source:
        """Return the source of a mention."""
        return _Mention(mention, self, reason).source()

    def resolve_all(self, mention: str, reason: str | None = None) -> tuple[Source, ...]:
        """Return the sources of a joint mention, in order; one where it is not joint."""
        whole = _Mention(mention, self, reason)
        parts = whole.parts()
        if len(parts) == 1:
            return (whole.source(),)
        sources = [self.resolve(part, reason) for part in parts]
        return tuple({source.key: source for source in sources}.values())

    def is_source_like(self, mention: str) -> bool:
        """Whether any word of a mention can stand for a source."""
        if _DOMAIN.fullmatch(mention):
            return True  # "tulis example.com"
        whole = self.words(mention)
        if not whole.printed or not self.registry.language(self.lang).knows_nouns:
            return bool(whole.printed)
        # What is counted stands behind a link: "a majority of voters".
        links = (piece.start for before, piece in pairwise(whole.pieces) if piece.has(WordClass.LINK) and not before.has(WordClass.COUNT))
        link = next(links, len(whole.text))
        return any((piece.key or piece.has(*SOURCE_WORDS)) and piece.start < link for piece in whole.pieces) or any(
            run.start < link for run in whole.runs
        )


class _Mention:
    """Finds out who is meant by one of the mentions of an article."""

    def __init__(self, mention: str, article: Mentions, reason: str | None) -> None:
        self.words = article.words(mention)
        self.text = self.words.text
        self.printed = self.words.printed
        self.pieces = self.words.pieces
        self.core = self.words.core
        self.stretches = self.words.stretches
        self.scope = self.words.scope
        self.language = self.words.language
        self.registry = article.registry
        self.article = article
        self.reason = reason

    # -- joint mentions

    def parts(self) -> tuple[str, ...]:
        """Return the printed parts of a joint mention; the whole where it names one source."""
        if self.registry.named(self.text, self.article.lang, self.article.present) or self._piece(WordClass.OTHERS):
            return (self.printed,)  # "the US and others" are one unnamed group
        cuts = [piece for piece in self.core if piece.has(WordClass.JOIN) or piece.text in (";", "/", ",")]
        joins = [piece for piece in cuts if piece.text != ","]
        if not joins or self._is_in_description(joins[0]):
            return (self.printed,)
        parts: list[str] = []
        start = 0
        for cut in cuts:
            parts.append(self.text[start : cut.start])
            start = cut.end
        parts.append(self.text[start : self.core[-1].end])
        parts = [part.strip(" ,") for part in parts if part.strip(" ,")]
        return tuple(parts) if parts and all(self._stands_alone(part) for part in parts) else (self.printed,)

    def _is_in_description(self, join: _Piece) -> bool:
        """Whether the "and" stands after a comma that ends a whole name: "Ada Brook, founder and owner of ..."."""
        if not any(piece.text == "," and piece.end <= join.start for piece in self.core):
            return False
        following = next((piece for piece in self.core if self._opens_description(piece)), None)
        return following is not None and following.start < join.start

    def _opens_description(self, piece: _Piece) -> bool:
        before = self.text[: piece.start].rstrip()
        return before.endswith(",") and (piece.has(WordClass.DETERMINER, WordClass.ROLE) or piece.text[0].islower())

    def _stands_alone(self, part: str) -> bool:
        """Whether a part of a joint mention names or describes somebody by itself, so that "researchers at A and B" stays whole."""
        mention = _Mention(part, self.article, None)
        runs = mention.words.runs
        if any(piece.key and not piece.is_adjective for piece in mention.core):
            return True
        if any(piece.has(WordClass.ROLE) for piece in mention.core):
            return any(run.follows_role for run in runs)  # "Menteri Riset dan Teknologi": half an office is nobody
        if any(
            piece.has(WordClass.UNNAMED, WordClass.BODY, WordClass.DOCUMENT, WordClass.OUTLET, WordClass.AGENCY) for piece in mention.core
        ):
            return True
        return any(run.is_alone for run in runs) and not any(piece.has(WordClass.LINK) for piece in self.core)

    # -- one source

    def source(self) -> Source:
        """Return the source; those who are told by whose they are remain unnamed: "para pengacara Rina Hartati"."""
        found = self._one()
        first, _, rest = self.text.partition(" ")
        counts = [word.value for word in self.language.words.get(identity.fold(first), ()) if word.word_class is WordClass.COUNT]
        is_group = bool(counts) and "1" not in counts and " " in rest and not self.language.is_head_final
        is_listed = any(piece.has(WordClass.JOIN, WordClass.HONORIFIC) or piece.text in (",", ";") for piece in self.pieces)
        if found.kind is not SourceKind.PERSON or not is_group or is_listed:
            return found
        return self._anonymous(self._piece(WordClass.UNNAMED))

    def _one(self) -> Source:
        known = self.registry.named(self.text, self.article.lang, self.article.present) or self._foreign()
        if known:
            return known
        if len(self.pieces) > 1 and self.pieces[0].has(WordClass.SIDE):
            rest = self.text[self.pieces[1].start :]
            return self.article.resolve(rest, self.reason)
        if len(self.pieces) > 2 and self.pieces[0].has(WordClass.VEHICLE) and self.pieces[1].has(WordClass.LINK):
            author = self.text[self.pieces[2].start :]  # "tuyên bố của ông Nam": its author speaks
            return self.article.resolve(author, self.reason)
        return self._alone() or self._affiliated() or self._of_state() or self._of_head()

    def _alone(self) -> Source | None:
        """Return the person who is named by a whole stretch between commas: "Ada Brook, head of ...", "the envoy of Norland, Ada Brook"."""
        stretches = [_substance(stretch) for stretch in self.stretches]
        if sum(map(bool, stretches)) < 2:
            return None
        for stretch in stretches:
            if len(stretch) == 1 and stretch[0].key and self.registry.get(stretch[0].key).kind is SourceKind.PERSON:
                return replace(self.registry.get(stretch[0].key), role=self._without(stretch[0]) or None)
        is_last = self.language.is_head_final
        run = next((run for run in self.words.runs if (run.is_alone or (is_last and run.follows_role)) and not run.is_organisation), None)
        is_news = any(piece.has(WordClass.OUTLET, WordClass.AGENCY) for piece in self.scope)
        if run is None or is_news or _DOMAIN.fullmatch(self.text[run.start : run.end]) or self._has_masthead(run):
            return None
        described = [piece for piece in self.core if piece.has(WordClass.ROLE, WordClass.UNNAMED)]
        if not described and any(piece.has(WordClass.BODY) for piece in self.core):
            return None  # "Meanwhile, the government of Norland"
        is_short = self.text[run.start : run.end].isupper() and run.end - run.start > 1 and " " not in self.text[run.start : run.end]
        if is_last and (is_short or (not described and any(map(self._is_body, self.stretches)))):
            return self._created(self.text[run.start : run.end], SourceKind.ORGANISATION)  # "Orbit, a maker of robots"
        return self._created(self.text[run.start : run.end], SourceKind.PERSON, role=self._without(run) or None)

    @staticmethod
    def _is_body(stretch: Sequence[_Piece]) -> bool:
        """Whether a stretch between commas begins with an article and is about an organisation: "a maker of robots"."""
        head = list(takewhile(lambda piece: not piece.has(WordClass.LINK), stretch))
        return bool(head) and head[0].has(WordClass.DETERMINER, WordClass.COUNT) and head[-1].has(WordClass.ORGANISATION)

    def _affiliated(self) -> Source | None:
        """Return the person whose name of several words begins the mention and whose workplace follows: "Ada Brook dari Universitas X"."""
        run = next(iter(self.words.runs), None)
        if run is None or run.is_linked or run.is_organisation or " " not in self.text[run.start : run.end] or self._has_masthead(run):
            return None
        before = [piece for piece in self.core if piece.end <= run.start]
        after = next((piece for piece in self.core if piece.start >= run.end), None)
        if after is None or not after.has(WordClass.LINK) or not all(piece.has(WordClass.HONORIFIC) for piece in before):
            return None
        return self._created(self.text[run.start : run.end], SourceKind.PERSON, role=self._without(run) or None)

    def _of_state(self) -> Source | None:
        """Return the firm or paper that one unknown word names before whose it is: "Nation của Thái Lan" is not Thailand."""
        run = next(iter(self.words.runs), None)
        if run is None or run.is_linked or len(self.core) < 2 or run.start > self.core[0].start or " " in self.text[run.start : run.end]:
            return None
        behind = [piece for piece in self.core if piece.start >= run.end]
        state = behind[1].key if len(behind) == 2 and behind[0].has(WordClass.LINK) else None
        if state is None or self.registry.get(state).kind is not SourceKind.GOVERNMENT:
            return None
        return self._created(self.text[run.start : run.end], SourceKind.ORGANISATION)

    def _of_head(self) -> Source:
        """Return whom the noun phrase is about, by its head."""
        head = self._head()
        run = self._name()
        heads = [piece for piece in self.core if piece.has(WordClass.OUTLET, WordClass.AGENCY)]
        news = self._first(SourceKind.AGENCY, SourceKind.OUTLET)
        if head is None and run is None and self._piece(WordClass.COUNT):
            return self._anonymous(None)
        if head and head.has(WordClass.UNNAMED) and not (run and run.follows_role) and not self._is_named_by_next(head):
            name = self._name_after(head) or self._apposed(head)
            if name is None:
                return self._anonymous(head)
            return self._created(self.text[name.start : name.end], SourceKind.PERSON, role=self._without(name) or None)
        if head and self.language.is_head_final and head.has(WordClass.DOCUMENT) and not news:
            return self._created(self.printed, SourceKind.DOCUMENT)
        state = self._moody()
        if state is not None:
            return state
        person = self._person(head)
        if person and person.key:
            return replace(self.registry.get(person.key), role=self._without(person) or None)
        if run and news and self._is_possessive(news) and not run.is_linked:
            return self._created(self.text[run.start : run.end], SourceKind.PERSON, role=self._without(run) or None)
        if (heads or news) and not (run and self._piece(WordClass.ROLE)):
            return self._news(heads, news, run)
        organ = self._organ()
        if run and organ and not (organ.is_adjective or run.is_alone) and organ.end == len(self.text) and not self._has_person_word():
            run = None  # "the ruling Nusa Party": what precedes a known name describes it
        if run and head and self.language.is_head_final and not self._has_person_word() and self._is_modifier(run, head):
            run = None
            if not head.words and not organ:
                return self._anonymous(None)
        return self._proper(run) if run else self._described()

    def _moody(self) -> Source | None:
        """Return the state behind an adjective with its sentence's capital and nothing else: "Outraged Paris"."""
        mood, _, name = self.text.partition(" ")
        if not mood.istitle() or identity.fold(mood) not in self.language.moods:
            return None
        known = self.registry.named(name, self.article.lang, self.article.present)
        return known if known is not None and known.kind is SourceKind.GOVERNMENT else None

    def _head(self) -> _Piece | None:
        """Return the head noun: the last piece before the first preposition where qualifiers come first, else the first piece."""
        scope = self.scope
        link = next((index for index, piece in enumerate(scope) if index and piece.has(WordClass.LINK)), len(scope))
        pieces = _substance(scope[:link])
        if not pieces:
            return None
        if not self.language.is_head_final:
            return pieces[0]
        last_key = max((index for index, piece in enumerate(pieces) if piece.key), default=-1)
        after = pieces[last_key + 1 :]
        # "the FEC report covering the year": a noun of a known class wins over what follows it.
        return next((piece for piece in reversed(after) if piece.words), (after or pieces)[-1])

    def _person(self, head: _Piece | None) -> _Piece | None:
        """Return the known person whom the phrase names, unless they only qualify its head: "the Trump campaign", "Trump's office"."""
        people = [piece for piece in self.scope if piece.key and self.registry.get(piece.key).kind is SourceKind.PERSON]
        if not people:
            return None
        person = people[-1] if self.language.is_head_final else people[0]
        if not self.language.is_head_final and self._is_only_affiliation(person):
            return None
        if self._is_possessive(person) or (self._piece(WordClass.BODY) and not self._piece(WordClass.ROLE)):
            return None
        if not self.language.is_head_final or not head or head.start <= person.start:
            return person
        # Chinese, Japanese and Korean write the role after the name.
        is_role_after = head.has(WordClass.ROLE) and (head.start == person.end or _is_hangul(head.text[0]))
        return person if is_role_after else None

    def _is_only_affiliation(self, person: _Piece) -> bool:
        """Whether a person is named only to say whose somebody is: "penasihat dari X", "para pejabat X", "mantan istri X itu"."""
        before = [piece for piece in self.core if piece.end <= person.start]
        described = any(piece.has(WordClass.ROLE, WordClass.UNNAMED, WordClass.BODY, WordClass.ORGANISATION) for piece in before)
        is_group = any(piece.has(WordClass.COUNT) and piece.value(WordClass.COUNT) != "1" for piece in before)
        is_linked = any(piece.has(WordClass.LINK) and not piece.has(WordClass.UNIT) for piece in before)
        last = self.core[-1]
        is_pointed = last.start >= person.end and last.has(WordClass.DETERMINER) and not last.has(WordClass.QUALITY)
        return described and (is_group or is_linked or is_pointed)

    def _is_named_by_next(self, head: _Piece) -> bool:
        """Whether a known person's name follows the head at once: "the witness Ada Brook"."""
        return any(
            piece.start == head.end + 1 and piece.key and self.registry.get(piece.key).kind is SourceKind.PERSON for piece in self.scope
        )

    def _name_after(self, head: _Piece) -> _Run | None:
        """Return a full name right after the head, at the end of a mention whose qualifiers come first: "Board official Ada Brook"."""
        if not self.language.is_head_final or self._piece(WordClass.COUNT):
            return None
        end = len(_IN_BRACKETS.sub("", self.text).rstrip())  # "performer Ada Brook (75)"
        runs = (run for run in self.words.runs if run.start == head.end + 1 and run.end == end)
        is_single = not head.text.endswith("s")  # "observer Brook", not "fans Monday"
        return next((run for run in runs if is_single or " " in self.text[run.start : run.end]), None)

    def _apposed(self, head: _Piece) -> _Run | None:
        """Return a full name that says between commas who the head is: "the official, Ada Brook of the ministry"."""
        if self._piece(WordClass.COUNT) or not self.text.startswith(", ", head.end):
            return None
        return next((run for run in self.words.runs if run.start == head.end + 2 and " " in self.text[run.start : run.end]), None)

    @staticmethod
    def _is_modifier(run: _Run, head: _Piece) -> bool:
        """Whether a run of capitals stands before a head in lower case: "Norland supporters"."""
        return run.end <= head.start and head.text[0].islower()

    def _has_person_word(self) -> bool:
        return self._piece(WordClass.ROLE, WordClass.HONORIFIC, WordClass.NAMED, WordClass.UNNAMED) is not None

    def _has_masthead(self, run: _Run) -> bool:
        return any(piece.has(WordClass.MASTHEAD) for piece in self.pieces if run.start <= piece.start < run.end)

    def _foreign(self) -> Source | None:
        """Return whom a name in another language's spelling stands for; only names that plain ASCII cannot be mistaken for."""
        return None if self.text.isascii() else self.registry.named(self.text, ANY_LANGUAGE)

    def _first(self, *kinds: SourceKind) -> _Piece | None:
        return next((piece for piece in self.core if piece.key and self.registry.get(piece.key).kind in kinds), None)

    def _piece(self, *classes: WordClass) -> _Piece | None:
        if self.words.classes.isdisjoint(classes):
            return None
        return next(piece for piece in self.scope if piece.has(*classes))

    def _leading(self, *classes: WordClass) -> _Piece | None:
        """Return the piece of some classes unless, where nouns lead, one for a body stands before it: "badan survei geologi"."""
        found = self._piece(*classes)
        if found and self.language.is_head_final:
            head = next((piece for piece in self.scope if piece.start > found.start), None)
            is_head = head is not None and head.start == found.end + 1 and head.has(WordClass.ORGANISATION)
            return None if is_head else found  # "the contract office" is no contract
        body = self._piece(WordClass.BODY, WordClass.ORGANISATION)
        return None if found and body and body.start < found.start else found

    def _organ(self) -> _Piece | None:
        """Return the first known source that is not only an adjective, else the first that is."""
        named = [
            piece
            for piece in self.scope
            if piece.key and not (self._is_compound_part(piece) or self._tells_where(piece) or self._is_country_of_next(piece))
        ]
        known = [piece for piece in named if not self._is_possessive(piece)] or named
        return min(known, key=lambda piece: (piece.is_adjective, piece.start), default=None)

    def _country(self) -> str | None:
        for piece in self.pieces:
            if piece.key and (country := self.registry.get(piece.key).country):
                return country
        return None

    def _where(self) -> str | None:
        """Return the country in a mention, in brackets too, where short names are left out: "Times (Anh)"."""
        short = _ABBREVIATION.search(self.printed)
        known = self.registry.named(short.group(), self.article.lang) if short else None
        return known.country if known else self._country()

    def _is_country_of_next(self, piece: _Piece) -> bool:
        """Whether a known country only says whose the known body behind it is: "the US Department of Homeland Security"."""
        known = self.registry.get(piece.key) if piece.key and self.language.is_head_final else None
        following = next((one for one in self.scope if one.key and one.start == piece.end + 1), None)
        if known is None or following is None or following.key is None or known.kind is not SourceKind.GOVERNMENT:
            return False
        body = self.registry.get(following.key)
        return body.kind is SourceKind.GOVERNMENT and body.country == known.country

    def _is_compound_part(self, piece: _Piece) -> bool:
        """Whether a known name only begins an adjective: "one London-based broker" is no government."""
        return self.text.startswith("-", piece.end) and self.text[piece.end + 1 : piece.end + 2].islower()

    def _tells_where(self, piece: _Piece) -> bool:
        """Whether a country only tells where something else is from: "one US shop", "a French ferry company"."""
        if not self.language.is_head_final or not piece.key or self.registry.get(piece.key).kind is not SourceKind.GOVERNMENT:
            return False
        after = next((one for one in self.pieces if one.start >= piece.end), None)
        before = [one for one in self.pieces if one.end < piece.start]
        if len(before) > 1 and before[-1].value(WordClass.LINK) == "place":
            return True  # "The harbour's contract office in Baghdad"
        return after is not None and after.start == piece.end + 1 and not after.key and not after.words and after.text[0].islower()

    def _is_possessive(self, piece: _Piece) -> bool:
        return self.text.startswith("'s", piece.end) or (self.text.startswith("'", piece.end) and self.language.is_head_final)

    def _name(self) -> _Run | None:
        """Return the run that names the source: alone between commas, else after a role, else any that is no affiliation."""
        limit = self.scope[-1].end if self.scope else 0
        runs = [run for run in self.words.runs if run.start < limit or self._piece(WordClass.OUTLET, WordClass.AGENCY)]
        if not runs:
            return None
        is_described = self._piece(WordClass.ROLE, WordClass.UNNAMED, WordClass.BODY, WordClass.DOCUMENT, WordClass.VEHICLE) is not None
        owned = self._piece(WordClass.ORGANISATION) if self.language.is_head_final else None
        if owned and any(run.is_linked and run.end < owned.start and self.text.startswith("'", run.end) for run in runs):
            return None  # "Ms Brook's team"
        candidates = [run for run in runs if not (run.is_linked or run.is_organisation)]
        if not candidates:
            leads = next((piece for piece in _substance(self.core) if piece.text[0].isalnum()), None)
            return None if is_described or (leads and leads.start < runs[0].start and not leads.key) else runs[0]
        last = self.core[-1]
        if not self.language.is_head_final and is_described and candidates[-1].end < last.start and last.has(WordClass.DETERMINER):
            return None  # "mantan istri Ada Brook itu": whose wife she was
        # The last of several that follow a role: before it stands what the role is about.
        best = min(candidates, key=lambda run: (not run.is_alone, not run.follows_role, -run.start if run.follows_role else run.start))
        role = self._piece(WordClass.ROLE)
        if role and not (best.is_alone or best.follows_role) and self.language.is_head_final and best.start < role.start:
            return None
        return best

    def _without(self, *pieces: _Piece | _Run) -> str:
        """Return the mention without some of its stretches, trimmed of what held them together."""
        kept = self.text
        for piece in sorted(pieces, key=lambda one: one.start, reverse=True):
            kept = kept[: piece.start] + "\0" + kept[piece.end :]
        parts = [part.strip(" ,;:-()") for part in kept.split("\0")]
        return ", ".join(part for part in parts if part)

    def _news(self, heads: list[_Piece], news: _Piece | None, run: _Run | None) -> Source:
        unnamed = self._piece(WordClass.UNNAMED)
        leads = unnamed is not None and bool(heads) and self.language.is_head_final and unnamed.end < heads[0].start
        head = self._head()
        if leads and unnamed and (head in heads or head == news) and (news or (run and not unnamed.text.endswith("s"))):
            unnamed = None  # "the official Norland news agency"
        if unnamed and not (heads and not unnamed.start < heads[0].start):
            return self._anonymous(unnamed)
        document = self._piece(WordClass.DOCUMENT)
        if document and not news:
            return self._created(self.printed, SourceKind.DOCUMENT)
        if news and document and run and news.end + 1 == run.start and run.end < document.start and document.text[0].isupper():
            return self._created(self.text[news.start : document.end], SourceKind.ORGANISATION)  # "Bloomberg Billionaires Index"
        if news and news.key:
            return self.registry.get(news.key)
        if run and self.language.is_head_final and " " in self.text[run.start : run.end] and not self._has_masthead(run):
            plain = (head for head in heads if head.has(WordClass.AGENCY) and head.text.istitle() and " " not in head.text)
            end = next((head.end for head in plain if head.start == run.end + 1), None)
            if end is not None:
                return self._created(self.text[run.start : end], SourceKind.ORGANISATION)  # "Harbour Security Agency" is no news agency
        kind = SourceKind.AGENCY if any(head.has(WordClass.AGENCY) for head in heads) else SourceKind.OUTLET
        if run and kind is SourceKind.AGENCY and self._has_masthead(run) and self.language.is_head_final:
            whose = next((piece for piece in self.core if piece.is_adjective and piece.end + 1 == run.start), None)
            run = run._replace(start=whose.start) if whose else run  # "the Afghan Harbour Press news agency"
        if run and any((head.start, head.end) == (run.start, run.end) for head in heads) and len(self.core) > 1:
            held = next(stretch for stretch in self.stretches if any(piece.start == run.start for piece in stretch))
            return self._created(self.text[held[0].start : held[-1].end], kind)  # "Radio Angkatan Udara": the head begins the name
        run = self._beside(run, heads) if run and heads and self.language.is_head_final else run
        if run and not run.is_linked:
            name = self.text[run.start : run.end]
            known = self.registry.named(f"The {name}", self.article.lang)
            is_same = known is not None and known.kind.is_news and known.country is not None and known.country == self._where()
            return known if known is not None and is_same else self._created(name, kind)  # "tờ Times (Anh)" is The Times
        return self._created(self.printed, kind, is_vague=True)

    def _beside(self, run: _Run, heads: Sequence[_Piece]) -> _Run | None:
        """Return the name behind a noun for an outlet rather than whose it is in front: "Norland state television NTV"."""
        behind = next((one for one in self.words.runs if one.start == heads[-1].end + 1), None)
        first, *_, last = heads[0].text.split() if " " in heads[0].text else ("", "")
        of = self.language.words
        is_qualified = identity.fold(first) not in of and any(one.word_class is WordClass.OUTLET for one in of.get(identity.fold(last), ()))
        is_several = heads[-1].text.endswith("s") and not heads[-1].text.endswith("ss")  # "rival newspapers"
        is_whose = (is_several or (bool(first) and is_qualified)) and run.end + 1 == heads[0].start
        return behind or (None if is_whose else run)

    def _proper(self, run: _Run) -> Source:
        printed = self.text[run.start : run.end]
        if _DOMAIN.fullmatch(printed) or (
            self._has_masthead(run) and not self._piece(WordClass.ROLE, WordClass.HONORIFIC, WordClass.UNNAMED)
        ):
            return self._created(printed, SourceKind.OUTLET)
        titled = self._piece(WordClass.HONORIFIC)
        if self._piece(WordClass.ROLE, WordClass.NAMED) or (titled and titled.start < run.start):
            return self._created(printed, SourceKind.PERSON, role=self._without(run) or None)
        unnamed = self._piece(WordClass.UNNAMED)
        if unnamed and not run.is_alone:
            return self._anonymous(unnamed)
        document = self._leading(WordClass.VEHICLE, WordClass.DOCUMENT)
        if document:
            return self._created(self.printed, SourceKind.DOCUMENT)
        body = self._piece(WordClass.BODY)
        if body:
            return self._body(body.value(WordClass.BODY), self._country())
        side = self._piece(WordClass.SIDE)
        organisation = self._piece(WordClass.ORGANISATION)
        if organisation:
            return self._organisation(organisation)
        if side or (printed.isupper() and " " not in printed and len(printed) > 1):
            return self._created(printed, SourceKind.ORGANISATION)
        return self._created(printed, SourceKind.PERSON, role=self._without(run) or None)

    # -- sources without a name of their own

    def _described(self) -> Source:
        unnamed = self._piece(WordClass.UNNAMED)
        role = self._piece(WordClass.ROLE)
        body = self._piece(WordClass.BODY)
        country = self._country()
        if unnamed and not (role and role.start < unnamed.start):
            return self._anonymous(unnamed)
        if self._piece(WordClass.OTHERS):
            return self._anonymous(None)
        if role:
            return self._role(role, body, country)
        document = self._leading(WordClass.DOCUMENT)
        if document:
            return self._created(self.printed, SourceKind.DOCUMENT)
        if body:
            return self._body(body.value(WordClass.BODY), country)
        organ = self._organ()
        organisation = self._piece(WordClass.ORGANISATION)
        if organisation:
            return self._organisation(organisation)
        if organ and organ.key:
            return self.registry.get(organ.key)
        if self._piece(WordClass.PLACE):
            return self._created(self.printed, SourceKind.GOVERNMENT)
        if self._piece(WordClass.VEHICLE):
            return self._created(self.printed, SourceKind.DOCUMENT)
        return self._anonymous(None)

    def _role(self, role: _Piece, body: _Piece | None, country: str | None) -> Source:
        """Return who is meant by a role without a name: its holder at the time, the body it speaks for, or somebody unnamed."""
        organ, _, capacity = role.value(WordClass.ROLE).partition(" ")
        known = self._organ()
        if body:
            organ = body.value(WordClass.BODY)
        if capacity == "spokesperson":
            if body:
                return replace(self._body(organ, country), role=role.text)
            if known and known.key:
                return replace(self.registry.get(known.key), role=role.text)
            return self._anonymous(role)
        count = self._piece(WordClass.COUNT)
        if not capacity or count or self._piece(WordClass.UNNAMED):
            return self._anonymous(role)
        office = self.registry.body(organ, country) if country else None
        if office:
            holder = self.registry.holder(office.key, capacity, self.article.at, self.article.present)
            return replace(holder or office, role=self.printed)
        return self._created(self.printed, SourceKind.PERSON, role=self.printed)

    def _organisation(self, noun: _Piece) -> Source:
        """Return the organisation that a noun means: by the name behind it, "the search engine Ask Wimble", else as it is printed."""
        nouns = {
            piece.end + 1
            for piece in self.scope
            if piece.has(WordClass.ORGANISATION)
            and (piece.text.islower() or (not piece.start and piece.text.endswith(self.language.trades)))
        }
        named = (one for one in self.words.runs if one.start in nouns and one.end == len(self.text))
        bearer = next(named, None) if self.language.is_head_final else None
        kind = SourceKind(noun.value(WordClass.ORGANISATION) or SourceKind.ORGANISATION)
        return self._created(self.text[bearer.start : bearer.end] if bearer else self.printed, kind)

    def _body(self, body: str, country: str | None) -> Source:
        known = self.registry.body(body, country) if country else None
        return known or self._created(self.printed, SourceKind.GOVERNMENT)

    def _anonymous(self, piece: _Piece | None) -> Source:
        unnamed = piece.value(WordClass.UNNAMED) if piece else ""
        anonymous_type = AnonymousType(unnamed) if unnamed else AnonymousType.OTHER
        count = self._piece(WordClass.COUNT)
        number = count.value(WordClass.COUNT) if count else ""
        reason = next((one for one in self.pieces if one.has(WordClass.REASON)), None)
        key = f"{SourceKind.ANONYMOUS}:{self.article.story}:{anonymous_type}:{identity.fold(self.printed)}"
        return Source(
            identity.of("source", key),
            key,
            self.printed,
            SourceKind.ANONYMOUS,
            country=self._country(),
            anonymous_type=anonymous_type,
            count=int(number) if number else None,
            anonymity_reason=self.reason or (reason.text if reason else None),
        )

    def _created(self, name: str, kind: SourceKind, role: str | None = None, is_vague: bool = False) -> Source:
        key = f"{kind}:{identity.fold(name)}"
        return Source(identity.of("source", key), key, name, kind, country=self._country(), role=role, is_vague=is_vague)
