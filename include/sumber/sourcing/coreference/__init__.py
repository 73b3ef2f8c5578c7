"""Who is meant inside one article: surnames, roles, pronouns and descriptions, resolved to somebody named elsewhere in it.

Here the names of the article are collected; `speakers` finds out whom a mention means, with `names` and `bodies`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import compress
from operator import not_

from sumber.sourcing import identity
from sumber.sourcing.coreference.names import ABBREVIATED, HYPHENS, LONGEST_NAME, PARTICLES, is_abbreviation, is_syllable
from sumber.sourcing.coreference.speakers import CLAUSE_ENDS, LONGEST_OFFICE, POSSESSIVE, Cast
from sumber.sourcing.lexicons import Lexicon, WordClass
from sumber.sourcing.model import Article, NameHit, SourceKind
from sumber.sourcing.sentences import Reading
from sumber.sourcing.sources import Mentions, Registry

TITLE_CASE = 0.6  # share of capitalised words from which a headline capitalises them all
INITIALS_REACH = 8  # tokens before a name with initials within which its office stands
MOST_PARTS = 20  # words of a folded name: some signs fold to several


def cast(article: Article, lexicon: Lexicon, registry: Registry, reading: Reading, hits: tuple[NameHit, ...]) -> Cast:
    """Collect the personal names of an article: runs of two or more capitalised words that the registry does not know."""
    mentions = Mentions(article.lang, registry, str(article.id), article.published_at, frozenset(hit.key for hit in hits))
    people = Cast(article, lexicon, registry, reading, hits, mentions)
    covered = {hit.span.start: hit.span.end for hit in hits if registry.get(hit.key).kind is not SourceKind.PERSON}
    persons = {hit.span.start: hit for hit in hits if registry.get(hit.key).kind is SourceKind.PERSON}
    functional = lexicon.all(
        WordClass.ROLE,
        WordClass.BODY,
        WordClass.MEDIUM,
        WordClass.TITLE,
        WordClass.TIME,
        WordClass.DEFINITE,
        WordClass.UNIT,
        WordClass.PLACE,
        WordClass.PREPOSITION,
        WordClass.LOCATIVE,
        WordClass.BOUNDARY,
        WordClass.OPENER,
        WordClass.PERSON,
        WordClass.MALE,
        WordClass.FEMALE,
        WordClass.AUXILIARY,
        WordClass.INDEFINITE,
        WordClass.LIKE,
        *((WordClass.DOCUMENT,) if people.no_articles else ()),
    )
    units = registry.language(article.lang).units
    determiners = lexicon.all(WordClass.INDEFINITE, WordClass.DEFINITE)
    genitives = lexicon.words[WordClass.GENITIVE]
    called_by = lexicon.all(WordClass.ROLE, WordClass.TITLE)
    times = lexicon.words[WordClass.TIME]
    mediums, families = lexicon.words[WordClass.MEDIUM], lexicon.words[WordClass.FAMILY]
    suffixes = tuple(sorted(lexicon.words[WordClass.VERB_SUFFIX]))
    starts, ends, low, capital = reading.starts, reading.ends, reading.low, reading.capital
    named = covered.keys() | persons.keys()
    people.candidates = _candidates(reading, named)
    runs: list[tuple[int, int]] = []
    first = last = 0  # of the run that is open, if they differ
    blocked = -1
    for index in people.candidates:
        if first < last < index:
            runs.append((first, last))
            first = last
        start, word = starts[index], low[index]
        if start in named:
            blocked = covered.get(start, blocked)
            if start in persons:
                _keep(people.full, persons[start].span.of(article.text))
        is_open = first < last
        is_inside = is_open and (word in mediums or _is_middle(reading, index))  # "Hoàng Công Trang"
        is_inside = is_inside or (is_open and word in times and low[first] in families)  # "Trương Văn Sáng"
        is_name = (
            capital[index]
            and start >= blocked
            and not (word in functional and not is_inside)
            and not (word in units or word in lexicon.lone_cues)
            and not ("-" in word and word.endswith(suffixes))  # "Elmer-based Ada Brook"
        ) or (
            is_open
            and word in PARTICLES
            and (word not in genitives or low[index - 1] in PARTICLES)  # "van der Berg", not "Bürger der Stadt"
            and (word not in HYPHENS or low[index - 1] in PARTICLES)  # "al - Hadi"; elsewhere a spaced hyphen ends a dateline
            and index + 1 < len(low)
            and (capital[index + 1] or low[index + 1] == "-")
        )
        is_name = is_name or (is_open and word == "." and last - first > 1)
        if is_name and is_open and start - ends[last - 1] <= 1 and article.text[start - 1] != "\n":
            last = index + 1
            continue
        if is_open:
            runs.append((first, last))
        first, last = index, index + is_name
    if first < last:
        runs.append((first, last))
    firms = lexicon.words[WordClass.FIRM]
    runs = [part for first, last in runs for part in (_owned_apart(reading, first, last, firms) if last - first > 1 else ((first, last),))]
    if people.family_first:
        runs = _without_owners(reading, lexicon, runs)
    if people.modifiers_first:
        offices = lexicon.words[WordClass.ROLE]  # "Russian Foreign Minister": what the office is about
        runs = [(first, last) for first, last in runs if not (last < len(low) and capital[last] and low[last] in offices)]
        people.shortened = _behind_capitals(reading, runs)
        cut = people.shortened
        runs = [(first + (identity.fold(reading.slice(first, last)) in cut), last) for first, last in runs]
    several = [(first, last) for first, last in runs if last - first > 1]
    for first, last in several:
        if last - first <= LONGEST_NAME:
            _keep(people.full, people.plain(article.text[starts[first] : ends[last - 1]]))
    for first, last in several:
        if called := _initials(reading, first, last, called_by):
            people.initials[called[0]] = reading.slice(called[1], last)
        if alias := _alias(people, first, last, called_by):
            people.initials[alias] = reading.slice(first, last)
    for first, last in runs:
        before = reading.low[first - 1] if first else ""
        is_titled = last - first == 1 and (before in called_by or _is_apposed(people, first, last))
        is_place = before in lexicon.words[WordClass.WORKPLACE] and reading.low[last - 1] not in people.called
        word = reading.low[last - 1].removesuffix("'s")
        is_full = word in people.full or (last - first > 1 and "-" in word)  # "Shin Rae-yong"
        if last - first <= LONGEST_NAME and (is_full or is_titled) and not (before in determiners or is_place):
            people.names.append(reading.span(first, last))
    people.names.extend(hit.span for hit in persons.values())
    people.names.sort()
    people.name_starts = [span.start for span in people.names]
    for kind in (WordClass.MALE, WordClass.FEMALE):
        titles = lexicon.words[kind] & lexicon.words[WordClass.TITLE]
        for first, last in runs:
            if first and reading.low[first - 1] in titles and last - first <= LONGEST_NAME:
                people.addressed[identity.fold(reading.low[last - 1])] = kind
    _introduce(people, [run for run in runs if run[1] - run[0] <= LONGEST_NAME])
    people.hit_starts = [hit.span.start for hit in hits]
    people.starts = [reading.starts[sentence.start] for sentence in reading.sentences]
    people.short = frozenset(_short_names(reading, (lexicon.words[WordClass.BODY], lexicon.words[WordClass.UNIT], units), called_by))
    people.small = frozenset(compress(reading.low, map(not_, reading.capital)))
    return people


def _behind_capitals(reading: Reading, runs: Sequence[tuple[int, int]]) -> dict[str, str]:
    """Return the names behind a word with a capital from where it stands: "Brave Ada Brook", where "Ada Brook" stands elsewhere."""
    printed = [reading.slice(first, last) for first, last in runs]
    times = Counter(printed)
    opens = {sentence.start for sentence in reading.sentences}
    return {
        identity.fold(whole): name
        for (first, last), whole in zip(runs, printed, strict=True)
        if last - first > 2 and (first in opens or reading.low[first - 1] == ":") and times[whole] == 1
        if (name := reading.slice(first + 1, last)) in times
    }


def _introduce(people: Cast, runs: Sequence[tuple[int, int]]) -> None:
    """Collect who shares a surname, and before whose name a noun for a man or a woman stands: "his mother Ada Holt", "Mr Holt"."""
    words, low = people.lexicon.words, people.reading.low
    if not people.gendered_pronouns:
        return
    for first, last in runs:
        name = people.reading.slice(first, last).removesuffix("'s").removesuffix("’s")
        if last - first > 1 and (folded := identity.fold(name)):  # nothing is left of signs
            people.namesakes.setdefault(folded.split()[-1], {})[name] = None
    for first, last in runs:
        before = low[first - 1] if first and low[first - 1] != "." else low[first - 2] if first > 1 else ""
        sign = next((sign for sign in (WordClass.MAN, WordClass.WOMAN) if before in words[sign]), None)
        folded = identity.fold(people.reading.slice(first, last).removesuffix("'s").removesuffix("’s"))
        if sign is None or not folded:
            continue
        sharing = people.namesakes.get(folded.split()[-1], {})
        if last - first > 1 or len(sharing) < 2:
            called = [] if last - first > 1 else map(identity.fold, sharing)
            people.introduced.update(dict.fromkeys([folded, *called], sign))


def _is_apposed(people: Cast, first: int, last: int) -> bool:
    """Tell whether a word between commas is the name of somebody whom a noun introduces: "Mahasiswa Universitas Sena, Mikael, …"."""
    low = people.reading.low
    if not 0 < first < last < len(low) or low[first - 1] != "," or low[last] not in CLAUSE_ENDS - {"."}:
        return False
    begin = next((k + 1 for k in range(first - 2, max(-1, first - LONGEST_OFFICE), -1) if low[k] in CLAUSE_ENDS), 0)
    return any(people.is_for_people(low[k]) for k in range(begin, min(begin + 2, first - 1)))


def _is_middle(reading: Reading, index: int) -> bool:
    """Tell whether one letter stands before the last word of a name: "Yasin H Laoli", where "H" is a title elsewhere."""
    capital, size = reading.capital, len(reading.low)
    is_followed = index + 1 < size and capital[index + 1] and reading.low[index + 1].isalpha()
    return len(reading.low[index]) == 1 and is_followed and not (index + 2 < size and capital[index + 2])


def _candidates(reading: Reading, named: Collection[int]) -> list[int]:
    """Return the tokens that can begin, carry on or block a name: capitals, those at `named` characters, and particles after these."""
    low = reading.low
    in_title_case = _in_title_case(reading)
    size = len(low)
    found = set(compress(range(size), reading.capital)) - in_title_case
    for start in named:
        index = bisect_left(reading.starts, start)
        if index < size and reading.starts[index] == start:
            found.add(index)
    for index in tuple(found):
        if index + 2 < size and len(low[index]) == 1 and low[index + 1] == "." and index + 2 in found:
            found.add(index + 1)  # "Carla F. Etienne"
        while (index := index + 1) < size and low[index] in PARTICLES and index not in found and index not in in_title_case:
            found.add(index)
    return sorted(found)


def _owned_apart(reading: Reading, first: int, last: int, firms: frozenset[str]) -> list[tuple[int, int]]:
    """Return the names in a run: one that owns what follows apart ("Orbit's Ada Brook"), and without abbreviations ("MEC Brook")."""
    ends = [index + 1 for index in range(first, last) if index == last - 1 or reading.low[index].endswith(POSSESSIVE)]
    parts = zip([first, *ends], ends, strict=False)
    return [(_after_short(reading, k, end, firms), end) for k, end in parts]


def _without_owners(reading: Reading, lexicon: Lexicon, runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return runs without the state or firm in front of a name, which no Vietnamese name is: "bang California Ana Field".

    It stands behind a noun for an area, or by itself elsewhere in the text without a form of address.
    """
    low, words = reading.low, lexicon.words
    called_by = lexicon.all(WordClass.TITLE, WordClass.ROLE)
    alone = {low[first] for first, last in runs if last - first == 1 and (not first or low[first - 1] not in called_by)}
    titled = {low[last - 1] for first, last in runs if first and low[first - 1] in words[WordClass.TITLE]}
    kept: list[tuple[int, int]] = []
    for first, last in runs:
        is_foreign = last - first > 2 and not is_syllable(low[first])
        is_of_area = first > 0 and low[first - 1] in words[WordClass.AREA]
        is_owned = is_foreign and (is_of_area or (low[first] in alone and low[last - 1] in titled))
        kept.append((first + is_owned, last))
    return kept


def _after_short(reading: Reading, first: int, last: int, firms: frozenset[str]) -> int:
    """Return where a run begins behind a firm or an abbreviation: "MEC Brook", "PT FI Brook"."""
    if last - first > 2 and reading.low[first] in firms and reading.slice(first + 1, first + 2).isupper():
        return first + 2
    return next((k + 1 for k in range(last - 2, first - 1, -1) if is_abbreviation(reading.slice(k, k + 1))), first)


def _initials(reading: Reading, first: int, last: int, called_by: frozenset[str]) -> tuple[str, int] | None:
    """Return the initials in brackets after an office holder's name, by which the text calls them from then on, and where it begins."""
    if last + 2 >= len(reading.low) or reading.low[last] != "(" or reading.low[last + 2] != ")":
        return None
    printed = reading.slice(last + 1, last + 2)
    if len(printed) < 2 or not printed.isupper():
        return None
    for begin in range(last - 2, max(first, last - LONGEST_NAME) - 1, -1):
        letters = iter(reading.low[k][0] for k in range(begin, last))
        if all(letter in letters for letter in printed.lower()):
            has_office = any(reading.low[k] in called_by for k in range(max(0, begin - INITIALS_REACH), begin))
            return (printed, begin) if has_office else None
    return None


def _alias(people: Cast, first: int, last: int, called_by: frozenset[str]) -> str | None:
    """Return what an office holder is called too, a form of address and a word: "Menteri Arta Wirawan atau Gus Wira"."""
    reading, words = people.reading, people.lexicon.words
    if last + 2 >= len(reading.low) or reading.low[last] not in words[WordClass.ALIAS] or not reading.capital[last + 1]:
        return None
    has_office = any(reading.low[k] in called_by for k in range(max(0, first - INITIALS_REACH), first))
    is_address = reading.low[last + 1] in words[WordClass.TITLE] and reading.capital[last + 2]
    return reading.slice(last + 1, last + 3) if has_office and is_address else None


def _short_names(reading: Reading, bodies: Sequence[frozenset[str]], called_by: frozenset[str]) -> Iterator[str]:
    """Yield the words in brackets by which the text calls a body: "Perhimpunan Nelayan Sena (Pernesa)"."""
    low, capital = reading.low, reading.capital
    brackets = [k for k, word in enumerate(low) if word == "("] if "(" in low else []
    for k in [bracket + 1 for bracket in brackets if 0 < bracket < len(low) - 2]:
        if low[k + 1] != ")" or not capital[k] or not capital[k - 2] or len(low[k]) < min(ABBREVIATED):
            continue
        first = k - 2
        while first > max(0, k - INITIALS_REACH) and capital[first - 1]:
            first -= 1
        begin = next((m for m in range(k - 2, first - 1, -1) if low[m] in called_by), first)
        if not all(words.isdisjoint(low[begin : k - 2]) for words in bodies):
            yield identity.fold(low[k])


def _in_title_case(reading: Reading) -> frozenset[int]:
    """Return the tokens of headlines that capitalise most words: there a capital tells nothing of names."""
    found: set[int] = set()
    for sentence in reading.sentences:
        if not sentence.is_headline:
            continue
        words = [index for index in range(sentence.start, sentence.end) if reading.low[index][0].isalpha()]
        if sum(reading.capital[index] for index in words) > TITLE_CASE * len(words):
            found.update(words)
    return frozenset(found)


def _keep(full: dict[str, str], name: str) -> None:
    name = " ".join(name.split()).removesuffix("'s").removesuffix("’s")
    folded = identity.fold(name)
    for word in folded.split()[:MOST_PARTS]:
        held = full.get(word)
        if held is None or (len(name) > len(held) and (known := identity.fold(held)) in folded and word in known.split()):
            full[word] = name
