"""Who is meant by a mention: by a name, a pronoun, an office or a description, given who was named and who has spoken."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile

from sumber.sourcing import identity, sources
from sumber.sourcing.coreference.bodies import PLACES
from sumber.sourcing.coreference.names import ABBREVIATED, BRACKETED, LONGEST_NAME, Names, is_abbreviation
from sumber.sourcing.lexicons import CueClass, WordClass
from sumber.sourcing.model import AnonymousType, Source, SourceKind, Span
from sumber.sourcing.sentences import Sentence, is_field

POSSESSIVE = ("'s", "’s")
REASON_REACH = 90  # characters after an unnamed source within which its sentence says why it is unnamed
AGED = re.compile(r"(\d{1,3})-[^\W\d_]+-?[^\W\d_]*")  # "62-year-old"
NICKNAMED = re.compile(r"(?<!\w)(\w+) ['\"‘“][^\W\d_]+['\"’”] (?=[^\W\d_a-z])")  # "Brian 'Dot' Holt"
CLAIM_END = re.compile(r"[.!?\n\"“”]")
LEAST_PART = 2  # letters that an abbreviation takes of each word at least
SHORT_OPENING = 3  # tokens before a name with which a sentence all but begins: a title, an office
NEAR_SENTENCES = 3  # in which somebody spoke whom an age may mean
SUBJECT_REACH = 8  # tokens from a sentence's start within which its subject stands
MOST_WORDS = 4  # in a description that ends in an office: "the former Elmer senator"
LONGEST_OFFICE = 14  # tokens before a name
BODIES = frozenset({SourceKind.ORGANISATION, SourceKind.GOVERNMENT, SourceKind.OUTLET, SourceKind.AGENCY})
STATE_OFFICES = frozenset({"presidency", "premiership"})  # values of `seeds/roles.csv` for those who lead a state
MINDS = frozenset({CueClass.SPEECH, CueClass.ATTITUDE, CueClass.OBJECT})
FLOOR_REACH = 3  # sentences between who takes the floor and the quotation
CLAUSE_ENDS = frozenset({",", ".", ";", "("})
SIGNS = ((WordClass.MALE, WordClass.MAN), (WordClass.FEMALE, WordClass.WOMAN))
REACH = 6  # earlier speakers that a pronoun may mean


@dataclass(slots=True)
class Cast(Names):
    """The names of an article and those who have spoken so far, in text order; `coreference.cast` makes it."""

    spoken: list[Source] = field(default_factory=list)
    spoken_keys: set[str] = field(default_factory=set)
    latest_news: Source | None = None
    described: dict[str, Source] = field(default_factory=dict)  # by word of name or role, who spoke last and is no news organisation
    memory: dict[str, tuple[Source, ...]] = field(default_factory=dict)
    mentioned: dict[str, Span] = field(default_factory=dict)  # where each speaker was named last
    names: list[Span] = field(default_factory=list)  # where personal names stand
    name_starts: list[int] = field(default_factory=list)
    hit_starts: list[int] = field(default_factory=list)  # where the registry's names start
    offices: dict[str, Source] = field(default_factory=dict)  # by office as printed, the person who spoke with it and a name; latest last
    organs: dict[str, Source] = field(default_factory=dict)  # by noun, the organ of a state that spoke last under it and a country's name
    introduced: dict[str, WordClass] = field(default_factory=dict)  # by folded name, whether a noun for a man or a woman stands before it
    natives: dict[str, str] = field(default_factory=dict)  # by key of a person, the country as somebody of which they were told of
    bearers: dict[str, Source | None] = field(default_factory=dict)  # by noun for a body, the one firm before whose name it stands
    group: tuple[Source, ...] = ()  # the speakers of the latest joint mention
    reasons: dict[str, str] = field(default_factory=dict)  # by key of an unnamed source, why it is unnamed, where the text after it says so
    initials: dict[str, str] = field(default_factory=dict)  # "RH" -> "Rina Hartati", where the text says so
    first_at: dict[str, int] | None = None  # by word, the token at which it stands first; made when first needed
    ages: dict[str, Span] | None = None  # by age as printed, the personal name before it; made when first needed

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
        printed = unicodedata.normalize("NFC", self.reading.printed(span))
        lost, mark, rest = printed.replace("’", "'").partition("'")
        if rest and f"{lost}{mark}".lower() in self.lexicon.words[WordClass.ELIDED]:
            printed = printed[len(lost) + 1 :]  # "l'AFP"
        for ending in POSSESSIVE:
            printed = printed.removesuffix(ending)
        for alias in self.initials:
            name, _, joint = printed.removesuffix(f" {alias}").rpartition(" ")
            if printed.endswith(f" {alias}") and joint.lower() in self.lexicon.words[WordClass.ALIAS]:
                printed = name  # "Arta Wirawan atau Gus Wira"
        printed = self._with_employer(self.initials.get(printed, self.plain(self._uncapitalised(printed, span))))
        printed = self._without_sort(printed)
        folded = printed.lower()
        words = self.lexicon.words
        tokens = folded.split()
        if self.article_descriptions and tokens and tokens[0] in words[WordClass.DEFINITE]:
            tokens = list(takewhile(lambda word: word not in words[WordClass.RELATIVE], tokens))  # "the official who asked for …"
        if (pointer := self._pointer_after(span)) is not None:
            tokens.append(pointer)
        if len(tokens) == 1 or (len(tokens) == 2 and tokens[1] in words[WordClass.DEMONSTRATIVE]):
            pointed = self._pronoun(tokens[0], len(tokens) == 2, span)
            if pointed is not None:
                return pointed
        described = self._office_holder(printed) or self._alone(printed) or self._leader(printed) or self._description(tokens, span)
        described = described or self._native(tokens, span)
        if described is not None:
            return (described,)
        meant = self._bare_office(printed, tokens)
        if meant is not None:
            return (meant,)
        if printed not in self.memory and (office := self._office_and_name(printed)) is not None:
            self.memory[printed] = (office,)
        if printed not in self.memory:
            as_one = self.reading.as_one(span)
            found = self.mentions.resolve_all(as_one or printed)
            if as_one and len(found) == 1:
                found = (self.mentions.resolve(printed),)
            elif len(found) > 1:
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
        return tuple(self._told_before(self._namesake(source, printed)) for source in self.memory[printed])

    def _namesake(self, source: Source, printed: str) -> Source:
        """Return the person who spoke under a full name, where a surname alone is a news organisation's name too: "Bloomberg"."""
        if not source.kind.is_news or " " in printed or not self.gendered_pronouns:
            return source
        alike = self.described.get(printed.lower())
        return alike if alike is not None and alike.kind is SourceKind.PERSON and alike.name.endswith(f" {printed}") else source

    def _told_before(self, source: Source) -> Source:
        """Return the news organisation that spoke before with an article in its name: "tờ Times" behind "tờ Times (Anh)"."""
        if source.is_known or not source.kind.is_news or source.is_vague or not self.pointed_descriptions:
            return source
        known = self.registry.named(f"The {source.name}", self.article.lang)
        return known if known is not None and known.key in self.spoken_keys else source

    def _pointer_after(self, span: Span) -> str | None:
        """Return the demonstrative that closes a clause behind a mention, as if it stood right there: "pejabat [yang takut] itu"."""
        reading, words = self.reading, self.lexicon.words
        first = bisect_left(reading.starts, span.end)
        if not self.no_articles or first >= len(reading.low) or reading.low[first] not in words[WordClass.RELATIVE]:
            return None
        for k in range(first + 1, min(len(reading.low), first + SUBJECT_REACH)):
            if reading.low[k] in words[WordClass.DEMONSTRATIVE] and reading.low[k - 1] not in words[WordClass.TIME]:
                return reading.low[k]
            if reading.low[k] in CLAUSE_ENDS or reading.quoted[k] >= 0 or reading.capital[k]:
                return None
        return None

    def _with_employer(self, printed: str) -> str:
        """Return a mention without the comma between an office and its body: "Kepala Pusat Data, Kementerian Air Rina Hartati"."""
        office, comma, rest = printed.partition(", ")
        if not comma or not self.no_articles or not rest:
            return printed
        is_body = rest.split()[0].lower() in self.lexicon.words[WordClass.BODY] and self._is_office(office.split())
        return f"{office} {rest}" if is_body and self.name_in(office) is None else printed

    def _without_sort(self, printed: str) -> str:
        """Return a known body's name without the words before it that say what it is: "kelompok HAM Human Rights Watch"."""
        words = printed.split()
        if not words or words[0].lower() not in self.lexicon.words[WordClass.SORT]:
            return printed
        tails = (" ".join(words[k:]) for k in range(1, min(len(words), MOST_WORDS)) if words[k][0].isupper())
        known = ((tail, self.registry.named(BRACKETED.sub("", tail).strip(), self.article.lang)) for tail in tails)
        return next((tail for tail, one in known if one is not None and one.kind is SourceKind.ORGANISATION), printed)

    def plain(self, name: str) -> str:
        """Return a name without a nickname in quotation marks behind a forename."""
        found = NICKNAMED.search(name)
        is_forename = found is not None and found[1].lower() in self.lexicon.all(WordClass.MAN, WordClass.WOMAN)
        return name[: found.end(1)] + " " + name[found.end() :] if found is not None and is_forename else name

    def _uncapitalised(self, printed: str, span: Span) -> str:
        """Return a mention in a headline as the body writes it: "Petugas Medis Sena" -> "petugas medis Sena"."""
        number = bisect_right(self.starts, span.start) - 1
        if not self.no_articles or number < 0 or not self.reading.sentences[number].is_headline:
            return printed
        words = printed.split()
        if len(words) < 2 or any(not word[0].isupper() for word in words):
            return printed
        return " ".join(word.lower() if word.lower() in self.small and identity.fold(word) not in self.full else word for word in words)

    def _is_one_office(self, parts: tuple[Source, ...], printed: str) -> bool:
        """Tell whether a mention that seems joint is one office and its holder: "Deputi Neraca dan Statistik Rina Hartati"."""
        held = self.name_in(printed) if self.no_articles else None
        if held is None or not printed.endswith(held):
            return False
        first, *further = (" ".join(dict.fromkeys((source.role or "", source.name))).split() for source in parts)
        name = (self.name_in(" ".join(first)) or "").split()
        is_named = len(name) > 1 and not any(self._is_common(word) or self._is_field(word) for word in name)
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
            called = self.described.get(word) if self.kin_pronouns else None  # "cô" behind "cô giáo"
            is_called = called is not None and called.kind is SourceKind.ANONYMOUS and called in self.spoken[-REACH:]
            found = called if is_called else self._only_one_before(span.start) or self._subject_before(span.start)
            if found is None or self._is_other_sex(found, word):
                found = self._somebody(span.start, word)
        elif word in words[WordClass.PLURAL] and not is_pointed and self.group and self.group[-1] in self.spoken[-len(self.group) :]:
            return self.group
        elif word in words[WordClass.PLURAL] and word not in words[WordClass.INDEFINITE] and not is_pointed:
            found = self._several()
            last = self.last()
            is_one = last is not None and last.kind in (SourceKind.PERSON, SourceKind.ANONYMOUS)
            found = found or (None if self.plural_groups and is_one else last)
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

    def _described_alike(self, tokens: list[str]) -> Source | None:
        """Return who spoke under the same words with an indefinite article: "the harbour official" is "a harbour official"."""
        articles = self.lexicon.words[WordClass.INDEFINITE] & self.lexicon.words[WordClass.NOMINAL]
        for source in reversed(self.spoken[-REACH:]):
            first, *rest = source.name.lower().split()
            if len(rest) > 1 and first in articles and rest == tokens[1:] and source.kind is SourceKind.ANONYMOUS:
                return source
        return None

    def _is_told_as_one(self, source: Source) -> bool:
        """Tell whether an unnamed source is one person by its article and noun: "a harbour official", not "a group of officials"."""
        words = self.lexicon.words
        first, *rest = source.name.lower().split()
        head = list(takewhile(lambda word: word not in words[WordClass.PREPOSITION], rest))[-1:]
        is_one = first in words[WordClass.INDEFINITE] & words[WordClass.NOMINAL] and any(word in words[WordClass.ROLE] for word in head)
        return source.count == 1 or is_one

    def _several(self) -> Source | None:
        """Return the latest speaker whom "they" can mean, a group or a body; never one whose article tells of one person."""
        for source in reversed(self.spoken[-REACH:]):
            if source.kind in (SourceKind.ORGANISATION, SourceKind.GOVERNMENT):
                return source
            if source.kind is SourceKind.ANONYMOUS and not (self.article_descriptions and self._is_told_as_one(source)):
                return source
        return None

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
        is_said = self.article_descriptions and verb in self.lexicon.cues  # no article: a name, not an office
        if not (is_said or verb in words[WordClass.VERB] or verb in words[WordClass.AUXILIARY] or (suffixes and verb.endswith(suffixes))):
            return None
        name = reading.slice(first, last)
        known = self.registry.named(name, self.article.lang)
        if known is not None:
            return known if known.kind in BODIES else None
        is_name = all(self.is_name_inside(reading.low[k]) for k in range(first, last))
        return self._organisation(name) if is_name and identity.fold(name) not in self.full else None

    def _only_one_before(self, position: int) -> Source | None:
        """Return the one person whom the sentence of a pronoun names before it: "Hội Y khoa mô tả bác sĩ Reed là C dù ông khẳng định D"."""
        number = bisect_right(self.starts, position) - 1
        if not self.kin_pronouns or number < 0:
            return None
        first, last = bisect_left(self.name_starts, self.starts[number]), bisect_left(self.name_starts, position)
        starts, quoted = self.reading.starts, self.reading.quoted
        free = [span for span in self.names[first:last] if quoted[bisect_left(starts, span.start)] < 0]
        free = [span for span in free if not self._is_owner(span)] or free  # "Rina Hartati, cố vấn của ông Nam, … nhưng bà"
        names = {span.of(self.article.text).split()[-1]: span for span in free}
        if len(names) != 1:
            return None
        return next((one for span in names.values() for one in self.sources(span) if one.kind is SourceKind.PERSON), None)

    def _is_owner(self, span: Span) -> bool:
        """Tell whether a name only says whose something is: "của ông Nam" (Vietnamese)."""
        k = bisect_left(self.reading.starts, span.start) - 1
        k -= k > 0 and self.reading.low[k] in self.lexicon.words[WordClass.TITLE]
        return self.owners_behind and k >= 0 and self.reading.low[k] in self.lexicon.words[WordClass.POSSESSOR]

    def _is_other_sex(self, source: Source, pronoun: str) -> bool:
        """Tell whether the text puts a form of address of the other sex before somebody's name: "ông Nam" is not "bà"."""
        words = self.lexicon.words
        if pronoun not in self.lexicon.all(WordClass.MALE, WordClass.FEMALE):
            return False
        wrong, sign = (WordClass.FEMALE, WordClass.WOMAN) if pronoun in words[WordClass.MALE] else (WordClass.MALE, WordClass.MAN)
        return self._sign(source) is sign or any(self.addressed.get(word) is wrong for word in identity.fold(source.name).split()[-1:])

    def _sign(self, source: Source) -> WordClass | None:
        """Return whether the text tells that somebody is a man or a woman: by forename, office or kinship, or a title before the name."""
        words, parts = self.lexicon.words, identity.fold(source.name).split()
        office = (source.role or source.name).lower().split()
        head = list(takewhile(lambda word: word not in self.lexicon.all(WordClass.PREPOSITION, WordClass.LOCATIVE), office))[-1:]
        for pronoun, sign in SIGNS:
            is_called = bool(parts) and (parts[0] in words[pronoun] or (len(parts) > 1 and parts[0] in words[sign]))
            if is_called or any(word in words[sign] for word in head):
                return sign
        return self.introduced.get(" ".join(parts))

    def _somebody(self, position: int, pronoun: str = "") -> Source | None:
        """Return the one person whom a pronoun at `position` can mean: who spoke last, else who was named last, never a body."""
        for source in reversed(self.spoken[-REACH:]):
            if self._is_other_sex(source, pronoun):
                continue
            if source.is_vague and source.kind is SourceKind.PERSON:
                continue  # a pronoun that nobody was found for
            if source.kind is SourceKind.PERSON or self._has_spokesman(source):
                return source
            if source.kind is SourceKind.ANONYMOUS and (source.count == 1 or self._is_one(source, position)):
                return source
        is_one = bool(pronoun) and self.gendered_pronouns  # "he" is no crowd
        return self._named_before(position, pronoun) or (None if is_one else self.last(SourceKind.ANONYMOUS))

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

    def _named_before(self, position: int, pronoun: str = "") -> Source | None:
        """Return the person named last before `position`, no further back than two sentences: with whom a sentence begins, if any."""
        number = bisect_right(self.starts, position) - 1
        first = bisect_left(self.name_starts, self.starts[max(0, number - 2)]) if number >= 0 else 0
        latest: Source | None = None
        for span in reversed(self.names[first : bisect_left(self.name_starts, position)]):
            if not self._is_surely_person(span) or self._holds_abbreviation(span) or self._is_owner(span):
                continue
            found = next((source for source in self.sources(span) if source.kind is SourceKind.PERSON), None)
            if found is None or self._is_other_sex(found, pronoun):
                continue
            if not pronoun or self._begins_sentence(span) or not (self.gendered_pronouns or self._is_subordinate(span)):
                return found
            latest = latest or found
        return latest

    def _begins_sentence(self, span: Span) -> bool:
        """Tell whether a name is near the beginning of its sentence, as its subject is."""
        sentence = self.reading.sentences[bisect_right(self.starts, span.start) - 1]
        return bisect_left(self.reading.starts, span.start) - sentence.start <= SHORT_OPENING

    def _is_subordinate(self, span: Span) -> bool:
        """Tell whether a name stands in a clause that hangs on another: "Gugatan itu dilayangkan *setelah* Rina mundur"."""
        words, low = self.lexicon.words, self.reading.low
        sentence = self.reading.sentences[bisect_right(self.starts, span.start) - 1]
        before = (low[k] for k in range(bisect_left(self.reading.starts, span.start) - 1, sentence.start - 1, -1))
        clause = takewhile(lambda word: word != ",", before)
        return self.no_articles and any(word in words[WordClass.BOUNDARY] for word in clause)

    def _is_surely_person(self, span: Span) -> bool:
        """Tell whether a run of capitals is a person's name where nouns are capitalised too: after an office, or of one who speaks."""
        if not self.capital_nouns:
            return True
        index = bisect_left(self.reading.starts, span.start)
        titles = self.lexicon.all(WordClass.ROLE, WordClass.TITLE)
        is_titled = any(self.reading.low[k] in titles for k in (index - 1, index) if k >= 0)
        return is_titled or any(word in self.called for word in span.of(self.article.text).split())

    def _holds_abbreviation(self, span: Span) -> bool:
        """Tell whether a run of capitals holds an abbreviation beside further words, as firms' names do: "PT Elmer Glass EGL"."""
        return bool(self.lexicon.words[WordClass.NEUTER]) and any(map(is_abbreviation, span.of(self.article.text).split()[1:]))

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
        first = bisect_left(reading.starts, self.names[index].start)
        reach = SUBJECT_REACH
        after = bisect_left(self.name_starts, reading.ends[sentence.end - 1])
        while is_field(reading.low[first], self.lexicon) and index + 1 < after:
            index, reach = index + 1, LONGEST_OFFICE  # "Menteri Pendayagunaan Aparatur Negara (PAN) Rina Hartati tiba. Ia …"
            first = bisect_left(reading.starts, self.names[index].start)
        span = self.names[index]
        if not self._is_surely_person(span) or self._holds_abbreviation(span) or self._is_subordinate(span):
            return None
        if first - sentence.start > reach or reading.quoted[first] >= 0 or self._is_object(sentence.start, first):
            return None
        last = self.spoken[-1] if self.spoken else None
        held = self.mentioned.get(last.key) if last is not None else None
        if last is not None and held is not None:
            is_person = last.kind is SourceKind.PERSON
            reach = reading.ends[sentence.end - 1] if self.closing_tags else span.start  # "Rina pergi, kata Budi. Ia …"
            if is_person and reading.starts[sentence.start] <= held.start < reach and not span.start <= held.start < held.end <= span.end:
                return last  # "Menurut Rina, kapal Sena Raya aman. Ia …"
            is_one = self.article_descriptions and last.kind is SourceKind.ANONYMOUS and self._is_one(last, position)
            if is_one and reading.starts[sentence.start] <= held.start < reach:
                return last  # "Ada Brook is safe, an official said. He …"
            if held.start <= span.start < held.end:
                return last if is_person else None
        return next((source for source in self.sources(span) if source.kind is SourceKind.PERSON), None)

    def _is_object(self, begin: int, first: int) -> bool:
        """Tell whether a name is no subject: a phrase with an article begins its sentence, and another one leads up to it."""
        words, low = self.lexicon.words, self.reading.low
        articles = words[WordClass.NOMINAL] & self.lexicon.all(WordClass.DEFINITE, WordClass.INDEFINITE)
        linked = self.lexicon.all(WordClass.PREPOSITION, WordClass.LOCATIVE) | CLAUSE_ENDS
        is_apart = any(low[k] in articles and low[k - 1] not in linked for k in range(begin + 1, first))
        return self.article_descriptions and low[begin] in articles and is_apart

    def _begins_with_pronoun(self, number: int) -> bool:
        """Tell whether a sentence begins with a pronoun for one person, after no more than an opener."""
        sentence, low = self.reading.sentences[number], self.reading.low
        first = sentence.start
        skipped = self.lexicon.words[WordClass.OPENER]
        if self.opening_conjunctions:
            skipped = self.lexicon.all(WordClass.OPENER, WordClass.CONTRAST, WordClass.COORDINATOR)  # "But she is late"
        while first < sentence.end and (low[first] in skipped or low[first] == ","):
            first += 1
        persons = self.lexicon.all(WordClass.PERSON, WordClass.MALE, WordClass.FEMALE)
        aged = "".join(low[first + 1 : first + 4]) if self.article_descriptions else ""
        is_aged = AGED.fullmatch(aged) is not None  # "The 34-year-old shook off the rust"
        is_address = first + 1 < sentence.end and low[first] in self.lexicon.words[WordClass.TITLE] and self.reading.capital[first + 1]
        is_person = first < sentence.end and low[first] in persons and not is_address  # "Ông Nam …" is no pronoun
        return first < sentence.end and (is_person or is_aged) and self.reading.quoted[first] < 0

    def heard(self, position: int, silent: frozenset[str] = frozenset()) -> Source | None:
        """Return who spoke last, a person if any; where nobody has yet, the person with whom the sentence before `position` begins.

        Else the one person whom the article has named. Those whose keys are `silent` pass on what others say.
        """
        last = self.last()
        if last is not None and last.kind is SourceKind.ANONYMOUS and self._is_one_speaker(last):
            return last  # "kata seorang polisi. …, katanya"
        found = self.last(SourceKind.PERSON) or last
        if found is not None and found.key not in silent:
            return found
        document = self.last(SourceKind.DOCUMENT, SourceKind.GOVERNMENT, SourceKind.ORGANISATION)
        return self._subject_before(position) or document or self._sole_before(position) or found

    def _sole_before(self, position: int) -> Source | None:
        """Return the one person whom the article names before `position`, in whatever words; None where it names several."""
        spans = self.names[: min(bisect_left(self.name_starts, position), PLACES)]
        found = {source.key: source for span in spans for source in self.sources(span) if source.kind is SourceKind.PERSON}
        if len(found) != 1 or not self.no_articles:
            return None
        sentences = (self.reading.sentences[bisect_right(self.starts, span.start) - 1] for span in spans)
        is_sure = any(self._is_certain(span, sentence) for span, sentence in zip(spans, sentences, strict=True))
        return next(iter(found.values())) if is_sure else None

    def _is_one_speaker(self, source: Source) -> bool:
        """Tell whether an unnamed source is one person, by the word that it begins with: "seorang polisi"."""
        words = source.name.lower().split()
        return bool(words) and self.no_articles and words[0] in self.lexicon.words[WordClass.SINGLE]

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
        if len(tokens) == 2 and tokens[0] in words[WordClass.DEFINITE] and (parent := self._parent(tokens[1])):
            return self._of_sex(parent, span.start)
        if tokens and tokens[0] in words[WordClass.DEFINITE] and (person := self._with_office(tokens, span)) is not None:
            return person
        if tokens and tokens[0] in words[WordClass.DEFINITE] and (same := self._described_alike(tokens)) is not None:
            return same
        linked = self.lexicon.all(WordClass.PREPOSITION, WordClass.LOCATIVE)
        linked |= words[WordClass.RELATIVE] if self.article_descriptions else frozenset()
        head = list(takewhile(lambda word: word.lower() not in linked, span.of(self.article.text).split()))
        of_country: dict[str, str] = {}
        for run in _capital_runs(head[1:]):
            if (country := self._country_of(" ".join(run))) is not None:
                of_country.update(dict.fromkeys(run, country))
        if words[WordClass.NEUTER] and len(tokens) == 2 and tokens[0] in words[WordClass.DEFINITE] and self._is_unknown(head):
            return self._subject_before(span.start) or self._just_heard(span.start)  # "The Scot said": no person's name has an article
        native_of = self._native_of(tokens)
        if native_of is not None and (named := self._subject_before(span.start) or self._just_heard(span.start)) is not None:
            is_of_country = named.country in (None, native_of) and self.natives.setdefault(named.key, native_of) == native_of
            return named if is_of_country else None  # "said the American"
        if (
            words[WordClass.STAR]
            and tokens[0] in words[WordClass.DEFINITE]
            and tokens[-1].rpartition("-")[2] in words[WordClass.STAR]
            and len(tokens) <= MOST_WORDS + 2
        ):
            return self._of_sex(
                tokens[-1].rpartition("-")[2], span.start
            )  # "The rapper said", "the former Elmer midfielder": whom the page is about
        if self.pointed_descriptions and (meant := self._honoured(tokens, span.start)) is not None:
            return meant
        offices = words[WordClass.ROLE] if self.article_descriptions else frozenset()  # "the President" names nobody
        is_office = " ".join(head[1:]).lower() in offices
        if not is_office and any(
            word[0].isupper() and not (word in of_country or self._is_known(word) or word.lower() in offices) for word in head[1:]
        ):
            # "Wakil Ketua DPRD itu" points at whoever spoke last; "the Harbour Courier newspaper" names itself
            return self.last(SourceKind.PERSON) if self._points_at_holder(tokens) else None
        if any(self.outlets_in(span)):
            return None  # "the French news agency AFP"
        if self._points_at_holder(tokens) and any(word[0].isupper() and word not in of_country for word in head[1:]):
            return self.described.get(tokens[0]) or self.last(SourceKind.PERSON)  # "Waketum PAN ini"
        is_pointed = self.no_articles and bool(tokens) and tokens[-1] in words[WordClass.DEMONSTRATIVE]
        issued = tokens[:-1] if is_pointed else tokens  # "pernyataan itu"
        if (self.pointed_descriptions or is_pointed) and (issuer := self._issuer(" ".join(issued))) is not None:
            return issuer
        if self.article_descriptions and len(tokens) == 2 and tokens[0] in words[WordClass.DEFINITE] & words[WordClass.NOMINAL]:
            issuer = self._issuer(tokens[1])
            if issuer is None and tokens[1] in words[WordClass.CLAIM] & words[WordClass.DOCUMENT] and self.last() is self.latest_news:
                issuer = self.latest_news  # "Harbour News said in a report. … the report said"
            if issuer is not None and self._spoke_in(issuer, tokens[1]):
                return issuer
        is_bare = not words[WordClass.DEFINITE] and span.of(self.article.text).lower() in words[WordClass.MEDIUM] - words[WordClass.PRESS]
        if self.pointed_descriptions and (firm := self._bare_firm(tokens)):
            return firm
        if self.pointed_descriptions and (holder := self._bare_title(" ".join(tokens))):
            return holder
        if self.pointed_descriptions and (state := self._state(tokens, span.start)):
            return state
        if is_bare and self.latest_news is not None:
            return self.latest_news  # "Tờ báo viết": which one, where no article says so
        if (paper := self._paper_of_country(span)) is not None:
            return paper
        definite = self.lexicon.all(WordClass.DEFINITE, WordClass.DEMONSTRATIVE)
        if not (tokens and (tokens[-1] in definite or tokens[0] in definite)) or len(tokens) > 6:
            return None
        rest = [token for token in tokens if token not in definite]
        phrase = " ".join(rest)
        if any(" " in noun and phrase.startswith(noun) for noun in words[WordClass.DOCUMENT]):
            return self.last(SourceKind.DOCUMENT)  # "thông báo này" is no newspaper, though "báo" stands in it
        if self.latest_news is not None and not (self.modifiers_first and any(word.endswith(POSSESSIVE) for word in rest)):
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
        if self.pointed_descriptions and (somebody := self._introduced_as(phrase, span.start)) is not None:
            return somebody
        is_called = rest and rest[0] in self.described and not self._speaks_for_body(rest[0])
        if is_called and (not self.pointed_descriptions or self._is_called(self.described[rest[0]], phrase)):
            found = self.described[rest[0]]
            if not (of_country or self._is_known(rest[0])):
                return found
            # "the Indian army" is not the Indian police who spoke before
            if all((one := self.described.get(word)) is not None and one.key == found.key for word in rest):
                return found
        if self.pointed_descriptions and (named := self._body_before(phrase, span.start)) is not None:
            return named
        if self.article_descriptions and not of_country and (holder := self._newly_called(tokens, span)) is not None:
            return holder
        is_noun = self.article_descriptions and len(rest) == 1 and self._is_organisation_word(rest[0])
        if is_noun and (firm := self._bearer(rest[0])) is not None:
            return firm
        is_body = bool(rest) and (rest[0] in words[WordClass.BODY] or (self.pointed_descriptions and phrase in words[WordClass.BODY]))
        if is_body or (rest and words[WordClass.NEUTER] and self._is_organisation_word(phrase)):
            is_public = self._is_public(rest[0])
            thing = self._thing_before(span.start) if phrase in rest or not is_body else None
            thing = thing if words[WordClass.DEFINITE] and not is_public else None
            if thing is not None and thing.kind is SourceKind.ORGANISATION:
                return thing
            if not is_body:
                return None
            if self.pointed_descriptions and phrase in words[WordClass.BODY] and not self._is_public(phrase):
                return self.last(SourceKind.GOVERNMENT, SourceKind.ORGANISATION)  # "cơ quan này" may be a ministry
            if (
                is_public
                and self.article_descriptions
                and len(rest) == 1
                and (organ := self._organ_before(rest[0], span.start)) is not None
            ):
                return organ
            body = self.last(SourceKind.GOVERNMENT) if is_public else self.last(SourceKind.ORGANISATION)
            return None if body is not None and self.article_descriptions and self._is_other_organ(body, rest[0]) else body
        if self.pointed_descriptions and not of_country and self._is_one_person(phrase):
            return self._subject_before(span.start) or self._somebody(span.start)  # "Nữ diễn viên này", "Vị tổng thống này"
        return None

    def _organ_before(self, noun: str, position: int) -> Source | None:
        """Return the one organ of a state that the text before names with a noun at its end: "the military" is "the US military"."""
        index = bisect_left(self.hit_starts, position)
        hits = self.hits[max(0, index - PLACES) : index]
        organs = {hit.key for hit in hits if hit.span.of(self.article.text).lower().endswith(f" {noun}")}
        found = self.registry.get(organs.pop()) if len(organs) == 1 else None
        return found if found is not None and found.kind is SourceKind.GOVERNMENT else None

    def _is_other_organ(self, body: Source, noun: str) -> bool:
        """Tell whether a noun means another organ of a state than the one that is called by nothing but its own: "police"."""
        known = self.registry.language(self.article.lang).words
        meant = {word.value for word in known.get(identity.fold(noun), ()) if word.word_class is sources.WordClass.BODY}
        called = {word.value for word in known.get(identity.fold(body.name), ()) if word.word_class is sources.WordClass.BODY}
        return bool(called) and meant.isdisjoint(called)

    def _body_before(self, noun: str, position: int) -> Source | None:
        """Return the body that this sentence or the one before names with a noun: "bộ này" behind "Bộ Y tế"."""
        number = max(0, bisect_right(self.starts, position) - 2)
        first, last = bisect_left(self.hit_starts, self.starts[number] if self.starts else 0), bisect_left(self.hit_starts, position)
        text = self.article.text
        near = (hit for hit in reversed(self.hits[first:last]) if hit.span.of(text).lower().startswith(f"{noun} "))
        if noun not in self.lexicon.words[WordClass.BODY]:
            return None
        found = next(near, None)
        source = self.registry.get(found.key) if found is not None else self._led_by(noun, number, position)
        return source if source is not None and source.kind in BODIES else None

    def _led_by(self, noun: str, number: int, position: int) -> Source | None:
        """Return the last body before `position`, from a sentence on, that a noun begins and capitals end: "Cơ quan công tố Lào"."""
        reading, stop = self.reading, bisect_left(self.reading.starts, position)
        begin = reading.sentences[number].start if reading.sentences else stop
        for k in range(stop - 1, begin - 1, -1):
            if reading.low[k] != noun:
                continue
            name = next((m for m in range(k + 1, min(k + 1 + MOST_WORDS, stop)) if reading.capital[m]), k)
            end = next((m for m in range(name, stop) if not reading.capital[m]), stop)
            if name > k and all(word.isalpha() or " " in word for word in reading.low[k:end]):
                return self.mentions.resolve(reading.slice(k, end))
        return None

    def _bare_firm(self, tokens: list[str]) -> Source | None:
        """Return the firm that spoke last where a noun for one is all that is named: "công ty nêu rõ", "thông cáo của công ty nêu"."""
        link = next((k for k, word in enumerate(tokens) if word in self.lexicon.words[WordClass.POSSESSOR]), -1)
        noun = " ".join(tokens[link + 1 :])
        if link > 0 and " ".join(tokens[:link]) not in self.lexicon.words[WordClass.DOCUMENT]:
            return None
        is_firm = noun in self.lexicon.words[WordClass.BODY] and self._is_organisation_word(noun) and not self._is_public(noun)
        return self.last(SourceKind.ORGANISATION) if is_firm else None

    def _bare_title(self, noun: str) -> Source | None:
        """Return the person who spoke last, where the title that the text gives them is all that is named: "Theo luật sư, …"."""
        words = self.lexicon.words
        last = next((one for one in reversed(self.spoken[-REACH:]) if one.kind in (SourceKind.PERSON, SourceKind.ANONYMOUS)), None)
        is_title = noun in words[WordClass.TITLE] & words[WordClass.ROLE]
        return (
            last
            if is_title and last is not None and last.kind is SourceKind.PERSON and (last.role or "").lower().startswith(noun)
            else None
        )

    def _state(self, tokens: list[str], position: int) -> Source | None:
        """Return the state that is meant by "nước này": the last one named in its sentence, else with which the sentence before begins."""
        words = self.lexicon.words
        noun = " ".join(tokens[:-1])
        number = bisect_right(self.starts, position) - 1
        if noun not in words[WordClass.PLACE] or tokens[-1] not in words[WordClass.DEMONSTRATIVE] or number < 0:
            return None
        stop = bisect_left(self.hit_starts, position)
        begin = bisect_left(self.hit_starts, self.starts[number])
        before = bisect_left(self.hit_starts, self.starts[max(0, number - 1)])
        named = [*reversed(self.hits[begin:stop]), *self.hits[before:begin]]
        states = (self.registry.get(hit.key) for hit in named)
        return next((one for one in states if one.kind is SourceKind.GOVERNMENT and one.country), None)

    def _issuer(self, noun: str) -> Source | None:
        """Return the body that spoke last, and lately, where a statement is all that is named: "thông cáo nêu rõ" is whose it is."""
        known = self.registry.language(self.article.lang).words.get(identity.fold(noun), ())
        if not any(one.word_class is sources.WordClass.VEHICLE for one in known):
            return None
        return next((one for one in self.spoken[-1:] if one.kind in (SourceKind.ORGANISATION, SourceKind.GOVERNMENT)), None)

    def _honoured(self, tokens: list[str], position: int) -> Source | None:
        """Return who was told of before, behind a word of respect: "Vị quan chức Bộ Y tế" would be "một vị quan chức", were it another.

        Who was introduced or has spoken with that office, else the person who has just spoken.
        """
        words = self.lexicon.words
        honorifics = (words[WordClass.PERSON] & words[WordClass.HUMAN]) - words[WordClass.ROLE]
        if len(tokens) < 2 or tokens[0] not in honorifics or tokens[-1] in words[WordClass.DEMONSTRATIVE]:
            return None
        offices = (" ".join(tokens[1 : 1 + size]) for size in (4, 3, 2, 1))
        noun = next((office for office in offices if office in words[WordClass.ROLE]), " ".join(tokens[1:3]))
        persons = (one for one in reversed(self.spoken[-REACH:]) if one.kind in (SourceKind.PERSON, SourceKind.ANONYMOUS))
        called = next((one for one in persons if self._is_called(one, noun)), None)
        return self._introduced_as(noun, position) or called or self._just_heard(position, NEAR_SENTENCES)

    def _introduced_as(self, noun: str, position: int) -> Source | None:
        """Return the unnamed person whom a sentence nearby tells of with a noun for one, where nobody called so has spoken since.

        "Quan chức này" behind "Một quan chức giấu tên của Sena đã đưa ra phiên bản mới".
        """
        reading, words = self.reading, self.lexicon.words
        number = bisect_right(self.starts, position) - 1
        if noun not in words[WordClass.ROLE] or number < 0:
            return None
        begin, stop = reading.sentences[max(0, number - NEAR_SENTENCES)].start, bisect_left(reading.starts, position)
        first = next(
            (k for k in range(stop - 2, begin - 1, -1) if reading.low[k] in words[WordClass.SINGLE] and reading.low[k + 1] == noun), None
        )
        if first is None:
            return None
        last = self.described.get(noun.partition(" ")[0])
        held = self.mentioned.get(last.key) if last is not None else None
        if held is not None and held.end > reading.starts[first]:
            return None
        ends = (
            self.lexicon.all(WordClass.VERB, WordClass.AUXILIARY, WordClass.NEGATION, WordClass.LOCATIVE, WordClass.BOUNDARY) | CLAUSE_ENDS
        )
        reach = range(first + 2, min(stop, first + LONGEST_OFFICE))
        end = next((k for k in reach if reading.low[k] in ends or reading.low[k] in self.lexicon.cues or reading.quoted[k] >= 0), first + 2)
        return self.mentions.resolve(reading.slice(first, end))

    def _spoke_in(self, source: Source, noun: str) -> bool:
        """Tell whether the sentence in which somebody was named last says in what they spoke: "Orbit said in a statement"."""
        held = self.mentioned.get(source.key)
        number = bisect_right(self.starts, held.start) - 1 if held is not None else -1
        if number < 0:
            return False
        sentence = self.reading.sentences[number]
        return noun in self.reading.low[sentence.start : sentence.end]

    def _just_heard(self, position: int, reach: int = 1) -> Source | None:
        """Return who spoke last, if a person who is named in the `reach` sentences before `position`."""
        last = self.last()
        held = self.mentioned.get(last.key) if last is not None and last.kind is SourceKind.PERSON else None
        number = bisect_right(self.starts, position) - 1
        return last if held is not None and bisect_right(self.starts, held.start) - 1 >= number - reach else None

    def _newly_called(self, tokens: list[str], span: Span) -> Source | None:
        """Return who has just spoken without an office, where an office is told of that nothing else in the article mentions.

        "The rural affairs minister said" behind what Ada Brook said, "the researcher said", "the policeman said" behind a police sergeant.
        """
        words, office = self.lexicon.words, tokens[-1]
        is_office = office in words[WordClass.ROLE] and office not in words[WordClass.BODY] | words[WordClass.DOCUMENT]
        if not 2 <= len(tokens) <= MOST_WORDS or tokens[0] not in words[WordClass.DEFINITE] & words[WordClass.NOMINAL] or not is_office:
            return None
        trade = self.mentions.resolve(span.of(self.article.text)).anonymous_type if len(tokens) == 2 else None
        if len(tokens) == 2 and trade not in (AnonymousType.EXPERT, AnonymousType.POLICE):
            return None  # "the driver" may be anybody's
        if self.first_at is None:
            self.first_at = {word: k for k, word in reversed(list(enumerate(self.reading.low)))}
        first = bisect_left(self.reading.starts, span.start)
        is_new = all(self.first_at.get(word, first) >= first for word in (office, f"{office}s"))
        heard = self._just_heard(span.start, NEAR_SENTENCES if trade else 1)
        is_police = heard is not None and trade is AnonymousType.POLICE and trade.value in (heard.role or "").lower().split()
        return heard if heard is not None and (heard.role is None or is_police) and is_new else None

    def _bearer(self, noun: str) -> Source | None:
        """Return the one firm before whose name a noun for a body stands: "the brewer" is "Norland brewer Velto"."""
        if noun not in self.bearers:
            reading, found = self.reading, dict[str, Source]()
            for k in [k for k, word in enumerate(reading.low) if word == noun and not reading.capital[k]][:PLACES]:
                reach = range(k + 1, min(k + LONGEST_NAME, len(reading.low)))
                name = reading.slice(k + 1, next((m for m in reach if not reading.capital[m]), k + 1)) if k + 1 < len(reading.low) else ""
                if name:
                    name = name.removesuffix("'s").removesuffix("’s")
                    source = self.registry.named(name, self.article.lang) or self._organisation(name)
                    found[source.key] = source
            self.bearers[noun] = next(iter(found.values())) if len(found) == 1 else None
        return self.bearers[noun]

    def _is_unknown(self, words: list[str]) -> bool:
        """Tell whether an article and a capitalised word would be taken for a person whom nothing else in the article names."""
        alone = self.mentions.resolve(" ".join(words)) if len(words) == 2 and words[1].istitle() else None
        is_made = alone is not None and alone.kind is SourceKind.PERSON and not alone.is_known
        return is_made and identity.fold(words[1]) not in self.full and words[1].lower() not in self.lexicon.words[WordClass.ROLE]

    def _parent(self, word: str) -> str | None:
        """Return the noun in a word that tells somebody by their children: "mother-of-two"."""
        noun, _, rest = word.partition("-")
        link, _, number = rest.partition("-")
        return noun if link in self.lexicon.words[WordClass.POSSESSOR] and noun.isalpha() and number.isalnum() else None

    def _native_of(self, tokens: list[str]) -> str | None:
        """Return the country of which a noun means one person: "the American", not "the French", who are many."""
        is_native = len(tokens) == 2 and tokens[0] in self.lexicon.words[WordClass.NOMINAL] and tokens[1].endswith(self.native_endings)
        return self._country_of(tokens[1]) if is_native else None

    def _native(self, tokens: list[str], span: Span) -> Source | None:
        """Return somebody unnamed for a person told of by nothing but a country, which is no country speaking: "the Norwegian said"."""
        country = self._native_of(tokens)
        if country is None:
            return None
        printed = span.of(self.article.text)
        key = f"{SourceKind.ANONYMOUS}:{self.story}:{AnonymousType.OTHER}:{identity.fold(printed)}"
        return Source(
            identity.of("source", key), key, printed, SourceKind.ANONYMOUS, country=country, anonymous_type=AnonymousType.OTHER, count=1
        )

    def _aged(self, age: str, position: int) -> Source | None:
        """Return the person with whose name the article prints an age, else the one who was named or spoke last."""
        if self.ages is None:
            self.ages = dict(self._printed_ages())
        named = self.ages.get(age)
        if named is not None:
            return next((source for source in self.sources(named) if source.kind is SourceKind.PERSON), None)
        found = self._subject_before(position)
        if found is not None or not self.article_descriptions:
            return found or self._somebody(position)
        return self._just_heard(position, NEAR_SENTENCES) or self._named_before(position)

    def _of_sex(self, noun: str, position: int) -> Source | None:
        """Return whom a noun for anybody, a man or a woman means: the subject of the sentence before `position`, else the last speaker."""
        words = self.lexicon.words
        pronouns = next((words[kind] for kind, sign in SIGNS if noun in words[sign]), frozenset())
        pronoun = min(pronouns, default="")
        found = self._subject_before(position)
        return found if found is not None and not self._is_other_sex(found, pronoun) else self._somebody(position, pronoun)

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
        ends = CLAUSE_ENDS | words[WordClass.COORDINATOR]
        for name in reversed(self.names[max(0, index - PLACES) : index]):
            first, after = bisect_left(self.reading.starts, name.start), bisect_left(self.reading.starts, name.end)
            title = low[first - 1] if first and low[first - 1] != "." else low[first - 2] if first > 1 else ""
            title = title.rstrip(".")
            is_titled = title == office or (len(title) >= min(ABBREVIATED) and title in words[WordClass.TITLE] and office.startswith(title))
            if low[after + 1 : after + 3][1:] == [","] and low[after + 1].isdigit():
                after += 2  # "Ada Brook, 62, a clerk"
            limit = min(after + SUBJECT_REACH, bisect_left(self.reading.starts, span.start))
            described = takewhile(lambda word: word not in ends, low[after + 1 : limit])
            if is_titled or (low[after : after + 1] == [","] and office in described):
                return next((source for source in self.sources(name) if source.kind is SourceKind.PERSON), None)
        return None

    def _paper_of_country(self, span: Span) -> Source | None:
        """Return the news organisation that spoke last, else was named last, where a mention is one of its country: "tờ báo của Nhật"."""
        words, printed = self.lexicon.words, span.of(self.article.text).split()
        papers = words[WordClass.MEDIUM] - words[WordClass.PRESS] if self.pointed_descriptions else frozenset()
        size = next((size for size in (3, 2, 1) if " ".join(printed[:size]).lower() in papers), 0)
        name = next((k for k, word in enumerate(printed) if k and word[0].isupper()), 0)  # "tờ báo lớn của đảng cầm quyền Triều Tiên"
        country = self._country_of(" ".join(printed[name:])) if size and name else None
        index = bisect_left(self.hit_starts, span.start)
        before = self.hits[max(0, index - PLACES) : index] if country else ()
        named = (source for hit in reversed(before) if (source := self.registry.get(hit.key)).kind.is_news)
        latest = self.latest_news or next(named, None)
        return latest if latest is not None and country is not None and latest.country == country else None

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
        return bool(tokens) and tokens[0] in words[WordClass.ROLE] and tokens[-1] in words[WordClass.DEMONSTRATIVE]

    def _official(self, noun: str) -> Source | None:
        """Return who spoke last, a person in a public office, where `noun` means any official: "the official" is the minister."""
        last = next((one for one in reversed(self.spoken[-REACH:]) if not one.kind.is_news), None)
        if last is None or last.kind is not SourceKind.PERSON or not last.role or noun in last.role.lower().split():
            return None
        meant, held = self.mentions.resolve(noun), self.mentions.resolve(last.role)
        is_office = held.kind is SourceKind.GOVERNMENT or (held.kind is SourceKind.PERSON and held.role is not None)
        return last if meant.anonymous_type is AnonymousType.OFFICIAL and is_office else None

    def outlets_in(self, span: Span) -> Iterator[str]:
        """Yield the keys of the news organisations known to the registry that a part of the text names."""
        index = bisect_left(self.hit_starts, span.start)
        inside = takewhile(lambda hit: hit.span.end <= span.end, self.hits[index:])
        return (hit.key for hit in inside if self.registry.get(hit.key).kind.is_news)

    def _bare_office(self, printed: str, tokens: list[str]) -> Source | None:
        """Resolve "pejabat Korea Selatan" right after a South Korean office holder spoke, in languages without articles."""
        words = self.lexicon.words
        if not self.no_articles or not tokens or tokens[0] not in words[WordClass.ROLE] or not self.spoken:
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

    def _leader(self, printed: str) -> Source | None:
        """Resolve an office and a country, where names begin with family names, for the holder of a like office who spoke.

        "Bộ trưởng Lào" is who spoke as "Bộ trưởng Năng lượng Lào", "Nhà lãnh đạo quốc gia Trung Mỹ" the head of a state.
        """
        words, of = self.lexicon.words, self.registry.language(self.article.lang).words
        parts = printed.split()
        size = next((size for size in (3, 2, 1) if " ".join(parts[:size]).lower() in words[WordClass.ROLE]), 0)
        rest = " ".join(parts[size:])
        country = self._country_of(rest) if rest else None
        office = " ".join(parts[:size]).lower()
        values = {one.value.partition(" ")[0] for one in of.get(identity.fold(office), ()) if one.word_class is sources.WordClass.ROLE}
        is_state = bool(values & STATE_OFFICES) and " ".join(parts[size : size + 2]).lower() in words[WordClass.PLACE]
        if not self.pointed_descriptions or not size or not rest:
            return None
        if not (country or is_state):  # "Chủ tịch TP" behind "Chủ tịch UBND TP Lam Sơn Trần Nam"
            told = set(printed.lower().split())
            roles = ((one, (one.role or "").lower()) for one in reversed(self.spoken[-REACH:]) if one.kind is SourceKind.PERSON)
            alike = (one for one, role in roles if role.startswith(office) and told <= set(role.split()) and one.name != one.role)
            return next(alike, None)
        for source in reversed(self.spoken[-REACH:]):
            held = (source.role or "").lower()
            led = {
                one.value.partition(" ")[0]
                for end in (1, 2, 3)
                for one in of.get(identity.fold(" ".join(held.split()[:end])), ())
                if one.word_class is sources.WordClass.ROLE and one.value.endswith(" head")
            }
            is_alike = bool(led & STATE_OFFICES) if values & STATE_OFFICES else held.startswith(office)
            if source.kind is SourceKind.PERSON and source.name != source.role and is_alike and (is_state or source.country == country):
                return source
        return None

    def _alone(self, printed: str) -> Source | None:
        """Resolve an office or body that stands alone for the one that spoke before, in languages without articles.

        "Kapolres" is the "Kapolres Sena" who spoke last, "menhan" whoever spoke as "Menteri Pertahanan", "militer" the army that did,
        unless an organ of another state spoke too.
        """
        words = self.lexicon.words
        low = printed.lower()
        if not self.no_articles:
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


def _capital_runs(words: Sequence[str]) -> list[list[str]]:
    """Return the capitalised words that follow each other, run by run."""
    return [list(run) for is_capital, run in groupby(words, key=lambda word: word[0].isupper()) if is_capital]


def _abbreviates(short: str, words: Sequence[str]) -> bool:
    """Tell whether a word is put together from the first letters of two or more words: "wapres" from "wakil presiden"."""
    if len(words) < 2:
        return False
    sizes = (size for size in range(LEAST_PART, len(short) - LEAST_PART + 1) if words[0].startswith(short[:size]))
    return any(words[1].startswith(short[size:]) or _abbreviates(short[size:], words[1:]) for size in sizes)
