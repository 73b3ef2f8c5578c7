"""Whether a name in an article is a body's: what the registry knows, what stands beside it, and how the article speaks of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from sumber.sourcing import identity, sources
from sumber.sourcing.lexicons import Lexicon, WordClass
from sumber.sourcing.model import Article, NameHit, Source, SourceKind
from sumber.sourcing.sentences import Reading
from sumber.sourcing.sources import Mentions, Registry

CAPITAL = re.compile(r"\b([^\W\d_a-z]\w*)")
SITES = 200  # places of a word at which an office or affiliation is looked for
MOST_SITES = 20  # of them, at which a name stands
SHORT = 10_000  # code points of a text that is searched faster than indexed
PLACES = 50  # occurrences of a name that are looked at
EVIDENCE = 12  # of them, for whether it is a thing's
NEAR_PRONOUN = 5  # tokens after a name within which a pronoun means it


@dataclass(slots=True)
class Bodies:
    """The words of an article, and which of its names are those of bodies, places and things."""

    article: Article
    lexicon: Lexicon
    registry: Registry
    reading: Reading
    hits: tuple[NameHit, ...]
    mentions: Mentions
    starts: list[int] = field(default_factory=list)  # where sentences start
    candidates: Sequence[int] = ()  # tokens that may stand in names
    places: dict[str, list[int]] | None = None  # those of them that have a capital, by folded word; made when first needed
    addressed: dict[str, WordClass] = field(default_factory=dict)  # by word of a name, whether a man's or a woman's title stands before it
    called: frozenset[str] = frozenset()  # single words by which speakers are called
    small: frozenset[str] = frozenset()  # words that the article has in small letters
    indices: dict[re.Pattern[str], dict[str, list[int]]] = field(default_factory=dict)  # of a long text, by what finds its words

    # The switches of the article's language, see docs/languages.md.
    no_articles: bool = field(init=False)
    article_descriptions: bool = field(init=False)
    pointed_descriptions: bool = field(init=False)
    gendered_pronouns: bool = field(init=False)
    kin_pronouns: bool = field(init=False)
    plural_groups: bool = field(init=False)
    family_first: bool = field(init=False)
    modifiers_first: bool = field(init=False)
    owners_behind: bool = field(init=False)
    apposed_names: bool = field(init=False)
    apposed_titles: bool = field(init=False)
    closing_tags: bool = field(init=False)
    opening_conjunctions: bool = field(init=False)
    capital_nouns: bool = field(init=False)
    native_endings: tuple[str, ...] = field(init=False)  # of nouns for somebody from a country

    def __post_init__(self) -> None:
        """Read the switches."""
        settings = self.lexicon.words[WordClass.SETTING]
        self.no_articles = "no-articles" in settings
        self.article_descriptions = "article-descriptions" in settings
        self.pointed_descriptions = "pointed-descriptions" in settings
        self.gendered_pronouns = "gendered-pronouns" in settings
        self.kin_pronouns = "kin-pronouns" in settings
        self.plural_groups = "plural-groups" in settings
        self.family_first = "family-first" in settings
        self.modifiers_first = "modifiers-first" in settings
        self.owners_behind = "owners-behind" in settings
        self.apposed_names = "apposed-names" in settings
        self.apposed_titles = "apposed-titles" in settings
        self.closing_tags = "closing-tags" in settings
        self.opening_conjunctions = "opening-conjunctions" in settings
        self.capital_nouns = "capital-nouns" in settings
        self.native_endings = tuple(sorted(self.lexicon.words[WordClass.NATIVE]))

    @property
    def story(self) -> str:
        """Return what tells unnamed groups of different articles apart."""
        return str(self.article.id)

    def _country_of(self, printed: str) -> str | None:
        """Return the country that a name or adjective stands for, None where it stands for something else."""
        known = self.registry.language(self.article.lang).names.get(identity.fold(printed), ())
        states = [source for pattern in known if (source := self.registry.get(pattern.key)).kind is SourceKind.GOVERNMENT]
        return states[0].country if states and len(states) == len(known) else None

    def _is_known(self, word: str) -> bool:
        """Tell whether the registry has a name or adjective for a capitalised word: "the US newspaper"."""
        return identity.fold(word) in self.registry.language(self.article.lang).names

    def _is_organisation_word(self, word: str) -> bool:
        known = self.registry.language(self.article.lang).words.get(identity.fold(word), ())
        return any(one.word_class is sources.WordClass.ORGANISATION for one in known)

    def is_for_people(self, noun: str) -> bool:
        """Tell whether a noun, folded, is an office or says what somebody without a name is: "menteri", "mahasiswa"."""
        known = self.registry.language(self.article.lang).words.get(noun, ())
        return noun in self.lexicon.words[WordClass.ROLE] or any(one.word_class is sources.WordClass.UNNAMED for one in known)

    def _is_public(self, noun: str) -> bool:
        """Tell whether a noun for a body means an organ of a state ("government", "kementerian") rather than any organisation."""
        known = self.registry.language(self.article.lang).words.get(identity.fold(noun), ())
        return any(word.word_class is sources.WordClass.BODY for word in known)

    def is_name_inside(self, word: str) -> bool:
        """Tell whether a folded word stands with a capital inside a sentence too, or is a common personal name."""
        if word in self.lexicon.words[WordClass.FORENAME] or word in self.lexicon.words[WordClass.GIVEN]:
            return True
        reading = self.reading
        return any(
            k
            and reading.low[k - 1][0].isalnum()
            and bisect_left(self.starts, reading.starts[k]) == bisect_right(self.starts, reading.starts[k])
            for k in self._places(word)
        )

    def _places(self, word: str) -> Sequence[int]:
        """Return the first tokens at which a folded word stands with a capital."""
        if self.places is None:
            self.places = {}
            for k in self.candidates:
                if self.reading.capital[k]:
                    self.places.setdefault(identity.fold(self.reading.low[k]), []).append(k)
        return self.places.get(word, ())[:PLACES]

    def _is_common(self, word: str) -> bool:
        """Tell whether a word with a capital is a common noun: the article has it in small letters too, and it is nobody's name."""
        names = self.lexicon.words[WordClass.FORENAME]
        if not names or word in self.called or not word[0].isupper():
            return False
        low = word.lower()
        return low not in names and low not in self.lexicon.words[WordClass.GIVEN] and low in self.small

    def _capitals(self, name: str) -> list[int]:
        """Return the first places where a name stands that begins with a capital."""
        first = CAPITAL.match(name)
        return self._sites(CAPITAL, name, first[1], 0)[:MOST_SITES] if first else []

    def _sites(self, pattern: re.Pattern[str], phrase: str, word: str, at: int) -> list[int]:
        """Return the first places of a phrase at which `pattern` finds the word that stands `at` characters into it.

        A short text is searched each time. A long one is searched once for all words, so that its cost stays in step with its length.
        """
        text = self.article.text
        if len(text) > SHORT:
            if pattern not in self.indices:
                self.indices[pattern] = by_word(pattern, text)
            places = self.indices[pattern].get(word, ())[:SITES]
            return [place - at for place in places if place >= at and text.startswith(phrase, place - at)]
        found: list[int] = []
        begin = -1
        for _ in range(SITES):
            begin = text.find(phrase, begin + 1)
            if begin < 0:
                break
            match = pattern.match(text, begin + at)
            if match is not None and match[1] == word:
                found.append(begin)
        return found

    def _is_known_body(self, name: str) -> bool:
        """Tell whether the registry knows a name, and not as a person's."""
        known = self.registry.named(name, self.article.lang)
        return known is not None and known.kind is not SourceKind.PERSON

    def _is_called_organisation(self, parts: list[str]) -> bool:
        """Tell whether the article puts a noun for an organisation next to a name: "perusahaan Samudra", "Samudra Group".

        Next to a name of several words only one in small letters before it, that is no office too ("media giant Velando Universe"), and
        only in languages with a pronoun for things.
        """
        low, capital = self.reading.low, self.reading.capital
        size = len(parts)
        if size > 1 and not self.lexicon.words[WordClass.NEUTER]:
            return False
        for k in self._places(parts[-1])[:EVIDENCE]:
            beside = [low[k - size]] if k >= size else []
            if size == 1:
                beside += [low[k + 1]] if k + 1 < len(low) and capital[k + 1] else []
            elif not beside or capital[k - size] or low[k - size] in self.lexicon.words[WordClass.ROLE]:
                continue
            is_same = size == 1 or [identity.fold(word) for word in low[k - size + 1 : k + 1]] == parts
            if is_same and any(self._is_organisation_word(word) for word in beside):
                return True
        return False

    def _is_made_known_as_firm(self, parts: list[str]) -> bool:
        """Tell whether a noun for an organisation, that is no office, stands in small letters before a name of one word."""
        low, capital = self.reading.low, self.reading.capital
        if len(parts) > 1 or not self.lexicon.words[WordClass.NEUTER]:
            return False
        places = self._places(parts[0])[:EVIDENCE]
        before = (low[k - 1] for k in places if k and not capital[k - 1] and k + 1 < len(low) and not capital[k + 1])
        return any(self._is_organisation_word(word) and word not in self.lexicon.words[WordClass.ROLE] for word in before)

    def _is_it(self, parts: list[str]) -> bool:
        """Tell whether the article speaks of a name as of a thing, never as of a person: "Orbit has repeated its claims".

        What somebody says of "its …" tells that of a single word only, since the article would print a person's whole name once.
        """
        words = self.lexicon.words
        if not words[WordClass.NEUTER] or parts[-1] in self.addressed:
            return False
        low, suffixes = self.reading.low, tuple(words[WordClass.VERB_SUFFIX])
        persons = self.lexicon.all(WordClass.MALE, WordClass.FEMALE)
        is_word = len(parts) == 1
        things = words[WordClass.NEUTER] & words[WordClass.POSSESSIVE]
        acts = self.lexicon.all(WordClass.AUXILIARY, WordClass.ADVERB, WordClass.COMPLEMENTISER, WordClass.VERB, WordClass.SUPPORT)
        is_thing = False
        for k in self._places(parts[-1])[:EVIDENCE]:
            nearby = low[k + 1 : k + 1 + NEAR_PRONOUN]
            if (k >= len(parts) and low[k - len(parts)] in persons) or not persons.isdisjoint(nearby):
                return False
            verbs = list(takewhile(lambda word: word not in things, nearby))
            is_acting = all(word in acts or word.endswith(suffixes) or (is_word and word in self.lexicon.cues) for word in verbs)
            is_thing = is_thing or (0 < len(verbs) < len(nearby) and is_acting and low[k - len(parts) + 1 : k + 1] == parts)
        return is_thing

    def _organisation(self, name: str) -> Source:
        key = f"{SourceKind.ORGANISATION}:{identity.fold(name)}"
        return Source(identity.of("source", key), key, name, SourceKind.ORGANISATION)


def by_word(pattern: re.Pattern[str], text: str) -> dict[str, list[int]]:
    """Return where the words stand that `pattern` finds, by word."""
    found: dict[str, list[int]] = {}
    for match in pattern.finditer(text):
        found.setdefault(match[1], []).append(match.start(1))
    return found
