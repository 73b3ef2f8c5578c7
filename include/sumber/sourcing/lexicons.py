"""What the attribution engine knows of a language: cues and closed-class words, as data.

`seeds/cues/<lang>.csv` holds one language; `docs/languages.md` says what each class means.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sumber.sourcing.model import Act, Position


class CueClass(StrEnum):
    """What a cue does in a sentence."""

    SPEECH = "speech"  # "said": a speaker on one side, what was said on the other
    SUFFIXED = "suffixed"  # "katanya": the speaker is in the cue
    ATTITUDE = "attitude"  # "believes", "fears": a position rather than an utterance
    OBJECT = "object"  # "praised X", "accused X of": what was said is the object
    ACCORDING = "according"  # "according to X"
    RELAY = "relay"  # "X, citing Y": the subject passes on what the object said
    RELAYED = "relayed"  # "as quoted by X", "dilansir X": the name after the cue passed it on
    AGENTLESS = "agentless"  # "reportedly": nobody is named
    POSTPOSED = "postposed"  # "Angaben zufolge": after the name
    NOUN = "noun"  # "the mayor's claim that", "made a claim that"


class Order(StrEnum):
    """Where speaker (s), cue (v) and content (c) stand."""

    SVC = "svc"
    CVS = "cvs"
    CSV = "csv"
    SCV = "scv"  # "X는 C고 밝혔다": the verb comes last
    VSC = "vsc"  # "raised fears in the US that …"


class WordClass(StrEnum):
    """Closed classes of words that the engine steers by."""

    COMPLEMENTISER = "complementiser"  # "that": content begins after it
    AUXILIARY = "auxiliary"  # may stand between speaker and cue: "has", "also", "juga"
    NEGATION = "negation"
    FUTURE = "future"  # before a cue: it has not been said yet
    BOUNDARY = "boundary"  # begins a clause: "because", "setelah"
    COORDINATOR = "coordinator"  # "and"
    CONTRAST = "contrast"  # "but": joins two clauses, never two names
    RELATIVE = "relative"  # "who", "yang"
    RECIPIENT = "recipient"  # "to", "kepada": whom it was told
    COMPANION = "companion"  # "with": an addressee only where somebody is named
    PREPOSITION = "preposition"  # inside a noun phrase: "of", "dari"
    LOCATIVE = "locative"  # a preposition that ends a phrase after a name: "in", "di"
    TIME = "time"  # day, month and time words
    TIME_PREPOSITION = "time_preposition"  # "on", "pada"
    ADVERB = "adverb"  # may stand between cue and content: "again", "lagi"
    OPENER = "opener"  # opens a sentence before the content proper: "However,", "Sementara itu,"
    MALE = "male"  # he
    FEMALE = "female"  # she
    FORUM = "forum"  # "heard" things that others said: court, inquest
    MAN = "man"  # titles, kin, offices and forenames of men: "Mr", "father", "James"
    WOMAN = "woman"  # and of women
    NATIVE = "native"  # endings of nouns for somebody from a country: "the American"
    STAR = "star"  # what sport and show pages call whom they are about: "the striker"
    PERSON = "person"  # a pronoun for one person of either sex: "ia", "dia"
    PLURAL = "plural"  # they
    NEUTER = "neuter"  # it
    FIRST = "first"  # I, we: the speaker itself
    DEFINITE = "definite"  # the: before its noun, points back
    DEMONSTRATIVE = "demonstrative"  # itu, tersebut, này: after its noun, points back and closes the phrase
    INDEFINITE = "indefinite"  # a, seorang, một
    TITLE = "title"  # before a name: Mr, Pak, ông
    ROLE = "role"  # nouns for people by office or trade: minister, juru bicara
    BODY = "body"  # nouns for organisations: ministry, perusahaan
    MEDIUM = "medium"  # nouns for news organisations: newspaper, kantor berita
    EARLIER = "earlier"  # between a news organisation and its cue: another report than the one at hand
    PRESS = "press"  # those of them that mean many: media, báo chí
    DOCUMENT = "document"  # statement, report, study
    VERB = "verb"  # frequent verbs that end a noun phrase: was, adalah
    VERB_PREFIX = "verb_prefix"  # beginnings of verbs, where a language has them: "meng", "di"
    NOT_VERB = "not_verb"  # nouns that begin like verbs
    AGENT = "agent"  # "by", "oleh": who did what a passive says
    PASSIVE = "passive"  # "was": before a cue it makes it passive
    UNIT = "unit"  # words inside the names of organisations and offices: "Bidang", "Affairs", directions
    FIELD = "field"  # beginnings and endings of nouns for what an office is for, "pe-an", "-si": a list of them is one office
    DEGREE = "degree"  # "S.H.", "Ph.D.": after a comma it belongs to the name before
    PLACE = "place"  # places that stand between an office and a name: "Wali Kota Bogor Bima Arya"
    LED = "led"  # offices and institutions told with a further word: "CEO", "Ketua", not "Bupati"
    AREA = "area"  # "tỉnh", "huyện": after a comma they say where the one before is from
    GIVEN = "given"  # first words of personal names that are seldom used alone: "Muhammad"
    FAMILY = "family"  # family names that begin a name, where few are in use: "Nguyễn"
    FORENAME = "forename"  # common personal names, which tell where a name begins behind an affiliation: "Budi"
    SUBJUNCTIVE = "subjunctive"  # verb forms that mark reported speech by themselves
    SETTING = "setting"  # switches of a language, see `docs/languages.md`
    VERB_SUFFIX = "verb_suffix"  # endings that make a verb of a word after a complete name: "ed"
    PAST = "past"  # past forms without such an ending: "bought"
    ORIGIN = "origin"  # verbs behind a claim that say whose it is: "the claim that C came from X"
    SEEN = "seen"  # verbs behind a news organisation's name that say it has a document: "tài liệu mà Reuters xem được"
    SUPPLIER = "supplier"  # before whom something was taken from: "dikutip Y dari Z"
    PLACE_PREPOSITION = "place_preposition"  # "in", "di": may belong to an unnamed person ("a doctor in Elmer")
    WORKPLACE = "workplace"  # "at", "PT": no person's name stands after it
    FIRM = "firm"  # "PT": a firm's short name may follow, then the name of who works there
    AS = "as"  # "criticised by X as C"
    SAYING = "saying"  # "quoted X as saying C"
    EXPLETIVE = "expletive"  # begins a clause before its verb: "there were"
    NOBODY = "nobody"  # as a speaker it says that nobody spoke: "no one claimed"
    HUMAN = "human"  # "people", "orang": heads of "people who know the matter"
    PARTICIPLE = "participle"  # endings of verbs that share the subject before them: "ing"
    NOMINAL = "nominal"  # a word before a cue that makes it a noun: "the claim", "bài phát biểu"
    INFINITIVE = "infinitive"  # a cue after it reports nothing: "untuk", "to"
    ABBREVIATION = "abbreviation"  # a full stop after it ends no sentence
    HANDOVER = "handover"  # says who speaks next, without content: "hal senada disampaikan X"
    HEADING = "heading"  # ends a label in capitals that heads a passage and names nobody: "BREAKING: …"
    NOT_A_SOURCE = "not_a_source"  # heads that never speak: "theo kế hoạch", "menurut rencana"
    ELIDED = "elided"  # written onto the word after it: "l'", "qu'"
    GLUE = "glue"  # words that scrapes glue to the link text after them: "DilansirdetikTravel"
    POSSESSIVE = "possessive"  # determiners that say whose: "his"
    POSSESSOR = "possessor"  # the preposition before one: "of"
    TOPIC = "topic"  # prepositions between a noun and what it is about: "support for C"
    SUPPORT = "support"  # verbs that make a noun after them an utterance: "made a claim"
    CONTRACTION = "contraction"  # what is contracted with a pronoun, and the verb that it stands for: "'s is"
    ADVERB_SUFFIX = "adverb_suffix"  # endings that make an adverb: "ly"
    NOT_ADVERB = "not_adverb"  # nouns that end like adverbs: "supply"
    HEDGE = "hedge"  # "allegedly", "mungkin"
    QUESTION = "question"  # whether, apakah: the content is a question
    TOPIC_PARTICLE = "topic_particle"  # particles that close what a sentence is about, where words are not set apart: "は"
    FINAL = "final"  # endings that close a sentence even without a full stop, where particles are glued to words: "다"
    ADDRESSEE = "addressee"  # beside whom it was told, where words are not set apart: "に対し", "对"
    PERFECT = "perfect"  # auxiliaries that a participle at the clause's end belongs to: "hat … erklärt"
    PERFECT_INFINITIVE = "perfect_infinitive"  # ends a clause about what has happened: "soll … gesehen haben"
    LIKE = "like"  # opens a clause that names who said it: "wie X mitteilte"
    POINTER = "pointer"  # stands for the sentence before: "Das teilte X mit"
    OBLIQUE = "oblique"  # articles and pronouns that never begin a subject: "dem", "ihm"
    GENITIVE = "genitive"  # articles that may join a noun to the one before it: "der", "des"
    REFLEXIVE = "reflexive"  # may stand between a verb and its subject: "sich"
    PARTICLE = "particle"  # verb prefixes that stand at the clause's end: "mit", "an"
    CONDITION = "condition"  # conjunctions with which what is said may begin: "wenn"
    CLAIM = "claim"  # nouns for what is claimed: "allegation", "kabar"
    FALSEHOOD = "falsehood"  # what is called untrue: "fake news", "tidak benar"
    RUMOUR = "rumour"  # nouns for claims that are told with doubt: "accusation", "isu"
    FLAT = "flat"  # makes a negation a flat one: "never", "tidak *pernah*", "no *such*"
    SINGLE = "single"  # an indefinite for one person: "seorang"
    NAMELY = "namely"  # after a description, before the name of whom it is of: "istri korban, *yakni* Rina"
    OCCASION = "occasion"  # after a named speaker, what begins to whom or on what occasion: "Rina Hartati *dalam* wawancara dengan Y"
    SORT = "sort"  # a noun for what a body is, before a name that the registry knows: "kelompok HAM Human Rights Watch"
    ALIAS = "alias"  # joins what somebody is called too: "Arta Wirawan atau Gus Wira"
    APART = "apart"  # speakers joined by "and" who spoke each for themselves: "separately"


COMPOUNDED = (WordClass.ROLE, WordClass.BODY, WordClass.MEDIUM, WordClass.DOCUMENT)
SHORTEST_HEAD = 4  # letters of a noun that may end a compound


PRONOUNS = (WordClass.MALE, WordClass.FEMALE, WordClass.PERSON, WordClass.PLURAL, WordClass.NEUTER, WordClass.FIRST)


@dataclass(frozen=True, slots=True)
class Cue:
    """One wording of a cue. `words` are lower-case tokens."""

    words: tuple[str, ...]
    kind: CueClass
    orders: frozenset[Order] = frozenset()
    act: Act = Act.ASSERT
    position: Position | None = None
    confidence: float = 0.8
    marks: frozenset[str] = (
        frozenset()
    )  # "that", "quote": what must follow for the word to be a cue; "story": the relay holds for what follows
    particle: str | None = None  # the verb's second part, at the end of its clause: "teilte … mit"


# Phrases of several words, by their first and second.
Joined = Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """One language. `cues` are keyed by their first word, `phrases` by their first two, longest first.

    Phrases of several words in a class ("prime minister", "trong khi") are read as one token, in texts and in cues.
    """

    lang: str
    cues: Mapping[str, tuple[Cue, ...]]
    words: Mapping[WordClass, frozenset[str]]
    phrases: Joined = field(default_factory=dict)
    rules: Mapping[str, float] = field(default_factory=dict)  # how often each construction is right
    unions: dict[tuple[tuple[WordClass, ...], tuple[WordClass, ...]], frozenset[str]] = field(default_factory=dict, repr=False)
    glue: tuple[str, ...] = ()  # words that scrapes glue to the link text after them, longest first
    contractions: Mapping[str, str] = field(default_factory=dict)  # "'s": "is"
    pronouns: frozenset[str] = frozenset()
    lone_cues: frozenset[str] = frozenset()  # words that are a cue by themselves

    def all(self, *classes: WordClass, but: tuple[WordClass, ...] = ()) -> frozenset[str]:
        """Return the words of several classes together, without those of the classes `but`; they are put together once."""
        key = (classes, but)
        found = self.unions.get(key)
        if found is None:
            found = frozenset().union(*(self.words.get(each, frozenset()) for each in classes))
            found = found.difference(*(self.words.get(each, frozenset()) for each in but))
            self.unions[key] = found
        return found


def build(lang: str, cues: Iterable[Cue], words: Iterable[tuple[str, WordClass]], rules: Mapping[str, float] | None = None) -> Lexicon:
    """Put a lexicon together from its rows; `words` may hold phrases of several words."""
    classes: dict[WordClass, set[str]] = {each: set() for each in WordClass}
    several: dict[str, dict[str, set[tuple[str, ...]]]] = {}
    contractions: dict[str, str] = {}
    for form, kind in words:
        tokens = tuple(form.split())
        if kind is WordClass.CONTRACTION:
            contractions[tokens[0]] = " ".join(tokens[1:])
            continue
        classes[kind].add(" ".join(tokens))
        if len(tokens) > 1:
            several.setdefault(tokens[0], {}).setdefault(tokens[1], set()).add(tokens)
    phrases = {
        first: {second: tuple(sorted(found, key=lambda each: (-len(each), each))) for second, found in by_second.items()}
        for first, by_second in several.items()
    }
    by_first: dict[str, list[Cue]] = {}
    for cue in cues:
        joined = join(cue.words, phrases)
        by_first.setdefault(joined[0], []).append(replace(cue, words=joined))
    return Lexicon(
        lang=lang,
        cues={first: tuple(sorted(found, key=lambda cue: -len(cue.words))) for first, found in by_first.items()},
        words={kind: frozenset(found) for kind, found in classes.items()},
        phrases=phrases,
        rules=dict(rules or {}),
        glue=tuple(sorted(classes[WordClass.GLUE], key=lambda word: (-len(word), word))),
        contractions=contractions,
        pronouns=frozenset().union(*(classes[kind] for kind in PRONOUNS)),
        lone_cues=frozenset(cue.words[0] for found in by_first.values() for cue in found if len(cue.words) == 1),
    )


def compounded(lexicon: Lexicon, words: Iterable[str]) -> Lexicon:
    """Return the lexicon with those of `words` that end in one of its nouns for sources: "umweltminister" is an office like "minister".

    The lexicon itself where the language makes no such compounds.
    """
    if "compounds" not in lexicon.words[WordClass.SETTING]:
        return lexicon
    told = frozenset(words)
    classes = dict(lexicon.words)
    for kind in COMPOUNDED:
        heads = tuple(sorted(word for word in lexicon.words[kind] if len(word) >= SHORTEST_HEAD))
        classes[kind] = lexicon.words[kind] | {word for word in told if word.endswith(heads)}
    return replace(lexicon, words=classes, unions={})


def join(words: Sequence[str], phrases: Joined) -> tuple[str, ...]:
    """Return `words` with each phrase put together as one."""
    joined: list[str] = []
    index = 0
    while index < len(words):
        known = phrases.get(words[index], {}).get(words[index + 1], ()) if index + 1 < len(words) else ()
        size = next((len(each) for each in known if tuple(words[index : index + len(each)]) == each), 1)
        joined.append(" ".join(words[index : index + size]))
        index += size
    return tuple(joined)
