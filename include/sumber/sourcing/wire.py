"""Wire copy: which articles carry the same text, near-verbatim, in other words or in another language.

The verdict on a pair depends on the two articles and the frozen `Knowledge` alone. `Signature.bands` and `Signature.keys` are what an
index needs to find the candidates of one article without looking at all others.
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from itertools import combinations
from typing import NamedTuple

import ahocorasick
import numpy as np
import numpy.typing as npt
from rensa import RMinHash  # type: ignore[import-untyped]

from sumber.sourcing import identity
from sumber.sourcing.model import Article, BlockRole, Bound, CreditRole, Derivation, DerivationKind, Span

id_of = lru_cache(maxsize=200_000)(identity.of)
"""Ids of what texts repeat."""

STEM = 6
"""Letters of a word that are compared: enough to tell names apart, few enough to survive inflection and most spellings."""

LATIN = frozenset({"en", "id", "ms", "de", "fr", "es", "it", "pt", "nl", "tl", "vi"})
CYRILLIC = frozenset({"ru", "uk", "be", "bg", "sr", "kk"})
UNSPACED = frozenset({"ja", "zh"})
POINT_LANGUAGES = frozenset({"en", "ja", "zh", "ko", "ms", "th", "he"})
"""Languages that write 1,234.5; the others write 1.234,5."""

WORDS_KEPT = 50_000
"""Words whose spellings are remembered: texts repeat theirs."""

PERMUTATIONS, BANDS, SEED = 128, 32, 42
"""MinHash (Broder 1997) with 32 bands of 4 rows: two texts that share half of their shingles meet in a band with probability .87."""


# --- frozen knowledge ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Windows:
    """How far apart in time two articles may lie to carry one text, to report one speech act, or to make one claim."""

    same_copy: timedelta
    utterance: timedelta
    claim: timedelta


def within(a: Article, b: Article, window: timedelta) -> bool:
    """Whether two articles lie no further apart than `window`; one of which no time at all is known could lie anywhere."""
    return a.dated is None or b.dated is None or abs(a.dated - b.dated) <= window


def is_undated(a: Article, b: Article) -> bool:
    """Whether one of two articles does not say when it was published: its capture is no more than the latest time."""
    return a.published_at is None or b.published_at is None


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What is known of languages before any article is read (`seeds/matching/`). `version` changes whenever anything else does.

    `frequencies`: language -> six-letter stem -> Zipf value (log10 of occurrences per billion words); `news_words`: plain word ->
    the value on news pages, where it is far commoner. `names`: language -> name, or its beginning before a `*` -> concept. `calendar`:
    language -> word -> ("month" or "weekday", number). `magnitudes`: language -> word -> factor. `units`: language, or `*` for signs of any
    language -> sign or word -> unit: an ISO 4217 code, or `%`. `negations`: language -> words that turn a sentence round. `windows`: times.
    `corrections`: language -> labels of corrections. `places`: key of a place -> the key of what it lies in; `place_names`: name -> place.
    `locatives`: language -> (before, between or after) -> words around a name that make it the place where something is. `times`: language
    -> words -> (unit, how many from now), or ("lead", 0) for words before the name of a month. `bounds`: language -> (before or after,
    words) -> a bound of the figure or time next to them. `encode`: a text -> its meaning as a vector of whole numbers, where there is a
    sentence encoder; the same text always has the same.
    """

    version: str
    frequencies: Mapping[str, Mapping[str, float]]
    names: Mapping[str, Mapping[str, str]]
    calendar: Mapping[str, Mapping[str, tuple[str, int]]]
    magnitudes: Mapping[str, Mapping[str, int]]
    units: Mapping[str, Mapping[str, str]]
    news_words: Mapping[str, float]
    negations: Mapping[str, frozenset[str]]
    windows: Windows
    corrections: Mapping[str, tuple[str, ...]]
    places: Mapping[str, str]
    place_names: Mapping[str, str]
    locatives: Mapping[str, Mapping[str, tuple[str, ...]]]
    times: Mapping[str, Mapping[str, tuple[str, int]]]
    bounds: Mapping[str, Mapping[tuple[str, str], tuple[Bound, ...]]]
    encode: Callable[[str], tuple[int, ...]] | None = None

    def rarity(self, word: str, lang: str) -> float:
        """Return how much a folded word tells within its language: from 0 (on every page) to 1 (under 1 in 100,000 words)."""
        return _rarity(self.frequencies.get(lang, {}).get(word[:STEM]))

    def name_rarity(self, stem: str) -> float:
        """Return how much a plain Latin stem tells across languages: a name that is a common word anywhere tells little."""
        return _rarity(self._plain.get(stem))

    @cached_property
    def _plain(self) -> Mapping[str, float]:
        highest: dict[str, float] = {}
        # Vietnamese writes syllables apart: its stems are no words, and would make short names of other languages look common.
        for lang in sorted((LATIN - {"vi"}) & self.frequencies.keys()):
            for stem, zipf in self.frequencies[lang].items():
                plain = without_diacritics(stem)
                highest[plain] = max(highest.get(plain, 0.0), zipf)
        for word, zipf in self.news_words.items():
            highest[word[:STEM]] = max(highest.get(word[:STEM], 0.0), zipf)
        return highest

    @cached_property
    def _spotters(self) -> dict[str, ahocorasick.Automaton]:
        return {}

    @cached_property
    def _day_patterns(self) -> dict[str, re.Pattern[str] | None]:
        return {}

    def day_pattern(self, lang: str) -> re.Pattern[str] | None:
        """Return the pattern of a day next to its month's name, before it or after it; None where no month is known by name."""
        if lang not in self._day_patterns:
            months = sorted((word for word, (kind, _) in self.calendar.get(lang, {}).items() if kind == "month"), key=len, reverse=True)
            month = "|".join(map(re.escape, months))
            self._day_patterns[lang] = (
                re.compile(
                    rf"(?<![\d.,])(?P<before>\d{{1,2}})(?:st|nd|rd|th|\.)?[ \u00a0](?:of |de )?(?P<month>{month})(?!\w)"
                    rf"|(?<!\w)(?P<month2>{month})\.?[ \u00a0](?P<after>\d{{1,2}})(?:st|nd|rd|th)?(?![\d.,]\d|\w)",
                    re.IGNORECASE,
                )
                if months
                else None
            )
        return self._day_patterns[lang]

    @cached_property
    def patterns(self) -> dict[tuple[str, str], re.Pattern[str] | None]:
        """Return the patterns that readers of these words have compiled, by purpose and language: theirs to fill."""
        return {}

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        """Return the place of each name of one, folded as `place_words` folds what a text says."""
        return {" ".join(place_words(name)): place for name, place in self.place_names.items()}

    @cached_property
    def unspaced_places(self) -> ahocorasick.Automaton:
        """Return what finds the names of places in writing that does not space its words, or hangs particles on them."""
        automaton = ahocorasick.Automaton()
        for name, place in self.place_names.items():
            if name[0] >= "\u3041":
                automaton.add_word(name, (len(name), place))
        automaton.make_automaton()
        return automaton

    def concepts(self, text: str, lang: str) -> Iterator[tuple[float, str]]:
        """Yield (position from 0 to 1, concept) for the names in a text, in order; a longer name wins over names inside it."""
        if lang not in self._spotters:
            self._spotters[lang] = _spotter(self.names.get(lang, {}), lang)
        spotter, folded = self._spotters[lang], _folded(text, lang)
        if len(spotter):
            for end, concept in spotter.iter_long(folded):
                yield end / len(folded), concept


def place_words(name: str) -> tuple[str, ...]:
    """Return the words of a name as places are looked up: in lower case, Cyrillic ones without the endings that inflection changes."""
    words = (word.casefold() for word in _WORD.findall(unicodedata.normalize("NFC", name)))
    return tuple(_without_ending(word) if "\u0400" <= word[0] <= "\u04ff" else word for word in words)


def _rarity(zipf: float | None) -> float:
    return 1.0 if zipf is None else min(1.0, max(0.0, (6.5 - zipf) / 2.5))


def _spotter(names: Mapping[str, str], lang: str) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for name, concept in names.items():
        is_prefix = name.endswith("*")
        key = _folded(name.rstrip("*"), lang)
        automaton.add_word(key.rstrip() if is_prefix else key, concept)
    if len(automaton):
        automaton.make_automaton()
    return automaton


def _folded(text: str, lang: str) -> str:
    """Return the form in which names are looked up: each word between spaces of its own, Cyrillic ones without their endings.

    Where words are not spaced, or carry their particles (Korean), the text stays as it is.
    """
    if lang in UNSPACED:
        return text
    words = map(str.casefold, _WORD.findall(text))
    if lang == "ko":
        return "".join(f" {word}" for word in words)
    # Names of several words are looked for as they stand here: with two spaces between them.
    spaced = "  ".join(map(_without_ending, words) if lang in CYRILLIC else words)
    return f" {spaced} " if spaced else ""


# --- reading a text ------------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?")
_KATAKANA = re.compile(r"[ァ-ヺー]{2,}")
_CYRILLIC_ENDING = re.compile(r"(?:[аеёиоуыэюяйьіїє]|(?<=[аеиоуыяюієї])(?:м|х|в|го|му|ми))+$")


LONGEST_ENDING = 6


def _without_ending(word: str) -> str:
    """Return a Cyrillic word without the vowels and case endings that inflection changes; at least three letters stay."""
    # Endings are short; looking no further keeps the work on a word without end linear.
    stem = word[:-LONGEST_ENDING] + _CYRILLIC_ENDING.sub("", word[-LONGEST_ENDING:])
    return stem if len(stem) >= 3 else word[:3]


@lru_cache(maxsize=WORDS_KEPT)
def without_diacritics(word: str) -> str:
    """Return `word` with Latin letters reduced to a-z."""
    if word.isascii():
        return word
    return "".join(char for char in unicodedata.normalize("NFD", word.replace("đ", "d")) if not unicodedata.combining(char))


def carried_text(article: Article) -> str:
    """Return what an article carries of its story: headline, lead and body, without credits, captions and furniture."""
    roles = (BlockRole.HEADLINE, BlockRole.LEAD, BlockRole.BODY)
    parts = [block.span.of(article.text) for block in article.blocks if block.role in roles]
    return "\n".join(parts) if parts else article.text


def shingles(text: str, lang: str) -> frozenset[str]:
    """Return the word 3-grams of a text, or its character 5-grams where words are not spaced."""
    if lang in UNSPACED:
        run = "".join(_WORD.findall(unicodedata.normalize("NFKC", text)))
        return frozenset(run[start : start + 5] for start in range(max(1, len(run) - 4)))
    words = [word.casefold() for word in re.findall(r"\w+", unicodedata.normalize("NFKC", text))]
    return frozenset(" ".join(words[start : start + 3]) for start in range(max(1, len(words) - 2)))


def terms(text: str, lang: str, knowledge: Knowledge) -> dict[str, float]:
    """Return the telling words of a text as stems with their rarity; pairs of characters where words are not spaced.

    Comparable within one language only. Names weigh half: all passages of a story share them, whatever they say.
    """
    found: dict[str, float] = {}
    for word in _WORD.findall(unicodedata.normalize("NFKC", text)):
        folded = word.casefold()
        if lang in UNSPACED:
            for start in range(len(folded) - 1):
                found[folded[start : start + 2]] = 1.0
            continue
        weight = knowledge.rarity(folded, lang) * (NAME_SHARE if word[0].isupper() else 1.0)
        if weight > 0 and len(folded) > 1:
            stem = folded[:STEM]
            found[stem] = max(weight, found.get(stem, 0.0))
    return found


NAME_SHARE = 0.5


def name_stems(text: str) -> frozenset[str]:
    """Return the stems of a text's words that are written with a capital."""
    return frozenset(word.casefold()[:STEM] for word in _WORD.findall(unicodedata.normalize("NFKC", text)) if word[0].isupper())


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands at `start`:`end` of a text: its value, magnitude words included ("1.5 million").

    `step` is what its last figure counts where a magnitude follows it (100,000), else 0.
    """

    start: int
    end: int
    value: Decimal
    step: Decimal = Decimal(0)


_FULL_WIDTH = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
_MAGNITUDE = re.compile(r"[ \u00a0]?([^\W\d_]+)")
_FIGURES = re.compile(r"\d+")


def numbers(text: str, lang: str, knowledge: Knowledge) -> Iterator[Number]:
    """Yield the numbers written in digits, in order. Spans count code points of `text`, whose digits may be of either width."""
    plain = text if text.isascii() else text.translate(_FULL_WIDTH)
    factors = knowledge.magnitudes.get(lang, {})
    end = 0
    for match in _NUMBER.finditer(plain):
        if match.start() < end:
            continue
        value, end = _number(match[0], lang), match.end()
        total, smallest, step = Decimal(0), 0, Decimal(0)
        while True:
            word = _MAGNITUDE.match(plain, end)
            found = _factor(word[1], factors, lang) if word else None
            # "1億2000万": magnitudes that follow each other without a space add up, as long as they get smaller.
            if not word or found is None or (smallest and found[1] >= smallest):
                break
            total, smallest = total + value * found[1], found[1]
            step = smallest * Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
            end = word.start(1) + len(found[0])
            following = _FIGURES.match(plain, end) if lang in UNSPACED or lang == "ko" else None
            if not following:
                value = Decimal(0)
                break
            value, end, step = Decimal(following[0]), following.end(), Decimal(0)
        yield Number(match.start(), end, total + value, step)


def _factor(word: str, factors: Mapping[str, int], lang: str) -> tuple[str, int] | None:
    if lang in UNSPACED or lang == "ko":
        name = next((word[:size] for size in (2, 1) if word[:size] in factors), None)
        return (name, factors[name]) if name else None
    folded = word.casefold()
    return (word, factors[folded]) if folded in factors else None


def _number(printed: str, lang: str) -> Decimal:
    """Return the value of digits with separators: the language tells 1.234 from 1,234 where the digits leave it open."""
    figures = printed.translate(_SPACES)
    if figures.isdecimal():
        return Decimal(figures)
    marks = re.findall(r"[.,]", figures)
    decimal = "." if lang in POINT_LANGUAGES else ","
    if len(set(marks)) == 2:
        decimal = marks[-1]
    elif len(marks) > 1:
        decimal = ""
    elif marks and not re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", figures):
        decimal = marks[0]
    whole, _, fraction = figures.rpartition(decimal) if decimal and decimal in figures else (figures, "", "")
    return Decimal(re.sub(r"[.,]", "", whole) + (f".{fraction}" if fraction else ""))


_SPACES = str.maketrans("", "", "\u00a0\u202f ")
_ASIAN_DAY = re.compile(r"(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号일]")
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_FIGURE_DAY = re.compile(r"(?<![\d./])(\d{1,2})[/.](\d{1,2})[/.](?:19|20)\d\d(?![\d/])")


def is_within(place: int, spans: Sequence[Span]) -> bool:
    """Whether `place` lies in one of `spans`, which are sorted and do not overlap."""
    last = bisect_right(spans, place, key=lambda span: span.start) - 1
    return last >= 0 and place < spans[last].end


def days_of(text: str, lang: str, knowledge: Knowledge) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, `--MM-DD`) for days named with their month: "4 September", "September 4", "9月4日", "14/9/2023"."""
    for match in _ASIAN_DAY.finditer(text) if not text.isascii() else ():
        yield match.start(), match.end(), f"--{int(match[1]):02}-{int(match[2]):02}"
    for match in _FIGURE_DAY.finditer(text):
        day, month = int(match[1]), int(match[2])
        # English alone may put the month first; a day over 12 settles it.
        if lang == "en" and day <= 12:
            day, month = (month, day) if month > 12 else (0, 0)
        if 1 <= day <= 31 and 1 <= month <= 12:
            yield match.start(), match.end(), f"--{month:02}-{day:02}"
    pattern = knowledge.day_pattern(lang) if _may_name_month(text, lang, knowledge) else None
    for match in pattern.finditer(text) if pattern else ():
        day = int(match["before"] or match["after"])
        month = knowledge.calendar[lang][(match["month"] or match["month2"]).casefold()][1]
        if 1 <= day <= 31:
            yield match.start(), match.end(), f"--{month:02}-{day:02}"


def _may_name_month(text: str, lang: str, knowledge: Knowledge) -> bool:
    """Whether the letters of a month's name stand in a text: most have none, and the pattern is slow to say so."""
    # A pattern that ignores case takes both of the Turkish letters for an i.
    folded = text.casefold() if text.isascii() else text.replace("\u0130", "i").replace("\u0131", "i").casefold()
    return any(word in folded for word, (kind, _) in knowledge.calendar.get(lang, {}).items() if kind == "month")


def weekdays(text: str, lang: str, knowledge: Knowledge) -> frozenset[int]:
    """Return the weekdays that a text names, 0 for Monday."""
    if lang not in UNSPACED and lang != "ko":
        text = "".join(f" {word.casefold()} " for word in _WORD.findall(text)).replace("  ", " ")
    around = "" if lang in UNSPACED or lang == "ko" else " "
    days = ((word, number) for word, (kind, number) in knowledge.calendar.get(lang, {}).items() if kind == "weekday")
    return frozenset(number for word, number in days if f"{around}{word}{around}" in text)


def negations(text: str, lang: str, knowledge: Knowledge) -> int:
    """Count the words that turn a statement round."""
    words = knowledge.negations.get(lang, frozenset())
    if lang in UNSPACED or lang == "ko":
        return sum(text.count(word) for word in words)
    return sum(word.casefold() in words for word in _WORD.findall(text))


# --- names across scripts ------------------------------------------------------------------------------------

_CYRILLIC_TO_LATIN = dict(
    zip(
        "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюя",
        "a b v h h d e e ye zh z i i i i k l m n o p r s t u f h ts ch sh sh _ y _ e yu ya".replace("_", "").split(" "),
        strict=True,
    )
)

_KATAKANA_TO_LATIN = dict(
    zip(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
        "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴァィゥェォャュョッー",
        (
            "a i u e o ka ki ku ke ko sa si su se so ta ti tu te to na ni nu ne no ha hi hu he ho ma mi mu me mo ya yu yo ra ri ru re ro "
            "wa o n ga gi gu ge go za zi zu ze zo da zi zu de do ba bi bu be bo pa pi pu pe po bu a i u e o ya yu yo _ _"
        )
        .replace("_", "")
        .split(" "),
        strict=True,
    )
)


_VOWELS, _DOUBLES = re.compile(r"[aeiouyhw]"), re.compile(r"(.)\1+")
_SOFT_C, _SOFT_G, _SILENT_R, _M_FOR_N = (re.compile(shape) for shape in (r"c(?=[eiy])", r"g(?=[ei])|j", r"r(?![aeiouy])", r"m(?=[pb])"))
_SIBILANT = re.compile(r"c(?=[eiy])|ts|tz|z|sch|sh|ch")


def _squeezed(word: str) -> str:
    """Return a consonant skeleton: the first letter (any vowel as `a`), then consonants, doubles and vowels dropped, five at most."""
    initial = "a" if word[0] in "aeiouyw" else word[0]
    kept = initial + _VOWELS.sub("", word[1:])
    return _DOUBLES.sub(r"\1", kept)[:5]


@lru_cache(maxsize=WORDS_KEPT)
def cyrillic_skeleton(word: str) -> str:
    """Return the skeleton under which a Cyrillic name meets its Latin spelling: `Сидоренко` and "Sydorenko" are both `sdrnk`."""
    latin = "".join(_CYRILLIC_TO_LATIN.get(char, "") for char in _without_ending(word.casefold()))
    return _slavic(latin) if latin else ""


@lru_cache(maxsize=WORDS_KEPT)
def latin_skeleton(word: str) -> str:
    """Return the skeleton under which a Latin name meets its Cyrillic spelling."""
    latin = without_diacritics(word.casefold())
    return _slavic(latin) if latin.isascii() and latin.isalpha() else ""


def _slavic(latin: str) -> str:
    for old, new in (("kh", "h"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("x", "ks"), ("q", "k"), ("j", "d"), ("zh", "d"), ("dg", "d")):
        latin = latin.replace(old, new)
    latin = _SIBILANT.sub("s", latin)
    return _squeezed(latin.replace("c", "k").replace("w", "v").replace("g", "h"))


@lru_cache(maxsize=WORDS_KEPT)
def katakana_skeleton(word: str) -> str:
    """Return the skeleton under which a katakana word meets its Latin spelling: `トランプ` and "Trump" are both `trnp`."""
    return _squeezed("".join(_KATAKANA_TO_LATIN.get(char, "") for char in word) or "_")


@lru_cache(maxsize=WORDS_KEPT)
def latin_katakana_skeleton(word: str) -> str:
    """Return the skeleton under which a Latin word meets its katakana spelling."""
    latin = without_diacritics(word.casefold())
    if not (latin.isascii() and latin.isalpha()):
        return ""
    for old, new in (("ph", "h"), ("th", "s"), ("ck", "k"), ("tch", "t"), ("sch", "s"), ("sh", "s"), ("ch", "t"), ("x", "ks")):
        latin = latin.replace(old, new)
    latin = _SOFT_C.sub("s", latin)
    latin = _SOFT_G.sub("z", latin)
    latin = _SILENT_R.sub("", latin)  # "Carter" is カーター
    latin = _M_FOR_N.sub("n", latin)
    for old, new in (("c", "k"), ("q", "k"), ("l", "r"), ("v", "b"), ("f", "h")):
        latin = latin.replace(old, new)
    return _squeezed(latin) if latin else ""


# --- signatures ----------------------------------------------------------------------------------------------

_RUN = re.compile(r"(?P<latin>[A-Za-zÀ-ɏḀ-ỿ]+)|(?P<cyrillic>[Ѐ-ӿ]+)|(?P<katakana>[ァ-ヺー]+)")


CYRILLIC_FAMILY, KATAKANA_FAMILY = "cyrillic", "katakana"
"""Families of keys that spell a name as another script would; the others are number, day, concept and latin."""


class Anchor(NamedTuple):
    """Something in a text that survives translation.

    `keys` are "family spelling": one anchor has several, each to meet another script. `weight` is 0 for a word that counts only where the
    other side makes a name of it. `position` runs from 0 to 1. `is_firm` marks figures and days, which no translation changes.
    """

    keys: tuple[str, ...]
    weight: float
    position: float
    is_firm: bool


@dataclass(frozen=True, eq=False)
class Wording:
    """What the text of an article alone gives to compare: one for all copies of the text."""

    lang: str
    shingles: frozenset[str]
    anchors: tuple[Anchor, ...]
    text: str
    knowledge: Knowledge

    @cached_property
    def figures(self) -> dict[str, float]:
        """Return the figures and days of the text with their weights."""
        return {anchor.keys[0]: anchor.weight for anchor in self.anchors if anchor.is_firm}

    @cached_property
    def names(self) -> dict[str, float]:
        """Return the stems of the text's names with their rarity, comparable within one language."""
        names = name_stems(self.text)
        return {stem: weight for stem, weight in self._terms.items() if stem in names}

    @cached_property
    def words(self) -> dict[str, float]:
        """Return the stems of the text's other telling words with their rarity, comparable within one language."""
        names = name_stems(self.text)
        return {stem: weight for stem, weight in self._terms.items() if stem not in names}

    @cached_property
    def _terms(self) -> dict[str, float]:
        return terms(self.text, self.lang, self.knowledge)

    @cached_property
    def weekdays(self) -> frozenset[int]:
        """Return the weekdays that the text names."""
        return weekdays(self.text, self.lang, self.knowledge)

    @cached_property
    def bands(self) -> tuple[int, ...]:
        """Return 32 ids, of which two near-duplicates share one almost surely; where a short text has a meaning, others for that."""
        minhash = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        minhash.update(sorted(self.shingles))
        digest, rows = minhash.digest(), PERMUTATIONS // BANDS
        worded = tuple(identity.of("band", band, *digest[band * rows : (band + 1) * rows]) for band in range(BANDS))
        return worded + (meaning_bands(self.meaning, self.anchors) if self.meaning and length(self.text, self.lang) <= SHORT else ())

    @cached_property
    def meaning(self) -> tuple[int, ...] | None:
        """Return what the beginning of the text means, where there is an encoder: worked out once, and only for texts that need it."""
        return self.knowledge.encode(self.text[:ENCODED]) if self.knowledge.encode else None

    @cached_property
    def links(self) -> tuple[tuple[int, int], ...]:
        """Return pairs of ids, one per rare anchor: under which an index files the text, and under which it looks for others.

        A looks where B is filed exactly where B looks where A is filed; `SHARED_KEYS` of them must meet.
        """
        found = set()
        for anchor in self.anchors:
            for key in anchor.keys:
                family, spelling = key.split(" ", 1)
                if family in (CYRILLIC_FAMILY, KATAKANA_FAMILY):
                    # Latin and foreign spellings are filed apart: two English texts do not meet over how Russian would spell them.
                    sides = ("own", "latin") if anchor.keys[0] == key and anchor.weight > 0 else ("latin", "own")
                    if len(spelling) >= 4:
                        found.add((id_of("anchor", sides[0], key), id_of("anchor", sides[1], key)))
                elif anchor.weight >= (0.5 if anchor.is_firm else 0.8):
                    found.add((id_of("anchor", key),) * 2)
        # A short text may have no rare anchor, but three common ones in a row are rare together. The beginning is enough: it is kept.
        common = [anchor.keys[0] for anchor in self.anchors if anchor.keys[0].startswith(("concept ", "number ")) and anchor.weight >= 0.4]
        for start, first in enumerate(common[:COMMON_ANCHORS]):
            for second, third in combinations(common[start + 1 : min(start + 4, COMMON_ANCHORS)], 2):
                found.add((id_of("anchors", *sorted((first, second, third))),) * 2)
        return tuple(sorted(found))

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """Return the ids under which an index files the text."""
        return tuple(sorted({filed for filed, _ in self.links}))

    @cached_property
    def _by_families(self) -> dict[frozenset[str], tuple[tuple[int, Anchor, tuple[str, ...]], ...]]:
        return {}

    def comparable(self, families: frozenset[str]) -> tuple[tuple[int, Anchor, tuple[str, ...]], ...]:
        """Return the anchors with a key of one of `families`: position, anchor, those keys. Kept, as a text is compared often."""
        if families not in self._by_families:
            kept = (
                (position, one, tuple(key for key in one.keys if key.split(" ", 1)[0] in families))
                for position, one in enumerate(self.anchors)
            )
            self._by_families[families] = tuple(entry for entry in kept if entry[2])
        return self._by_families[families]

    def weights(self, families: frozenset[str]) -> tuple[dict[str, tuple[float, bool]], float, float]:
        """Return what each key of one of `families` weighs at most and whether it is firm, and the weight of all loose and firm anchors."""
        if families not in self._weights:
            found: dict[str, tuple[float, bool]] = {}
            loose = firm = 0.0
            for _, anchor, keys in self.comparable(families):
                loose, firm = (loose, firm + anchor.weight) if anchor.is_firm else (loose + anchor.weight, firm)
                for key in keys:
                    found[key] = max((anchor.weight, anchor.is_firm), found.get(key, (0.0, False)))
            self._weights[families] = found, loose, firm
        return self._weights[families]

    @cached_property
    def _weights(self) -> dict[frozenset[str], tuple[dict[str, tuple[float, bool]], float, float]]:
        return {}

    @cached_property
    def by_key(self) -> dict[str, int]:
        """Return the position in `anchors` of the anchor with each key."""
        return {key: position for position, anchor in enumerate(self.anchors) for key in anchor.keys}


NEWS_DAYS = (-2, -1, 0, 1)
"""Days from that of publication (UTC) on which the news of an article can have happened, if it names a weekday."""


ENCODED = 700
"""Characters of a text that are encoded: a translation begins like its text, and the cost of a long page is bounded."""

SHORT = 600
"""Length up to which a text is filed by its meaning too: in English characters, headline included. Longer ones have anchors enough."""

MEANING_BANDS, MEANING_BITS = 8, 5
"""Each band of a meaning is on which side of so many random planes it lies (Charikar 2002): vectors whose cosine is .7 share one of the
bands with probability .88, those of .5 with .68. Alone that tells little; together with an anchor it does."""


def length(text: str, lang: str) -> float:
    """Return the length of a text in the characters that English would take."""
    return len(text) * WRITING_LENGTH.get(lang, 1.0)


def meaning_bands(meaning: Sequence[int], anchors: Iterable[Anchor]) -> tuple[int, ...]:
    """Return the ids under which an index files a short text: two with an anchor and much of the meaning in common share one."""
    sides = (np.asarray(meaning, dtype=np.int64) @ _planes(len(meaning)) > 0).reshape(MEANING_BANDS, MEANING_BITS)
    bands = [identity.of("meaning", band, *map(int, some)) for band, some in enumerate(sides)]
    keys = sorted({key for anchor in anchors for key in anchor.keys})
    return tuple(identity.of("meant", key, band) for key in keys for band in bands)


@lru_cache(maxsize=2)
def _planes(size: int) -> npt.NDArray[np.int64]:
    """Return random planes, the same ever after: +1 or -1 for each number of a vector."""
    planes = MEANING_BANDS * MEANING_BITS
    bits = np.unpackbits(np.frombuffer(hashlib.shake_256(b"planes").digest(-(-size * planes // 8)), dtype=np.uint8))
    return bits[: size * planes].reshape(size, planes).astype(np.int64) * 2 - 1


def alike_in_meaning(a: Wording, b: Wording) -> float:
    """Return the cosine of two meanings; 0 where either has none."""
    if not a.meaning or not b.meaning:
        return 0.0
    mine, theirs = (np.asarray(one.meaning, dtype=np.int64) for one in (a, b))
    norms = math.sqrt(int(mine @ mine) * int(theirs @ theirs))
    return int(mine @ theirs) / norms if norms else 0.0


@dataclass(frozen=True, slots=True)
class Signature:
    """What is compared of an article; made from the article and the frozen knowledge alone."""

    article: Article
    wording: Wording
    knowledge: Knowledge

    @property
    def window(self) -> timedelta:
        """Return how far apart in time articles may lie to carry one text."""
        return self.knowledge.windows.same_copy

    @property
    def news_days(self) -> frozenset[date]:
        """Return the days about that of publication whose weekday the text names: those of its news, most likely."""
        dated = self.article.dated
        if dated is None:
            return frozenset()
        named = self.wording.weekdays
        about = (dated.astimezone(UTC).date() + timedelta(days=shift) for shift in NEWS_DAYS)
        return frozenset(day for day in about if day.weekday() in named)

    @property
    def day(self) -> int:
        """Return the day under which an index files the article."""
        return day_of(self.article)

    @property
    def is_one_of_few(self) -> bool:
        """Whether the article has next to no keys, so that one in common is enough."""
        return len(self.wording.keys) < FEW_KEYS


NO_DAY = 0
"""The day under which an index files what nothing dates; it is near every other."""


def day_of(article: Article) -> int:
    """Return the ordinal of the day (UTC) of publication, or of capture where that is all that is known; NO_DAY where nothing is."""
    return article.dated.astimezone(UTC).toordinal() if article.dated else NO_DAY


TEXTS_KEPT = 4_000
"""Texts whose wordings are remembered: copies share one, and an article is compared again with each later batch."""


def signature(article: Article, knowledge: Knowledge) -> Signature:
    """Read what is compared of an article."""
    return Signature(article, _wording(carried_text(article), article.lang, knowledge), knowledge)


@lru_cache(maxsize=TEXTS_KEPT)
def _wording(text: str, lang: str, knowledge: Knowledge) -> Wording:
    return Wording(lang, shingles(text, lang), anchors(unicodedata.normalize("NFC", text), lang, knowledge), text, knowledge)


def anchors(text: str, lang: str, knowledge: Knowledge) -> tuple[Anchor, ...]:
    """Return the anchors of a text (in NFC) in order, each once, where it first stands."""
    found: dict[str, Anchor] = {}
    for start, keys, weight, is_firm in sorted(_spotted(text, lang, knowledge)):
        if keys and keys[0] not in found:
            found[keys[0]] = Anchor(keys, weight, start / len(text), is_firm)
    return tuple(found.values())


def _spotted(text: str, lang: str, knowledge: Knowledge) -> Iterator[tuple[float, tuple[str, ...], float, bool]]:
    """Yield (start, keys, weight, whether firm) for everything in a text that may be an anchor; a word where it first stands."""
    days = sorted(days_of(text, lang, knowledge))
    for start, _, day in days:
        yield start, (f"day {day}",), 0.9, True
    dated = [Span(start, end) for start, end, _ in days]
    for number in numbers(text, lang, knowledge):
        if not is_within(number.start, dated):
            value = f"{number.value.normalize():f}"
            yield number.start, (f"number {value}",), _number_weight(value), True
    for position, concept in knowledge.concepts(text, lang):
        yield position * len(text), (f"concept {concept}",), CONCEPT_WEIGHT, False
    seen: set[str] = set()
    for match in _RUN.finditer(text):
        word = match[0]
        if word in seen:
            continue
        seen.add(word)
        if match["latin"]:
            keys, weight = _latin(word, lang, knowledge)
            if keys:
                yield match.start(), keys, weight, False
        elif match["katakana"]:
            skeleton = katakana_skeleton(word)
            yield match.start(), _spelt(KATAKANA_FAMILY, skeleton), _skeleton_weight(skeleton) * knowledge.rarity(word, lang), False
        elif word[0].isupper():
            skeleton = cyrillic_skeleton(word)
            weight = _skeleton_weight(skeleton) * knowledge.rarity(word.casefold(), lang)
            yield match.start(), _spelt(CYRILLIC_FAMILY, skeleton), weight, False


CONCEPT_WEIGHT = 0.5
COMMON_ANCHORS = 12


def _number_weight(value: str) -> float:
    """Return how much a figure tells: years and round or small numbers are on every page."""
    if YEAR.fullmatch(value):
        return 0.6
    telling = len(value.strip("0.").replace(".", ""))
    if telling <= 1:
        return 0.2 if len(value) < 3 else 0.5
    if telling == 2:
        return 0.5 if len(value) == 2 else 0.8
    return 1.0


def _skeleton_weight(skeleton: str) -> float:
    return 0.25 * (len(skeleton) - 1)


def _spelt(family: str, skeleton: str) -> tuple[str, ...]:
    """Return the key of a skeleton, or nothing where it is too short to tell names apart."""
    return (f"{family} {skeleton}",) if len(skeleton) >= 3 else ()


@lru_cache(maxsize=WORDS_KEPT)
def _latin(word: str, lang: str, knowledge: Knowledge) -> tuple[tuple[str, ...], float]:
    """Return keys and weight of a Latin word: all three families for a name, katakana alone for a word that Japanese may borrow."""
    folded = without_diacritics(word.casefold())
    rarity = knowledge.name_rarity(folded[:STEM])
    if lang == "vi":
        rarity = min(rarity, knowledge.rarity(word.casefold(), lang))
    if len(folded) < 2 or rarity < 0.05:
        return (), 0.0
    is_name = lang not in LATIN or word[0].isupper()
    # Japanese borrows its everyday foreign words from English; names it takes from anywhere.
    borrowed = _spelt(KATAKANA_FAMILY, latin_katakana_skeleton(word)) if rarity > 0.3 and (is_name or lang == "en") else ()
    if not is_name:
        return borrowed, 0.0
    return (f"latin {folded[:STEM]}", *_spelt(CYRILLIC_FAMILY, latin_skeleton(word)), *borrowed), rarity


# --- verdicts ------------------------------------------------------------------------------------------------

SHARED_KEYS, FEW_KEYS = 2, 6

WORDINGS_MET = 64
"""Pairs of wordings of which is remembered what they share: copies of both come one after the other (`compared`)."""

NEAR_DUPLICATE = 0.5
"""Share of the shorter text's shingles that near-duplicates have in common; a tenth of the words changed leaves about .7."""

WRITING_LENGTH = {"ja": 3.2, "zh": 3.4, "ko": 2.2}
"""Characters of English that carry what one character of the language does, to compare lengths across scripts (1 for all others)."""


@cache
def _families(a: str, b: str) -> frozenset[str]:
    """Return the families of keys that can meet between two languages."""
    families = {"day", "number", "concept", "latin"}
    if a in CYRILLIC or b in CYRILLIC:
        families.add(CYRILLIC_FAMILY)
    if "ja" in (a, b):
        families.add(KATAKANA_FAMILY)
    return frozenset(families)


def shared_anchors(a: Sequence[Anchor], b: Sequence[Anchor], lang_a: str, lang_b: str) -> tuple[float, float]:
    """Return the weight of the anchors that two short texts share, wherever they stand, and its Dice share of both texts' anchors."""
    families = _families(lang_a, lang_b)

    def comparable(anchor: Anchor) -> frozenset[str]:
        return frozenset(key for key in anchor.keys if key.split(" ", 1)[0] in families)

    mine = [(comparable(anchor), anchor.weight) for anchor in a]
    theirs = [(comparable(anchor), anchor.weight) for anchor in b]
    shared = sum(
        max(min(weight, other) for own, other in mine if own & keys) for keys, weight in theirs if any(own & keys for own, _ in mine)
    )
    both = sum(weight for keys, weight in (*mine, *theirs) if keys)
    return shared, (2 * shared / both if both else 0.0)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two texts agree: 0 to 1, with the spellings that both have, and the firm anchors that only one has."""

    score: float
    shared: tuple[str, ...]
    missing: tuple[str, ...]


@lru_cache(maxsize=WORDINGS_MET)
def agreement(a: Wording, b: Wording) -> Agreement:
    """Weigh the anchors that two texts share at like places against those that one of them lacks.

    A translation keeps figures, days and names, and their order; two reports on one topic share the topic's names only. Symmetric.
    """
    families = _families(a.lang, b.lang)
    shared: dict[str, float] = {}
    met: set[int] = set()
    loose = firm = 0.0
    missing = []

    def lacking(anchor: Anchor) -> None:
        nonlocal loose, firm
        if anchor.is_firm:
            firm += anchor.weight
            missing.append(anchor.keys[0])
        else:
            loose += anchor.weight

    for _, anchor, keys in b.comparable(families):
        hit = min((a.by_key[key] for key in keys if key in a.by_key), default=None)
        if hit is None:
            lacking(anchor)
            continue
        met.add(hit)
        other = a.anchors[hit]
        near = max(0.0, 1 - 3 * abs(anchor.position - other.position))
        shared[min(key for key in keys if key in a.by_key)] = max(anchor.weight, other.weight) * near
    for position, anchor, _ in a.comparable(families):
        if position not in met:
            lacking(anchor)
    aligned = sum(shared[key] for key in sorted(shared))
    if not aligned:
        return Agreement(0.0, (), tuple(sorted(missing)))
    score = aligned / (aligned + 0.5 + 0.4 * loose + firm) * min(1.0, aligned / 2)
    told = sorted((key for key in shared if shared[key] > 0), key=lambda key: (-shared[key], key))
    return Agreement(score, tuple(told), tuple(sorted(missing)))


def compare(a: Signature, b: Signature) -> Derivation | None:
    """Return how one of two articles was made from the other, or both from one text; None where they only share a topic, or nothing.

    Symmetric. Near-duplicates share shingles (containment, Broder 1997); translations and retellings agree in their anchors.
    """
    near = within(a.article, b.article, a.window)
    # A page that does not say when it was published may be as old as what it copies, but then only the wording can tell.
    if a.article.id == b.article.id or not (near or is_undated(a.article, b.article)):
        return None
    if a.article.lang == b.article.lang:
        weighed = _near_duplicate(a.wording, b.wording) or (_retelling(a, b) if near else None)
    else:
        weighed = _translation(a, b) if near else None
    if weighed is None:
        return None
    kind, confidence, evidence = weighed
    if kind is DerivationKind.NEAR_DUPLICATE and a.article.url and a.article.url == b.article.url:
        kind = DerivationKind.REVISION
    of = _versions if kind is DerivationKind.REVISION else _direction
    derived, original, is_directed, reason = of(a.article, b.article)
    return Derivation(derived.id, original.id, kind, is_directed, round(confidence, 4), (*evidence, reason))


def compared(pairs: Iterable[tuple[Signature, Signature]]) -> list[Derivation]:
    """Compare pairs, those that have the same two wordings one after the other; return what is found."""
    alike: dict[tuple[Wording, Wording], list[tuple[Signature, Signature]]] = defaultdict(list)
    for a, b in pairs:
        alike[a.wording, b.wording].append((a, b))
    found = []
    for (mine, theirs), some in alike.items():
        if _may_derive(mine, theirs):
            found += [one for a, b in some if (one := compare(a, b)) is not None]
    return found


def _may_derive(a: Wording, b: Wording) -> bool:
    """Whether articles with these wordings may have been made from each other, whatever else they say of themselves: most cannot."""
    if a.lang == b.lang:
        return _near_duplicate(a, b) is not None or _may_retell(a, b)
    can_be_lifted = not _is_one_script(a.lang, b.lang) and a.knowledge.encode is not None
    return _may_agree(a, b, TRANSLATION_LIFTED if can_be_lifted else _needed_in_translation(a.lang, b.lang))


TRANSLATION = 0.20
"""Agreement from which two texts are translations, across scripts: some names are lost between spellings."""

TRANSLATION_ONE_SCRIPT = 0.25
"""The same where both texts are in Latin script, and names stay as they are."""

RETELLING, RETELLING_ONE_AGENCY = 0.60, 0.36
"""Agreement plus shared wording from which two texts of one language tell one story of one supplier: more than for translations, since
a topic's names come without translation; less where both credit the same agency."""

TRANSLATION_LIFTED, LENGTHS_LIFTED, MEANINGS = 0.02, 0.7, (0.5, 0.7)
"""Across scripts, the agreement that is enough falls from `TRANSLATION` to this while the likeness of the meanings rises between the two
cosines, for texts of like lengths."""

FIGURES, FIGURES_KEPT, FIGURES_OF_GREATER = 2.0, 0.75, 0.4
"""Weight of the figures that texts share from which figures decide, and how much of either text's figures that must be: a desk that
tells a story again leaves figures out, in any order, and adds none; a page full of figures has those of any text."""

FIGURES_COMMON = 0.3
"""Share of the lesser text's figures below which two texts with figures enough tell of two events, however alike they sound."""

NAMES, WORDS = 0.5, 0.28
"""Share of the names, and without figures of the telling words, of the text that has fewer of its own, that a retelling keeps."""

TOLD_AGAIN = timedelta(days=2)
"""How much later a story without figures is told again: later, the same people do the like again."""

LENGTHS = 0.45
"""Share of the longer text that a translation at least covers."""

FEW_WORDS = 12
"""Below this many shingles, a text is too short for its wording to tell anything."""


@lru_cache(maxsize=WORDINGS_MET)
def _containment(a: Wording, b: Wording) -> float:
    return len(a.shingles & b.shingles) / min(len(a.shingles), len(b.shingles))


def _near_duplicate(a: Wording, b: Wording) -> tuple[DerivationKind, float, tuple[str, ...]] | None:
    if min(len(a.shingles), len(b.shingles)) < FEW_WORDS or (share := _containment(a, b)) < NEAR_DUPLICATE:
        return None
    return DerivationKind.NEAR_DUPLICATE, share, (f"{share:.0%} of the shorter text's word sequences are in the other",)


def _retelling(a: Signature, b: Signature) -> tuple[DerivationKind, float, tuple[str, ...]] | None:
    mine, theirs = a.wording, b.wording
    if not _may_retell(mine, theirs):
        return None
    figures, share = _figures(mine, theirs), _containment(mine, theirs)
    is_told_by_figures = figures.shared >= FIGURES
    agencies = _agencies(a.article) & _agencies(b.article)
    needed = RETELLING_ONE_AGENCY if agencies else RETELLING
    if not is_told_by_figures and not _may_agree(mine, theirs, needed - share):
        return None
    if _on_other_days(a, b):
        return None
    names, words = _overlap(mine.names, theirs.names), _overlap(mine.words, theirs.words)
    # Scripts without capitals show no names: then the words have to agree as much as names would.
    if (names if names.shared else words).of_lesser < NAMES:
        return None
    found = agreement(mine, theirs)
    likeness = found.score + share
    if is_told_by_figures:
        likeness = max(likeness, figures.of_lesser * names.of_lesser)
    elif (
        likeness < needed
        or (figures.of_lesser < FIGURES_COMMON and min(math.fsum(one.figures.values()) for one in (mine, theirs)) >= FIGURES)
        or words.of_lesser < WORDS
        or not within(a.article, b.article, TOLD_AGAIN)
    ):
        return None
    credited = tuple(f"both credit {name}" for name in sorted(agencies))
    return DerivationKind.SAME_WIRE, min(1.0, likeness), (*_evidence(found), *credited)


def _may_retell(a: Wording, b: Wording) -> bool:
    """Whether one text may tell the story of the other again: where figures decide, they agree; else enough else may."""
    figures = _figures(a, b)
    if figures.shared >= FIGURES:
        return figures.of_lesser >= FIGURES_KEPT and figures.of_greater >= FIGURES_OF_GREATER
    return _may_agree(a, b, RETELLING_ONE_AGENCY - _containment(a, b))


class _Overlap(NamedTuple):
    """The weight of what two texts share, and what share of each that is: `of_lesser` of the one that has less beside it."""

    shared: float
    of_lesser: float
    of_greater: float


def _overlap(a: Mapping[str, float], b: Mapping[str, float]) -> _Overlap:
    shared = math.fsum(min(a[key], b[key]) for key in a.keys() & b.keys())
    alone = sorted((math.fsum(a[key] for key in a.keys() - b.keys()), math.fsum(b[key] for key in b.keys() - a.keys())))
    lesser, greater = (shared / (shared + one) if shared + one else 1.0 for one in alone)
    return _Overlap(shared, lesser, greater)


@lru_cache(maxsize=WORDINGS_MET)
def _figures(a: Wording, b: Wording) -> _Overlap:
    return _overlap(a.figures, b.figures)


def _on_other_days(a: Signature, b: Signature) -> bool:
    """Whether both articles name the weekday of their news, and these are different days."""
    mine, theirs = a.news_days, b.news_days
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _may_agree(a: Wording, b: Wording, needed: float) -> bool:
    """Whether the agreement of two texts may come to `needed`: most have too little in common."""
    return _most_agreement(a, b) >= needed - ROUNDING


@lru_cache(maxsize=WORDINGS_MET)
def _most_agreement(a: Wording, b: Wording) -> float:
    """Return what the agreement of two texts comes to at most, judged by what they share, wherever it stands; -1 where that is nothing."""
    families = _families(a.lang, b.lang)
    (mine, loose_a, firm_a), (theirs, loose_b, firm_b) = a.weights(families), b.weights(families)
    most, loose, firm = 0.0, loose_a + loose_b, firm_a + firm_b
    for key in sorted(mine.keys() & theirs.keys()):
        (one, is_firm), (other, _) = mine[key], theirs[key]
        most += max(one, other)
        if is_firm:
            firm -= one + other
        else:
            loose -= one + other
    return most / (most + 0.5 + 0.4 * max(0.0, loose) + max(0.0, firm)) * min(1.0, most / 2) if most else -1.0


ROUNDING = 1e-9
"""By so much the same sum, added up in another order, may differ: what is refused by it early would be refused in the end."""


def _agencies(article: Article) -> frozenset[str]:
    return frozenset(identity.fold(credit.name) for credit in article.credits if credit.role is CreditRole.AGENCY)


def _translation(a: Signature, b: Signature) -> tuple[DerivationKind, float, tuple[str, ...]] | None:
    lengths = [length(one.article.text, one.article.lang) for one in (a, b)]
    if min(lengths) < LENGTHS * max(lengths):
        return None
    needed = _needed_in_translation(a.article.lang, b.article.lang)
    can_be_lifted = (
        not _is_one_script(a.article.lang, b.article.lang)
        and a.knowledge.encode is not None
        and min(lengths) >= LENGTHS_LIFTED * max(lengths)
    )
    if not _may_agree(a.wording, b.wording, TRANSLATION_LIFTED if can_be_lifted else needed):
        return None
    found = agreement(a.wording, b.wording)
    if found.score >= needed:
        return DerivationKind.TRANSLATION, found.score, _evidence(found)
    if not can_be_lifted or found.score < TRANSLATION_LIFTED:
        return None
    # What is lost of the names between two scripts, a like meaning makes up for; it never stands alone.
    likeness = alike_in_meaning(a.wording, b.wording)
    lift = min(1.0, max(0.0, (likeness - MEANINGS[0]) / (MEANINGS[1] - MEANINGS[0])))
    if found.score < TRANSLATION - (TRANSLATION - TRANSLATION_LIFTED) * lift:
        return None
    return DerivationKind.TRANSLATION, found.score, (*_evidence(found), f"their meanings are {likeness:.0%} alike")


def _is_one_script(a: str, b: str) -> bool:
    return a in LATIN and b in LATIN


def _needed_in_translation(a: str, b: str) -> float:
    return TRANSLATION_ONE_SCRIPT if _is_one_script(a, b) else TRANSLATION


def _evidence(found: Agreement) -> tuple[str, ...]:
    said = [f"both have {', '.join(found.shared[:8])}"]
    if found.missing:
        said.append(f"only one has {', '.join(found.missing[:4])}")
    return tuple(said)


def _direction(a: Article, b: Article) -> tuple[Article, Article, bool, str]:
    """Return (derived, original, whether that is known, why): credit lines decide, then times where no third party supplied both."""
    a, b = sorted((a, b), key=lambda article: article.id)
    for derived, original in ((a, b), (b, a)):
        outlet = original.credited(CreditRole.OUTLET)
        named = {identity.fold(credit.name) for credit in derived.credits if credit.role in (CreditRole.ORIGINAL_OUTLET, CreditRole.AGENCY)}
        if outlet and identity.fold(outlet.name) in named:
            if original.may_precede(derived):
                return derived, original, True, f"credits {outlet.name}"
            return b, a, False, f"credits {outlet.name}, whose page is younger"
    agencies = [article.credited(CreditRole.AGENCY) for article in (a, b)]
    if any(agencies):
        return b, a, False, "supplied by an agency"
    if a.published_at and b.published_at and a.published_at != b.published_at:
        derived, original = (a, b) if a.published_at > b.published_at else (b, a)
        return derived, original, True, "published later"
    return b, a, False, "direction unknown"


def _versions(a: Article, b: Article) -> tuple[Article, Article, bool, str]:
    """Return what `_direction` does for two versions of one page: the later one replaced the other, whoever supplied them.

    A page that keeps its time of publication is dated by its captures.
    """
    a, b = sorted((a, b), key=lambda article: article.id)
    for one, other, reason in ((a.published_at, b.published_at, "published later"), (a.captured_at, b.captured_at, "captured later")):
        if one and other and one != other:
            return (a, b, True, reason) if one > other else (b, a, True, reason)
    return b, a, False, "direction unknown"


def is_correction(article: Article, knowledge: Knowledge) -> bool:
    """Whether a line of an article begins with the label of a correction and a colon: "Ralat:", "Correction:"."""
    label = _correction_label(article.lang, knowledge)
    return label is not None and label.search(article.text) is not None


LONGEST_LABEL = 200


def in_correction(article: Article, span: Span, knowledge: Knowledge) -> bool:
    """Whether `span` of an article stands in a line that such a label begins, below the first line: in the note on what was wrong.

    The whole story may stand behind a label in the first line ("CORRECTED (adds date): …"); that is no note.
    """
    label, start = _correction_label(article.lang, knowledge), article.text.rfind("\n", 0, span.start) + 1
    return label is not None and start > 0 and label.match(article.text, start, min(span.start, start + LONGEST_LABEL)) is not None


def _correction_label(lang: str, knowledge: Knowledge) -> re.Pattern[str] | None:
    if ("correction", lang) not in knowledge.patterns:
        labels = "|".join(map(re.escape, knowledge.corrections.get(lang, ())))
        shape = rf"(?im)^[^\w\n]*(?:{labels})(?: \([^)\n]*\))?\s*[:：]"
        knowledge.patterns["correction", lang] = re.compile(shape) if labels else None
    return knowledge.patterns["correction", lang]


# --- candidates ----------------------------------------------------------------------------------------------

NEIGHBOURS = 16
"""Under one band, an article meets so many articles before it and after it, by day and id: of 2,000 copies of one text, each meets its
neighbours, and they make one story all the same."""

CROWD = 200
"""A key under which more articles than this are filed within the window before a day tells nothing on that day."""


class Banded(NamedTuple):
    """One article under a band. Sorting gives the order in which articles are neighbours."""

    day: int
    article_id: int
    is_dated: bool


Numbers = npt.NDArray[np.int64]


class Filed:
    """What is filed under keys, each on a day; `owners` tells what, by whatever numbers the caller has for it."""

    def __init__(self, keys: Numbers, days: Numbers, owners: Numbers) -> None:
        order = np.argsort(keys, kind="stable")
        self._days, self._owners = days[order], owners[order]
        distinct, starts = np.unique(keys[order], return_index=True)
        ends = np.append(starts, len(keys))[1:]
        self._places = {key: slice(start, end) for key, start, end in zip(distinct.tolist(), starts.tolist(), ends.tolist(), strict=True)}

    def sharing(self, keys: Iterable[int], day: int, days: int) -> tuple[Numbers, Numbers]:
        """Return the owners, in order, of what is filed under some of `keys` within `days` of a day, and under how many each is."""
        places = [self._places[key] for key in keys if key in self._places]
        if not places:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        owners = np.concatenate([self._owners[place] for place in places])
        if day != NO_DAY:
            theirs = np.concatenate([self._days[place] for place in places])
            owners = owners[(np.abs(theirs - day) <= days) | (theirs == NO_DAY)]
        return np.unique(owners, return_counts=True)


@dataclass(frozen=True, slots=True)
class Index:
    """What is filed under the bands (in order) and keys of some articles.

    `keys` has positions in `articles`, of which `is_few` tells whether they have next to no keys. `crowded` holds the (key, day) that tell
    nothing; `keys` leaves their articles out.
    """

    bands: Mapping[int, tuple[Banded, ...]]
    keys: Filed
    articles: Sequence[int]
    is_few: npt.NDArray[np.bool_]
    crowded: frozenset[tuple[int, int]]


def recognise(articles: Iterable[Article], knowledge: Knowledge) -> tuple[Derivation, ...]:
    """Return every derivation among `articles`, sorted; candidates come from an index, so the cost grows with what articles share."""
    signatures = {article.id: signature(article, knowledge) for article in articles}
    pairs = candidates(signatures.values(), index(signatures.values()), knowledge.windows.same_copy.days)
    found = compared((signatures[a], signatures[b]) for a, b in pairs)
    return tuple(sorted(found, key=lambda one: (one.derived_id, one.original_id)))


def index(signatures: Iterable[Signature]) -> Index:
    """File articles that are all that there is."""
    every = list(signatures)
    bands: dict[int, list[Banded]] = defaultdict(list)
    for one in every:
        for band in set(one.wording.bands):
            bands[band].append(Banded(one.day, one.article.id, one.article.published_at is not None))
    rows = [(key, one.day, place) for place, one in enumerate(every) for key in one.wording.keys]
    full = crowded(Counter((key, day) for key, day, _ in rows), every[0].window.days if every else 0, CROWD)
    told = np.array([row for row in rows if row[:2] not in full], dtype=np.int64).reshape(-1, 3)
    return Index(
        {band: tuple(sorted(members)) for band, members in bands.items()},
        Filed(told[:, 0], told[:, 1], told[:, 2]),
        [one.article.id for one in every],
        np.array([one.is_one_of_few for one in every], dtype=bool),
        full,
    )


def crowded(counts: Mapping[tuple[int, int], int], days: int, most: int) -> frozenset[tuple[int, int]]:
    """Return the (key, day) under which more than `most` are filed, the `days` before included; `counts` are those of each day."""
    by_key: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (key, day), count in counts.items():
        by_key[key].append((day, count))
    found = set()
    for key, filed in by_key.items():
        if sum(count for _, count in filed) <= most:
            continue
        load, first = 0, 0
        filed.sort()
        for day, count in filed:
            load += count
            while filed[first][0] < day - days:
                load -= filed[first][1]
                first += 1
            if load > most:
                found.add((key, day))
    return frozenset(found)


def loads(keys: Numbers, days: Numbers, window: int) -> Numbers:
    """Return how many are filed under the key of each row up to its day, the `window` days before included; sorted by key and day."""
    starts = np.ones(len(keys), dtype=np.int64)
    starts[1:] = keys[1:] != keys[:-1]
    # Further apart than days can be, so that no window reaches from one key into another.
    cells = np.cumsum(starts) * 2 * (date.max.toordinal() + 1) + days
    return np.searchsorted(cells, cells, "right") - np.searchsorted(cells, cells - window, "left")


def turned(loads: Mapping[tuple[int, int], int], changes: Mapping[tuple[int, int], int], days: int, most: int) -> set[tuple[int, int]]:
    """Return the (key, day) that became crowded, or are so no more, by `changes`: how many more are filed under a key on a day.

    `loads` are those after the changes, the `days` before each day included.
    """
    by_key: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (key, day), more in changes.items():
        by_key[key].append((day, more))
    found = set()
    for (key, day), load in loads.items():
        before = load - sum(more for other, more in by_key.get(key, ()) if day - days <= other <= day)
        if (before > most) != (load > most):
            found.add((key, day))
    return found


def moved(bands: Mapping[int, Sequence[Banded]], changes: Mapping[int, Iterable[tuple[int, int]]]) -> set[int]:
    """Return the articles that may have other neighbours under some band by `changes`: band -> (day, article id) that came or went."""
    found: set[int] = set()
    for band, places in changes.items():
        members = bands.get(band, ())
        if len(members) <= NEIGHBOURS:
            continue
        for place in places:
            at = bisect_left(members, place)
            found.update(one.article_id for one in members[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1])
    return found


def candidates(signatures: Iterable[Signature], filed: Index, days: int) -> list[tuple[int, int]]:
    """Return the pairs of article ids worth comparing, one of each in `signatures`; smaller id first, sorted.

    They are neighbours under a band, or share enough keys. `filed` holds what is filed under the bands and keys of `signatures`, and
    themselves; articles more than `days` apart meet under bands alone, where one has no date. Symmetric.
    """
    mine = {one.article.id: one for one in signatures}
    found: set[tuple[int, int]] = set()
    # Copies of one text lie under all bands together.
    under = {band for wording in {one.wording for one in mine.values()} for band in wording.bands}
    for members in {filed.bands.get(band, ()) for band in under}:
        for place, one in enumerate(members):
            if one.article_id in mine:
                for other in members[max(0, place - NEIGHBOURS) : place + NEIGHBOURS + 1]:
                    if not (one.is_dated and other.is_dated) or _are_near(one.day, other.day, days):
                        found.add((one.article_id, other.article_id))
    # So do they under the same keys.
    met: dict[tuple[Wording, int], list[int]] = {}
    for number, own in mine.items():
        cell = own.wording, own.day
        if cell not in met:
            probes = [probe for key, probe in own.wording.links if (key, own.day) not in filed.crowded]
            others, counts = filed.keys.sharing(probes, own.day, days)
            enough = counts >= 1 if own.is_one_of_few else (counts >= SHARED_KEYS) | filed.is_few[others]
            met[cell] = [filed.articles[other] for other in others[enough].tolist()]
        found.update((number, other) for other in met[cell])
    return sorted({(min(pair), max(pair)) for pair in found if pair[0] != pair[1]})


def _are_near(a: int, b: int, days: int) -> bool:
    return abs(a - b) <= days or NO_DAY in (a, b)
