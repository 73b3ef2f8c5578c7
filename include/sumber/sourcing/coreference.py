"""Who is meant inside one article: surnames, roles, pronouns and descriptions, resolved to somebody named elsewhere in it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress, dropwhile, groupby, takewhile
from operator import not_

from sumber.sourcing import identity, sources
from sumber.sourcing.lexicons import CueClass, Lexicon, WordClass
from sumber.sourcing.model import AnonymousType, Article, NameHit, Source, SourceKind, Span
from sumber.sourcing.sentences import Reading, Sentence
from sumber.sourcing.sources import Mentions, Registry

BRACKETED = re.compile(r"\([^()]{0,80}\)")
BRACKETS = "()"  # stands for what stood in brackets: the short form of the body named before, never inside a name
POSSESSIVE = ("'s", "’s")
ABBREVIATED = range(3, 5)  # letters: two are initials ("JD Brook"), more a name in capitals
ELIDED = re.compile(r"^[lLdD]['’](?=\w)")  # "l'AFP"
CAPITAL = re.compile(r"\b([^\W\d_a-z]\w*)")
BEFORE_CAPITAL = re.compile(r"\b(\w++)[^\w\s]*+ (?=\s*[,.;:()\"'“”]*[^\W\d_a-z])")
LAST_WORD = re.compile(r"\b(\w++)[^\w\s]*\Z")
HYPHENS = frozenset({"-", "–"})
PARTICLES = frozenset({"al", "el", "bin", "binti", "ibn", "van", "von", "der", "de", "da", "du"}) | HYPHENS
OFFICE_WORDS = frozenset({sources.WordClass.UNIT, sources.WordClass.BODY, sources.WordClass.ORGANISATION, sources.WordClass.UNNAMED})
LONGEST_NAME = 6  # tokens
HOLDER_REACH = 120  # characters after an office within which its holder's name ends
EMPLOYER = range(3, 10)  # letters of a body's short name before a person's
REASON_REACH = 90  # characters after an unnamed source within which its sentence says why it is unnamed
AGED = re.compile(r"(\d{1,3})-[^\W\d_]+-?[^\W\d_]*")  # "62-year-old"
CLAIM_END = re.compile(r"[.!?\n\"“”]")
LONGEST_RANK = 4  # words in a rank
LEAST_PART = 2  # letters that an abbreviation takes of each word at least
SHORTEST_RANK = 4  # letters of one that tells a name inside a mention: "AKBP", not "H"
TITLE_CASE = 0.6  # share of capitalised words from which a headline capitalises them all
INITIALS_REACH = 8  # tokens before a name with initials within which its office stands
SUBJECT_REACH = 8  # tokens from a sentence's start within which its subject stands
SITES = 200  # places of a word at which an office or affiliation is looked for
MOST_PARTS = 20  # words of a folded name: some signs fold to several
PLACES = 50  # occurrences of a name that are looked at
EVIDENCE = 12  # of them, for whether it is a thing's
NEAR_PRONOUN = 5  # tokens after a name within which a pronoun means it
MOST_WORDS = 4  # in a description that ends in an office: "the former Elmer senator"
LONGEST_OFFICE = 14  # tokens before a name
BODIES = frozenset({SourceKind.ORGANISATION, SourceKind.GOVERNMENT, SourceKind.OUTLET, SourceKind.AGENCY})
MINDS = frozenset({CueClass.SPEECH, CueClass.ATTITUDE, CueClass.OBJECT})
SYLLABLE = re.compile(r"[^aeiouy]*[aeiouy]{1,3}[^aeiouy]{0,2}")  # without its accents, as every word of a Vietnamese name is
FLOOR_REACH = 3  # sentences between who takes the floor and the quotation
CLAUSE_ENDS = frozenset({",", ".", ";", "("})
REACH = 6  # earlier speakers that a pronoun may mean


@dataclass(slots=True)
class Cast:
    """The names of an article and those who have spoken so far, in text order.

    `full` maps each word of a personal name, folded, to the longest name in the text that holds it.
    """

    article: Article
    lexicon: Lexicon
    registry: Registry
    reading: Reading
    hits: tuple[NameHit, ...]
    mentions: Mentions
    full: dict[str, str] = field(default_factory=dict)
    spoken: list[Source] = field(default_factory=list)
    spoken_keys: set[str] = field(default_factory=set)
    latest_news: Source | None = None
    described: dict[str, Source] = field(default_factory=dict)  # by word of name or role, who spoke last and is no news organisation
    memory: dict[str, tuple[Source, ...]] = field(default_factory=dict)
    mentioned: dict[str, Span] = field(default_factory=dict)  # where each speaker was named last
    names: list[Span] = field(default_factory=list)  # where personal names stand
    name_starts: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # where sentences start
    hit_starts: list[int] = field(default_factory=list)  # where the registry's names start
    candidates: Sequence[int] = ()  # tokens that may stand in names
    places: dict[str, list[int]] | None = None  # those of them that have a capital, by folded word; made when first needed
    offices: dict[str, Source] = field(default_factory=dict)  # by office as printed, the person who spoke with it and a name; latest last
    organs: dict[str, Source] = field(default_factory=dict)  # by noun, the organ of a state that spoke last under it and a country's name
    group: tuple[Source, ...] = ()  # the speakers of the latest joint mention
    addressed: dict[str, WordClass] = field(default_factory=dict)  # by word of a name, whether a man's or a woman's title stands before it
    called: frozenset[str] = frozenset()  # single words by which speakers are called
    short: frozenset[str] = frozenset()  # short names of bodies, told in brackets after the whole ones
    small: frozenset[str] = frozenset()  # words that the article has in small letters
    reasons: dict[str, str] = field(default_factory=dict)  # by key of an unnamed source, why it is unnamed, where the text after it says so
    initials: dict[str, str] = field(default_factory=dict)  # "RH" -> "Rina Hartati", where the text says so
    ages: dict[str, Span] | None = None  # by age as printed, the personal name before it; made when first needed
    capitals: dict[str, list[int]] | None = None  # where words with a capital stand, in the whole text; made when first needed
    before_capitals: dict[str, list[int]] | None = None  # where words stand before a capital; made when first needed

    @property
    def story(self) -> str:
        """Return what tells unnamed groups of different articles apart."""
        return str(self.article.id)

    def sources(self, span: Span) -> tuple[Source, ...]:
        """Return whom the mention at `span` means: several where it is joint, none where a pronoun points at nobody."""
        found = self._meant(span)
        for source in found:
            if source.kind is SourceKind.ANONYMOUS and source.anonymity_reason is None and (reason := self._reason_after(span)):
                self.reasons.setdefault(source.key, reason)
        return found

    def _reason_after(self, span: Span) -> str | None:
        """Return why a source is unnamed, where the words after it in its sentence say so: "kata pejabat itu dengan syarat anonim"."""
        tail = self.article.text[span.end : span.end + REASON_REACH]
        tail = CLAIM_END.split(tail, maxsplit=1)[0]
        low = tail.lower()
        reasons = self.registry.language(self.article.lang).reasons
        return next((tail[at : at + len(word)] for word in reasons if (at := low.find(word)) >= 0 and len(low) == len(tail)), None)

    def _meant(self, span: Span) -> tuple[Source, ...]:
        printed = unicodedata.normalize("NFC", span.of(self.article.text))
        if "elision" in self.lexicon.words[WordClass.SETTING]:
            printed = ELIDED.sub("", printed)
        for ending in POSSESSIVE:
            printed = printed.removesuffix(ending)
        for alias in self.initials:
            name, _, joint = printed.removesuffix(f" {alias}").rpartition(" ")
            if printed.endswith(f" {alias}") and joint.lower() in self.lexicon.words[WordClass.ALIAS]:
                printed = name  # "Arta Wirawan atau Gus Wira"
        printed = self.initials.get(printed, self._uncapitalised(printed, span))
        folded = printed.lower()
        words = self.lexicon.words
        tokens = folded.split()
        if len(tokens) == 1 or (len(tokens) == 2 and tokens[1] in words[WordClass.DEMONSTRATIVE]):
            pointed = self._pronoun(tokens[0], len(tokens) == 2, span)
            if pointed is not None:
                return pointed
        described = self._office_holder(printed) or self._alone(printed) or self._description(tokens, span)
        if described is not None:
            return (described,)
        meant = self._bare_office(printed, tokens)
        if meant is not None:
            return (meant,)
        if printed not in self.memory and (office := self._office_and_name(printed)) is not None:
            self.memory[printed] = (office,)
        if printed not in self.memory:
            found = self.mentions.resolve_all(printed)
            if len(found) > 1:
                whole = self.mentions.resolve(printed)
                is_group = whole.kind is SourceKind.ANONYMOUS and found[0].kind is SourceKind.ANONYMOUS
                is_group = is_group and found[-1].kind is not SourceKind.DOCUMENT  # "two officials and documents" are two sources
                if is_group or self._is_one_office(found, printed):
                    found = (whole,)  # "sources in the US and its allies" are one group
            each = [printed] if len(found) == 1 else [f"{source.role or ''} {source.name}".strip() for source in found]
            self.memory[printed] = tuple(
                self._completed(self._renamed(source, part), part) for source, part in zip(found, each, strict=True)
            )
        if len(self.memory[printed]) > 1:
            self.group = self.memory[printed]
        return self.memory[printed]

    def _uncapitalised(self, printed: str, span: Span) -> str:
        """Return a mention in a headline as the body writes it: "Petugas Medis Sena" -> "petugas medis Sena"."""
        number = bisect_right(self.starts, span.start) - 1
        if "no-articles" not in self.lexicon.words[WordClass.SETTING] or number < 0 or not self.reading.sentences[number].is_headline:
            return printed
        words = printed.split()
        if len(words) < 2 or any(not word[0].isupper() for word in words):
            return printed
        return " ".join(word.lower() if word.lower() in self.small and identity.fold(word) not in self.full else word for word in words)

    def _is_one_office(self, parts: tuple[Source, ...], printed: str) -> bool:
        """Tell whether a mention that seems joint is one office and its holder: "Deputi Neraca dan Statistik Rina Hartati"."""
        held = self.name_in(printed) if "no-articles" in self.lexicon.words[WordClass.SETTING] else None
        if held is None or not printed.endswith(held):
            return False
        first, *further = (" ".join(dict.fromkeys((source.role or "", source.name))).split() for source in parts)
        name = (self.name_in(" ".join(first)) or "").split()
        is_named = len(name) > 1 and not any(self._is_common(word) for word in name)
        return not is_named and not any(self._is_office(words) for words in further)

    def speaks(self, source: Source, span: Span | None = None) -> None:
        """Remember that `source` has spoken, and where it was named last by more than a pronoun."""
        self.spoken.append(source)
        self.spoken_keys.add(source.key)
        if source.kind is SourceKind.PERSON and source.role and " " in source.role and source.role != source.name:
            self.offices.pop(source.role.lower(), None)
            self.offices[source.role.lower()] = source
        if source.kind is SourceKind.GOVERNMENT and source.country and span is not None:
            first = span.of(self.article.text).lower().split(maxsplit=1)
            if len(first) > 1 and first[0] in self.lexicon.words[WordClass.BODY]:
                self.organs[first[0]] = source
        if not source.kind.is_news:
            self.described.update(dict.fromkeys(f"{source.name} {source.role or ''}".lower().split(), source))
        else:
            self.latest_news = source
        if span is not None and (source.key not in self.mentioned or not self._is_pronoun(span)):
            self.mentioned[source.key] = span

    def _is_pronoun(self, span: Span) -> bool:
        word = span.of(self.article.text).lower()
        words = self.lexicon.words
        return any(word in words[kind] for kind in (WordClass.MALE, WordClass.FEMALE, WordClass.PERSON, WordClass.PLURAL, WordClass.NEUTER))

    def last(self, *kinds: SourceKind) -> Source | None:
        """Return the latest speaker of one of `kinds`, or of any."""
        for source in reversed(self.spoken[-REACH:]):
            if not kinds or source.kind in kinds:
                return source
        return None

    def _pronoun(self, word: str, is_pointed: bool, span: Span) -> tuple[Source, ...] | None:
        words = self.lexicon.words
        if word in words[WordClass.FIRST]:
            return ()
        found: Source | None = None
        if word in words[WordClass.PERSON] or word in words[WordClass.MALE] or word in words[WordClass.FEMALE]:
            found = self._subject_before(span.start) or self._somebody(span.start)
            if found is not None and self._is_other_sex(found, word):
                found = next((one for one in self.spoken[: -REACH - 1 : -1] if self._may_be(one, word)), None)
        elif word in words[WordClass.PLURAL] and not is_pointed and self.group and self.group[-1] in self.spoken[-len(self.group) :]:
            return self.group
        elif word in words[WordClass.PLURAL] and word not in words[WordClass.INDEFINITE] and not is_pointed:
            found = self.last(SourceKind.ANONYMOUS, SourceKind.ORGANISATION, SourceKind.GOVERNMENT) or self.last()
        elif word in words[WordClass.NEUTER] and not is_pointed:
            found = (
                self._thing_before(span.start)
                or self._firm(span.start)
                or self.last(SourceKind.ORGANISATION, SourceKind.GOVERNMENT, SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.DOCUMENT)
            )
        else:
            return None
        if found is not None:
            return (found,)
        printed = span.of(self.article.text)
        key = f"unresolved:{self.story}:{identity.fold(printed)}"
        is_thing = word in words[WordClass.NEUTER] or word in words[WordClass.PLURAL]
        kind = SourceKind.ORGANISATION if is_thing else SourceKind.PERSON
        return (Source(identity.of("source", key), key, printed, kind, is_vague=True),)

    def _firm(self, position: int) -> Source | None:
        """Return who spoke right before where one word, without an office, is all that names it: "it" is no person, so it is a firm."""
        last = self.last()
        if last is None or last.kind is not SourceKind.PERSON or " " in last.name or last.role or last.key not in self.mentioned:
            return None
        between = bisect_right(self.starts, position) - bisect_right(self.starts, self.mentioned[last.key].start)
        return last if between <= 1 and identity.fold(last.name) not in self.addressed else None

    def _thing_before(self, position: int) -> Source | None:
        """Return the body with whose name the sentence before begins: "Orbit is suing its lenders. It says …"."""
        number = bisect_right(self.starts, position) - 1
        if number < 1:
            return None
        reading, words = self.reading, self.lexicon.words
        end = reading.sentences[number - 1].end
        first = reading.sentences[number - 1].start
        skipped = self.lexicon.all(WordClass.OPENER, WordClass.TIME, WordClass.TIME_PREPOSITION)
        while first < end and (reading.low[first] in skipped or reading.low[first] == ","):
            first += 1
        last = next((k for k in range(first, end) if not reading.capital[k]), end)
        described = next((k for k in range(last, min(end, first + SUBJECT_REACH)) if reading.capital[k]), end)
        if first < last < described < end and self._is_organisation_word(reading.low[described - 1]):
            first = described  # "French stock market regulator AMF has filed …"
            last = next((k for k in range(first, end) if not reading.capital[k]), end)
        if first == last or last == end or reading.quoted[first] >= 0:
            return None
        verb, suffixes = reading.low[last], tuple(words[WordClass.VERB_SUFFIX])
        if not (verb in words[WordClass.VERB] or verb in words[WordClass.AUXILIARY] or (suffixes and verb.endswith(suffixes))):
            return None
        name = reading.slice(first, last)
        known = self.registry.named(name, self.article.lang)
        if known is not None:
            return known if known.kind in BODIES else None
        is_name = all(self.is_name_inside(reading.low[k]) for k in range(first, last))
        return self._organisation(name) if is_name and identity.fold(name) not in self.full else None

    def _is_other_sex(self, source: Source, pronoun: str) -> bool:
        """Tell whether the text puts a form of address of the other sex before somebody's name: "ông Nam" is not "bà"."""
        words = self.lexicon.words
        wrong = WordClass.FEMALE if pronoun in words[WordClass.MALE] else WordClass.MALE
        if pronoun not in self.lexicon.all(WordClass.MALE, WordClass.FEMALE):
            return False
        return any(self.addressed.get(word) is wrong for word in identity.fold(source.name).split()[-1:])

    def _may_be(self, source: Source, pronoun: str) -> bool:
        return source.kind is SourceKind.PERSON and not self._is_other_sex(source, pronoun)

    def _somebody(self, position: int) -> Source | None:
        """Return the one person whom a pronoun at `position` can mean: who spoke last, else who was named last, never a body."""
        for source in reversed(self.spoken[-REACH:]):
            if source.kind is SourceKind.PERSON or self._has_spokesman(source):
                return source
            if source.kind is SourceKind.ANONYMOUS and (source.count == 1 or self._is_one(source, position)):
                return source
        return self._named_before(position) or self.last(SourceKind.ANONYMOUS)

    def _has_spokesman(self, source: Source) -> bool:
        """Tell whether one person spoke for a body: "she" is the "army spokeswoman" who is on record as the army."""
        if source.kind not in BODIES or not source.role or " " in source.role or not self.lexicon.words[WordClass.NEUTER]:
            return False
        known = self.registry.language(self.article.lang).words.get(identity.fold(source.role), ())
        return any(one.word_class is sources.WordClass.ROLE and one.value.endswith(" spokesperson") for one in known)

    def _is_one(self, source: Source, position: int) -> bool:
        """Tell whether an unnamed source is one person, "a spokesperson for the union", and nobody is named from there to `position`."""
        words = self.lexicon.words
        held = self.mentioned.get(source.key)
        if held is None:
            return False
        reading = self.reading
        after = bisect_left(reading.starts, held.end)
        cue = next((k for k in range(after, min(after + LONGEST_OFFICE, len(reading.low))) if reading.low[k] in self.lexicon.cues), after)
        if cue >= len(reading.low) or bisect_left(self.name_starts, reading.starts[cue]) < bisect_left(self.name_starts, position):
            return False
        first, _, rest = source.name.partition(" ")
        is_article = first.lower() in words[WordClass.INDEFINITE] & words[WordClass.NOMINAL]
        return is_article and any(word in words[WordClass.ROLE] for word in rest.lower().split())

    def _named_before(self, position: int) -> Source | None:
        """Return the person named last before `position`, no further back than two sentences."""
        number = bisect_right(self.starts, position) - 1
        index = bisect_left(self.name_starts, position) - 1
        while index >= 0 and (not self._is_surely_person(self.names[index]) or self._holds_abbreviation(self.names[index])):
            index -= 1
        if index < 0 or bisect_right(self.starts, self.name_starts[index]) - 1 < number - 2:
            return None
        return next((source for source in self.sources(self.names[index]) if source.kind is SourceKind.PERSON), None)

    def _is_surely_person(self, span: Span) -> bool:
        """Tell whether a run of capitals is a person's name where nouns are capitalised too: after an office, or of one who speaks."""
        if "capital-nouns" not in self.lexicon.words[WordClass.SETTING]:
            return True
        index = bisect_left(self.reading.starts, span.start)
        titles = self.lexicon.all(WordClass.ROLE, WordClass.TITLE)
        is_titled = any(self.reading.low[k] in titles for k in (index - 1, index) if k >= 0)
        return is_titled or any(word in self.called for word in span.of(self.article.text).split())

    def _holds_abbreviation(self, span: Span) -> bool:
        """Tell whether a run of capitals holds an abbreviation beside further words, as firms' names do: "PT Elmer Glass EGL"."""
        return bool(self.lexicon.words[WordClass.NEUTER]) and any(map(_is_abbreviation, span.of(self.article.text).split()[1:]))

    def _subject_before(self, position: int) -> Source | None:
        """Return the person with whom the sentence before `position` begins, where that is somebody else than the last speaker.

        Or to whom that sentence hands the floor: "Hal senada disampaikan X".
        """
        number = bisect_right(self.starts, position) - 1
        for _ in range(REACH):
            if number < 1 or not self._begins_with_pronoun(number - 1):
                break
            number -= 1  # "Reed expects rain. In fact, he plans for it. “…,” he said"
        if number < 1:
            return None
        reading, sentence = self.reading, self.reading.sentences[number - 1]
        handing = self.lexicon.words[WordClass.HANDOVER]
        if handing and not handing.isdisjoint(reading.low[sentence.start : sentence.end]) and (taker := self._taker_in(sentence)):
            return next((source for source in self.sources(taker) if source.kind is SourceKind.PERSON), None)
        index = bisect_left(self.name_starts, reading.starts[sentence.start])
        if index >= len(self.names) or number - 1 != bisect_right(self.starts, self.names[index].start) - 1:
            return None
        span = self.names[index]
        if not self._is_surely_person(span) or self._holds_abbreviation(span):
            return None
        first = bisect_left(reading.starts, span.start)
        if first - sentence.start > SUBJECT_REACH or reading.quoted[first] >= 0:
            return None
        last = self.spoken[-1] if self.spoken else None
        held = self.mentioned.get(last.key) if last is not None else None
        if last is not None and held is not None:
            is_person = last.kind is SourceKind.PERSON
            if is_person and reading.starts[sentence.start] <= held.start < span.start:
                return last  # "Menurut Rina, kapal Sena Raya aman. Ia …"
            if held.start <= span.start < held.end:
                return last if is_person else None
        return next((source for source in self.sources(span) if source.kind is SourceKind.PERSON), None)

    def _begins_with_pronoun(self, number: int) -> bool:
        """Tell whether a sentence begins with a pronoun for one person, after no more than an opener."""
        sentence, low = self.reading.sentences[number], self.reading.low
        first = sentence.start
        while first < sentence.end and (low[first] in self.lexicon.words[WordClass.OPENER] or low[first] == ","):
            first += 1
        persons = self.lexicon.all(WordClass.PERSON, WordClass.MALE, WordClass.FEMALE)
        return first < sentence.end and low[first] in persons and self.reading.quoted[first] < 0

    def heard(self, position: int) -> Source | None:
        """Return who spoke last, a person if any; where nobody has yet, the person with whom the sentence before `position` begins."""
        return self.last(SourceKind.PERSON) or self.last() or self._subject_before(position)

    def taker(self, position: int, after: int) -> Source | None:
        """Return the person who took the floor before `position`, past sentence number `after`, without being quoted yet, or None.

        Whoever thinks, hopes or praises in a sentence before a "katanya" is its speaker, as is whom "hal senada disampaikan" names.
        """
        number = bisect_right(self.starts, position) - 1
        for each in range(number - 1, max(after, number - 1 - FLOOR_REACH), -1):
            span = self._taker_in(self.reading.sentences[each])
            if span is not None:
                found = next((source for source in self.sources(span) if source.kind is SourceKind.PERSON), None)
                if found is not None:
                    return found
        return None

    def _taker_in(self, sentence: Sentence) -> Span | None:
        """Return the personal name before a cue or after a word that hands over the floor: the last of its sentence."""
        reading, words = self.reading, self.lexicon.words
        skippable = self.lexicon.all(WordClass.AUXILIARY, WordClass.ADVERB)
        for k in range(sentence.end - 1, sentence.start, -1):
            if reading.quoted[k] >= 0:
                continue
            if reading.low[k] in words[WordClass.HANDOVER]:
                limit = next((m for m in range(k, sentence.end) if reading.low[m] in CLAUSE_ENDS - {"("}), sentence.end)
                index = bisect_left(self.name_starts, reading.ends[limit - 1]) - 1
                if index >= 0 and self.names[index].start > reading.starts[k] and self._is_certain(self.names[index], sentence):
                    return self.names[index]
            elif any(cue.kind in MINDS for cue in self.lexicon.cues.get(reading.low[k], ())):
                before = k - 1
                while before > sentence.start and reading.low[before] in skippable:
                    before -= 1
                index = bisect_left(self.name_starts, reading.ends[before]) - 1
                if index >= 0 and self.names[index].end == reading.ends[before] and self._is_certain(self.names[index], sentence):
                    return self.names[index]
        return None

    def _is_certain(self, span: Span, sentence: Sentence) -> bool:
        """Tell whether a name is surely a person's: an office stands before it or an age after it, or that person has spoken."""
        reading = self.reading
        first, after = bisect_left(reading.starts, span.start), bisect_left(reading.starts, span.end)
        if after + 1 < sentence.end and reading.low[after] == "(" and reading.low[after + 1].isdigit():
            return True
        people = self.lexicon.all(WordClass.ROLE, WordClass.TITLE)
        for k in range(first - 1, max(sentence.start, first - LONGEST_OFFICE) - 1, -1):
            if reading.low[k] in CLAUSE_ENDS - {"("}:
                break
            if reading.low[k] in people:
                return True
        return any(source.key in self.spoken_keys for source in self.sources(span))

    def _description(self, tokens: list[str], span: Span) -> Source | None:
        """Resolve "surat kabar tersebut", "the newspaper", "pejabat itu", "the 62-year-old": a definite noun without a name."""
        words = self.lexicon.words
        if len(tokens) == 2 and tokens[0] in words[WordClass.DEFINITE] and (aged := AGED.fullmatch(tokens[1])):
            return self._aged(aged[1], span.start)
        if tokens and tokens[0] in words[WordClass.DEFINITE] and (person := self._with_office(tokens, span)) is not None:
            return person
        linked = self.lexicon.all(WordClass.PREPOSITION, WordClass.LOCATIVE)
        head = list(takewhile(lambda word: word.lower() not in linked, span.of(self.article.text).split()))
        of_country: dict[str, str] = {}
        for run in _capital_runs(head[1:]):
            if (country := self._country_of(" ".join(run))) is not None:
                of_country.update(dict.fromkeys(run, country))
        if words[WordClass.NEUTER] and len(tokens) == 2 and tokens[0] in words[WordClass.DEFINITE] and self._is_unknown(head):
            return self._subject_before(span.start)  # "The Scot said": no person's name has an article
        if any(word[0].isupper() and word not in of_country and not self._is_known(word) for word in head[1:]):
            # "Wakil Ketua DPRD itu" points at whoever spoke last; "the Harbour Courier newspaper" names itself
            return self.last(SourceKind.PERSON) if self._points_at_holder(tokens) else None
        if self._names_outlet(span):
            return None  # "the French news agency AFP"
        if self._points_at_holder(tokens) and any(word[0].isupper() and word not in of_country for word in head[1:]):
            return self.described.get(tokens[0]) or self.last(SourceKind.PERSON)  # "Waketum PAN ini"
        is_bare = not words[WordClass.DEFINITE] and span.of(self.article.text).lower() in words[WordClass.MEDIUM] - words[WordClass.PRESS]
        if is_bare and self.latest_news is not None:
            return self.latest_news  # "Tờ báo viết": which one, where no article says so
        if self._is_paper_of_country(span):
            return self.latest_news
        definite = self.lexicon.all(WordClass.DEFINITE, WordClass.DEMONSTRATIVE)
        if not (tokens and (tokens[-1] in definite or tokens[0] in definite)) or len(tokens) > 6:
            return None
        rest = [token for token in tokens if token not in definite]
        phrase = " ".join(rest)
        if any(" " in noun and phrase.startswith(noun) for noun in words[WordClass.DOCUMENT]):
            return self.last(SourceKind.DOCUMENT)  # "thông báo này" is no newspaper, though "báo" stands in it
        if self.latest_news is not None:
            mediums = words[WordClass.MEDIUM]
            if not mediums.isdisjoint(rest) or any(" ".join(rest[:size]) in mediums for size in range(2, len(rest) + 1)):
                return self.latest_news
        if of_country:
            # "pejabat Korea Selatan itu": who spoke as one, and is of that country
            held = (self.described[word] for word in rest if word in words[WordClass.ROLE] and word in self.described)
            alike = next((one for one in held if one.country is not None and one.country in of_country.values()), None)
            if alike is not None:
                return alike
        if len(rest) == 1 and (official := self._official(rest[0])) is not None:
            return official
        is_called = rest and rest[0] in self.described and not self._speaks_for_body(rest[0])
        if is_called and (not words[WordClass.FAMILY] or self._is_called(self.described[rest[0]], phrase)):
            found = self.described[rest[0]]
            if not (of_country or self._is_known(rest[0])):
                return found
            # "the Indian army" is not the Indian police who spoke before
            if all((one := self.described.get(word)) is not None and one.key == found.key for word in rest):
                return found
        is_body = bool(rest) and rest[0] in words[WordClass.BODY]
        if is_body or (len(rest) == 1 and words[WordClass.NEUTER] and self._is_organisation_word(rest[0])):
            is_public = self._is_public(rest[0])
            thing = self._thing_before(span.start) if len(rest) == 1 and words[WordClass.DEFINITE] and not is_public else None
            if thing is not None and thing.kind is SourceKind.ORGANISATION:
                return thing
            if not is_body:
                return None
            return self.last(SourceKind.GOVERNMENT) if is_public else self.last(SourceKind.ORGANISATION)
        if words[WordClass.FAMILY] and not of_country and self._is_one_person(phrase):
            return self._subject_before(span.start) or self._somebody(span.start)  # "Nữ diễn viên này", "Vị tổng thống này"
        return None

    def _is_unknown(self, words: list[str]) -> bool:
        """Tell whether an article and a capitalised word would be taken for a person whom nothing else in the article names."""
        alone = self.mentions.resolve(" ".join(words)) if len(words) == 2 and words[1].istitle() else None
        is_made = alone is not None and alone.kind is SourceKind.PERSON and not alone.is_known
        return is_made and identity.fold(words[1]) not in self.full

    def _aged(self, age: str, position: int) -> Source | None:
        """Return the person with whose name the article prints an age, else the one who was named or spoke last."""
        if self.ages is None:
            self.ages = dict(self._printed_ages())
        named = self.ages.get(age)
        if named is not None:
            return next((source for source in self.sources(named) if source.kind is SourceKind.PERSON), None)
        return self._subject_before(position) or self._somebody(position)

    def _printed_ages(self) -> Iterator[tuple[str, Span]]:
        """Yield the ages that stand after personal names, each with the name: "Ada Brook, 62,", "Ada Brook (62)"; the first comes last."""
        reading = self.reading
        for span in reversed(self.names):
            after = bisect_left(reading.starts, span.end)
            if after + 1 < len(reading.low) and reading.low[after] in (",", "(") and reading.low[after + 1].isdigit():
                yield reading.low[after + 1], span

    def _with_office(self, tokens: list[str], span: Span) -> Source | None:
        """Return the person named last before `span` with the office that ends it: "the Elmer senator" is the "Sen. Bob Cole" of before."""
        office = tokens[-1]
        words = self.lexicon.words
        if (
            not 2 <= len(tokens) <= MOST_WORDS
            or office not in words[WordClass.ROLE]
            or office in words[WordClass.BODY] | words[WordClass.DOCUMENT]
        ):
            return None
        low, index = self.reading.low, bisect_left(self.name_starts, span.start)
        for name in reversed(self.names[max(0, index - PLACES) : index]):
            first, after = bisect_left(self.reading.starts, name.start), bisect_left(self.reading.starts, name.end)
            title = low[first - 1] if first and low[first - 1] != "." else low[first - 2] if first > 1 else ""
            title = title.rstrip(".")
            is_titled = title == office or (len(title) >= min(ABBREVIATED) and title in words[WordClass.TITLE] and office.startswith(title))
            limit = min(after + SUBJECT_REACH, bisect_left(self.reading.starts, span.start))
            described = takewhile(lambda word: word not in CLAUSE_ENDS, low[after + 1 : limit])
            if is_titled or (low[after : after + 1] == [","] and office in described):
                return next((source for source in self.sources(name) if source.kind is SourceKind.PERSON), None)
        return None

    def _is_paper_of_country(self, span: Span) -> bool:
        """Tell whether a mention is a news organisation and its country, that of the one that spoke last: "tờ báo của Nhật Bản"."""
        words, printed = self.lexicon.words, span.of(self.article.text).split()
        link = next((k for k, word in enumerate(printed) if word in words[WordClass.POSSESSOR]), 0)
        country = self._country_of(" ".join(printed[link + 1 :])) if self.latest_news is not None and link else None
        is_medium = " ".join(printed[:link]).lower() in words[WordClass.MEDIUM] - words[WordClass.PRESS]
        return is_medium and country is not None and self.latest_news is not None and self.latest_news.country == country

    @staticmethod
    def _is_called(source: Source, phrase: str) -> bool:
        """Tell whether a phrase of several syllables stands in what a source is called, as one of its syllables alone may by chance."""
        return phrase in f"{source.role or ''} {source.name}".lower()

    def _is_one_person(self, phrase: str) -> bool:
        """Tell whether a phrase is nothing but a noun for a person, in the singular."""
        words = self.lexicon.words
        first, _, rest = phrase.partition(" ")
        if first in words[WordClass.INDEFINITE]:
            return False
        return phrase in words[WordClass.ROLE] or (bool(rest) and first in words[WordClass.PERSON] and rest in words[WordClass.ROLE])

    def _speaks_for_body(self, noun: str) -> bool:
        """Tell whether a noun for a body is only part of the last such speaker's office: "the campaign" is not its spokesman."""
        words = self.lexicon.words
        is_person = self.described[noun].kind in (SourceKind.PERSON, SourceKind.ANONYMOUS)
        return bool(words[WordClass.DEFINITE]) and is_person and noun in words[WordClass.BODY]

    def _points_at_holder(self, tokens: list[str]) -> bool:
        """Tell whether a phrase is an office with a demonstrative behind: "wakil ketua DPRD itu"."""
        words = self.lexicon.words
        return tokens[0] in words[WordClass.ROLE] and tokens[-1] in words[WordClass.DEMONSTRATIVE]

    def _official(self, noun: str) -> Source | None:
        """Return who spoke last, a person in a public office, where `noun` means any official: "the official" is the minister."""
        last = next((one for one in reversed(self.spoken[-REACH:]) if not one.kind.is_news), None)
        if last is None or last.kind is not SourceKind.PERSON or not last.role or noun in last.role.lower().split():
            return None
        meant, held = self.mentions.resolve(noun), self.mentions.resolve(last.role)
        is_office = held.kind is SourceKind.GOVERNMENT or (held.kind is SourceKind.PERSON and held.role is not None)
        return last if meant.anonymous_type is AnonymousType.OFFICIAL and is_office else None

    def _names_outlet(self, span: Span) -> bool:
        """Tell whether a mention holds the name of a news organisation that the registry knows."""
        index = bisect_left(self.hit_starts, span.start)
        return any(self.registry.get(hit.key).kind.is_news for hit in takewhile(lambda hit: hit.span.end <= span.end, self.hits[index:]))

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

    def _bare_office(self, printed: str, tokens: list[str]) -> Source | None:
        """Resolve "pejabat Korea Selatan" right after a South Korean office holder spoke, in languages without articles."""
        words = self.lexicon.words
        if "no-articles" not in words[WordClass.SETTING] or not tokens or tokens[0] not in words[WordClass.ROLE] or not self.spoken:
            return None
        last = self.spoken[-1]
        if last.kind is not SourceKind.PERSON or last.role is None or last.country is None:
            return None
        source = sources.resolve(printed, self.article.lang, self.registry, self.story, self.article.published_at)
        if source.kind is SourceKind.ANONYMOUS and source.country == last.country and source.count is None:
            return last
        return None

    def _office_holder(self, printed: str) -> Source | None:
        """Return the person who spoke with a name and exactly this office; "pejabat Korea Utara" may be any of them."""
        holder = self.offices.get(printed.lower())
        if holder is None:
            return None
        alone = sources.resolve(printed, self.article.lang, self.registry, self.story, self.article.published_at)
        return holder if alone.kind is SourceKind.PERSON and not alone.is_known else None

    def _alone(self, printed: str) -> Source | None:
        """Resolve an office or body that stands alone for the one that spoke before, in languages without articles.

        "Kapolres" is the "Kapolres Sena" who spoke last, "menhan" whoever spoke as "Menteri Pertahanan", "militer" the army that did,
        unless an organ of another state spoke too.
        """
        words = self.lexicon.words
        low = printed.lower()
        if "no-articles" not in words[WordClass.SETTING]:
            return None
        if low in words[WordClass.ROLE] and printed[0].isupper():
            alike = self._same_office(low)
            offices = reversed(self.offices.items())
            held = next((held for office, held in offices if f"{office} ".startswith(alike) or _abbreviates(low, office.split())), None)
            return held or self._speaker_after(printed)
        if low in words[WordClass.BODY] and not self._is_public(low):
            firms = {one.key: one for one in self.spoken[-REACH:] if one.kind is SourceKind.ORGANISATION}
            return next(iter(firms.values())) if len(firms) == 1 else None
        if low in words[WordClass.BODY]:
            found = self.organs.get(low)
            states = {one.country for one in self.spoken[-REACH:] if one.kind is SourceKind.GOVERNMENT and one.country}
            return found if found is not None and states == {found.country} else None
        return None

    def _speaker_after(self, office: str) -> Source | None:
        """Return the one speaker before whose name an office stands in the text: "Wapres" where that has "Wapres Arta" too."""
        ends = {at + len(office) + 1 for at in self._capitals(office)}
        names = (self.names[bisect_left(self.name_starts, end)] for end in ends if end in self.name_starts)
        found = {source.key: source for span in names for source in self.sources(span) if source.key in self.spoken_keys}
        return next(iter(found.values())) if len(found) == 1 else None

    def _same_office(self, office: str) -> tuple[str, ...]:
        """Return the names of one office, each with a space behind: "menhan", "menteri pertahanan"."""
        known = self.registry.language(self.article.lang).words
        organs = {
            one.value
            for one in known.get(identity.fold(office), ())
            if one.word_class is sources.WordClass.ROLE and one.value and not one.value.startswith("-")
        }
        further = (
            one.text.lower()
            for same in known.values()
            for one in same
            if organs and one.word_class is sources.WordClass.ROLE and one.value in organs
        )
        return tuple(f"{name} " for name in (office, *further))

    def _completed(self, source: Source, printed: str) -> Source:
        """Give a surname its full name, and a role the name that it stands before elsewhere in the article."""
        if source.is_known and source.role != printed:
            return source
        if source.kind is SourceKind.PERSON and source.role != printed:
            parts = identity.fold(source.name).split()
            if not parts:
                return source  # signs only
            if len(parts) > 1 and _is_abbreviation(source.name.split()[0]):
                parts = parts[1:]  # "MEC Brook" is the Ada Brook whom the article names
            if self._is_of_place(source.name, printed):
                return source
            whole = self.full.get(parts[-1]) or self.full.get(parts[0])
            whole = whole and self._after_workplace(self._without_affiliation(whole, parts), parts)
            if whole and source.role is None and identity.fold(whole).startswith(f"{parts[0]} ") and self._is_made_known_as_firm(parts):
                return self._organisation(source.name)  # "car maker Orbit", which has an "Orbit Swift" on sale
            if whole and set(parts) <= set(identity.fold(whole).split()) and len(whole.split()) > len(parts):
                is_giant = source.role is None and self._is_called_organisation(identity.fold(whole).split())
                return self._organisation(whole) if is_giant else self._named(source, whole)
            is_firm = len(parts) == 1 and parts[0] in self.short
            if source.role is None and (is_firm or self._is_called_organisation(parts) or self._is_it(parts)):
                return self._organisation(source.name)
            return source
        if source.kind in (SourceKind.PERSON, SourceKind.ANONYMOUS) or source.role == printed:
            name = self._holder(printed)
            if name:
                return self._named(source, name)
        return source

    def _without_affiliation(self, whole: str, parts: list[str]) -> str:
        """Return a run of capitals without what stands in front of the name by which a person is called: "LPSK Hasto Atmojo"."""
        run = whole.split()
        while len(run) > 1 and not set(parts) & set(identity.fold(run[0]).split()):
            cut = 1 if self._is_affiliation(run, 0) else self._affiliation(run)
            if not cut or set(parts) & set(identity.fold(" ".join(run[:cut])).split()):
                break
            run = run[cut:]
        return " ".join(run)

    def _after_workplace(self, whole: str, parts: list[str]) -> str:
        """Return a name from the word by which a person is called, where a noun for an institution leads the run: "Masjid Sena Rina"."""
        run = whole.split()
        start = next((k for k, word in enumerate(run) if identity.fold(word) in parts), 0)
        given = self.lexicon.words[WordClass.GIVEN]
        while start and run[start - 1].lower().rstrip(".") in given:
            start -= 1
        leads = self.lexicon.words[WordClass.LED]
        if not start or len(run) - start < 2 or not leads:
            return whole
        text = self.article.text
        before = [found[1] for at in self._capitals(whole) if (found := LAST_WORD.search(text[max(0, at - 40) : at].rstrip().lower()))]
        return " ".join(run[start:]) if any(word in leads for word in before) else whole

    def _is_of_place(self, name: str, printed: str) -> bool:
        """Tell whether a title and a place make it another person than a namesake: "Lord Reed of Elmer" is no "Tom Reed"."""
        before, _, after = printed.partition(name)
        title, rest = before.split()[-1:], after.split()[:2]
        words = self.lexicon.words
        return (
            len(title) == 1
            and title[0].lower() in words[WordClass.TITLE] - words[WordClass.ABBREVIATION]
            and len(rest) == 2
            and rest[0].lower() in words[WordClass.PREPOSITION]
            and rest[1][0].isupper()
        )

    def _renamed(self, source: Source, printed: str) -> Source:
        """Give a person the name that stands after its office: "Kapolsek Denpasar Barat Kompol Made Rai" -> "Made Rai"."""
        if source.is_known and source.kind is SourceKind.PERSON:
            return source
        head = " ".join(BRACKETED.sub(" ", printed).partition(",")[0].split())
        if source.kind is SourceKind.PERSON and " ".join(BRACKETED.sub(" ", source.name).split()) not in head:
            return source  # "direktur rumah sakit Pulau Sena, Rina Hartati": the name stands by itself
        name = self.name_in(printed)
        if not name and source.kind is SourceKind.PERSON and source.name != printed and self._is_office(printed.split()):
            words = source.name.split()
            if all(self._is_affiliation(words, at) for at in range(len(words))):
                name = printed  # "Kepala Perwakilan Sena Raya": nobody is called Raya
        if not name:
            words = head.split()
            return self._office(head) if source.kind is SourceKind.PERSON and self._is_of_body(words, self._run_start(words)) else source
        if " " not in name:
            name = self.full.get(identity.fold(name), name)  # "thủ hiến Sena Lestari" where the text has "Rina Lestari" too
        for word in identity.fold(name).split():
            if self.full.get(word, name) in head:
                self.full[word] = name  # "Banyumas Achmad Husein" is no longer name where the mention is "Bupati Banyumas Achmad Husein"
        if identity.fold(name) == identity.fold(source.name):
            return source
        return self._named(source, name)

    def _office_and_name(self, printed: str) -> Source | None:
        """Read "Utusan Korea Utara, Kim Kye Gwan": an office, a comma, and nothing but a name."""
        office, comma, name = BRACKETED.sub(" ", printed).partition(",")
        parts = self._without_ranks(name.split())
        is_ranked = len(parts) < len(name.split())
        held = list(dropwhile(lambda word: word.lower() in self.lexicon.words[WordClass.INDEFINITE], office.split()))
        if not comma or not (1 if is_ranked else 2) <= len(parts) <= LONGEST_NAME or not held:
            return None
        if not (self._is_office(held) or self.is_for_people(held[0].lower())):
            return None
        roles = self.lexicon.all(WordClass.ROLE, WordClass.BODY, WordClass.MEDIUM)
        places = self.lexicon.all(WordClass.PLACE, WordClass.UNIT, WordClass.LED)
        if any(part.lower() in places for part in parts):
            return None  # "warga Bandung, Jawa Barat", "Camat Nagasari, Kabupaten Tangerang"
        if not all((part[0].isupper() and part.lower() not in roles) or part.lower() in PARTICLES for part in parts) or "," in name:
            return None
        plain = " ".join(parts)
        known = self.registry.named(plain, self.article.lang)
        if known is not None:
            return replace(known, role=office) if known.kind is SourceKind.PERSON else None
        if " " not in plain:
            plain = self.full.get(identity.fold(plain), plain)
        for word in identity.fold(plain).split():
            self.full[word] = plain
        key = f"{SourceKind.PERSON}:{identity.fold(plain)}"
        country = sources.resolve(office, self.article.lang, self.registry, self.story, self.article.published_at).country
        return Source(identity.of("source", key), key, plain, SourceKind.PERSON, country=country, role=office)

    def _ends_an_office(self, words: list[str]) -> bool:
        """Tell whether a phrase is the end of an office that a comma cut, and a name: "Hubungan Masyarakat BNPB Rina Hartati"."""
        if "no-articles" not in self.lexicon.words[WordClass.SETTING] or len(words) < 4:
            return False
        known = self.registry.language(self.article.lang).words.get(identity.fold(words[0]), ())
        is_unit = (
            any(one.word_class is sources.WordClass.UNIT for one in known) and words[0].lower() not in self.lexicon.words[WordClass.BODY]
        )
        employer = words[-3]
        return is_unit and (employer == BRACKETS or (len(employer) in EMPLOYER and employer.isupper()))

    def _without_ranks(self, words: list[str]) -> list[str]:
        """Return the words of a name without the ranks and forms of address in front: "Ajun Komisaris Besar Polisi Rina Hartati"."""
        titles = self.lexicon.words[WordClass.TITLE]
        while len(words) > 1:
            size = next((size for size in range(LONGEST_RANK, 0, -1) if " ".join(words[:size]).lower().rstrip(".") in titles), 0)
            if not 0 < size < len(words):
                break
            words = words[size:]
        return words

    def _is_office(self, words: list[str]) -> bool:
        """Tell whether a phrase begins with an office or title."""
        known = self.lexicon.all(WordClass.ROLE, WordClass.TITLE)
        return bool(words) and any(" ".join(words[:size]).lower().rstrip(".") in known for size in (1, 2, 3))

    def name_in(self, printed: str) -> str | None:
        """Return the personal name in a mention that begins with an office or title, or None.

        The name is what follows the last word of an office, organisation or place before a comma. A part of it that stands alone elsewhere
        in the article is an affiliation too ("Direktur Lion Air Budi Santoso" where the text has "Lion Air" by itself), and the word by
        which the person is called later tells where the name begins.
        """
        head = BRACKETED.sub(f" {BRACKETS} ", printed).split(",")[0].split()
        while head and head[-1] == BRACKETS:
            head.pop()
        if not self._is_office(head) and not self._ends_an_office(head):
            return self._after_rank(head) or self._after_short_name(head)
        if self._is_kin(head):
            return None  # "vợ ông Nam"
        possessors = self.lexicon.words[WordClass.POSSESSOR] if self.lexicon.words[WordClass.FAMILY] else frozenset()
        owner = next((k for k in range(1, len(head)) if head[k] in possessors), len(head))
        if owner < len(head) and not any(word[0].isupper() for word in head[1:owner]):
            return None  # "quản lý của ca sĩ Lê Lan"
        head = head[:owner]  # "Bộ trưởng Môi trường Ana Field của Norland"
        linked = self.lexicon.all(WordClass.PREPOSITION, WordClass.LOCATIVE)
        at = next((k for k in range(3, len(head)) if head[k].lower() in linked), 0)
        if at and all(head[k][0].isupper() and not self._is_affiliation(head, k) for k in (at - 2, at - 1)):
            head = head[:at]  # "Dr. Rina Hartati dari University of Sena"
        start = self._run_start(head)
        if self._is_of_body(head, start):
            return None
        words = self.lexicon.words
        border = head[start - 1].lower().rstrip(".")
        is_sure = border == BRACKETS or border in words[WordClass.TITLE] or border in words[WordClass.PLACE]
        if start > 1 and border in words[WordClass.BODY] and len(head) - start > 2 and head[start].lower() not in words[WordClass.FAMILY]:
            start += 1
        families, further = words[WordClass.FAMILY], head[start:]
        is_placed = bool(families) and len(further) > 2 and self._is_area(head, start) and further[0].lower() not in families
        if is_placed and not self._first_forename(further) and not self._affiliation(further):
            start += 1  # "Thị trưởng thành phố Sena Ana Field"
        run = head[start:]
        is_member = False
        if head[start - 1].lower() in linked or (start > 1 and head[start - 2].lower() in linked):
            is_in_place = border in words[WordClass.PLACE_PREPOSITION] and len(run) > 2 and self._is_known_body(run[0])
            if not is_in_place and (len(run) < 3 or border not in self.lexicon.all(WordClass.BODY, WordClass.UNIT)):
                return None  # "pengacara dari Bogor": where somebody is from names nobody
            run, is_member = run[1:], True  # "anggota dewan dari Partai Fajar Rina Hartati", "the representative in Norland Ada Brook"
        if len(run) == 1 and run[0].isupper() and not printed.isupper():
            return None  # "Chủ tịch UBND": an abbreviation is a body's name
        if not run or not all(word[0].isupper() or word.lower() in PARTICLES for word in run):
            return None
        if self._is_known_body(" ".join(run)) or (len(run) > 1 and self._country_of(run[-1]) is not None):
            return None  # "Staf Umum Angkatan Bersenjata Ukraina": no name ends in a country's
        leads = self.lexicon.all(WordClass.BODY, WordClass.LED)
        needs_body = self._is_organisation_word(border) or any(
            " ".join(head[first:end]).lower() in leads
            for first, end in ((start - 1, start), (start - 2, start), (start - 2, start - 1))
            if first >= 0
        )
        linking = max((k for k in range(start - 1) if head[k].lower() in words[WordClass.PLACE_PREPOSITION]), default=0)
        if linking and not (is_sure or is_member) and len(run) < 3 and not any(self._is_role(head[k]) for k in range(linking, start)):
            return None  # "pejabat kesehatan di Rumah Sakit Sena": where somebody works
        if is_sure:
            run = run[1:] if border == BRACKETS and len(run) > 2 and self._is_known_body(run[0]) else run
            at = self._first_forename(run)
            return " ".join(run[at if at > 1 else 0 :])
        if len(run) == 1 and start > 1 and (border in words[WordClass.BODY] or self._is_organisation_word(border)):
            return None  # "Humas Universitas Sena": the body's own name
        for _ in range(LONGEST_NAME):
            cut = self._affiliation(run)
            if not cut:
                break
            run = run[cut:]
        called = next((k for k, word in enumerate(run) if word in self.called), 0) or self._first_forename(run)
        if called == 1 and run[1] not in self.called and not needs_body:
            called = 0  # "Menteri Keuangan Wirana Budi Santoso": the office needs no further word
        while called and run[called - 1].lower().rstrip(".") in self.lexicon.words[WordClass.GIVEN]:
            called -= 1
        return " ".join(run[called:] if called > 1 or (called == 1 and len(run) > 2) else run)

    def _after_rank(self, head: list[str]) -> str | None:
        """Return the name after a rank inside a mention whose office is unknown: "Dirsamapta Polda Sena Kombes Rina Hartati"."""
        titles = self.lexicon.words[WordClass.TITLE]
        if "no-articles" not in self.lexicon.words[WordClass.SETTING] or not all(word[0].isupper() for word in head):
            return None
        at = next((k for k in range(1, len(head) - 1) if len(head[k]) >= SHORTEST_RANK and head[k].lower() in titles), 0)
        name = self._without_ranks(head[at:])
        return " ".join(name) if at and not any(self._is_affiliation(name, k) for k in range(len(name))) else None

    def _is_kin(self, head: list[str]) -> bool:
        """Tell whether a mention begins with a noun for kin or friends: "vợ ông Nam" names the husband."""
        words = self.registry.language(self.article.lang).words
        leads = (words.get(identity.fold(" ".join(head[:size])), ()) for size in (1, 2, 3))
        return any(word.word_class is sources.WordClass.KIN for lead in leads for word in lead)

    def _run_start(self, head: list[str]) -> int:
        """Return where the words after the last word of an office, organisation or place begin."""
        return max((k for k in range(1, len(head)) if self._is_affiliation(head, k)), default=0) + 1

    def _is_of_body(self, head: list[str], start: int) -> bool:
        """Tell whether the capitals that end an office name a place or body: "Chủ tịch UBND xã Lam Sơn", "Giám đốc bệnh viện Lam Sơn".

        Where every name begins with one of few family names, syllables without one after the noun for a place or body are its name.
        """
        words, run = self.lexicon.words, head[start:]
        if not words[WordClass.FAMILY] or start < 2 or not all(map(_is_syllable, run)) or self._first_forename(run) or not run:
            return False
        if (
            self._affiliation(run)
            or (len(run) > 1 and run[0].lower() in words[WordClass.FAMILY])
            or any(word in words[WordClass.POSSESSOR] for word in head[1:start])
        ):
            return False
        if self._is_area(head, start):
            return True
        for end in range(start, 0, -1):  # "Công an giao thông", "trường THPT": what leads to the name is a body, not an office
            nouns = [" ".join(head[max(end - size, 0) : end]) for size in (1, 2, 3)]
            if any(self._is_organisation_word(noun) or self._is_public(noun) for noun in nouns):
                return True
            if any(noun.lower() in words[kind] for noun in nouns for kind in (WordClass.ROLE, WordClass.TITLE)):
                return False
        return False

    def _is_area(self, head: list[str], start: int) -> bool:
        """Tell whether a noun for a place stands before the token at `start`: "thành phố", "TP."."""
        nouns = (" ".join(head[max(start - size, 0) : start]).lower().rstrip(".") for size in (1, 2))
        return any(noun in self.lexicon.words[WordClass.AREA] for noun in nouns)

    def _office(self, printed: str) -> Source:
        """Return the unnamed holder of an office."""
        key = f"{SourceKind.PERSON}:{identity.fold(printed)}"
        return Source(identity.of("source", key), key, printed, SourceKind.PERSON, role=printed)

    def _after_short_name(self, head: list[str]) -> str | None:
        """Return the one word by which a speaker is called, after a body that ends in its short name: "Dewan Komisioner OJS Rudiman"."""
        is_told = (
            len(head) > 2 and head[-1] in self.called and not head[-1].isupper() and head[0].lower() in self.lexicon.words[WordClass.BODY]
        )
        return head[-1] if is_told and len(head[-2]) in EMPLOYER and head[-2].isupper() else None

    def _is_role(self, word: str) -> bool:
        return word.lower().rstrip(".") in self.lexicon.words[WordClass.ROLE]

    def _first_forename(self, run: list[str]) -> int:
        """Return where a common personal name stands first in a run by whose words nobody is called, before a further word; else 0."""
        if any(word in self.called for word in run):
            return 0
        names = self.lexicon.all(WordClass.FORENAME, WordClass.FAMILY, WordClass.GIVEN)
        known = [word.lower().rstrip(".") in names for word in run]
        # A single letter begins a name before another name only: "I Gusti …", not "Daeng M Faqih".
        return next((k for k, word in enumerate(run[:-1]) if known[k] and (known[k + 1] or len(word.rstrip(".")) > 1 or not k)), 0)

    def _is_affiliation(self, head: list[str], k: int) -> bool:
        word = head[k].lower().rstrip(".")
        words = self.lexicon.words
        if word == BRACKETS:
            return True
        if any(word in words[kind] for kind in (WordClass.ROLE, WordClass.TITLE, WordClass.BODY, WordClass.UNIT, WordClass.PLACE)):
            return True
        known = self.registry.language(self.article.lang).words.get(identity.fold(word), ())
        if any(one.word_class in OFFICE_WORDS for one in known):
            return True
        pair = f"{head[k - 1]} {head[k]}".lower() if k else word
        if pair in words[WordClass.ROLE] or pair in words[WordClass.TITLE] or pair in words[WordClass.BODY]:
            return True
        return (len(word) >= 3 and head[k].isupper()) or head[k][0].isdigit() or (head[k][0].islower() and word not in PARTICLES)

    def _affiliation(self, run: list[str]) -> int:
        """Return how many words at the front of a run stand alone elsewhere in the article, as no given name does."""
        text = self.article.text
        given = self.lexicon.words[WordClass.GIVEN]
        for size in range(len(run) - 1, 0, -1):
            if run[size - 1].lower().rstrip(".") in given:
                continue
            prefix = " ".join(run[:size])
            if self._is_known_body(prefix) or self._is_known_body(run[size - 1]) or self._is_common(run[size - 1]):
                return size
            if size < 2:
                if self._is_worked_at(prefix, run[1]):
                    return size
                continue
            for at in self._capitals(prefix):
                after = text[at + len(prefix) : at + len(prefix) + 2]
                if after[:1] in (",", ".", ";", ")", "") or (after[:1].isspace() and not after[1:2].isupper()):
                    return size
        return 0

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

    def _is_worked_at(self, word: str, following: str) -> bool:
        """Tell whether one word of a run is a workplace: elsewhere it stands after "at" or the like, without the rest of the run."""
        text = self.article.text
        heads = self.lexicon.words[WordClass.BODY] | self.lexicon.words[WordClass.WORKPLACE]
        for at in self._capitals(word):
            end = at + len(word)
            if text[at - 1 : at] != " " or text[end : end + 1].isalnum() or text.startswith(following, end + 1):
                continue
            before = text[max(0, at - 21) : at - 1].split()
            if before and before[-1].lower() in heads:
                return True
        return False

    def _capitals(self, name: str) -> list[int]:
        """Return the first places where a name stands that begins with a capital."""
        text = self.article.text
        if self.capitals is None:
            self.capitals = _by_word(CAPITAL, text)
        first = CAPITAL.match(name)
        places = self.capitals.get(first[1], ()) if first else ()
        return [at for at in places[:SITES] if text.startswith(name, at)][:20]

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

    def _named(self, source: Source, name: str) -> Source:
        known = self.registry.named(name, self.article.lang)
        if known is not None:
            return replace(known, role=source.role)
        if source.role is None and (words := name.split()) and any(self._is_organisation_word(word) for word in (words[0], words[-1])):
            return self._organisation(name)
        key = f"{SourceKind.PERSON}:{identity.fold(name)}"
        return replace(
            source,
            id=identity.of("source", key),
            key=key,
            name=name,
            kind=SourceKind.PERSON,
            is_known=False,
            anonymous_type=None,
            count=None,
            anonymity_reason=None,
        )

    def _holder(self, role: str) -> str | None:
        """Return the name that follows `role` somewhere in the text: "Presiden Rusia" -> "Vladimir Putin"."""
        text = self.article.text
        if self.before_capitals is None:
            self.before_capitals = _by_word(BEFORE_CAPITAL, text)
        last = LAST_WORD.search(role)
        if last is None:
            return None
        linked = self.lexicon.all(WordClass.PREPOSITION, WordClass.LOCATIVE)
        for at in self.before_capitals.get(last[1], ())[:SITES]:
            begin = at - last.start()
            if begin < 0 or text[max(0, begin - 1) : begin].isalnum() or not text.startswith(role + " ", begin):
                continue
            rest = text[begin + len(role) + 1 : begin + len(role) + HOLDER_REACH]
            ranked = self._ranked_name(rest)
            if ranked is not None:
                return ranked
            name: list[str] = []
            for word in rest.split()[:LONGEST_NAME]:
                bare = word.strip(",.;:()\"'“”")
                if not bare or not bare[0].isupper() or bare.lower() in linked:
                    break
                name.append(bare)
                if bare != word:
                    break
            is_name = len(name) >= 2 and not (name[0].isupper() and len(name[0]) > 1)  # "Chủ tịch UBND TP": a body's
            if is_name and name[0].lower() not in self.lexicon.words[WordClass.TIME]:
                return " ".join(name)
        return None

    def _ranked_name(self, rest: str) -> str | None:
        """Return the name after the first rank in what follows an office, where nothing but its place stands before that rank."""
        words = BRACKETED.sub(" ", rest.partition("\n")[0]).split()
        titles = self.lexicon.words[WordClass.TITLE]
        for k in range(len(words)):
            if any(" ".join(words[k : k + size]).lower().rstrip(".") in titles for size in range(1, LONGEST_RANK + 1)):
                name = list(takewhile(lambda word: word[0].isupper() and word[-1] not in ",.;:", self._without_ranks(words[k:])))
                further = self._without_ranks(words[k:])[len(name) : len(name) + 1]
                name += [word.rstrip(",.;:") for word in further if word[0].isupper()]
                return " ".join(name) if 2 <= len(name) <= LONGEST_NAME else None
            if not words[k][0].isupper() or words[k][-1] in ".;:":
                return None
        return None


def _capital_runs(words: Sequence[str]) -> list[list[str]]:
    """Return the capitalised words that follow each other, run by run."""
    return [list(run) for is_capital, run in groupby(words, key=lambda word: word[0].isupper()) if is_capital]


def _by_word(pattern: re.Pattern[str], text: str) -> dict[str, list[int]]:
    """Return where the words stand that `pattern` finds, by word."""
    found: dict[str, list[int]] = {}
    for match in pattern.finditer(text):
        found.setdefault(match[1], []).append(match.start(1))
    return found


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
        *((WordClass.DOCUMENT,) if "no-articles" in lexicon.words[WordClass.SETTING] else ()),
    )
    units = registry.language(article.lang).units
    determiners = lexicon.all(WordClass.INDEFINITE, WordClass.DEFINITE)
    genitives = lexicon.words[WordClass.GENITIVE]
    called_by = lexicon.all(WordClass.ROLE, WordClass.TITLE)
    mediums = lexicon.words[WordClass.MEDIUM]
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
        is_name = (
            capital[index]
            and start >= blocked
            and not (word in functional and not (is_open and word in mediums))  # "Hoàng Công Trang" is no page
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
    several = [(first, last) for first, last in runs if last - first > 1]
    for first, last in several:
        if last - first <= LONGEST_NAME:
            _keep(people.full, article.text[starts[first] : ends[last - 1]])
    for first, last in several:
        if called := _initials(reading, first, last, called_by):
            people.initials[called[0]] = reading.slice(called[1], last)
        if alias := _alias(people, first, last, called_by):
            people.initials[alias] = reading.slice(first, last)
    for first, last in runs:
        before = reading.low[first - 1] if first else ""
        is_titled = last - first == 1 and (before in called_by or _is_apposed(people, first, last))
        is_place = before in lexicon.words[WordClass.WORKPLACE] and reading.low[last - 1] not in people.called
        if last - first <= LONGEST_NAME and (reading.low[last - 1] in people.full or is_titled) and not (before in determiners or is_place):
            people.names.append(reading.span(first, last))
    people.names.extend(hit.span for hit in persons.values())
    people.names.sort()
    people.name_starts = [span.start for span in people.names]
    for kind in (WordClass.MALE, WordClass.FEMALE):
        titles = lexicon.words[kind] & lexicon.words[WordClass.TITLE]
        for first, last in runs:
            if first and reading.low[first - 1] in titles and last - first <= LONGEST_NAME:
                people.addressed[identity.fold(reading.low[last - 1])] = kind
    people.hit_starts = [hit.span.start for hit in hits]
    people.starts = [reading.starts[sentence.start] for sentence in reading.sentences]
    people.short = frozenset(_short_names(reading, (lexicon.words[WordClass.BODY], lexicon.words[WordClass.UNIT], units), called_by))
    people.small = frozenset(compress(reading.low, map(not_, reading.capital)))
    return people


def _is_apposed(people: Cast, first: int, last: int) -> bool:
    """Tell whether a word between commas is the name of somebody whom a noun introduces: "Mahasiswa Universitas Sena, Mikael, …"."""
    low = people.reading.low
    if not 0 < first < last < len(low) or low[first - 1] != "," or low[last] not in CLAUSE_ENDS - {"."}:
        return False
    begin = next((k + 1 for k in range(first - 2, max(-1, first - LONGEST_OFFICE), -1) if low[k] in CLAUSE_ENDS), 0)
    return any(people.is_for_people(low[k]) for k in range(begin, min(begin + 2, first - 1)))


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
        while (index := index + 1) < size and low[index] in PARTICLES and index not in found and index not in in_title_case:
            found.add(index)
    return sorted(found)


def _owned_apart(reading: Reading, first: int, last: int, firms: frozenset[str]) -> list[tuple[int, int]]:
    """Return the names in a run: one that owns what follows apart ("Orbit's Ada Brook"), and without abbreviations ("MEC Brook")."""
    ends = [index + 1 for index in range(first, last) if index == last - 1 or reading.low[index].endswith(POSSESSIVE)]
    parts = zip([first, *ends], ends, strict=False)
    return [(_after_short(reading, k, end, firms), end) for k, end in parts]


def _after_short(reading: Reading, first: int, last: int, firms: frozenset[str]) -> int:
    """Return where a run begins behind a firm or an abbreviation: "MEC Brook", "PT FI Brook"."""
    if last - first > 2 and reading.low[first] in firms and reading.slice(first + 1, first + 2).isupper():
        return first + 2
    return next((k + 1 for k in range(last - 2, first - 1, -1) if _is_abbreviation(reading.slice(k, k + 1))), first)


def _abbreviates(short: str, words: Sequence[str]) -> bool:
    """Tell whether a word is put together from the first letters of two or more words: "wapres" from "wakil presiden"."""
    if len(words) < 2:
        return False
    sizes = (size for size in range(LEAST_PART, len(short) - LEAST_PART + 1) if words[0].startswith(short[:size]))
    return any(words[1].startswith(short[size:]) or _abbreviates(short[size:], words[1:]) for size in sizes)


def _is_syllable(word: str) -> bool:
    """Tell whether a word is one syllable: "Nguyễn", not "James"."""
    bare = "".join(char for char in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(char))
    return SYLLABLE.fullmatch(bare) is not None


def _is_abbreviation(word: str) -> bool:
    return word.isupper() and word.isalpha() and len(word) in ABBREVIATED


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
