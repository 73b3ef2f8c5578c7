"""Spans + article -> appearances with every hop: the page's own credits, who passed it on, who said it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, product
from typing import NamedTuple

from sumber.sourcing import coreference, cues, identity, sentences, sources
from sumber.sourcing.coreference.names import PARTICLES
from sumber.sourcing.coreference.speakers import SUBJECT_REACH, Cast
from sumber.sourcing.cues.analyst import Analyst
from sumber.sourcing.cues.frames import CueMatch, Part
from sumber.sourcing.lexicons import CueClass, Lexicon, WordClass, compounded
from sumber.sourcing.model import (
    Act,
    AnonymousType,
    Appearance,
    Article,
    Attribution,
    BlockRole,
    CreditRole,
    Form,
    HopRelation,
    Operator,
    Origin,
    Position,
    Refusal,
    Scope,
    Source,
    SourceKind,
    Span,
)
from sumber.sourcing.sentences import Reading, Sentence
from sumber.sourcing.sources import Registry

CARRY_PARAGRAPHS = 2  # how far a quotation without a cue may stand from its speaker
CARRY_SENTENCES = 3  # how many sentences a news organisation's report runs on
CARRY_WORDS = 5
SUBJECT_NOUN = 3  # tokens from a sentence's start within which the noun stands that it is about
SHARED_NAMES = 2  # with a report, of a paragraph that goes on with it
RECENT = 6  # records back among which the latest speaker is
ALONE = "quotation-alone"  # the rule of a quotation without a cue
BODIES = (SourceKind.GOVERNMENT, SourceKind.ORGANISATION)
CONTINUED = "continued-report"  # the rule of a sentence that goes on with a news organisation's report
STRONG = 0.8  # cues that mostly are cues
SURE = 0.9  # cues that are hardly ever anything else
SHARE_SENTENCES = 3  # how far a speaker's words may stand from others of theirs that somebody passed on
TOLD_SENTENCES = 5  # how far a passage may stand from one that was told to the same agency
REVIEW = 2  # from so many further news organisations on, a text is a review of what several wrote, and no relay holds for all of it
THREAD_SENTENCES = 3  # the beginning of another story: so many sentences without a name from before
THREAD_NAMES = 4  # fewer names tell nothing about a change of story
THREAD_WORDS = 0.1  # the share of telling words that two stories may have in common
UNRATED = 0.6  # confidence of a construction that the seeds do not rate
UNRESOLVED = 0.6  # a pronoun that points at nobody
LONG_WORD = 5  # letters from which an ending tells something about a word
MOST_CREDITS = 20  # of one page: each of its appearances repeats them all
MOST_TOLD = 200  # reports that a "reportedly" is compared with: every one with each of them
MOST_DENIED = 50  # denials of one speaker that their other words are compared with
REFERENTS = 6  # passages before "the report" among which it is looked for
SAME_STORY = 0.6  # shared telling words from which two passages say the same
SAME_WORDS = 0.4  # those from which a flat denial is of what its speaker denies elsewhere
FALLBACK = "en"  # the lexicon for a language that has none: quotation marks and structure still hold
WHOLE_STORY = frozenset({AnonymousType.INSIDER, AnonymousType.INTELLIGENCE, AnonymousType.OFFICIAL, AnonymousType.DIPLOMAT})

SITE = re.compile(r"[a-z]+[A-Z]\w*|[\w-]+(?:\.[\w-]+)+")  # "detikTravel", "example.com"

CREDIT_HOPS = (
    (CreditRole.OUTLET, HopRelation.PUBLISHES, 0.95),
    (CreditRole.ORIGINAL_OUTLET, HopRelation.REPOSTS, 0.9),
    (CreditRole.AGENCY, HopRelation.SUPPLIED_BY, 0.9),
)
BYLINE_HOP = (CreditRole.BYLINE, HopRelation.PUBLISHES, 0.8)


def resolve(
    article: Article, registry: Registry, lexicons: Mapping[str, Lexicon], page: Sequence[Attribution] | None = None
) -> tuple[tuple[Appearance, ...], tuple[Refusal, ...]]:
    """Attribute every claim of an article to those it came through and those who made it.

    Returns appearances in text order, each with all hops of all its branches, page first, and a refusal for each cue whose speaker could
    not be made out. Raises nothing, on any text. `page` are the article's `credit_hops`, where the caller has them already.
    """
    lexicon = lexicons.get(article.lang) or lexicons[FALLBACK]
    hits = registry.find(article.text, article.lang)
    reading = sentences.read(article, lexicon)
    lexicon = compounded(lexicon, (word for word, is_capital in zip(reading.low, reading.capital, strict=True) if is_capital))
    analyst = Analyst(reading, lexicon, cues.named(hits, registry))
    matches = cues.match(analyst)
    people = coreference.cast(article, lexicon, registry, reading, hits)
    people.called = frozenset(
        name
        for match in matches
        for mention in match.mentions
        if mention.part is Part.SPEAKER and (name := mention.span.of(article.text)).isalpha() and name[0].isupper() and len(name) > 2
    )
    page = credit_hops(article, registry) if page is None else page
    story = _Story(article, lexicon, registry, reading, people, page, analyst, matches)
    return story.appearances(), tuple(story.refusals)


def credit_hops(article: Article, registry: Registry) -> tuple[Attribution, ...]:
    """Return the hops that an article owes to its credits as a whole: outlet, original outlet, agency.

    A page that lost its header names no outlet. Where it still says who worked up an agency's copy, that byline stands for the outlet;
    under an agency's dateline it is the agency's own reporter.
    """
    hops: list[Attribution] = []
    seen: set[str] = set()
    printed = {credit.role for credit in article.credits}
    datelines = [block.span for block in article.blocks if block.role is BlockRole.DATELINE]
    is_dispatch = any(
        credit.role is CreditRole.AGENCY and credit.span is not None and line.start <= credit.span.start < line.end
        for credit in article.credits
        for line in datelines
    )
    is_byline_all = CreditRole.AGENCY in printed and not is_dispatch
    is_byline_all = is_byline_all and printed.isdisjoint((CreditRole.OUTLET, CreditRole.ORIGINAL_OUTLET))
    for role, relation, confidence in (BYLINE_HOP, *CREDIT_HOPS) if is_byline_all else CREDIT_HOPS:
        for credit in article.credits:
            if credit.role is not role or len(hops) == MOST_CREDITS or (role is CreditRole.BYLINE and credit.name.isupper()):
                continue  # initials stand for no outlet
            source = named(credit.name, article, registry, role)
            if source.key in seen:
                continue
            seen.add(source.key)
            hops.append(
                Attribution(
                    branch=0,
                    hop=len(hops),
                    source=source,
                    relation=relation,
                    origin=credit.origin,
                    scope=Scope.ARTICLE,
                    rule=f"credit-{role}",
                    confidence=confidence,
                    mention=credit.span,
                )
            )
    return tuple(hops)


def named(name: str, article: Article, registry: Registry, role: CreditRole) -> Source:
    """Return the source that a credit names: a known one, or one created under that name: an outlet, an agency, a byline's person."""
    known = registry.named(name, article.lang)
    if known is not None:
        return known
    source = sources.resolve(name, article.lang, registry, str(article.id), article.published_at)
    if role is CreditRole.BYLINE or (source.kind.is_news and not source.is_vague):
        return source
    kind = SourceKind.AGENCY if role is CreditRole.AGENCY else SourceKind.OUTLET
    key = f"{kind}:{identity.fold(name)}"
    return Source(identity.of("source", key), key, name, kind)


@dataclass(slots=True)
class _Record:
    """One cue match with whom its mentions mean. `inferred` sources come from elsewhere in the article."""

    match: CueMatch
    speakers: tuple[Source, ...]
    mention: Span | None = None
    relayers: list[_Relay] = field(default_factory=list)
    is_inferred: bool = False

    @property
    def evidence(self) -> Span | None:
        """Return where the speaker is named: here, or in the passage from which it was carried."""
        return self.mention

    @property
    def outlets(self) -> set[str]:
        """Return the keys of the news organisations that the passage came through."""
        through = (*(one.source for one in self.relayers), *self.speakers)
        return {source.key for source in through if source.kind.is_news}

    @property
    def is_news(self) -> bool:
        """Whether the passage came through a news organisation that the text names."""
        return bool(self.outlets)


def _carried_match(content: Span, number: int, paragraph: int) -> CueMatch:
    """Return the match of a sentence without a cue, in which somebody's words go on."""
    return CueMatch(
        content=(content,),
        cue=(),
        mentions=(),
        form=Form.CARRIED_OVER,
        rule=CONTINUED,
        act=Act.ASSERT,
        position=None,
        sentence=number,
        paragraph=paragraph,
        confidence=0.5,
    )


def _ways(relayers: Sequence[_Relay]) -> list[tuple[_Relay, ...]]:
    """Return the ways in which something was passed on: one, or one for each of those named together ("dilansir AFP dan CNN")."""
    steps: list[list[_Relay]] = []
    for relay in relayers:
        if steps and relay.joint is not None and relay.joint == steps[-1][0].joint:
            steps[-1].append(relay)
        else:
            steps.append([relay])
    return list(product(*steps))


def _operator(match: CueMatch, together: Sequence[object], pages: Sequence[object]) -> Operator | None:
    """Return how the branches of an attribution combine, or None where there is one; `together` are speakers or ways."""
    if len(together) > 1:
        return Operator.SEPARATELY if match.is_apart else Operator.JOINTLY
    return Operator.COMPILED if len(pages) > 1 else None


class _Denied(NamedTuple):
    """A claim that somebody denies, None where it cannot be made out, and in which sentence they do."""

    speakers: frozenset[str]
    sentence: int
    claim: Span | None


class _Relay(NamedTuple):
    """A news organisation that passed something on; `mention` is None where that is known from another sentence."""

    source: Source
    mention: Span | None
    part: Part
    joint: int | None = None  # where the words begin that name several: each is a way of its own


class _Story:
    """Resolves the cue matches of one article, in text order, then lets its sentences explain each other."""

    def __init__(
        self,
        article: Article,
        lexicon: Lexicon,
        registry: Registry,
        reading: Reading,
        people: Cast,
        page: Sequence[Attribution],
        analyst: Analyst,
        matches: Sequence[CueMatch],
    ) -> None:
        self.article = article
        self.lexicon = lexicon
        self.registry = registry
        self.reading = reading
        self.people = people
        self.page = tuple(page)
        self.analyst = analyst
        self.matches = matches
        self.refusals: list[Refusal] = []
        self.records: list[_Record] = []
        self.refused: set[int] = set()  # sentences with a cue whose speaker was refused
        self._stems: dict[Span, frozenset[str]] = {}
        pronouns = (WordClass.MALE, WordClass.FEMALE, WordClass.PERSON, WordClass.PLURAL, WordClass.NEUTER, WordClass.FIRST)
        self._pronouns = lexicon.all(*pronouns)
        prepositions = lexicon.all(WordClass.LOCATIVE, WordClass.TIME_PREPOSITION, WordClass.PREPOSITION)
        self._outside = prepositions - lexicon.all(
            WordClass.DEFINITE, WordClass.INDEFINITE, WordClass.TITLE, WordClass.ROLE, WordClass.BODY, WordClass.MEDIUM, *pronouns
        )
        self._outside -= PARTICLES  # "Von der Sena"
        self._participles = tuple(sorted(lexicon.words[WordClass.PARTICIPLE]))
        settings = lexicon.words[WordClass.SETTING]
        self._own_leads = "own-leads" in settings
        self._split_quotation = "split-quotation" in settings
        self._subjunctive_report = "subjunctive-report" in settings
        self._continued_report = "continued-report" in settings
        self._threads: Sequence[int] = ()  # which story of the text each sentence belongs to
        self._sureness = 0.0  # of the record whose hops are being made

    def appearances(self) -> tuple[Appearance, ...]:
        """Return every appearance, numbered in text order."""
        for match in sorted(self.matches, key=lambda one: one.is_headline and one.rule == "label"):
            self._read(match)  # a headline's "The mayor: …" after the body, which says who that is
        self.records.sort(key=lambda record: record.match.sentence)
        self._read_ahead()
        has_relays = any(record.relayers for record in self.records)
        self._threads = self._split() if has_relays else [0] * len(self.reading.sentences)
        self._complete_outlets()
        self._explain_agentless()
        self._carry_back()
        self._carry_sentences()
        self._follow_pointers()
        self._share_relays()
        self._complete_outlets()
        self.records.sort(key=lambda record: (record.match.content[0], record.match.content))
        self.records = self._without_repeats()
        self._settle_denials()
        return tuple(self._appearance(record, ordinal) for ordinal, record in enumerate(self.records))

    def _without_repeats(self) -> list[_Record]:
        """Return the records, one for each content and those who said it: two cues on one content are one attribution.

        A longer sentence that is printed again counts once: captions and pull quotes repeat the text, and seldom say whose words they are.
        """
        kept: dict[tuple[tuple[Span, ...], tuple[str, ...]], _Record] = {}
        printed: dict[str, int] = {}
        for record in self.records:
            sentence = self.reading.sentences[record.match.sentence]
            words = self.reading.slice(sentence.start, sentence.end)
            if printed.setdefault(words, record.match.sentence) != record.match.sentence and sentence.end - sentence.start > CARRY_WORDS:
                continue
            told = (record.match.content, tuple(source.key for source in record.speakers))
            held = kept.get(told)
            if held is None or not record.speakers or len(record.relayers) > len(held.relayers):
                kept[told if record.speakers else (record.match.content, (str(len(kept)),))] = record
        return list(kept.values())

    # --- one match ---------------------------------------------------------------------------------------------

    def _read(self, match: CueMatch) -> None:
        if match.form is Form.CARRIED_OVER and not match.mentions:
            last = next((record for record in reversed(self.records) if record.speakers and not record.match.is_noun), None)
            if last is not None and match.paragraph - last.match.paragraph <= CARRY_PARAGRAPHS:
                self.records.append(
                    _Record(match, last.speakers, last.evidence, [one._replace(mention=None) for one in last.relayers], True)
                )
            return
        told = next((one.span for one in match.mentions if one.part is Part.SPEAKER), None)
        if not match.content:
            if told is not None and not self._disqualifies(match, told):
                self._speakers(match)
                self.refused.add(match.sentence)
            return
        if told is not None and (reason := self._disqualifies(match, told)):
            self.refusals.append(Refusal("speaker_unresolved", match.content[0].of(self.article.text)[:200], f"{match.rule}: {reason}"))
            self.refused.add(match.sentence)
            return
        is_led = told is not None and any(one.part is Part.RELAYER and one.span.start < told.start for one in match.mentions)
        relayers = self._relayers(match) if is_led else []  # "dikutip dari Y, surat kabar itu menulis": Y is the newspaper
        speakers, mention = self._speakers(match)
        relayers = relayers or self._relayers(match)
        if not speakers and (not relayers or match.pronoun) and match.form is not Form.AGENTLESS:
            reason = f"{match.rule}: nobody could be made out"
            self.refusals.append(Refusal("speaker_unresolved", match.content[0].of(self.article.text)[:200], reason))
            return
        further = tuple(one.source for one in relayers if not one.source.kind.is_news and one.part is Part.SUPPLIER)
        if further and not speakers:
            # "kutipan Interfax dari Shoigu": whom it was taken from is the speaker
            speakers, mention = further, next(one.mention for one in relayers if one.source is further[0])
        relayers = [one for one in relayers if one.source not in further]
        if relayers and not match.is_noun:
            self.people.spoken.extend(speakers)  # "they" are those who spoke, not those who passed it on
        self.records.append(_Record(match, speakers, mention, relayers))

    def _disqualifies(self, match: CueMatch, speaker: Span) -> str | None:
        """Return why the words before or after a cue are no speaker, or None: nobody is denied, placed or dated into having spoken."""
        words, low = self.lexicon.words, self.reading.low
        first, after = bisect_left(self.reading.starts, speaker.start), bisect_left(self.reading.starts, speaker.end)
        first = min(first, len(low) - 1)  # without spaces a speaker may begin inside the last token
        sentence = self.reading.sentences[match.sentence]
        before = [low[k] for k in range(max(sentence.start, first - 2), first)]
        negations = words[WordClass.NEGATION]
        if before and (before[-1] in negations or (before[0] in negations and before[-1] in words[WordClass.VERB])):
            return "the sentence says that nobody did"
        is_linked = match.rule.startswith("according-to") and low[first] in words[WordClass.PREPOSITION]
        if low[first] in self._outside and not is_linked and not self._is_document(first, after):
            return "a time or place"
        if self._is_abstract(first, after) and not match.rule.endswith(("-that", "-colon", "-quote")):
            return "what is done or is so, not who says it"
        printed = speaker.of(self.article.text)
        is_pronoun = low[first] in self._pronouns and (after - first == 1 or low[first] not in words[WordClass.DEFINITE])
        if not is_pronoun and self._is_capital_by_position(first, after, sentence.start):
            printed = printed[0].lower() + printed[1:]
        elif before and before[-1] in self._outside and self._is_participle(first):
            return "no words for somebody"  # "since leaving office he …"
        if is_pronoun or self.people.mentions.is_source_like(printed):
            return None
        owner = next((k for k in range(first + 1, after) if low[k] in words[WordClass.PREPOSITION]), after)
        if match.rule.startswith("according-to") and owner + 1 < after:
            # "theo tiết lộ của báo Sena": a word for saying, and whose it was
            whose = self.article.text[self.reading.starts[owner + 1] : speaker.end]
            if self.people.mentions.is_source_like(whose):
                return None
        is_pointed = (
            low[first] in self.lexicon.all(WordClass.DEFINITE, WordClass.INDEFINITE) or low[after - 1] in words[WordClass.DEMONSTRATIVE]
        )
        is_strong = match.confidence >= SURE or match.rule.endswith(("-that", "-colon", "-quote"))
        return None if is_pointed and is_strong else "no word for a person, body or document"

    def _is_abstract(self, first: int, after: int) -> bool:
        """Tell whether a phrase begins with a noun for what is done or is so, and is no body's name: "Kegagalan pemerintah"."""
        word = self.reading.low[first]
        if not self.analyst.affixed_verbs or after - first < 2 or not sentences.is_shaped(word, self.lexicon):
            return False
        known = self.registry.language(self.article.lang).words.get(identity.fold(word), ())
        of_source = self.lexicon.all(
            WordClass.ROLE, WordClass.BODY, WordClass.UNIT, WordClass.DOCUMENT, WordClass.FORENAME, WordClass.MEDIUM
        )
        return not known and word not in of_source and not self.reading.capital[first + 1]

    def _is_capital_by_position(self, first: int, after: int, start: int) -> bool:
        """Tell whether a phrase has its one capital because a sentence begins with it: elsewhere the article writes the word small."""
        reading, word = self.reading, self.reading.low[first]
        if first != start or not word.isalpha() or any(reading.capital[k] for k in range(first + 1, after)):
            return False
        endings = tuple(ending[1:] for ending in self.lexicon.words[WordClass.PERSON] if ending.startswith("-"))
        is_owned = bool(endings) and word.endswith(endings) and len(word) > LONG_WORD  # "Tujuannya"
        return (is_owned or word in self.people.small) and not self.people.is_name_inside(word)

    def _is_participle(self, first: int) -> bool:
        word = self.reading.low[first]
        return not self.reading.capital[first] and word.endswith(self._participles) and len(word) > LONG_WORD

    def _is_document(self, first: int, after: int) -> bool:
        """Tell whether a phrase of place names a document that speaks: "In dem Bericht heißt es"."""
        documents = self.lexicon.words[WordClass.DOCUMENT]
        is_free = self.analyst.verb_second
        return is_free and any(self.reading.low[k] in documents for k in range(first, after))

    def _speakers(self, match: CueMatch) -> tuple[tuple[Source, ...], Span | None]:
        mentions = [mention for mention in match.mentions if mention.part is Part.SPEAKER]
        if mentions:
            named = {source.key: (source, mention.span) for mention in reversed(mentions) for source in self.people.sources(mention.span)}
            found = sorted(named.values(), key=lambda each: each[1].start)
            for source, span in found if not match.is_noun else ():
                self.people.speaks(source, span)
            return tuple(source for source, _ in found), mentions[0].span
        if match.pronoun:
            spoke = max((record.match.sentence for record in self.records[-RECENT:] if record.speakers), default=-1)
            taker = self.people.taker(match.cue[0].start, spoke)
            if taker is not None:
                self.people.speaks(taker)
            own = frozenset(hop.source.key for hop in self.page if hop.origin is Origin.OUTLET)  # the page does not speak of itself
            last = taker or self._just_quoted(match) or self.people.heard(match.cue[0].start, own)
            return ((last,), self.people.mentioned.get(last.key)) if last else ((), None)
        return (), None

    def _just_quoted(self, match: CueMatch) -> Source | None:
        """Return the body that the sentence before quotes and names after its words: `"…," tulis Kemlu. "…," tambahnya`."""
        before = self.records[-1] if self.records else None
        is_near = before is not None and before.match.form is Form.DIRECT and match.sentence == before.match.sentence + 1
        if before is None or not is_near or before.mention is None or before.mention.start < before.match.content[-1].end:
            return None
        return before.speakers[0] if len(before.speakers) == 1 and before.speakers[0].kind in BODIES else None

    def _relayers(self, match: CueMatch) -> list[_Relay]:
        """Return who passed it on, from the page towards the speaker."""
        found: list[_Relay] = []
        for mention in match.mentions:
            if mention.part is Part.SPEAKER or mention.span.of(self.article.text).lower() in self.lexicon.words[WordClass.TIME]:
                continue
            meant = self.people.sources(mention.span)
            joint = mention.span.start if len(meant) > 1 else None
            passed: list[_Relay] = []
            for source in meant:
                if mention.part is Part.RECIPIENT and (not source.kind.is_news or source.is_vague):
                    continue  # "told reporters" names no way
                outlet = self._outlet(source)
                if outlet.kind is SourceKind.ANONYMOUS and not self.people.mentions.is_source_like(mention.span.of(self.article.text)):
                    continue  # "the tax will rise, citing X": a tax passes nothing on
                passed.append(_Relay(outlet, mention.span, mention.part, joint))
                self.people.speaks(outlet)
            found[:0] = passed
        return found

    def _outlet(self, source: Source) -> Source:
        """Return who relayed as a news organisation: the page's own, or a name that nothing makes a person's."""
        is_named = source.kind is SourceKind.PERSON and source.role is None and not source.is_vague
        if source.is_known or not (is_named or SITE.fullmatch(source.name)):
            return source
        folded = identity.fold(source.name)
        own = next((hop.source for hop in self.page if identity.fold(hop.source.name) == folded), None)
        if own is not None:
            return own
        if source.key in self.people.spoken_keys:
            return source
        key = f"{SourceKind.OUTLET}:{folded}"
        return Source(identity.of("source", key), key, source.name, SourceKind.OUTLET, country=source.country)

    def _read_ahead(self) -> None:
        """Give paragraphs of a quotation that are not closed the speaker whom the last paragraph names: "… ¶ "… ¶ "…", said X."""
        for record, following in reversed(list(pairwise(self.records))):
            begin, end = following.match.content[0].start, record.match.content[-1].end
            if (
                record.match.rule == ALONE
                and not record.match.mentions
                and following.match.paragraph == record.match.paragraph + 1
                and following.speakers
                and any(one.part is Part.SPEAKER for one in following.match.mentions)
                and sentences.MARK.match(self.article.text, begin)
                and not sentences.MARK.match(self.article.text, end - 1)
            ):
                record.match = replace(record.match, mentions=following.match.mentions)
                record.speakers, record.mention = following.speakers, following.mention
                record.relayers = [one._replace(mention=None) for one in following.relayers]

    # --- sentences that explain each other ---------------------------------------------------------------------

    def _carry_sentences(self) -> None:
        """Carry a news organisation's report over the sentences after it that name nobody."""
        subjunctive = self.lexicon.words[WordClass.SUBJUNCTIVE] if self._subjunctive_report else frozenset()
        if not self._continued_report and not subjunctive:
            return
        own_page = {hop.source.key for hop in self.page if hop.origin is Origin.OUTLET}
        by_sentence: dict[int, _Record] = {}
        for record in self.records:
            by_sentence[record.match.sentence] = record
        carried: list[_Record] = []
        last: _Record | None = None
        count = 0
        for number, sentence in enumerate(self.reading.sentences):
            own = by_sentence.get(number)
            if own is not None or number in self.refused:
                last, count = own, 0
                continue
            if last is None or last.match.is_headline or not (last.speakers or last.relayers):
                continue
            if self._declines(sentence):
                last = None
                continue
            if subjunctive:
                said = any(self.reading.low[k] in subjunctive and self.reading.quoted[k] < 0 for k in range(sentence.start, sentence.end))
                if self._has_cue(sentence):
                    last, count = None, 0  # somebody else speaks, in a way that no rule reads
                    continue
                if not said or last.match.form is Form.AGENTLESS:
                    continue
            elif not last.is_news or last.outlets <= own_page:
                continue  # what the page reports by itself is its own narration
            gap = sentence.paragraph - last.match.paragraph
            is_other = self._threads[number] != self._threads[last.match.sentence]
            if gap > 1 or is_other or count >= CARRY_SENTENCES or sentence.end - sentence.start < CARRY_WORDS or sentence.is_headline:
                last = None
                continue
            if not subjunctive and self._names_other_news(sentence, last):
                last = None
                continue
            begins = gap and self.reading.sentences[number - 1].paragraph != sentence.paragraph
            if begins and not subjunctive and not last.match.is_story and not self._hangs_on(number, last.match.sentence):
                last = None
                continue
            content = self.analyst.whole(sentence)
            if content is None:
                continue
            count += 1
            match = _carried_match(content, number, sentence.paragraph)
            if subjunctive and carried and self._goes_on(carried[-1].match, match):
                whole = Span(carried[-1].match.content[0].start, content.end)
                carried[-1].match = replace(carried[-1].match, content=(whole,), sentence=number)
            elif subjunctive:
                carried.append(_Record(replace(match, rule="subjunctive"), last.speakers, last.evidence, list(last.relayers), True))
            elif self._is_of_speaker(sentence, last):
                carried.append(_Record(match, last.speakers, last.evidence, [one._replace(mention=None) for one in last.relayers], True))
            else:
                carried.append(self._continued(match, last))
        self.records.extend(carried)
        self.records.sort(key=lambda record: record.match.sentence)

    def _carry_back(self) -> None:
        """Give sentences of "I" and "we" without a cue whom the next names behind more of the same: "Saya senang. Kami …, kata X"."""
        firsts = self.lexicon.words[WordClass.FIRST]
        if not self._continued_report:
            return
        taken = {record.match.sentence for record in self.records} | self.refused
        for record in tuple(self.records):
            tag = next((one.span for one in record.match.mentions if one.part is Part.SPEAKER), None)
            number = record.match.sentence
            if tag is None or record.match.content[-1].end > tag.start or not self._is_own_voice(self.reading.sentences[number], firsts):
                continue
            for before in range(number - 1, max(-1, number - 1 - CARRY_PARAGRAPHS), -1):
                sentence = self.reading.sentences[before]
                content = self.analyst.whole(sentence)
                if before in taken or content is None or sentence.is_headline or not self._is_own_voice(sentence, firsts):
                    break
                taken.add(before)
                way = [one._replace(mention=None) for one in record.relayers]
                match = _carried_match(content, before, sentence.paragraph)
                self.records.append(_Record(match, record.speakers, record.evidence, way, True))
        self.records.sort(key=lambda record: record.match.sentence)

    def _is_own_voice(self, sentence: Sentence, firsts: frozenset[str]) -> bool:
        """Tell whether a sentence says "I" or "we" outside quotation marks."""
        return any(self.reading.low[k] in firsts and self.reading.quoted[k] < 0 for k in range(sentence.start, sentence.end))

    def _follow_pointers(self) -> None:
        """Give a sentence without a cue that begins with "theo đó" ("accordingly") whom the sentence before it is attributed to."""
        words = self.lexicon.words
        pointers = words[WordClass.POINTER] & words[WordClass.OPENER]
        by_sentence = {record.match.sentence: record for record in self.records if record.speakers}
        cued = {record.match.sentence for record in self.records} | self.refused
        for number, sentence in enumerate(self.reading.sentences if pointers else ()):
            last = by_sentence.get(number - 1)
            if self.reading.low[sentence.start] not in pointers or last is None or number in cued or last.match.is_headline:
                continue
            if sentence.paragraph - last.match.paragraph > 1 or (content := self.analyst.whole(sentence)) is None:
                continue
            match = CueMatch((content,), (), (), Form.CARRIED_OVER, CONTINUED, Act.ASSERT, None, number, sentence.paragraph, 0.5)
            by_sentence[number] = _Record(match, last.speakers, None, [one._replace(mention=None) for one in last.relayers], True)
            self.records.append(by_sentence[number])
        self.records.sort(key=lambda record: record.match.sentence)

    def _has_cue(self, sentence: Sentence) -> bool:
        """Tell whether a sentence holds a verb of speech outside quotations."""
        low, quoted = self.reading.low, self.reading.quoted
        return any(
            cue.kind is CueClass.SPEECH
            and cue.confidence >= STRONG
            and cue.particle is None
            and tuple(low[k : k + len(cue.words)]) == cue.words
            for k in range(sentence.start, sentence.end)
            if quoted[k] < 0 and not self.reading.capital[k]
            for cue in self.lexicon.cues.get(low[k], ())
        )

    def _hangs_on(self, number: int, report: int) -> bool:
        """Tell whether a paragraph's first sentence goes on with the report in sentence `report` rather than with the page's own account.

        Its subject points back or names what the report is about, or half of its names, two at least, stand in the report's paragraph.
        """
        reading, words = self.reading, self.lexicon.words
        low, sentence = reading.low, reading.sentences[number]
        while report and reading.sentences[report - 1].paragraph == reading.sentences[report].paragraph:
            report -= 1
        told = range(reading.sentences[report].start, sentence.start)
        subject = range(sentence.start, min(sentence.end, sentence.start + SUBJECT_REACH))
        if low[sentence.start] in words[WordClass.OPENER] or any(
            (low[k] in words[WordClass.DEMONSTRATIVE] and low[k - 1] not in words[WordClass.TIME]) or low[k] in self._pronouns
            for k in subject
            if reading.quoted[k] < 0
        ):
            return True
        nouns = {low[k] for k in subject[:SUBJECT_NOUN] if len(low[k]) >= LONG_WORD and not reading.capital[k]}
        if any(low[k] in nouns for k in told):
            return True
        names = self._capitals(sentence)
        shared = names & set().union(*(self._capitals(reading.sentences[k]) for k in range(report, number)))
        return len(shared) >= SHARED_NAMES and 2 * len(shared) >= len(names)

    def _capitals(self, sentence: Sentence) -> set[str]:
        """Return the words of a sentence that stand with a capital for their own sake."""
        reading = self.reading
        return {
            reading.low[k]
            for k in range(sentence.start, sentence.end)
            if reading.capital[k] and (k > sentence.start or self.people.is_name_inside(reading.low[k]))
        }

    @staticmethod
    def _goes_on(before: CueMatch, match: CueMatch) -> bool:
        """Tell whether a carried sentence follows another at once, in its paragraph: they are one passage."""
        return match.sentence == before.sentence + 1 and match.paragraph == before.paragraph

    def _declines(self, sentence: Sentence) -> bool:
        """Tell whether a sentence says that somebody would not speak: it is about them, and goes on with nobody's report."""
        low = self.reading.low
        for k in range(sentence.start, sentence.end):
            for cue in self.lexicon.cues.get(low[k], ()):
                if cue.position is Position.DECLINES and tuple(low[k : k + len(cue.words)]) == cue.words:
                    return True
        return False

    def _names_other_news(self, sentence: Sentence, last: _Record) -> bool:
        """Tell whether a sentence is about further news organisations, whose reports it may tell: "Media Inggris lain juga menulis …"."""
        words, low, hits = self.lexicon.words, self.reading.low, self.people.hits
        begin, end = self.reading.starts[sentence.start], self.reading.ends[sentence.end - 1]
        known = hits[bisect_left(self.people.hit_starts, begin) : bisect_left(self.people.hit_starts, end)]
        keys = {hit.key for hit in known if self.registry.get(hit.key).kind.is_news}
        pointed = words[WordClass.DEMONSTRATIVE]
        mediums = (k for k in range(sentence.start, sentence.end - 1) if low[k] in words[WordClass.MEDIUM] and low[k + 1] not in pointed)
        return bool(keys - last.outlets) or any(mediums)

    def _is_of_speaker(self, sentence: Sentence, last: _Record) -> bool:
        """Tell whether a sentence right after a report is its speaker's own words without their marks: "Jika kami menolak, …"."""
        is_next = self.reading.sentences[last.match.sentence + 1 : last.match.sentence + 2] == [sentence]
        return is_next and bool(last.speakers) and self._is_own_voice(sentence, self.lexicon.words[WordClass.FIRST])

    @staticmethod
    def _continued(match: CueMatch, last: _Record) -> _Record:
        """Return a sentence that goes on with a report: what the news organisation says, unless its own source is named."""
        way = [one._replace(mention=None) for one in last.relayers]
        if way and way[-1].source.kind.is_news and last.speakers:
            return _Record(match, (way[-1].source,), None, way[:-1], True)
        return _Record(match, last.speakers, None, way, True)

    def _complete_outlets(self) -> None:
        """Let a report that ends at a news organisation go on to the one unnamed source that the article says it cites."""
        cited: dict[str, dict[str, tuple[Source, _Record]]] = {}
        for record in self.records:
            nearest = next((one.source for one in reversed(record.relayers) if one.source.kind.is_news and one.mention is not None), None)
            if nearest is None or record.is_inferred:
                continue
            for speaker in record.speakers:
                cited.setdefault(self._outlet_key(nearest), {})[speaker.key] = (speaker, record)
        is_own = self._own_leads
        for record in self.records:
            ends = record.speakers or tuple(one.source for one in record.relayers[-1:])
            if len(ends) != 1 or not ends[0].kind.is_news or (record.match.form is Form.AGENTLESS and not record.speakers):
                continue
            if record.speakers and (record.match.form is Form.DIRECT or (is_own and record.mention is not None)):
                continue  # in quotation marks an outlet says what it thinks itself
            outlet = ends[0]
            found = list(cited.get(self._outlet_key(outlet), {}).values())
            if len(found) != 1 or found[0][0].kind is not SourceKind.ANONYMOUS:
                continue
            is_told = found[0][1].relayers[-1].part is Part.RECIPIENT
            if (record.match.rule == CONTINUED or is_told) and found[0][0].anonymous_type not in WHOLE_STORY:
                continue  # what runs on without a cue, or an outlet writes elsewhere, is hardly what a bystander told it
            if record.mention is not None and (self._is_own_work(record.mention) or self._is_of_before(record)):
                continue
            if record.speakers:
                record.relayers = [*record.relayers, _Relay(outlet, record.mention, Part.RELAYER)]
            record.speakers, record.mention, record.is_inferred = (found[0][0],), None, True

    def _is_of_before(self, record: _Record) -> bool:
        """Tell whether a sentence says between a name and its cue that this was another report: "Báo Lam Sơn trước đây còn cho biết"."""
        starts, mention, cue = self.reading.starts, record.mention, record.match.cue
        between = range(bisect_left(starts, mention.end), bisect_left(starts, cue[0].start)) if mention and cue else range(0)
        return any(self.reading.low[k] in self.lexicon.words[WordClass.EARLIER] for k in between)

    def _is_own_work(self, mention: Span) -> bool:
        """Tell whether a mention names what a news organisation made itself: "an AFP tally based on police figures"."""
        reading = self.reading
        first, last = bisect_left(reading.starts, mention.start), bisect_left(reading.starts, mention.end)
        name = next((k for k in range(last - 1, first, -1) if reading.capital[k] and not reading.capital[k - 1]), None)
        return (
            reading.low[first] in self.lexicon.words[WordClass.INDEFINITE]
            and name is not None
            and name + 1 < last
            and reading.low[name + 1] not in self.lexicon.words[WordClass.MEDIUM]
        )

    @staticmethod
    def _outlet_key(source: Source) -> str:
        """Return what tells outlets apart here: vague ones ("US media", "a US newspaper") are one for each country."""
        return f"vague:{source.country}" if source.is_vague and source.country else source.key

    def _share_relays(self) -> None:
        """Carry relays: to the same speaker's other words, and to what follows a relay that holds for the story."""
        through: dict[tuple[str, int], list[list[_Relay]]] = {}  # by speaker and sentence
        for record in self.records:
            if record.relayers and not record.is_inferred:
                for speaker in record.speakers:
                    through.setdefault((speaker.key, record.match.sentence), []).append(record.relayers)
        supplied = any(hop.source.kind is SourceKind.AGENCY for hop in self.page)
        relays = {record.match.sentence: record.relayers for record in self.records if record.relayers}
        goes_on = self._goes_on_speaking() if self._own_leads else None
        current: list[_Relay] = []
        others: set[str] = set()
        thread = 0
        for record in self.records:
            if self._threads[record.match.sentence] != thread:
                current, others, thread = [], set(), self._threads[record.match.sentence]
            if record.relayers:
                if record.match.is_story and not record.is_inferred:
                    passed = [one for one in record.relayers if one.part is not Part.RECIPIENT and one.source.kind.is_news]
                    if not record.speakers and len(passed) > 1 and passed[-1].part is Part.RELAYER and passed[-1].joint is None:
                        passed = passed[:-1]  # "C, an agency reports, as quoted by Y": others of the story spoke to Y, or to anybody
                    current = passed or current
                    others = set()
                continue
            if record.match.form is Form.AGENTLESS and not record.speakers:
                if not supplied:
                    record.relayers = [one._replace(mention=None) for one in current[:1]]  # whose account it stands in
                continue
            if any(source.kind.is_news for source in record.speakers):
                others |= record.outlets - {one.source.key for one in current}
                if len(others) >= REVIEW:
                    current = []
                continue
            near = [
                (abs(distance), way)
                for speaker in (record.speakers if through else ())
                for distance in range(-SHARE_SENTENCES, SHARE_SENTENCES + 1)
                for way in through.get((speaker.key, record.match.sentence + distance), ())
                if not (distance and (goes_on or way[-1].part is Part.RECIPIENT) and self._has_own_channel(record))
                and (goes_on is None or -distance in range(goes_on.get(id(record), 0) + 1))
            ]
            if near:
                way = min(near, key=lambda one: one[0])[1]
                record.relayers = [one._replace(mention=None) for one in way]
            elif current and not supplied:
                record.relayers = [one._replace(mention=None) for one in current]
            else:
                record.relayers = [one._replace(mention=None) for one in self._told(record, relays)]

    def _goes_on_speaking(self) -> dict[int, int]:
        """Return for each record, by identity, how many sentences back its speaker took the word, nobody else speaking since."""
        since: dict[int, int] = {}
        keys: set[str] = set()
        began = 0
        for record in self.records:
            told = {source.key for source in record.speakers}
            if record.match.form is Form.AGENTLESS and not told:
                continue
            if not told & keys:
                began = record.match.sentence
            keys = told
            since[id(record)] = record.match.sentence - began
        return since

    def _has_own_channel(self, record: _Record) -> bool:
        """Tell whether a sentence says before its speaker where the words stood: "Trong một bức thư, ông Nam …"."""
        speaker = next((one.span for one in record.match.mentions if one.part is Part.SPEAKER and not one.is_shared), None)
        start = self.reading.sentences[record.match.sentence].start
        is_first = speaker is not None and record.match.content[0].start > speaker.start
        if speaker is None or not is_first or not self.analyst.serial_verbs:
            return False
        before = range(start, bisect_left(self.reading.starts, speaker.start))
        low, documents = self.reading.low, self.lexicon.words[WordClass.DOCUMENT]
        return bool(before) and low[before[-1]] == "," and any(low[k] in documents or low[k] in self.lexicon.cues for k in before)

    def _told(self, record: _Record, relays: Mapping[int, list[_Relay]]) -> list[_Relay]:
        """Return the agency that the unnamed speaker of a passage is likely to have met: the nearest relay is "told AFP", in one story.

        Who has a name may have spoken to anybody, and a page that is known may have met an unnamed speaker itself.
        """
        if self.page or not all(one.kind is SourceKind.ANONYMOUS or one.role == one.name for one in record.speakers):
            return []
        number = record.match.sentence
        sentence = self.reading.sentences[number]
        named = set(self.people.outlets_in(self.reading.span(sentence.start, sentence.end)))
        for distance in range(1, TOLD_SENTENCES + 1):
            for at in (number - distance, number + distance):
                if at in relays and self._threads[at] == self._threads[number]:
                    if named and named.isdisjoint(one.source.key for one in relays[at]):
                        return []  # "Kênh Lam Sơn phỏng vấn các nhân chứng cho biết C": another one has met them
                    return [one for one in relays[at] if one.part is Part.RECIPIENT and one.source.kind is SourceKind.AGENCY]
        return []

    def _split(self) -> list[int]:
        """Return for each sentence which story of the text it belongs to.

        Another one begins with a paragraph where neither it nor what follows shares a name, and hardly a word, with what stood before.
        """
        sentences = self.reading.sentences
        names = [self._names_in(sentence) for sentence in sentences]
        spans = [self.reading.span(sentence.start, sentence.end) for sentence in sentences]
        threads: list[int] = []
        seen: set[str] = set()
        used: set[str] = set()  # words of the sentences of this story up to `counted`: few paragraphs ever ask for them
        counted = 0
        for number, sentence in enumerate(sentences):
            thread = threads[-1] if threads else 0
            opens = number > 0 and sentence.paragraph != sentences[number - 1].paragraph and not self._points_back(sentence)
            if opens and len(seen) >= THREAD_NAMES:
                ahead: set[str] = set().union(*names[number : number + THREAD_SENTENCES])
                is_telling = sum(word[0].isalpha() for word in ahead) >= THREAD_NAMES
                if is_telling and seen.isdisjoint(ahead):
                    said: set[str] = set().union(*map(self._stem, spans[number : number + THREAD_SENTENCES]))
                    used.update(*map(self._stem, spans[counted:number]))
                    counted = number
                    if len(said & used) <= THREAD_WORDS * len(said):
                        thread, seen, used = thread + 1, set(), set()
            seen |= names[number]
            threads.append(thread)
        return threads

    def _points_back(self, sentence: Sentence) -> bool:
        """Tell whether a sentence goes on with what stands before: it begins with a quotation, pronoun or "however", or holds a "this"."""
        low, words = self.reading.low, self.lexicon.words
        first = sentence.start
        if self.reading.quoted[first] >= 0 or low[first] in self._pronouns or low[first] in words[WordClass.OPENER]:
            return True
        demonstratives, times = words[WordClass.DEMONSTRATIVE], words[WordClass.TIME]
        return any(low[k] in demonstratives and (k == first or low[k - 1] not in times) for k in range(first, sentence.end))

    def _names_in(self, sentence: Sentence) -> set[str]:
        """Return the words of a sentence that can be parts of names, and its figures."""
        low, capital = self.reading.low, self.reading.capital
        dull = self.lexicon.all(WordClass.TIME, WordClass.ROLE, WordClass.TITLE, WordClass.BODY, WordClass.MEDIUM, WordClass.PREPOSITION)
        return {low[k] for k in range(sentence.start, sentence.end) if (capital[k] and low[k] not in dull) or low[k][0].isdigit()}

    def _explain_agentless(self) -> None:
        """Give "reportedly" the source of the passage that says the same, or of the report that it continues."""
        told = [record for record in self.records if record.is_news and record.match.form is not Form.AGENTLESS][:MOST_TOLD]
        in_mood = self._subjunctive_report
        previous: _Record | None = None
        for record in self.records:
            if record.match.form is not Form.AGENTLESS or record.speakers or record.relayers:
                previous = record
                continue
            sentence = self.reading.sentences[record.match.sentence]
            said = self.reading.span(sentence.start, sentence.end)
            best = max(told, key=lambda one: (self._overlap(said, one.match.content[0]), -one.match.sentence), default=None)
            if best is None or self._overlap(said, best.match.content[0]) < SAME_STORY:
                best = None
                if previous is not None and previous.match.paragraph == record.match.paragraph and not self._split_quotation:
                    is_next = in_mood and bool(previous.speakers) and record.match.sentence - previous.match.sentence <= 2
                    best = previous if previous.is_news or is_next else None
            if best is not None:
                if in_mood:
                    record.mention = best.evidence
                way = [one._replace(mention=None) for one in best.relayers]
                record.speakers, record.is_inferred = best.speakers or (way.pop().source,), True
                record.relayers = way
            previous = record

    def _settle_denials(self) -> None:
        """Find what is denied by those who do not repeat it ("the report", "fake news"), and who deny it again in other words."""
        denied: list[_Denied] = []
        keys = [frozenset(source.key for source in record.speakers) for record in self.records]
        for index, record in enumerate(self.records):
            if record.match.points_back:
                record.match = replace(record.match, denied=self._referent(index, keys, denied))
            match = record.match
            if match.position is Position.DENIES:
                claim = match.denied or (None if match.points_back else match.content[0])
                denied.append(_Denied(keys[index], match.sentence, claim))
        by_speaker: dict[str, list[_Denied]] = {}
        for one in denied:
            for key in one.speakers:
                by_speaker.setdefault(key, []).append(one)
        for record, speakers in zip(self.records, keys, strict=True):
            match = record.match
            if match.negated is None or match.position is not None or match.act is not Act.ASSERT:
                continue
            again = any(self._is_denied_again(match, one) for key in speakers for one in by_speaker.get(key, ())[:MOST_DENIED])
            if again or (match.is_flat and self._is_rumoured(match.sentence)):
                record.match = replace(match, position=Position.DENIES, denied=match.negated)

    def _is_denied_again(self, match: CueMatch, denied: _Denied) -> bool:
        """Tell whether a negative statement denies what its speaker denies elsewhere: quoted right after it, or in the same words."""
        if match.form is Form.DIRECT and 0 < match.sentence - denied.sentence <= 1:
            return True
        return denied.claim is not None and self._overlap(denied.claim, match.content[0]) >= (SAME_WORDS if match.is_flat else SAME_STORY)

    def _is_rumoured(self, number: int) -> bool:
        """Tell whether a sentence, or the one before or after it, speaks of a rumour or an accusation."""
        reading, rumours = self.reading, self.lexicon.words[WordClass.RUMOUR]
        near = reading.sentences[max(0, number - 1) : number + 2]
        # The first half stands for a plural: "rumor-rumor".
        return any(reading.low[k].partition("-")[0] in rumours for sentence in near for k in range(sentence.start, sentence.end))

    def _referent(self, index: int, keys: Sequence[frozenset[str]], denied: Sequence[_Denied]) -> Span | None:
        """Return what "the report" or "fake news" refers to: what was just denied, else the last accusation of somebody else."""
        here = self.records[index].match.sentence
        if denied and denied[-1].claim is not None and here - denied[-1].sentence <= CARRY_SENTENCES:
            return denied[-1].claim
        near = range(max(0, index - REFERENTS), index)
        accused = [
            one.match
            for one, who in ((self.records[k], keys[k]) for k in near)
            if one.match.act is Act.ACCUSE and not who & keys[index] and here - one.match.sentence <= CARRY_SENTENCES
        ]
        return accused[-1].content[0] if accused else None

    def _overlap(self, one: Span, other: Span) -> float:
        """Return the share of telling words that the shorter of two passages has in common with the longer."""
        a, b = self._stem(one), self._stem(other)
        return len(a & b) / min(len(a), len(b)) if min(len(a), len(b)) >= 4 else 0.0

    def _stem(self, span: Span) -> frozenset[str]:
        if span not in self._stems:
            words = identity.fold(span.of(self.article.text)).split()
            self._stems[span] = frozenset(word[:6] for word in words if len(word) > 3)
        return self._stems[span]

    # --- hops --------------------------------------------------------------------------------------------------

    def _appearance(self, record: _Record, ordinal: int) -> Appearance:
        match = record.match
        self._sureness = self._confidence(record)
        pages = self._pages(record)
        hops: list[Attribution] = []
        ways = _ways(record.relayers)
        for page, way, speaker in product(pages, ways, record.speakers or (None,)):
            branch = hops[-1].branch + 1 if hops else 0
            line = self._line(page, way, record, speaker)
            hops += [replace(hop, branch=branch) for hop in line] if branch else line
        return Appearance(
            article_id=self.article.id,
            ordinal=ordinal,
            content=match.content,
            form=match.form,
            attributions=tuple(hops),
            act=match.act,
            position=match.position,
            operator=_operator(match, max(record.speakers, ways, key=len), pages),
            hedges=match.hedges,
            denied=match.denied,
            is_ascribed=match.is_ascribed,
            confidence=self._sureness,
        )

    def _pages(self, record: _Record) -> list[tuple[Attribution, ...]]:
        """Return the page's credits: once for each agency of a compiled article ("Sumber: Yonhap, AFP"), or with the one in the text."""
        agencies = [hop for hop in self.page if hop.rule == f"credit-{CreditRole.AGENCY}"]
        if len(agencies) < 2:
            return [self.page]
        others = [hop for hop in self.page if hop not in agencies]
        in_text = {one.source.key for one in record.relayers} | {source.key for source in record.speakers}
        chosen = [hop for hop in agencies if hop.source.key in in_text][:1] or agencies
        return [tuple(replace(hop, hop=number) for number, hop in enumerate((*others, agency))) for agency in chosen]

    def _line(self, page: Sequence[Attribution], way: Sequence[_Relay], record: _Record, speaker: Source | None) -> list[Attribution]:
        """Return the hops of one branch: the page's, those who passed it on, the speaker."""
        match = record.match
        line = list(page)
        seen = {hop.source.key for hop in line}
        for source, span, part, _ in way:
            if source.key in seen:
                continue
            seen.add(source.key)
            relation = HopRelation.TOLD if part is Part.RECIPIENT else HopRelation.QUOTES
            line.append(self._hop(len(line), source, relation, match, span))
        if speaker is not None and speaker.key not in seen:
            relation = HopRelation.CITES_DOCUMENT if speaker.kind is SourceKind.DOCUMENT else HopRelation.TOLD
            line.append(self._hop(len(line), speaker, relation, match, record.mention, record.is_inferred))
        elif speaker is not None and line and line[-1].source.key == speaker.key:
            line[-1] = self._hop(len(line) - 1, speaker, HopRelation.QUOTES, match, record.mention, record.is_inferred)
        return line

    def _confidence(self, record: _Record) -> float:
        """Return how sure an attribution is: cue and construction (both data) in equal parts, less where nobody is named."""
        match = record.match
        construction = self.lexicon.rules.get(match.rule.split("+")[0], UNRATED)
        confidence = construction if not match.cue else (match.confidence + construction) / 2
        if any(source.is_vague and not source.kind.is_news for source in record.speakers):
            confidence *= UNRESOLVED
        return round(confidence, 3)

    def _hop(
        self, number: int, source: Source, relation: HopRelation, match: CueMatch, mention: Span | None, is_inferred: bool = False
    ) -> Attribution:
        if reason := self.people.reasons.get(source.key):
            source = replace(source, anonymity_reason=reason)
        return Attribution(
            branch=0,
            hop=number,
            source=source,
            relation=relation,
            origin=Origin.TEXT if (mention is not None or match.pronoun) and not is_inferred else Origin.CONTEXT,
            scope=Scope.SPAN,
            rule=match.rule,
            confidence=self._sureness,
            cue=match.cue,
            mention=mention,
        )
