"""Wire copy: which articles carry the same text, near-verbatim, in other words or in another language.

The verdict on a pair depends on the two articles and the frozen `Knowledge` alone. `Signature.bands` and `Signature.keys` are what an
index needs to find the candidates of one article without looking at all others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import ahocorasick

from sumber.sourcing.model import Article, BlockRole, Span, Value, ValueKind

STEM = 6
"""Letters of a word that are compared: enough to tell names apart, few enough to survive inflection and most spellings."""

LATIN = frozenset({"en", "id", "ms", "de", "fr", "es", "it", "pt", "nl", "tl", "vi"})
CYRILLIC = frozenset({"ru", "uk", "be", "bg", "sr", "kk"})
UNSPACED = frozenset({"ja", "zh"})
POINT_LANGUAGES = frozenset({"en", "ja", "zh", "ko", "ms", "th", "he"})
"""Languages that write 1,234.5; the others write 1.234,5."""

PERMUTATIONS, BANDS, SEED = 128, 32, 42
"""MinHash (Broder 1997) with 32 bands of 4 rows: two texts that share half of their shingles meet in a band with probability .87."""


# --- frozen knowledge ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Knowledge:
    """What is known of languages before any article is read (`seeds/matching/`). `version` changes whenever anything else does.

    `frequencies`: language -> six-letter stem -> Zipf value (base-10 logarithm of occurrences per billion words).
    `names`: language -> name -> concept. `calendar`: language -> word -> ("month" or "weekday", number).
    `magnitudes`: language -> word -> factor. `units`: language (or `*` for signs of any language) -> sign or word -> unit: an ISO 4217
    code, or `%`. `negations`: language -> words that turn a sentence round.
    """

    version: str
    frequencies: Mapping[str, Mapping[str, float]]
    names: Mapping[str, Mapping[str, str]]
    calendar: Mapping[str, Mapping[str, tuple[str, int]]]
    magnitudes: Mapping[str, Mapping[str, int]]
    units: Mapping[str, Mapping[str, str]]
    negations: Mapping[str, frozenset[str]]

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

    def concepts(self, text: str, lang: str) -> Iterator[tuple[int, str]]:
        """Yield (end, concept) for the names found in a folded text padded with spaces; longer names win over names inside them."""
        if lang not in self._spotters:
            self._spotters[lang] = _spotter(self.names.get(lang, {}), lang)
        spotter = self._spotters[lang]
        if not len(spotter):
            return
        for end, (name, concept) in spotter.iter_long(text):
            yield end - len(name) // 2, concept


def _rarity(zipf: float | None) -> float:
    return 1.0 if zipf is None else min(1.0, max(0.0, (6.5 - zipf) / 2.5))


def _spotter(names: Mapping[str, str], lang: str) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for name, concept in names.items():
        key = _folded(name, lang)
        automaton.add_word(key, (key, concept))
    if len(automaton):
        automaton.make_automaton()
    return automaton


def _folded(text: str, lang: str) -> str:
    """Return the form in which names are looked up: unspaced scripts as they are, Cyrillic words without their endings."""
    if lang in UNSPACED or lang == "ko":
        return text if lang in UNSPACED else " " + text
    words = [word.casefold() for word in _WORD.findall(text)]
    return " " + " ".join(_without_ending(word) if lang in CYRILLIC else word for word in words) + " "


# --- reading a text ------------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"(?P<number>\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?)|(?P<word>[^\W\d_]+)")
_KATAKANA = re.compile(r"[ァ-ヺー]{2,}")
_CYRILLIC_ENDING = re.compile(r"(?:[аеёиоуыэюяйьіїє]|(?<=[аеиоуыяюієї])(?:м|х|в|го|му|ми))+$")


def _without_ending(word: str) -> str:
    """Return a Cyrillic word without the vowels and case endings that inflection changes; at least three letters stay."""
    stem = _CYRILLIC_ENDING.sub("", word)
    return stem if len(stem) >= 3 else word[:3]


def without_diacritics(word: str) -> str:
    """Return `word` with Latin letters reduced to a-z."""
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

    Comparable within one language only.
    """
    found: dict[str, float] = {}
    for word in _WORD.findall(unicodedata.normalize("NFKC", text)):
        folded = word.casefold()
        if lang in UNSPACED:
            for start in range(len(folded) - 1):
                found[folded[start : start + 2]] = 1.0
            continue
        weight = knowledge.rarity(folded, lang)
        if weight > 0 and len(folded) > 1:
            found[folded[:STEM]] = weight
    return found


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands at `start`:`end` of a text: its value, magnitude words included ("1.5 million"), and the figures alone."""

    start: int
    end: int
    value: Decimal


def numbers(text: str, lang: str, knowledge: Knowledge) -> Iterator[Number]:
    """Yield the numbers written in digits, in order. Spans count code points of `text`, whose digits may be of any width."""
    plain = "".join(unicodedata.normalize("NFKC", char) if char.isdecimal() or char in "，．" else char for char in text)
    factors = knowledge.magnitudes.get(lang, {})
    end = 0
    for match in _TOKEN.finditer(plain):
        if match.start() < end or not match["number"]:
            continue
        value, end = _number(match["number"], lang), match.end()
        total, smallest = Decimal(0), 0
        while True:
            word = re.compile(r"[ \u00a0]?([^\W\d_]+)").match(plain, end)
            found = _factor(word[1], factors, lang) if word else None
            # "1億2000万": magnitudes that follow each other without a space add up, as long as they get smaller.
            if not word or found is None or (smallest and found[1] >= smallest):
                break
            total, smallest = total + value * found[1], found[1]
            end = word.start(1) + len(found[0])
            following = re.compile(r"\d+").match(plain, end) if lang in UNSPACED or lang == "ko" else None
            if not following:
                value = Decimal(0)
                break
            value, end = Decimal(following[0]), following.end()
        yield Number(match.start(), end, total + value)


def _factor(word: str, factors: Mapping[str, int], lang: str) -> tuple[str, int] | None:
    if lang in UNSPACED or lang == "ko":
        name = next((word[:size] for size in (2, 1) if word[:size] in factors), None)
        return (name, factors[name]) if name else None
    folded = word.casefold()
    return (word, factors[folded]) if folded in factors else None


def _number(printed: str, lang: str) -> Decimal:
    """Return the value of digits with separators: the language tells 1.234 from 1,234 where the digits leave it open."""
    figures = re.sub(r"[\u00a0\u202f ]", "", printed)
    marks = re.findall(r"[.,]", figures)
    decimal = "." if lang in POINT_LANGUAGES else ","
    if len(set(marks)) == 2:
        decimal = marks[-1]
    elif len(marks) == 1 and not re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", figures):
        decimal = marks[0]
    return Decimal(figures.replace("," if decimal == "." else ".", "").replace(",", "."))


_ASIAN_DAY = re.compile(r"(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号일]")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_UNIT_BEFORE = re.compile(r"([^\s\d\w]|[^\W\d_]+\$?|[^\W\d_]*\$)[ \u00a0]?$")
_UNIT_AFTER = re.compile(r"[ \u00a0-]?(%|％|[^\W\d_]+|[€£¥₫₩$])")


def values(text: str, span: Span, lang: str, knowledge: Knowledge) -> tuple[Value, ...]:
    """Return the figures within `span` of a text, with their units; dates of a day and month count as one figure."""
    found = [
        Value(ValueKind.DATE, day, None, Span(start, end))
        for start, end, day in days_of(text[: span.end], lang, knowledge)
        if start >= span.start
    ]
    dated = tuple(value.span for value in found)
    for number in numbers(text[: span.end], lang, knowledge):
        if number.start < span.start or any(day.start <= number.start < day.end for day in dated):
            continue
        printed, unit = text[number.start : number.end], _unit(text, number, lang, knowledge)
        if _YEAR.fullmatch(printed) and (unit is None or not (unit == "%" or unit.isupper())):
            kind, unit = ValueKind.DATE, None
        else:
            kind = ValueKind.PERCENT if unit == "%" else ValueKind.MONEY if unit and unit.isupper() else ValueKind.COUNT
        found.append(Value(kind, f"{number.value.normalize():f}", unit, Span(number.start, number.end)))
    return tuple(sorted(found, key=lambda value: value.span))


def _unit(text: str, number: Number, lang: str, knowledge: Knowledge) -> str | None:
    signs = {**knowledge.units.get("*", {}), **knowledge.units.get(lang, {})}
    after, before = _UNIT_AFTER.match(text, number.end), _UNIT_BEFORE.search(text[max(0, number.start - 8) : number.start])
    for match in (after, before):
        # Where words are not spaced, what follows a figure runs on: its first one or two characters are the unit.
        for size in (2, 1) if match and lang in UNSPACED | {"ko"} else (None,):
            if match and (unit := signs.get(match[1].casefold()[:size])):
                return unit
    if lang in UNSPACED or not after or not after[1][0].isalpha():
        return None
    return after[1].casefold()[:STEM]


def days_of(text: str, lang: str, knowledge: Knowledge) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, `--MM-DD`) for days named with their month: "4 September", "September 4", "9月4日". "4/9/2023" is left open."""
    for match in _ASIAN_DAY.finditer(text):
        yield match.start(), match.end(), f"--{int(match[1]):02}-{int(match[2]):02}"
    pattern = knowledge.day_pattern(lang)
    for match in pattern.finditer(text) if pattern else ():
        day = int(match["before"] or match["after"])
        month = knowledge.calendar[lang][(match["month"] or match["month2"]).casefold()][1]
        if 1 <= day <= 31:
            yield match.start(), match.end(), f"--{month:02}-{day:02}"


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


def _squeezed(word: str) -> str:
    """Return a consonant skeleton: the first letter (any vowel as `a`), then consonants, doubles and vowels dropped, five at most."""
    initial = "a" if word[0] in "aeiouyw" else word[0]
    kept = initial + re.sub(r"[aeiouyhw]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", kept)[:5]


def cyrillic_skeleton(word: str) -> str:
    """Return the skeleton under which a Cyrillic name meets its Latin spelling: `Сидоренко` and "Sydorenko" are both `sdrnk`."""
    latin = "".join(_CYRILLIC_TO_LATIN.get(char, "") for char in _without_ending(word.casefold()))
    return _slavic(latin) if latin else ""


def latin_skeleton(word: str) -> str:
    """Return the skeleton under which a Latin name meets its Cyrillic spelling."""
    latin = without_diacritics(word.casefold())
    return _slavic(latin) if latin.isascii() and latin.isalpha() else ""


def _slavic(latin: str) -> str:
    for old, new in (("kh", "h"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("x", "ks"), ("q", "k"), ("j", "d"), ("zh", "d"), ("dg", "d")):
        latin = latin.replace(old, new)
    latin = re.sub(r"c(?=[eiy])|ts|tz|z|sch|sh|ch", "s", latin)
    return _squeezed(latin.replace("c", "k").replace("w", "v").replace("g", "h"))


def katakana_skeleton(word: str) -> str:
    """Return the skeleton under which a katakana word meets its Latin spelling: `トランプ` and "Trump" are both `trnp`."""
    return _squeezed("".join(_KATAKANA_TO_LATIN.get(char, "") for char in word) or "_")


def latin_katakana_skeleton(word: str) -> str:
    """Return the skeleton under which a Latin word meets its katakana spelling."""
    latin = without_diacritics(word.casefold())
    if not (latin.isascii() and latin.isalpha()):
        return ""
    for old, new in (("ph", "h"), ("th", "s"), ("ck", "k"), ("tch", "t"), ("sch", "s"), ("sh", "s"), ("ch", "t"), ("x", "ks")):
        latin = latin.replace(old, new)
    latin = re.sub(r"c(?=[eiy])", "s", latin)
    latin = re.sub(r"g(?=[ei])|j", "z", latin)
    latin = re.sub(r"r(?![aeiouy])", "", latin)  # "Carter" is カーター
    latin = re.sub(r"m(?=[pb])", "n", latin)
    for old, new in (("c", "k"), ("q", "k"), ("l", "r"), ("v", "b"), ("f", "h")):
        latin = latin.replace(old, new)
    return _squeezed(latin) if latin else ""
