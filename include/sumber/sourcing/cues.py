"""Body -> who says what: cue, speaker and content spans, and the rule that fired.

A shallow reading without a parser: sentences are cut at punctuation and closed-class words, cues are looked up in the language's lexicon,
and the construction decides who speaks and where content begins and ends. Every step looks at each token a bounded number of times.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from sumber.sourcing import sentences, unspaced
from sumber.sourcing.clauses import Clauses
from sumber.sourcing.lexicons import Cue, CueClass, Lexicon, Order, WordClass
from sumber.sourcing.model import Act, Article, Form, Gazetteer, NameHit, Position, Span
from sumber.sourcing.phrases import BREAKS, COMMAS, LONGEST_PERSON
from sumber.sourcing.sentences import ENDS, Reading, Sentence

DASHES = frozenset({"—", "–", "-", "―"})
MARKS = frozenset('"“”„‟«»「」『』＂')
SPLIT_RULES = frozenset({"content-cue-speaker", "content-speaker-cue"})
COMPLEMENT_REACH = 14  # tokens between a cue and its "that": time, place and addressee stand there
TAGS = (CueClass.SPEECH, CueClass.SUFFIXED)
WEAK = (CueClass.ATTITUDE, CueClass.OBJECT, CueClass.AGENTLESS, CueClass.NOUN)
SURE = 0.9  # cues that are hardly ever anything else
MOST_CUES = 40  # in one sentence; the work grows with their square
NOUN_REACH = 3  # qualities between a possessor and its noun
PERHAPS_LABEL = "label?"  # a headline's name before a colon, which nothing but the body tells to be a speaker's
NAME = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
LONGEST_LABEL = 8  # tokens before the colon of a headline
PARTICLES = frozenset({"-", "–", ".", "’", "'"})
SURELY = frozenset({"that", "colon", "quote"})  # what follows a cue and leaves no doubt that content begins
LONG_REST = 6  # tokens after a cue that are content rather than when and where it was said
LONGEST_POINTER = 4  # tokens of "thông tin nói trên"
LONGEST_ASIDE = 30  # tokens between dashes
SHORT_SCENE = 3  # tokens that say nothing by themselves: "even so,"
LONGEST_SCENE = 20  # tokens of "at a meeting on Monday,"
LEAST_OBJECT = 3  # tokens in what a verb reports without a conjunction
LONGEST_PARENTHESIS = 12  # tokens
LONGEST_TERM = 3  # words in quotation marks that are a term rather than speech
STATES = (Act.ASSERT, Act.PREDICT, Act.EVALUATE)  # acts whose content is a statement
NEAR = 5  # tokens between a cue and the noun for what is claimed
SEGMENTS = 5  # commas between a speaker and its cue


class Part(StrEnum):
    """What a mention does in an attribution."""

    SPEAKER = "speaker"
    RELAYER = "relayer"  # passed it on: "Interfax" in "X said, quoted by Interfax"
    SUPPLIER = "supplier"  # the relayer's own source: "Z" in "dikutip Y dari Z"
    RECIPIENT = "recipient"  # "told AFP"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or description in an attribution. `is_shared` marks a speaker carried from an earlier cue of the sentence."""

    span: Span
    part: Part
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class CueMatch:
    """One attribution as printed: spans and the rule that found them; nobody is resolved yet.

    `mentions` go from the speaker outwards to the page; `paragraph` and `sentence` count from 0 among the claim-holding blocks. No
    `content` means that somebody has the word without a claim ("she answered the question"): who "she" is in what follows.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    form: Form
    rule: str
    act: Act
    position: Position | None
    sentence: int
    paragraph: int
    confidence: float
    hedges: tuple[Span, ...] = ()
    denied: Span | None = None  # the claim denied, where it is apart from the content
    points_back: bool = False  # the denial names no claim: "fake news", "the report"
    negated: Span | None = None  # what the first clause of the content says is not so
    is_ascribed: bool = False  # what somebody is said to think
    is_apart: bool = False  # several speakers, each for themselves
    is_headline: bool = False
    is_story: bool = False  # the relay holds for what follows
    pronoun: str | None = None  # the pronoun inside the cue ("katanya"), where nobody else is named
    is_noun: bool = False  # "his claim that": says what somebody holds, and that nobody speaks here


class _Denial(NamedTuple):
    """The position of a passage. `claim` is what is denied, where it is apart from the content; `points_back`: it stands elsewhere."""

    position: Position | None
    claim: Span | None = None
    points_back: bool = False


@dataclass(slots=True)
class _Frame:
    """A cue with what its construction gives, in tokens."""

    start: int
    end: int
    cue: Cue
    rule: str
    content: list[tuple[int, int]] = field(default_factory=list)
    speaker: tuple[int, int] | None = None
    is_shared: bool = False
    through: list[tuple[Part, tuple[int, int]]] = field(default_factory=list)  # from the speaker outwards
    recipients: list[tuple[int, int]] = field(default_factory=list)
    cues: list[tuple[int, int]] = field(default_factory=list)
    front: int = 0  # where the frame's own words begin: its subject, or the comma or "and" before the cue
    is_sequel: bool = False  # joined to an earlier frame, not inside its content
    to_right: bool = False
    is_negated: bool = False
    is_unsaid: bool = False  # "belum menjelaskan apakah": only ends what stands before
    strength: str = ""
    is_story: bool = False
    is_ascribed: bool = False


def find(article: Article, lexicon: Lexicon, registry: Gazetteer) -> tuple[CueMatch, ...]:
    """Find every attribution in the claim-holding blocks of `article`, in text order.

    Raises nothing, on any text; spans always lie inside the article's text.
    """
    names = named(registry.find(article.text, article.lang), registry)
    return tuple(found for found in match(sentences.read(article, lexicon), lexicon, names) if found.content)


def named(hits: Iterable[NameHit], registry: Gazetteer) -> dict[int, int]:
    """Return where the registry's names start, each with where it ends if it is a news organisation's, else with 0."""
    return {hit.span.start: hit.span.end if registry.get(hit.key).kind.is_news else 0 for hit in hits}


def match(reading: Reading, lexicon: Lexicon, names: dict[int, int]) -> tuple[CueMatch, ...]:
    """Find the attributions in a text already read. `names` is what `named` returns."""
    if "unspaced" in lexicon.words[WordClass.SETTING]:
        return _unspaced(reading, lexicon, names)
    analyst = _Analyst(reading, lexicon, names)
    found: list[CueMatch] = []
    for number, sentence in enumerate(reading.sentences):
        found.extend(analyst.sentence(number, sentence))
    found = _without_topics(reading, lexicon, found)
    if reading.carried:
        found = _with_carried(reading, found)
    if "split-quotation" in lexicon.words[WordClass.SETTING]:
        found = _with_sequels(found)
    return tuple(found)


def _without_topics(reading: Reading, lexicon: Lexicon, found: list[CueMatch]) -> list[CueMatch]:
    """Drop the labels before a colon that are not known for a speaker's, unless who they name speaks in the body.

    "Reed: Roads stay closed" goes with "Mayor Jane Reed said"; "Sena: Roads stay closed" does not go with "the mayor of Sena".
    """
    if not any(match.rule == PERHAPS_LABEL for match in found):
        return found
    nouns = lexicon.all(WordClass.ROLE, WordClass.BODY, WordClass.MEDIUM)
    titles = lexicon.words[WordClass.TITLE]
    speakers: list[tuple[str, ...]] = []
    for match in found:
        if match.rule not in (PERHAPS_LABEL, "label") and not match.is_headline:
            speakers += [tuple(NAME.findall(one.span.of(reading.text))) for one in match.mentions if one.part is Part.SPEAKER]

    def speaks(label: tuple[str, ...]) -> bool:
        name = label[1:] if label[0].lower() in titles else label
        for words in speakers:
            for k in range(len(words) - len(name) + 1):
                if words[k : k + len(name)] != name:
                    continue
                before = words[k - 1] if k else ""
                is_surname = k + 1 == len(words) and before[:1].isupper() and before.lower() not in nouns | titles
                if len(name) > 1 or is_surname or before.lower() in titles:
                    return True
        return False

    kept: list[CueMatch] = []
    for match in found:
        if match.rule == PERHAPS_LABEL:
            label = tuple(NAME.findall(match.mentions[0].span.of(reading.text)))
            if not label or not speaks(label):
                continue
            match = replace(match, rule="label")
        kept.append(match)
    return kept


def _unspaced(reading: Reading, lexicon: Lexicon, names: dict[int, int]) -> tuple[CueMatch, ...]:
    """Find the attributions of a text whose words are not set apart."""
    found: list[CueMatch] = []
    paragraphs: dict[int, tuple[int, int, int, bool]] = {}
    for number, sentence in enumerate(reading.sentences):
        first, _, _, _ = paragraphs.get(sentence.paragraph, (sentence.start, 0, number, sentence.is_headline))
        paragraphs[sentence.paragraph] = (first, sentence.end, number, sentence.is_headline)
    for paragraph, (first, last, number, is_headline) in paragraphs.items():
        start, stop = reading.span(first, last)
        for one in unspaced.find(reading, lexicon, names, start, stop):
            found.append(
                CueMatch(
                    content=(one.content,),
                    cue=(one.cue,),
                    mentions=(
                        Mention(one.speaker, Part.SPEAKER, one.is_shared),
                        *([Mention(one.recipient, Part.RECIPIENT)] if one.recipient else []),
                    ),
                    form=Form.DIRECT if one.is_quoted else Form.INDIRECT,
                    rule="unspaced-quotation" if one.is_quoted else "unspaced",
                    act=one.kind.act,
                    position=one.kind.position,
                    sentence=number,
                    paragraph=paragraph,
                    confidence=one.kind.confidence,
                    is_headline=is_headline,
                )
            )
    return tuple(found)


def _with_sequels(found: list[CueMatch]) -> list[CueMatch]:
    """Join a quotation to the one that its speaker's tag interrupts: `"A," she said. "B."` in one paragraph is one utterance."""
    kept: list[CueMatch] = []
    for match in found:
        at = next((index for index in range(len(kept) - 1, -1, -1) if not kept[index].is_noun), 0)
        last = kept[at] if kept else None
        if (
            last is not None
            and match.rule == "quotation-alone"
            and last.rule in SPLIT_RULES
            and last.form is Form.DIRECT
            and last.paragraph == match.paragraph
            and match.sentence - last.sentence == 1
        ):
            kept[at] = replace(last, content=last.content + match.content)
            continue
        kept.append(match)
    return kept


def _with_carried(reading: Reading, found: list[CueMatch]) -> list[CueMatch]:
    """Put quotations that run over lines without a new mark back together: the pieces belong to the match that has a cue."""
    root: dict[int, int] = {}
    for number in sorted(reading.carried):
        root[number] = root.get(number - 1, number - 1)
    stretch: dict[int, Span] = {}
    piece_at: dict[int, int] = {}
    for number, (first, last) in enumerate(reading.quotations):
        top = root.get(number, number)
        span = reading.span(first, last)
        stretch[top] = Span(stretch[top].start if top in stretch else span.start, span.end)
        piece_at[span.start] = top
    several = set(root.values())
    starts = sorted(start for start, top in piece_at.items() if top in several)

    def tops_in(match: CueMatch) -> list[int]:
        return sorted(
            {piece_at[starts[k]] for span in match.content for k in range(bisect_left(starts, span.start), bisect_left(starts, span.end))}
        )

    tops_of = [tops_in(match) for match in found]
    owners: dict[int, int] = {}
    for index, (match, tops) in enumerate(zip(found, tops_of, strict=True)):
        for top in tops:
            if match.cue or top not in owners:
                owners[top] = index
    kept: list[CueMatch] = []
    for index, (match, tops) in enumerate(zip(found, tops_of, strict=True)):
        if not tops:
            kept.append(match)
        elif any(owners[top] != index for top in tops):
            if match.cue:
                kept.append(match)
        else:
            kept.append(replace(match, content=_union([*match.content, *(stretch[top] for top in tops)])))
    return kept


def _union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that overlap as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def whole(reading: Reading, lexicon: Lexicon, sentence: Sentence) -> Span | None:
    """Return what a sentence without a cue says as a whole, without its opener and full stop; None where nothing is left."""
    analyst = _Analyst(reading, lexicon, {})
    span = analyst._tidy(analyst._skip_openers(sentence.start, sentence.end), sentence.end)
    return span if span.end > span.start else None


class _Analyst(Clauses):
    """Reads sentences one by one with one lexicon."""

    # --- sentences ---------------------------------------------------------------------------------------------

    def sentence(self, number: int, sentence: Sentence) -> Iterable[CueMatch]:
        """Return the attributions of one sentence."""
        a, b = sentence.start, sentence.end
        hits = self._hits(a, b)
        stop = b
        while stop > a and self.low[stop - 1] in ENDS and self.quoted[stop - 1] < 0:
            stop -= 1
        del hits[MOST_CUES:]
        self.hits = {i for i, _, cues in hits if any(cue.kind is not CueClass.NOUN for cue in cues)}
        self.hit_ends = {i: j for i, j, _ in hits}
        frames: list[_Frame] = []
        self.heard: tuple[int, int, tuple[int, int]] | None = None
        self.consumed = a
        self.before = self.silent if self.silent is not None and self.silent.paragraph >= sentence.paragraph - 1 else None
        announced, self.announced = self.announced, None
        for position, (i, j, cues) in enumerate(hits):
            if i < self.consumed:
                continue
            if j == b - 1 and self.low[j] == ":":
                speaker = self._subject(a, i, frames)[0]
                self.announced = (i, j, speaker) if speaker is not None and any(one.kind in TAGS for one in cues) else None
            following = next((first for first, _, _ in hits[position + 1 :] if first in self.hits), stop)
            frame = self._frame(a, stop, i, j, cues, frames, following)
            if frame is not None:
                frames.append(frame)
        frames = self._combine(frames)
        if self._is_question(a, b):
            frames = [frame for frame in frames if not (frame.to_right and frame.strength in ("", "bare"))]
        found = []
        for frame in frames:
            if frame.is_unsaid:
                self._hear(frame.start, frame.end, frame.cue, frame.speaker)
                continue
            made = self._match(number, sentence, frame)
            if made is not None:
                found.append(made)
        if not found and self.heard is not None:
            found.append(self._word_only(number, sentence, *self.heard))
        if not any(each.content for each in found):
            labelled = self._label(number, sentence, stop)
            if labelled is not None:
                found.append(labelled)
        if not any(each.content for each in found):
            spoken = self._quotation_only(number, sentence, announced)
            if spoken is not None:
                found.append(spoken)
        self.silent = None if any(each.content for each in found) or sentence.is_headline else sentence
        return found

    def _is_question(self, a: int, b: int) -> bool:
        """Tell whether the page itself asks: "What did the minister say about it?" reports nothing."""
        first = self.low[a]
        opens = first in self.questions or first in self.relatives or first in self.boundaries or first in self.skippable
        return self.low[b - 1] == "?" and self.quoted[b - 1] < 0 and (opens or first in self.verbs)

    def _hits(self, a: int, b: int) -> list[tuple[int, int, tuple[Cue, ...]]]:
        """Return the cues between two tokens, outside quotations: longest wording first, all its readings together."""
        low, quoted, cues = self.low, self.quoted, self.lexicon.cues
        found: list[tuple[int, int, tuple[Cue, ...]]] = []
        for index in [k for k in range(a, b) if low[k] in cues and quoted[k] < 0]:
            if found and index < found[-1][1]:
                continue
            if self.serial_verbs and self._is_inside_words(a, index):
                continue  # "Trung tâm Dự báo khí tượng": a capital inside a name
            length = 0
            chosen: list[Cue] = []
            for cue in cues[low[index]]:
                size = len(cue.words)
                if length and size < length:
                    break
                if size == 1 or (index + size <= b and low[index + 1] == cue.words[1] and tuple(low[index : index + size]) == cue.words):
                    length = size
                    chosen.append(cue)
            if chosen:
                found.append((index, index + length, tuple(chosen)))
        return found

    def _is_inside_words(self, a: int, k: int) -> bool:
        """Tell whether a word is written with a capital though nothing ends before it."""
        return k > a and self.capital[k] and (self.low[k - 1][0].isalpha() and self.quoted[k - 1] < 0)

    # --- one cue -----------------------------------------------------------------------------------------------

    def _frame(self, a: int, stop: int, i: int, j: int, cues: tuple[Cue, ...], frames: list[_Frame], following: int) -> _Frame | None:
        for cue in cues:
            match cue.kind:
                case CueClass.SPEECH | CueClass.OBJECT | CueClass.ATTITUDE:
                    frame = self._speech(a, stop, i, j, cue, frames, following)
                case CueClass.SUFFIXED:
                    frame = self._suffixed(a, stop, i, j, cue, frames)
                case CueClass.ACCORDING:
                    frame = self._according(a, stop, i, j, cue, frames)
                case CueClass.RELAY:
                    frame = self._relay(a, stop, i, j, cue, frames, following)
                case CueClass.RELAYED:
                    frame = self._relayed(a, stop, i, j, cue, frames, following)
                case CueClass.AGENTLESS:
                    frame = self._agentless(a, stop, i, j, cue, frames)
                case CueClass.POSTPOSED:
                    frame = self._postposed(a, stop, i, j, cue, frames)
                case CueClass.NOUN:
                    frame = self._noun(a, stop, i, j, cue, frames)
            if frame is not None:
                return frame
        return None

    def _speech(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[_Frame], following: int) -> _Frame | None:
        low = self.low
        if i > a and (low[i - 1] in self.infinitives or low[i - 1] in self.nominals or self._is_compounded(i)):
            return None
        if self.verb_second:
            return self._second(a, stop, i, j, cue, frames)
        begins = bool(frames) and frames[-1].to_right and bool(frames[-1].content) and frames[-1].content[0][0] == i
        if begins and not (self.serial_verbs or self._is_participle(i)):
            return None  # "denied claims that": the object of the cue before it
        if frames and not frames[-1].to_right and frames[-1].content and i > a and low[i - 1] in self.relatives and cue.confidence < SURE:
            return None  # "said X, who asked not to be named"
        if self.passives and i > a and "adjective" not in cue.marks and not self._is_participle(i) and self._is_passive(a, i):
            return self._passive(a, stop, i, j, cue, frames) if j < stop else None
        is_gerund = self._is_gerund(a, i)
        if is_gerund and frames and frames[-1].to_right and low[self._before_adverbs(a, i)] not in self.boundaries:
            return None  # "said that the crew was praised for warning of fire"
        if "naming" in cue.marks and i > a and not self._may_name(i):
            return None  # "a fund called North Star"
        if "plural" in cue.marks and (
            i == a
            or not (low[i - 1] in self.pronouns or low[i - 1] in self.relatives or low[i - 1] in self.negations or low[i - 1].endswith("s"))
        ):
            return None
        if i > a and low[i - 1][0].isdigit() and cue.confidence < SURE and not self._is_time_back(i - 1):
            return None
        if self._is_document_noun(a, i, j, stop):
            return None
        if self.serial_verbs and frames and frames[-1].to_right and frames[-1].end == i:
            return None  # "bác bỏ yêu cầu đòi …": what was rejected is a noun
        if self.serial_verbs and j < stop and low[j - 1] in self.documents and j in self.hits:
            j = self.consumed = self.hit_ends[j]  # "ra tuyên bố khẳng định C"
        begin, cue_end, recipient, strength = self._right(j, stop, following, "addressee" in cue.marks, cue.kind is CueClass.SPEECH)
        if cue.kind is CueClass.OBJECT and begin + 1 < stop and low[begin] in self.neuters and low[begin + 1] in self.falsehoods:
            begin += 1  # "called it fake news"
        elif cue.position is Position.DENIES and low[j - 1] in self.claims and self._names_claim(j, self._comma(j, stop)):
            begin, cue_end, strength = j - 1, j - 1, "bare"  # "membantah kabar itu"
        frame = _Frame(i, j, cue, "", front=i)
        if cue.position is not None and strength == "bare":
            head, that = self._claimed(begin, stop)
            if that is not None:
                begin, cue_end, strength = that + 1, that + 1, "that"
            elif head is None and "claim" in cue.marks:
                return None
        elif "claim" in cue.marks:
            return None
        frame.cues = [(i, cue_end)]
        frame.strength = strength
        if recipient:
            frame.recipients.append(recipient)
        # Content before the cue: "C", said S / C, S said.
        left = self._left_content(a, i, frames)
        is_open = self._is_quote_end(i) if "quote" in cue.marks else self._follows_content(a, i)
        if Order.CVS in cue.orders and left is not None and is_open:
            speaker, after = self._noun_phrase(j, stop)
            if speaker is not None and (strength in ("", "bare") or Order.SVC not in cue.orders):
                inverted = (
                    Order.SVC not in cue.orders
                    or self._is_quote_end(i)
                    or (
                        "that" not in cue.marks
                        and not self.serial_verbs
                        and (self._is_clause(left) or (cue.confidence >= SURE and self._has_verb(*left)))
                        and self._is_somebody(speaker, stop)
                        and self._is_name_like(speaker, stop)
                    )
                )
                if inverted:
                    frame.content, frame.speaker, frame.rule = [left], speaker, "content-cue-speaker"
                    frame.cues = [(i, j)]
                    frame.front = left[1]
                    frame.recipients = []
                    told = self._recipient(after, stop)
                    if told:
                        frame.recipients.append(told)
                        after = told[1]
                    rest = self._after_tag(after, stop) or self._around_tag(left, after, stop)
                    if rest is not None:
                        frame.content.append(rest)
                    return frame
        if Order.VSC in cue.orders:
            holder, after = self._noun_phrase(j, stop, long=True)
            introduced = holder is not None and after < stop and (low[after] in self.complementisers or low[after] == ":")
            if holder is not None and introduced:
                outlet = next((k for k in range(holder[0] + 1, holder[1]) if self.names.get(self.r.starts[k]) == 1), None)
                if outlet is not None and low[outlet - 1] not in self.nouns:
                    frame.recipients, holder = [(outlet, holder[1])], (holder[0], outlet)  # "said the mayor to Reuters that"
                frame.content, frame.speaker, frame.rule = [(after + 1, stop)], holder, "cue-speaker-content"
                frame.cues, frame.to_right = [(i, j), (after, after + 1)], True
                return frame
        if not cue.orders & {Order.SVC, Order.CSV}:
            return None
        speaker, front, is_shared, is_sequel = self._subject(a, i, frames)
        if speaker is not None and (low[speaker[1] - 1] in self.nobodies or low[speaker[0]] in self.nobodies):
            return None
        is_split = strength == "quote" and speaker is not None and self._is_quote_end(speaker[0]) and j < stop and low[j] in COMMAS
        if Order.CSV in cue.orders and speaker is not None and (strength in ("", "bare") or is_split) and not is_shared:
            before = self._left_content(a, front, frames)
            is_aside = (
                before is not None
                and cue.confidence >= SURE
                and j + 1 < stop
                and low[j] in COMMAS
                and low[front - 1] in COMMAS
                and speaker[1] - speaker[0] <= 8
                and not self._is_new_clause(j + 1, stop)
            )
            if (
                is_aside
                and before is not None
                and self.quoted[front - 2] < 0
                and (low[before[0]] in self.locatives or not self._is_clause(before))
            ):
                # "This campaign, he says, is different"
                frame.content, frame.speaker, frame.rule, frame.front = (
                    [before, (j + 1, stop)] if low[before[0]] not in self.locatives else [(j + 1, stop)],
                    speaker,
                    "content-speaker-cue-content",
                    before[0],
                )
                frame.cues = [(i, j)]
                return frame
            is_tag = begin >= stop or low[j] in COMMAS or low[j] in self.times or low[j] in self.time_prepositions or strength == ""
            if (
                before is not None
                and self._follows_content(a, front)
                and (is_tag or self._is_quote_end(front))
                and (self._is_quote_end(front) or self._is_clause(before))
                and not (low[before[0]] in self.locatives and self._is_title(before) and begin < stop)
                and (low[front - 1] not in DASHES or self._is_quote_end(front))
                and not (begin < stop and self._is_heading(before))
                and (self._is_quote_end(front) or not self._is_setting(before, begin, stop))
                and (begin >= stop or low[j] not in COMMAS or self._is_quote_end(front) or Order.CVS in cue.orders)
            ):
                frame.content, frame.speaker, frame.rule, frame.front = [before], speaker, "content-speaker-cue", front
                frame.cues = [(i, j)]
                if j < stop and low[j] in COMMAS:
                    rest = self._after_tag(j, stop)
                    if rest is not None and not self._is_new_clause(rest[0], stop):
                        frame.content.append(rest)
                return frame
        if Order.SVC not in cue.orders or not strength or begin >= stop:
            return None
        if is_gerund and strength == "bare":
            joint = self._before_adverbs(a, i)
            is_aside = joint > a and low[joint - 1] in COMMAS and self._comma(begin, stop) < stop
            if is_aside or cue.kind is not CueClass.SPEECH:
                return None  # "the minister, while announcing the visit, hoped …"
        is_short = stop - begin < 2 and low[begin] not in self.falsehoods
        if strength == "bare" and ("that" in cue.marks or (is_short and cue.kind is CueClass.SPEECH and cue.act in STATES)):
            self._hear(i, j, cue, speaker)
            return None
        if (
            strength == "bare"
            and (cue.act in STATES or cue.kind in WEAK)
            and low[begin] in self.prepositions
            and (low[begin] not in self.bare_starts or (cue.kind is CueClass.OBJECT and low[begin] in self.infinitives))
            and low[begin - 1] not in COMMAS
        ):
            return None
        if strength == "bare" and cue.kind is CueClass.SPEECH and self._is_pointer(begin, stop):
            return None
        is_loose = (
            strength == "bare"
            and cue.confidence < SURE
            and not (cue.kind is CueClass.SPEECH and cue.act is Act.ASSERT and not self.serial_verbs and self._begins_clause(begin, stop))
        )
        if is_shared and self._follows_and(a, i) and ("base" in cue.marks or is_loose):
            return None
        if strength == "bare" and self._comma(begin, stop) == stop and low[begin - 1] in COMMAS and self._starts_parenthesis(begin):
            return None  # "Y said, citing Z"
        if "quote" in cue.marks and strength != "quote":
            return None
        if strength == "bare" and (low[begin] in self.agents or (low[begin] in self.coordinators and low[begin - 1] not in COMMAS)):
            return None
        frame.speaker, frame.front, frame.is_shared, frame.is_sequel = speaker, front, is_shared, is_sequel
        end = stop
        if strength == "bare" and (cue.kind is not CueClass.SPEECH or cue.act in (Act.DEMAND, Act.PROMISE, Act.ASK)):
            end = self._comma(begin, stop)
            if cue.kind is CueClass.OBJECT or cue.act is Act.DEMAND:
                end = next(
                    (k for k in range(begin + 1, end) if low[k] in self.cuts and self.quoted[k] < 0 and not self._likens(k, end)), end
                )
        if "as" in cue.marks and not any(self._likens(k, end) for k in range(begin + 1, end)):
            return None
        if strength == "bare" and speaker is not None and not is_shared and self._is_subordinate(a, front):
            end = min(end, self._comma(begin, stop))  # "After X said C, …"
        frame.content = [(begin, end)]
        frame.to_right = True
        frame.rule = f"speaker-cue-content-{strength}"
        frame.is_negated = any(low[k] in self.negations for k in range(max(front, i - 3), i))
        is_plain = cue.kind is CueClass.SPEECH and cue.act is Act.ASSERT and "adjective" not in cue.marks
        is_plain = is_plain and not any(each.position for each in self.lexicon.cues[low[i]])  # "did not deny"
        frame.is_unsaid = is_plain and self._is_unsaid(front, i)
        if speaker is None and (cue.kind is not CueClass.SPEECH or self._opens(a, i)):
            return None
        if strength == "bare" and "clause" in cue.marks and low[j] not in COMMAS and not self._begins_clause(begin, end):
            self._hear(i, j, cue, speaker)
            return None
        is_narrowed = cue.kind is not CueClass.SPEECH and speaker is not None and self._is_narrowed(speaker, i)
        if strength == "bare" and speaker is not None and (is_narrowed or ("document" in cue.marks and not self._is_evidence(speaker))):
            return None
        if self.serial_verbs and cue.kind in WEAK and front > a and low[front - 1] in self.relatives:
            return None  # "mà phương Tây cho là tên lửa": what is said of something stands before the relative
        return frame

    def _is_document_noun(self, a: int, i: int, j: int, stop: int) -> bool:
        """Tell whether a cue that is a word for a document too ("thông báo") is a noun here: pointed at, owned or without a subject."""
        low = self.low
        if " ".join(low[i:j]) not in self.documents or j >= stop or self.quoted[j] >= 0:
            return False
        owners = self.prepositions - self.locatives - self.recipients
        if i == a or j in self.hits or low[j] in owners or low[j] in self.demonstratives - self.locatives:
            return True
        before = low[i - 1]
        if before in self.openers or before in self.locatives - self.skippable:
            return True
        # "nội dung báo cáo": another noun stands before it
        known = self.skippable | self.pronouns | self.nouns | self.titles | self.demonstratives | self.times | self.relatives
        is_known = before in known or before in BREAKS or self.capital[i - 1] or self.quoted[i - 1] >= 0 or before[0].isdigit()
        return self.serial_verbs and not is_known

    def _is_subordinate(self, a: int, front: int) -> bool:
        """Tell whether a conjunction stands before a speaker: its clause ends at the next comma."""
        return front > a and self.low[front - 1] in self.cuts - self.contrasts - self.coordinators - self.relatives

    def _is_pointer(self, begin: int, stop: int) -> bool:
        """Tell whether what follows a cue only points at what was said ("xác nhận điều này"), or makes a noun of it ("chỉ đạo của X")."""
        low = self.low
        if low[begin] in self.prepositions - self.locatives - self.recipients - self.bare_starts and low[begin - 1] not in COMMAS:
            return True
        end = self._phrase_end(begin, stop, False)
        if not self.serial_verbs or not begin < end <= begin + LONGEST_POINTER or low[end - 1] not in self.demonstratives - self.skippable:
            return False
        return end >= stop or low[end] in self.locatives or low[end] in self.times or low[end] in BREAKS

    def _is_past(self, k: int) -> bool:
        return bool(self.verb_suffixes) and not self.capital[k] and self.low[k].endswith(self.verb_suffixes)

    def _begins_clause(self, begin: int, end: int) -> bool:
        """Tell whether words after a cue begin a clause ("conceded it was late") rather than an object ("conceded a penalty")."""
        low = self.low
        if low[begin] in self.infinitives or low[begin] in self.cuts or low[begin] in self.locatives:
            return False
        for k in range(begin, end):
            if self.quoted[k] >= 0 or low[k] in self.pronouns or self._is_verb(k):
                return True
            if k > begin and (low[k] in COMMAS or low[k] in self.cuts or low[k] in self.relatives or low[k] in self.coordinators):
                return False
            if k > begin and not self.capital[k] and low[k].endswith(self.verb_suffixes) and low[k - 1] not in self.determiners:
                return True
        return False

    def _is_narrowed(self, speaker: tuple[int, int], i: int) -> bool:
        """Tell whether a participle only says which people are meant: "the forces opposing the army", not "a letter praising it"."""
        is_document = any(self.low[k] in self.documents for k in range(*speaker))
        return self._is_participle(i) and speaker[1] == i and not is_document

    def _is_evidence(self, speaker: tuple[int, int]) -> bool:
        """Tell whether a phrase is a study or those who made one, who "found" or "showed" something, not a player who did."""
        return any(self.low[k] in self.nouns for k in range(*speaker)) or self.low[speaker[0]] in self.pronouns

    def _second(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[_Frame]) -> _Frame | None:
        """Read a verb of speech where the verb stands second: "X sagte, C", "am Montag teilte X mit, C", "C, hat X erklärt"."""
        low = self.low
        if self.capital_nouns and self.capital[i]:
            return None  # a noun: no statement begins with its verb
        floor = max([a, *(frame.end for frame in frames if frame.end <= i)])
        opener = self._clause_opener(floor, i)
        if opener is not None:
            return self._like_clause(a, stop, opener, i, j, cue, frames)
        v, w, end = i, j, j
        auxiliary = self._auxiliary_before(floor, i, self.perfects)
        if not cue.particle and self._auxiliary_before(floor, i, self.passives) is not None:
            return None  # "wurde bestätigt": nobody is named
        particle = None
        if cue.particle:
            particle = self._particle(j, stop, cue.particle)
            if particle is None:
                return None
            end = particle[1]
        elif auxiliary is not None:
            v, w = auxiliary, auxiliary + 1
        elif "final" in cue.marks:
            return None
        frame = _Frame(i, j, cue, "", front=v)
        frame.cues = [(v, w)] if auxiliary is None else [(v, w), (i, j)]
        if particle is not None:
            frame.cues.append(particle)
        is_split = end > w
        speaker: tuple[int, int] | None
        left = self._left_content(a, v, frames) if Order.CVS in cue.orders and self._follows_content(a, v) else None
        if left is not None and (
            self._is_quote_end(v) or (self._ends_clause(left) and low[left[0]] not in self.boundaries - self.conditions)
        ):
            speaker, after = self._speaker_after(w, stop, cue)
            if particle is not None and any(low[k] in self.negations for k in range(after, particle[0])):
                return None  # "Ob es so ist, teilte X nicht mit"
            begin, _, strength, told = self._middle(end if is_split else after, stop)
            is_tag = self._is_quote_end(v) or strength == "" or (strength == "comma" and (is_split or begin - after <= 1))
            if speaker is not None and is_tag and not (not is_split and self._ends_in_particle(after, begin)):
                frame.content, frame.speaker, frame.rule, frame.front = [left], speaker, "content-cue-speaker", left[1]
                frame.recipients = [told] if told else []
                rest = self._after_tag(max(after, end), stop)
                if rest is None and strength == "comma" and self.quoted[v - 2] < 0 and self._is_in_mood(begin, stop):
                    rest = (begin, stop)
                if rest is not None:
                    frame.content.append(rest)
                return frame
        aside = v - 1 if v > a and low[v - 1] in self.openers else v
        if Order.CVS in cue.orders and aside - 1 > a and low[aside - 1] in COMMAS and self.quoted[aside - 2] < 0:
            # "Die Stimmung, so hieß es bei X, sei schlecht"
            opening = self._left_content(a, aside, frames)
            speaker, after = self._speaker_after(w, stop, cue)
            is_aside = speaker is not None and after + 1 < stop and low[after] in COMMAS and not is_split
            if opening is not None and is_aside and not self._is_clause(opening) and self._is_in_mood(after + 1, min(stop, after + 4)):
                frame.content, frame.speaker, frame.rule, frame.front = [opening, (after + 1, stop)], speaker, "content-cue-speaker", aside
                return frame
        if not cue.orders & {Order.SVC, Order.CSV}:
            return None
        front = self._front(floor, v)
        if any(low[k] in self.verbs or low[k] in self.perfects or low[k] in self.passives for k in range(front, v)):
            return None  # the clause has its verb already
        if front > a and front + 1 < v and low[front] in self.definites and self._is_relative_clause(front, min(stop, j)) is not None:
            return None  # "den die Zeitung zitiert"
        speaker, after, is_shared, is_sequel = None, w, False, False
        is_before = not self._is_inverted(front, v, w, stop)
        if is_before:
            speaker, begin, is_shared, is_sequel = self._subject(a, v, frames)
            is_joined = is_shared and v > a and low[v - 1] in self.coordinators
            is_before = (
                speaker is not None
                and (is_joined or not is_shared)
                and low[speaker[0]] not in self.no_subjects | self.obliques
                and self._is_nominal(speaker, a)
                and (speaker[1] >= v or low[v - 1] not in COMMAS or low[speaker[1]] in COMMAS)
            )
            front = begin if is_before else front
        if "impersonal" in cue.marks:
            is_before = front < v and low[front] in self.locatives | self.prepositions and self._is_named((front, v))
            speaker = (front, v) if is_before else None
        if not is_before:
            actor, further = self._speaker_after(w, stop, cue)
            if actor is not None:
                speaker, after, is_shared = actor, further, False
                told_first = self._told(front, v) if front < v else None
                if told_first is not None:
                    frame.recipients = [told_first[0]]
        if speaker is None or not self._is_nominal(speaker, a) or (low[speaker[0]] in self.obliques and not self._names_document(speaker)):
            return None
        begin, cue_end, strength, told = self._middle(end if is_split else after, stop)
        if strength == "" and v - front == 1 and low[front] in self.pointers and self.before is not None:
            frame.content, frame.speaker, frame.rule = [(self.before.start, self.before.end)], speaker, "pointer"
            frame.recipients = [told] if told else []
            return frame
        last = stop
        if strength == "words":
            first = self.r.quotations[self.quoted[begin]]
            last = first[1]
            if not self._closes_tag(last, stop, cue):
                strength = ""
        if strength == "" or (is_split and begin - end > 1 and strength in ("comma", "words")):
            last = (particle[0] if particle else i) if is_split else begin
            begin = after
            if "that" in cue.marks or last - begin < LEAST_OBJECT or (not is_split and self._ends_in_particle(begin, last)):
                return None
            if cue.kind is CueClass.SPEECH and cue.act is Act.ASSERT:
                return None
            strength = "bare"
        elif strength == "comma":
            strength = "clause"
            if ("that" in cue.marks or cue.kind is not CueClass.SPEECH or self._holds_object(after, begin - 1)) and not self._is_in_mood(
                begin, stop
            ):
                return None
            if stop - begin < LEAST_OBJECT or (not is_split and self._ends_in_particle(after, begin - 1)):
                return None
        if "quote" in cue.marks and strength != "quote":
            return None
        if strength == "that" and cue_end > begin - 1 >= 0:
            frame.cues.append((begin - 1, begin))
        frame.content, frame.speaker, frame.is_shared, frame.is_sequel = [(begin, last)], speaker, is_shared, is_sequel
        frame.rule = f"{'speaker-cue' if is_before else 'cue-speaker'}-content-{strength}"
        frame.strength = "that" if strength in ("clause", "words") else strength
        frame.to_right, frame.front = True, front
        frame.recipients = [told] if told else frame.recipients
        frame.is_negated = any(low[k] in self.negations for k in range(v, max(end, begin)))
        return frame

    def _like_clause(self, a: int, stop: int, opener: int, i: int, j: int, cue: Cue, frames: list[_Frame]) -> _Frame | None:
        """Read "Wie X mitteilte, C" and "C, wie X mitteilte"."""
        if cue.kind is not CueClass.SPEECH:
            return None
        end = self._verbs_end(j, stop)
        if end < stop and self.low[end] not in BREAKS and self.quoted[end] < 0:
            return None
        k = opener + 1
        while k < i and (self.low[k] in self.skippable or self.low[k] in self.reflexives or self.low[k] in self.place_prepositions):
            if self.low[k] in self.pronouns or self.low[k] in self.determiners:
                break
            k += 1
        k = self._skip_time(k, i) if k < i else k
        speaker, _ = self._phrase_with_title(k, i) if k < i else (None, k)
        if speaker is not None and self.low[speaker[0]] in self.obliques - {"dem"} and not self._names_document(speaker):
            speaker = None
        frame = _Frame(i, end, cue, "like-clause", speaker=speaker, cues=[(opener, opener + 1), (i, j)], front=opener)
        if speaker is None:
            return None
        if self._left_content(a, opener, frames) is None or all(self.low[x] in self.openers for x in range(a, opener)):
            begin = end + 1
            if stop - begin < LEAST_OBJECT:
                return None
            frame.content, frame.to_right, frame.strength = [(begin, stop)], True, "that"
            return frame
        left = self._left_content(a, opener, frames)
        if left is None:
            return None
        frame.content, frame.front = [left], left[1]
        if end < stop and self.low[end] in COMMAS and stop - end > LEAST_OBJECT:
            frame.content.append((end + 1, stop))
            frame.end = stop
        return frame

    def _speaker_after(self, w: int, stop: int, cue: Cue) -> tuple[tuple[int, int] | None, int]:
        """Return who speaks after a verb; after "heißt es", the document or body in which it says so."""
        if "impersonal" not in cue.marks:
            return self._actor(w, stop)
        if w < stop and self.low[w] in self.locatives | self.prepositions and w + 1 < stop:
            return self._phrase_with_title(w + 1, stop)
        return None, w

    def _names_document(self, span: tuple[int, int]) -> bool:
        return any(self.low[k] in self.documents for k in range(*span))

    def _closes_tag(self, p: int, stop: int, cue: Cue) -> bool:
        """Tell whether nothing but the verb's second part follows quoted words: "sprach von „A“", "wies es als „A“ zurück"."""
        return p >= stop or self._closes_clause(p) or self.low[p] == cue.particle

    def _is_lower_head(self, span: tuple[int, int]) -> bool:
        """Tell whether a phrase begins with a word in small letters that is no noun for a source: capitals further on are not its name."""
        word = self.low[span[0]]
        known = self.nouns | self.determiners | self.pronouns | self.titles
        return self.capital[span[0]] != self.capital[span[1] - 1] and not self.capital[span[0]] and word not in known and "." not in word

    def _is_unsaid(self, front: int, i: int) -> bool:
        """Tell whether a cue is negated, nothing but auxiliaries between: "belum bisa menjelaskan", not "belum lama ini mengatakan"."""
        k = i - 1
        while k > front and self.low[k] in self.skippable and self.low[k] not in self.negations:
            k -= 1
        return k >= front and self.low[k] in self.negations

    def _hear(self, i: int, j: int, cue: Cue, speaker: tuple[int, int] | None) -> None:
        """Remember who has the word in a sentence that holds no claim of theirs."""
        if cue.kind is CueClass.SPEECH and speaker is not None and self.heard is None:
            self.heard = (i, j, speaker)

    def _word_only(self, number: int, sentence: Sentence, i: int, j: int, speaker: tuple[int, int]) -> CueMatch:
        return CueMatch(
            content=(),
            cue=(self.r.span(i, j),),
            mentions=(Mention(self.r.span(*speaker), Part.SPEAKER),),
            form=Form.INDIRECT,
            rule="word-only",
            act=Act.ASSERT,
            position=None,
            sentence=number,
            paragraph=sentence.paragraph,
            confidence=0.0,
        )

    def _has_verb(self, begin: int, stop: int) -> bool:
        """Tell whether tokens hold a verb outside relative clauses."""
        return any((self._is_verb(k) or self.quoted[k] >= 0) and self.low[k - 1] not in self.relatives for k in range(begin, stop))

    def _claimed(self, begin: int, stop: int) -> tuple[int | None, int | None]:
        """Return the noun for a claim that follows a cue, and the "that" after it: "denied a Courier report that C"."""
        head: int | None = None
        for k in range(begin, min(stop, begin + COMPLEMENT_REACH)):
            if self.low[k] in self.complementisers and head is not None:
                return head, k
            if self.quoted[k] >= 0 or (self.low[k] in COMMAS and not (k + 1 < stop and self.low[k + 1] in self.complementisers)):
                break
            if head is None and self.low[k] in self.claims and k - begin < NEAR:
                head = k
        return head, None

    def _follows_and(self, a: int, i: int) -> bool:
        """Tell whether an "and" stands before a cue, with nothing but auxiliaries between."""
        p = i - 1
        while p > a and self.low[p] in self.skippable and self.low[p] not in self.coordinators:
            p -= 1
        return p >= a and self.low[p] in self.coordinators

    def _opens(self, a: int, i: int) -> bool:
        """Tell whether a cue without a subject opens its sentence: "Menanggapi hal itu, Castro mengatakan …"."""
        return all(self.low[k] in self.openers or self.low[k] in BREAKS or self.low[k] in self.coordinators for k in range(a, i))

    def _likens(self, k: int, stop: int) -> bool:
        """Tell whether an "as" at `k` goes on with what something is likened to, not with a clause: "described it as a risk"."""
        low = self.low
        if low[k] not in self.likenings or k + 1 >= stop:
            return False
        is_subject = low[k + 1] in self.pronouns and low[k + 1] not in self.determiners
        return not is_subject and not any(low[n] in self.likenings for n in range(k + 1, min(stop, k + 3)))  # "as long as"

    def _may_name(self, i: int) -> bool:
        """Tell whether the word before a cue can be who calls somebody something: a name, a pronoun, an office or an auxiliary."""
        word = self.low[i - 1]
        known = (
            word in self.pronouns or word in self.skippable or word in self.people or word in self.relatives or word in self.coordinators
        )
        return known or self.capital[i - 1] or word in COMMAS or self.quoted[i - 1] >= 0

    def _is_compounded(self, i: int) -> bool:
        """Tell whether a word is the second half of a compound ("a Moscow-backed leader") or an adjective ("most promising")."""
        if self.low[i - 1] == "-":
            return self.r.ends[i - 1] == self.r.starts[i]
        return self._is_participle(i) and not self.capital[i - 1] and self.low[i - 1] in self.measures

    def _is_gerund(self, a: int, i: int) -> bool:
        """Tell whether a participle follows a preposition or conjunction: "before adding", "by saying"."""
        p = self._before_adverbs(a, i) if i > a else i
        while a < p < i and self.low[p] in self.skippable and self.low[p] not in self.passives:
            p -= 1
        is_joint = self.low[p] in self.boundaries or self.low[p] in self.prepositions or self.low[p] in self.locatives
        return p < i and self._is_participle(i) and is_joint and self.low[p] not in self.infinitives

    def _is_participle(self, i: int) -> bool:
        return bool(self.participles) and self.low[i].endswith(self.participles)

    def _is_passive(self, a: int, i: int) -> bool:
        return self.low[self._before_adverbs(a, i)] in self.passives

    def _before_adverbs(self, a: int, i: int) -> int:
        """Return the token before `i` that is no adverb."""
        p = i - 1
        while p > a and (self.low[p] in self.adverbs or self.low[p] in self.adverbs_by_form):
            p -= 1
        return p

    def _passive(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[_Frame]) -> _Frame | None:
        """Read "was criticised by X as C", "is reported to C", "it was revealed that C"."""
        low = self.low
        p = self._before_adverbs(a, i)
        if low[j] in self.agents:
            if "that" in cue.marks:
                return None  # "ruled by Indonesia"
            speaker, after = self._noun_phrase(j + 1, stop)
            if speaker is None or not (self._is_named(speaker) or low[speaker[0]] in self.indefinites):
                return None
            frame = _Frame(i, j, cue, "passive", speaker=speaker, cues=[(i, j)], front=i)
            if after < stop and low[after] in self.likenings:
                frame.content, frame.to_right = [(after + 1, self._comma(after + 1, stop))], True
                return frame
            front = self._clause_start(a, p, frames)
            if any(each.to_right and each.content and each.content[0][0] <= front for each in frames):
                return None  # inside what somebody says
            if p > front:
                frame.content, frame.front = [(front, p)], front
                return frame
            return None
        if low[j] in self.infinitives or (low[j] in self.complementisers and low[j] not in self.boundaries):
            if low[j] in self.infinitives and ("document" in cue.marks or cue.act is Act.PROMISE):
                return None  # "was found to be ill", "is intended to last"
            frame = _Frame(i, j, replace(cue, kind=CueClass.AGENTLESS, position=None), "agentless-passive", cues=[(p, j)], front=p)
            begin = j + 1 if low[j] in self.complementisers else j
            if stop - begin < 2 or any(each.to_right and each.content for each in frames):
                return None
            frame.content, frame.to_right = [(begin, stop)], True
            return frame
        return None

    def _suffixed(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[_Frame]) -> _Frame | None:
        frame = _Frame(i, j, cue, "suffixed-cue", cues=[(i, j)], front=i)
        left = self._left_content(a, i, frames)
        if Order.CVS in cue.orders:
            if left is not None and (self._is_quote_end(i) or self.low[i - 1] in COMMAS):
                frame.content = [left]
                rest = self._after_tag(j, stop)
                if rest is not None:
                    frame.content.append(rest)
                return frame
            begin, cue_end, _, strength = self._right(j, stop, stop)
            if strength in ("that", "colon", "quote") and begin < stop:
                frame.content, frame.cues, frame.to_right = [(begin, stop)], [(i, cue_end)], True
                return frame
            return None
        if i == a or self.low[i - 1] in BREAKS or self.low[i - 1] in self.openers:
            begin = j + 1 if j < stop and self.low[j] in COMMAS else j
            if stop - begin >= 2:
                frame.content, frame.to_right, frame.front = [(begin, stop)], True, i
                return frame
        if left is not None and stop - j < 3:
            frame.content = [left]
            return frame
        return None

    def _according(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[_Frame]) -> _Frame | None:
        low = self.low
        if "own" in cue.marks:
            return self._own_words(a, stop, i, j, cue, frames)
        if j >= stop or (self.quoted[j] >= 0 and not self.verb_second) or low[j] in COMMAS:
            return None
        if low[j] in self.not_sources and not self._is_acronym(j):
            return None
        if "apart" in cue.marks and i > a and not (low[i - 1] in BREAKS or self._is_quote_end(i) or low[i - 1] in self.openers):
            return None  # "dasar penahanan berdasarkan surat"
        if "comma" in cue.marks and not (i > a and (low[i - 1] in COMMAS or self._is_quote_end(i))):
            return None
        speaker, after = self._phrase_with_title(j, stop, long=True) if self.verb_second else self._noun_phrase(j, stop, long=True)
        if "comma" in cue.marks and self.verb_second and (speaker is None or not self._closes_aside(speaker, stop)):
            return None
        if speaker is None or ("document" in cue.marks and not any(low[k] in self.documents for k in range(j, min(j + 4, stop)))):
            return None
        frame = _Frame(i, j, cue, "according-to", speaker=speaker, cues=[(i, j)], front=i)
        holder = self._seen_by(speaker, stop)
        if holder is not None:
            frame.through, after = [(Part.RELAYER, holder)], holder[1] + 1
        is_first = (
            all(low[k] in self.openers or low[k] in BREAKS or low[k] in self.coordinators for k in range(a, i))
            or (i > a and low[i - 1] in self.complementisers | self.coordinators | self.contrasts)
            or (bool(frames) and frames[-1].to_right and bool(frames[-1].content) and frames[-1].content[0][0] == i)
        )
        if is_first:
            reach = after + 1 if self.verb_second else min(stop, after + 8)
            comma = next((k for k in range(after, min(stop, reach)) if low[k] in COMMAS or low[k] == ":"), None)
            begin = comma + 1 if comma is not None else after
            if stop - begin < 2:
                return None
            frame.content, frame.to_right = [(begin, stop)], True
            frame.is_sequel = i > a and low[i - 1] in self.contrasts | self.coordinators
            return frame
        left = self._left_content(a, i, frames)
        if left is None:
            return None
        if self.serial_verbs and self._is_scene(left[0], i) and after < stop and low[after] in COMMAS and stop - after > LONG_REST:
            frame.content, frame.to_right = [(after + 1, stop)], True  # "Trong cuộc họp, theo X, C"
            return frame
        if self.verb_second and not self._follows_content(a, i):
            begin, end, further = self._clause_around(left[0], i, after, stop)
            frame.content = [(begin, i), (further, end)] if end - further >= 1 else [(begin, i)]
            frame.end, frame.front = after, begin
            return frame
        frame.content = [left]
        frame.front = left[1]
        rest = self._after_tag(after, stop)
        if self.verb_second and after + 1 < stop and low[after] in COMMAS and low[i - 1] in COMMAS and self.quoted[i - 2] < 0:
            rest = (after + 1, stop)  # "Das Problem sei, so der Präsident, dass …"
        if rest is not None and low[i - 1] in COMMAS:
            frame.content.append(rest)
        return frame

    def _seen_by(self, document: tuple[int, int], stop: int) -> tuple[int, int] | None:
        """Return the news organisation that has a document: "tài liệu mà Reuters xem được", "tài liệu được Reuters tiếp cận"."""
        link = document[1]
        if not self.seen or link + 2 >= stop or self.low[link] not in self.relatives | self.verbs | self.agents:
            return None
        if not self._names_document(document):
            return None
        holder, after = self._noun_phrase(link + 1, stop)
        return holder if holder is not None and after < stop and self.low[after] in self.seen and self._is_named(holder) else None

    def _own_words(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[_Frame]) -> _Frame | None:
        """Read "Die Armee hat nach eigenen Angaben …": whose words they are is the clause's subject."""
        begin, end, further = self._clause_around(a, i, j, stop)
        verb = next((k for k in range(begin, end) if self.low[k] in self.verbs or self.low[k] in self.perfects), None)
        speaker, _ = self._noun_phrase(begin, i) if begin < i else (None, j)
        if begin == i and verb is not None:
            speaker, _ = self._actor(verb + 1, end)
        if speaker is None or self.low[speaker[0]] in self.no_subjects | self.obliques or not self._is_nominal(speaker, a):
            return None
        content = [(begin, i), (further, end)] if begin < i else [(further, end)]
        kept = [(first, last) for first, last in content if last > first]
        if not kept:
            return None
        return _Frame(i, j, cue, "according-to", content=kept, speaker=speaker, cues=[(i, j)], front=begin, to_right=begin == i)

    def _closes_aside(self, speaker: tuple[int, int], stop: int) -> bool:
        """Tell whether a phrase after "so" names somebody and ends the aside: "C, so der Minister", not "so gebe es"."""
        if any(self._is_verb(k) or self.low[k] in self.subjunctives or k in self.hits for k in range(*speaker)):
            return False
        return self._is_named(speaker) or self.low[speaker[0]] in self.pronouns

    def _postposed(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[_Frame]) -> _Frame | None:
        """Read "dem Bericht zufolge": the name stands before the cue."""
        speaker = self._dative_back(a, i) if self.verb_second else self._phrase_back(a, i)
        if speaker is None:
            return None
        frame = _Frame(i, j, cue, "postposed", speaker=speaker, cues=[(i, j)], front=speaker[0])
        if speaker[0] - a <= 1 and stop - j >= 2:
            frame.content, frame.to_right = [(j, stop)], True
            return frame
        left = self._left_content(a, speaker[0], frames)
        if left is None:
            return None
        frame.content = [left] if stop - j < 2 else [left, (j, stop)]
        return frame

    def _relay(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[_Frame], following: int) -> _Frame | None:
        """Read "S, citing O": O is the speaker or a further source, S passed it on."""
        low = self.low
        target, after = self._noun_phrase(j, stop, long=True)
        if (target is None or not self._is_named(target)) and low[j - 1] in self.nouns:
            target, after = self._noun_phrase(j - 1, stop, long=True)  # "dẫn nguồn tin quân sự": the cue ends in who said it
        is_source = target is not None and (self._is_named(target) or low[target[0]] in self.indefinites)
        is_who = target is not None and target[1] + 1 == following < stop and low[target[1]] in self.relatives
        if target is None or not (is_source or is_who or (after < stop and low[after] in self.sayings)):
            return None
        is_story, target = self._holds(cue, target), self._link(target)
        frame = _Frame(i, j, cue, "relay", cues=[(i, j)], front=i)
        is_first = all(low[k] in self.openers or low[k] in BREAKS for k in range(a, i))
        if is_first:
            # "Melansir Z, C": the page itself cites Z.
            begin = after + 1 if after < stop and low[after] in COMMAS else after
            frame.through = [(Part.RELAYER, target)]
            frame.rule = "initial-relay"
            frame.is_story = is_story
            if stop - begin >= 2:
                frame.content, frame.to_right = [(begin, stop)], True
            return frame
        frame.speaker = target
        subject, front, is_shared, _ = self._subject(a, i, frames)
        if subject is not None and not is_shared:
            frame.through = [(Part.RELAYER, subject)]
            frame.front = front
        said = after < stop and low[after] in self.sayings
        if said:
            frame.cues.append((after, after + 1))
            after += 1
            self.consumed = after
            following = stop
        elif self.serial_verbs and following < stop and self._says(after, following):
            # "AFP dẫn lời ông Nam cho biết C": the cue after the name is its own
            end = self.hit_ends[following]
            frame.cues.append((following, end))
            after = self.consumed = end
            following, said = stop, True
        if frames and frames[-1].to_right and frames[-1].content and frames[-1].content[0][0] >= i:
            return frame  # between a cue and its "that": the content is the earlier cue's
        begin, cue_end, _, strength = self._right(after, stop, stop)
        is_opened = self._follows_content(a, frame.front) and (self._is_quote_end(frame.front) or not self._is_scene(a, frame.front))
        if said and strength == "bare" and not is_opened:
            frame.content, frame.to_right = [(begin, stop)], True
        elif strength in ("that", "colon", "quote") and begin < stop and following >= begin:
            frame.content, frame.to_right = [(begin, stop)], True
            frame.cues.append((after, cue_end)) if cue_end > after else None
        else:
            left = self._left_content(a, front if subject is not None else i, frames)
            if left is not None and self._follows_content(a, front if subject is not None else i):
                frame.content = [left]
                frame.front = left[1]
        return frame

    def _says(self, after: int, cue: int) -> bool:
        """Tell whether the cue of speech at `cue` belongs to the phrase that ends at `after`, with no comma or quotation between."""
        return (
            cue - after <= COMPLEMENT_REACH
            and any(one.kind is CueClass.SPEECH for one in self.lexicon.cues[self.low[cue]])
            and not any(self.low[k] in BREAKS or self.quoted[k] >= 0 for k in range(after, cue))
        )

    def _relayed(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[_Frame], following: int) -> _Frame | None:
        """Read "…, quoted by Y" and "dikutip Y dari Z"."""
        low = self.low
        if j < stop and (low[j] in self.skippable or low[j] in self.complementisers):
            return None
        if any(low[k] in self.negations for k in range(max(a, i - 3), i)):
            return None  # "was not only reported by"
        target, after = self._noun_phrase(j, stop, until=self.suppliers)
        if target is not None and (self._is_verb(target[0]) or self._is_lower_head(target)):
            return None  # "dilaporkan terjadi di Sena", "dilaporkan jatuh di Sena"
        if target is None or not self._is_named(target):
            if "nobody" in cue.marks and self._follows_content(a, i):
                left = self._left_content(a, i, frames)
                if left is not None:
                    return _Frame(i, j, cue, "relayed-by-nobody", content=[left], cues=[(i, j)], front=left[1])
            return None
        frame = _Frame(i, j, cue, "relayed", cues=[(i, j)], front=i, through=[(Part.RELAYER, self._link(target))])
        frame.is_story = self._holds(cue, target)
        if after < stop and low[after] in self.suppliers:
            further, end = self._noun_phrase(after + 1, stop)
            if further is not None:
                frame.through.insert(0, (Part.SUPPLIER, further))
                after = end
        is_first = all(low[k] in self.openers or low[k] in BREAKS for k in range(a, i))
        if is_first:
            begin = after
            while begin < stop and (low[begin] in COMMAS or low[begin] in self.times or low[begin] in "()" or low[begin][0].isdigit()):
                begin += 1
            if stop - begin >= 2:
                frame.content, frame.to_right = [(begin, stop)], True
            frame.rule = "initial-relayed"
            return frame
        left = self._left_content(a, i, frames)
        if following < stop and left is not None and not self._is_quote_end(i) and not (frames and frames[-1].content):
            hangs = cue.words[0] in self.relatives or low[i - 1] in self.relatives or not self._is_clause(left)
            if hangs:
                # "a spokesman, quoted by Y, said C": the speaker's cue comes later
                is_relative = low[i - 1] in self.relatives or low[i - 1] in COMMAS
                frame.speaker = self._phrase_back(left[0], i - 1 if is_relative else i)
                frame.front = left[0]
                # "an official quoted by Y said": Y passed on this one only
                frame.is_story = frame.is_story and low[i - 1] in COMMAS
                return frame
        if left is not None:
            frame.content = [left]
            frame.front = left[1]
        return frame

    def _holds(self, cue: Cue, target: tuple[int, int]) -> bool:
        """Tell whether a relay holds for what follows: "dilansir Y" does, "mengutip data Y" only for the figures at hand."""
        return "story" in cue.marks and self.low[target[0]] not in self.documents

    def _link(self, target: tuple[int, int]) -> tuple[int, int]:
        """Return a phrase without a noun that a scrape glued to the link after it: "dataSena"."""
        first, last = target
        is_glued = (
            first + 1 < last and self.low[first] in self.lexicon.words[WordClass.GLUE] and self.r.ends[first] == self.r.starts[first + 1]
        )
        return (first + 1, last) if is_glued else target

    def _agentless(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[_Frame]) -> _Frame | None:
        if stop - j < 2 or (i > a and self.low[i - 1] in self.negations) or (frames and not frames[-1].to_right and frames[-1].content):
            return None
        front = self._clause_start(a, i, frames)
        if "perfect" in cue.marks and not self._ends_in_perfect(i, stop):
            return None  # "soll gebaut werden" is a plan
        if any(
            frame.to_right and frame.content and frame.content[0][0] <= front and frame.cue.kind is not CueClass.AGENTLESS
            for frame in frames
        ):
            return None  # inside what somebody says
        frame = _Frame(i, j, cue, "agentless", cues=[(i, j)], front=front)
        begin = j + 1 if self.low[j] in self.complementisers else j
        end = self._comma(begin, stop) if self.low[j - 1] in self.infinitives else stop
        end = next((k for k in range(begin + 1, end) if self.low[k] in self.contrasts and self.quoted[k] < 0), end)
        if self.low[j - 1] in self.infinitives:
            begin = j - 1
        frame.content = [(front if Order.CSV in cue.orders and front < i else begin, end)]
        frame.to_right = True
        return frame

    def _noun(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[_Frame]) -> _Frame | None:
        """Read "the mayor's claim that C", "made the claim that C", "a claim by the mayor that C"."""
        low = self.low
        if j >= stop or not cue.marks:
            return None
        k = i
        while k > a and i - k < NOUN_REACH and self._is_quality(k - 1):
            k -= 1
        frame = _Frame(i, j, cue, "noun", cues=[(i, j)], front=i, to_right=True)
        after = j
        holder = k - 1
        if holder >= a and self.quoted[holder] < 0 and self._is_possessive(holder):
            frame.speaker, frame.rule = self._possessor(a, holder), "noun-of"
        elif low[j] not in self.agents and holder >= a and (found := self._supports(a, holder)) is not None:
            subject, front, is_shared, _ = self._subject(a, found, frames)
            if subject is None:
                return None
            frame.speaker, frame.is_shared, frame.front, frame.cues = subject, is_shared, front, [(found, j)]
            frame.is_negated = any(low[n] in self.negations for n in range(found, i))
        elif low[j] in self.suppliers or low[j] in self.agents:
            frame.speaker, after = self._noun_phrase(j + 1, stop)
            frame.rule = "noun-by"
            if after < stop and low[after] in COMMAS:
                after += 1
        if frame.speaker is None and self.origins:
            return self._noun_from(a, stop, k, frame)
        if frame.speaker is None or after >= stop:
            return None
        begin = self._noun_content(after, stop, cue, frame.rule)
        if begin is None:
            return None
        end = self._comma(begin, stop)
        end = next((n for n in range(begin + 1, end) if low[n] in self.cuts and self.quoted[n] < 0), end)
        if begin > after and frame.rule == "noun-of" and low[after] not in self.complementisers:
            # The noun is itself a subject: "his criticism of the judge was wrong".
            end = next((n for n in range(begin + 1, end) if self._is_verb(n) and self.quoted[n] < 0), end)
        if end - begin < 2 and not (end > begin and self.capital[begin]):
            return None
        frame.content = [(begin, end)]
        return frame

    def _noun_from(self, a: int, stop: int, front: int, frame: _Frame) -> _Frame | None:
        """Read "The claim that C came from X", "… was made by X": the noun begins the sentence, and whose it was ends it."""
        low = self.low
        begin = self._noun_content(frame.end, stop, frame.cue, frame.rule)
        start = front - 1 if front > a and low[front - 1] in self.determiners else front
        if begin is None or low[frame.end] not in self.complementisers or not all(low[n] in self.openers | COMMAS for n in range(a, start)):
            return None
        for n in range(begin + LEAST_OBJECT - 1, stop - 1):
            if low[n] not in self.origins or self.quoted[n] >= 0 or low[n + 1] not in self.suppliers | self.agents:
                continue
            verb = n - 1 if low[n + 1] in self.agents else n
            if (
                (verb < n and low[verb] not in self.passives)
                or low[verb - 1] in self.skippable
                or not (self._has_verb(begin, verb) or any(x in self.hits for x in range(begin, verb)))
            ):
                continue  # "the claim that the gift had come from X", "… that the choice was made by X"
            speaker, after = self._noun_phrase(n + 2, stop)
            if speaker is None or not (self._is_named(speaker) or any(low[x] in self.nouns for x in range(*speaker))):
                continue
            if after >= stop or low[after] in COMMAS or low[after] in self.relatives:
                frame.content, frame.speaker, frame.rule, frame.to_right = [(begin, verb)], speaker, "noun-by", False
                frame.cues, frame.front = [(frame.start, frame.end), (verb, n + 2)], start
                frame.end = self.consumed = speaker[1]
                return frame
        return None

    def _noun_content(self, after: int, stop: int, cue: Cue, rule: str) -> int | None:
        """Return where the content of a noun begins: behind "that", at "to", behind a preposition; None where none follows."""
        word = self.low[after]
        if "that" in cue.marks and word in self.complementisers:
            return after + 1 if after + 1 < stop else None
        if "infinitive" in cue.marks and word in self.infinitives:
            return after
        if "object" in cue.marks and word in self.topics and (rule != "noun" or word not in self.possessors):  # "has the support of C"
            return after + 1 if after + 1 < stop else None
        return None

    def _is_quality(self, k: int) -> bool:
        """Tell whether the token at `k` can stand between a possessor and its noun: "his repeated and false claim"."""
        word = self.low[k]
        if self.quoted[k] >= 0 or self.capital[k] or self._is_possessive(k) or not word[0].isalpha():
            return False
        closed = word in self.closed or word in self.verbs or word in self.boundaries or word in self.pronouns
        return not closed and (word not in self.supports or (k > 0 and self._is_possessive(k - 1)))  # "his repeated claim"

    def _is_possessive(self, k: int) -> bool:
        word = self.low[k]
        return word in self.possessives or word.endswith("'s") or (word == "'" and k > 0 and self.low[k - 1].endswith("s"))

    def _supports(self, a: int, holder: int) -> int | None:
        """Return the verb that makes a noun after it an utterance, with at most an article between: "made a claim"."""
        k = holder
        if k > a and (self.low[k] in self.determiners or self.low[k] in self.negations):
            k -= 1
        return k if k > a and self.low[k] in self.supports and self.quoted[k] < 0 else None

    def _possessor(self, a: int, holder: int) -> tuple[int, int]:
        """Return the noun phrase that ends in a possessive at `holder`: a name, or words back to their article."""
        low, capital = self.low, self.capital
        k = holder
        if low[k] in self.possessives:
            return k, k + 1
        if low[k] == "'":
            k -= 1
        if capital[k]:
            while k > a and self.quoted[k - 1] < 0 and (capital[k - 1] or low[k - 1] in self.people or self._is_abbreviated(a, k - 1)):
                k -= 1
        else:
            while k > a and holder - k < LONGEST_PERSON and self._is_quality(k - 1):
                k -= 1
            if k == a or low[k - 1] not in self.determiners:
                k = holder
        if k > a and low[k - 1] in self.determiners:
            k -= 1
        return k, holder + 1

    def _is_abbreviated(self, a: int, k: int) -> bool:
        return self.low[k] == "." and k > a and self.low[k - 1] in self.titles

    def _comma(self, begin: int, stop: int) -> int:
        """Return the first comma from `begin` outside quotations, or `stop`: where a noun phrase that is reported ends."""
        return next((k for k in range(begin + 1, stop) if self.low[k] in COMMAS and self.quoted[k] < 0), stop)

    # --- where things stand ------------------------------------------------------------------------------------

    def _right(
        self, j: int, stop: int, following: int, has_addressee: bool = False, takes_recipient: bool = True
    ) -> tuple[int, int, tuple[int, int] | None, str]:
        """Return where content right of a cue begins, where the cue with its complementiser ends, whom it was told, and how sure it is.

        The last is "that", "colon", "quote", "bare", or "" where nothing follows.
        """
        low, quoted = self.low, self.quoted
        p = j
        recipient: tuple[int, int] | None = None
        limit = min(stop, j + COMPLEMENT_REACH)
        if has_addressee and p < stop and quoted[p] < 0 and low[p] not in self.complementisers and low[p] not in BREAKS:
            told, after = self._noun_phrase(p, stop, plain=True)
            if told is not None:
                recipient, p = told, after
                while p < stop and low[p] in self.adverbs:
                    p += 1
                limit = min(stop, p + COMPLEMENT_REACH)
                to = p + 1 if p < stop and low[p] in self.negations else p
                if to + 1 < stop and low[to] in self.infinitives and low[to + 1] not in self.closed | self.complementisers:
                    return told[0], j, None, "bare"  # "told residents not to leave"
                if p < stop and (low[p] in self.locatives or low[p] in self.prepositions) and self._skip_time(p, stop) == p:
                    further = self._beyond(p, j, stop, recipient)
                    return further if further[3] in ("that", "colon", "quote") else (stop, j, recipient, "")
        # Straight ahead: adverbs, addressee, time, then "that", a colon or a quotation.
        while p < limit:
            word = low[p]
            if quoted[p] >= 0:
                return p, j, recipient, "quote"
            if word in self.complementisers:
                return p + 1, p + 1, recipient, "that"
            if word == ":":
                return p + 1, p + 1, recipient, "colon"
            if word in COMMAS:
                if p + 1 < stop and (quoted[p + 1] >= 0 or low[p + 1] in self.complementisers):
                    p += 1
                    continue
                if p == j:
                    later = self._skip_time(p + 1, stop) if p + 1 < stop and low[p + 1] not in self.time_prepositions else p
                    if later > p + 1 and later < stop and low[later] in COMMAS:
                        p = later  # "mengatakan, Sabtu, C"
                        if p + 1 < stop and (quoted[p + 1] >= 0 or low[p + 1] in self.complementisers):
                            continue
                        return p + 1, j, recipient, "bare" if stop - p > 3 else ""
                    if p + 1 < stop and self._starts_parenthesis(p + 1):
                        return self._beyond(p + 1, j, stop, recipient)
                    return p + 1, j, recipient, "bare" if stop - p > 3 else ""
                return self._beyond(p + 1, j, stop, recipient)
            is_infinitive = word in self.infinitives and p + 1 < stop and not (self.capital[p + 1] or low[p + 1] in self.nouns)
            is_infinitive = is_infinitive and low[p + 1] not in self.determiners and low[p + 1] not in self.pronouns
            if word in self.recipients and recipient is None and takes_recipient and not is_infinitive and self._skip_time(p, stop) == p:
                told, after = self._noun_phrase(p + 1, stop)
                if told is not None:
                    recipient = told
                    p = after
                    continue
            if word in self.adverbs or word in self.times or word == "(":
                after = self._skip_time(p, stop)
                if after > p:
                    p = after
                    continue
                p += 1
                continue
            if word in self.time_prepositions:
                after = self._skip_time(p, stop)
                if after > p:
                    p = after
                    continue
            break
        if p >= stop:
            return stop, j, recipient, ""
        if p + 1 == stop and low[p] in self.falsehoods:
            return p, j, recipient, "bare"
        begin, cue_end, told, strength = self._beyond(p, j, min(stop, following + 1), recipient)
        if strength == "colon" and begin < stop and self.quoted[begin] >= 0:
            return begin, cue_end, told, strength
        if strength in ("that", "quote", "colon") and begin - p <= COMPLEMENT_REACH and not self._has_own_clause(p, begin):
            return begin, cue_end, told, strength
        return p, j, recipient, "bare" if stop - p >= 2 else ""

    def _beyond(self, p: int, j: int, stop: int, recipient: tuple[int, int] | None) -> tuple[int, int, tuple[int, int] | None, str]:
        """Look past what stands between a cue and its content for "that", a colon or a quotation."""
        for k in range(p, min(stop, p + COMPLEMENT_REACH)):
            if self.low[k] in self.complementisers:
                return k + 1, j, recipient, "that"
            if self.low[k] == ":":
                return k + 1, j, recipient, "colon"
            if self.quoted[k] >= 0:
                if self.low[k - 1] in COMMAS or self.low[k - 1] == ":":
                    return k, j, recipient, "quote"
                last = self.r.quotations[self.quoted[stop - 1]][0] if self.quoted[stop - 1] >= 0 else 0
                if last > k and self.low[last - 1] == ":":
                    return last, j, recipient, "colon"  # `said at the "Harbour" fair: "…"`
                break
        return p, j, recipient, "bare" if stop - p >= 2 else ""

    def _has_own_clause(self, first: int, last: int) -> bool:
        """Tell whether the words between a cue and a later "that" look like content of their own: a verb, or a name that acts."""
        return any(self.low[k] in self.verbs or k in self.hits for k in range(first, last)) or (
            first < last and self.low[first] not in self.locatives | self.recipients | self.time_prepositions | self.times | self.adverbs
        )

    def _starts_parenthesis(self, p: int) -> bool:
        low = self.low
        return p in self.hits and any(c.kind in (CueClass.RELAY, CueClass.RELAYED, CueClass.ACCORDING) for c in self.lexicon.cues[low[p]])

    def _follows_content(self, a: int, i: int) -> bool:
        """Tell whether the token before `i` ends a content: a comma, a closing quotation mark, a dash."""
        return i > a and (self.low[i - 1] in COMMAS or self._is_quote_end(i) or self.low[i - 1] in DASHES or self.low[i - 1] in "?!")

    def _is_quote_end(self, i: int) -> bool:
        if i < 1:
            return False
        if self.quoted[i - 1] >= 0:
            return True
        return i > 1 and (self.low[i - 1] in COMMAS or self.low[i - 1] in DASHES) and self.quoted[i - 2] >= 0

    def _left_content(self, a: int, i: int, frames: list[_Frame]) -> tuple[int, int] | None:
        """Return what stands before `i`, back to the sentence's start or the last frame to the left, without openers."""
        stop = i
        while stop > a and (self.low[stop - 1] in COMMAS or self.low[stop - 1] in DASHES) and self.quoted[stop - 1] < 0:
            stop -= 1
        begin = a
        if frames:
            last = frames[-1]
            if not last.to_right:
                begin = max(begin, last.end)
                if last.speaker:
                    begin = max(begin, last.speaker[1])
                for _, span in last.through:
                    begin = max(begin, span[1])
        if self.quoted[stop - 1] >= 0:
            # A quotation right before the cue: it is the content, with what leads into it unless another cue does.
            first = self.r.quotations[self.quoted[stop - 1]][0]
            between = first - begin
            if between > 0 and (self.low[first - 1] == ":" or self.low[first - 1] in ENDS):
                begin = first
        begin = self._skip_openers(begin, stop)
        return (begin, stop) if stop > begin else None

    def _skip_openers(self, begin: int, stop: int) -> int:
        low = self.low
        while begin < stop and (self.quoted[begin] < 0 or low[begin] in COMMAS):
            if low[begin] in COMMAS or low[begin] in DASHES or low[begin] in self.coordinators or low[begin] in self.contrasts:
                begin += 1
                continue
            if begin + 1 < stop and low[begin + 1] in COMMAS and (low[begin] in self.openers or low[begin] in self.times):
                begin += 2
                continue
            if " " in low[begin] and low[begin] in self.openers:
                begin += 1
                continue
            break
        return begin

    def _after_tag(self, after: int, stop: int) -> tuple[int, int] | None:
        """Return content that goes on after an attribution in its middle: `"A," said X, "B."`."""
        low, quoted = self.low, self.quoted
        k = after
        # time and place between the tag and its sequel
        reach = min(stop, after + 12)
        while k < reach and quoted[k] < 0:
            k += 1
        joint = k - 1 if k > after and (low[k - 1] in self.contrasts or low[k - 1] in self.coordinators) else k
        if k < stop and quoted[k] >= 0 and (low[joint - 1] in COMMAS or low[k - 1] == ":") and k < reach:
            return (k, stop)
        return None

    def _around_tag(self, left: tuple[int, int], after: int, stop: int) -> tuple[int, int] | None:
        """Return the clause that a tag interrupts: "Jalan itu, kata Rina, ditutup"."""
        if after >= stop or self.low[after] not in COMMAS or self.quoted[after] >= 0 or self.quoted[left[0]] >= 0:
            return None
        first = after + 1
        is_opening = first < stop and not (
            self.low[first] in self.locatives
            or self.low[first] in self.relatives
            or self._skip_time(first, stop) > first
            or self._is_new_clause(first, stop)
        )
        return (first, stop) if is_opening and not self._has_verb(*left) and self._has_verb(first, stop) else None

    def _is_new_clause(self, p: int, stop: int) -> bool:
        return p < stop and (self.low[p] in self.coordinators or self.low[p] in self.boundaries or p in self.hits)

    def _is_title(self, span: tuple[int, int]) -> bool:
        """Tell whether a short quotation at the end of other words is the name of a work: "On Sunday's “Morning Show”, he said"."""
        inside = sum(1 for k in range(*span) if self.quoted[k] >= 0)
        opening = next((k for k in range(*span) if self.quoted[k] >= 0), span[0])
        is_named = opening > span[0] and self.low[opening - 1] not in BREAKS and bool(self.verb_prefixes)  # "bertema “…”"
        return is_named or inside <= span[1] - span[0] - inside

    def _is_heading(self, span: tuple[int, int]) -> bool:
        """Tell whether quoted words are a heading or term rather than speech: few, and without the comma or stop that closes speech."""
        first, last = span
        words = [self.low[k] for k in range(first, last) if self.low[k] not in MARKS]
        return len(words) <= LONGEST_TERM and bool(words) and words[-1] not in COMMAS and words[-1] not in ENDS

    def _is_clause(self, span: tuple[int, int]) -> bool:
        """Tell whether tokens are long enough, and hold a verb, to be something said rather than a name."""
        first, last = span
        if self.verb_second and last - first >= LEAST_OBJECT:
            return (
                any(self._is_verb(k) or self.low[k] in self.subjunctives or self.quoted[k] >= 0 for k in range(first, last))
                or last - first >= 9
            )
        if last - first >= 5 and any(self._is_verb(k) or self.quoted[k] >= 0 for k in range(first, last)):
            return True
        return last - first >= 9

    def _is_setting(self, span: tuple[int, int], begin: int, stop: int) -> bool:
        """Tell whether words before a speaker set the scene for what follows its cue: "Theo X, …", "Trong cuộc họp, ông Nam cho biết …"."""
        first = self.low[span[0]]
        is_scene = first in self.locatives or first in self.times or first in self.time_prepositions
        is_scene = is_scene or any(k in self.hits for k in range(*span))
        return is_scene and stop - begin >= LONG_REST

    def _ends_clause(self, span: tuple[int, int]) -> bool:
        """Tell whether words before a comma are a clause: they hold a verb, or end in a word that is no noun, as no apposition does."""
        return self._is_clause(span) or (
            span[1] - span[0] >= LEAST_OBJECT and not self.capital[span[1] - 1] and self.low[span[1] - 1].isalpha()
        )

    def _is_somebody(self, span: tuple[int, int], stop: int) -> bool:
        """Tell whether a phrase after a cue can have spoken: it is named, or a name or author follows ("said the captain, Ada Brook")."""
        end = span[1]
        is_followed = end + 1 < stop and self.low[end] in COMMAS and self.capital[end + 1]
        return self._is_named(span) or is_followed or (end < stop and self.low[end] in self.agents)

    def _is_name_like(self, span: tuple[int, int], stop: int) -> bool:
        return not any(self.low[k] in self.verbs for k in range(span[0], span[1])) and (
            span[1] >= stop or self.low[span[1]] in BREAKS or self.low[span[1]] in self.locatives | self.times | self.time_prepositions
        )

    # --- noun phrases ------------------------------------------------------------------------------------------

    def _recipient(self, p: int, stop: int) -> tuple[int, int] | None:
        k = p
        while k < stop and k < p + 10:
            if self.quoted[k] >= 0:
                return None
            if self.low[k] in self.recipients and self.low[k] not in self.time_prepositions:
                told, _ = self._noun_phrase(k + 1, stop)
                if told is not None and self._is_named(told):
                    return told
            k += 1
        return None

    # --- subjects ----------------------------------------------------------------------------------------------

    def _clause_start(self, a: int, i: int, frames: list[_Frame]) -> int:
        floor = a
        for frame in frames:
            floor = max(floor, frame.cues[-1][1])
        k = i
        while k > floor:
            word = self.low[k - 1]
            if word in COMMAS or word == ":" or word in self.contrasts or self.quoted[k - 1] >= 0:
                break
            k -= 1
        return self._skip_openers(k, i)

    def _subject(self, a: int, i: int, frames: list[_Frame]) -> tuple[tuple[int, int] | None, int, bool, bool]:
        """Return the speaker before a cue at `i`, where its words begin, whether it is an earlier cue's, and whether this is a sequel."""
        low, quoted = self.low, self.quoted
        floor = a
        frames = [frame for frame in frames if frame.cue.kind is not CueClass.NOUN]
        if frames and (frames[-1].content or frames[-1].cue.kind is not CueClass.RELAYED):
            last = frames[-1]
            floor = max([last.end] + [span[1] for span in last.cues if span[1] <= i])
            if last.cue.kind is CueClass.ACCORDING and last.to_right and last.content:
                floor = max(floor, min(i, last.content[0][0]))  # "According to Y, X believes"
        elif frames and frames[-1].speaker is not None:
            return frames[-1].speaker, frames[-1].speaker[0], False, False
        p = i - 1
        while (
            p >= floor and quoted[p] < 0 and low[p] in self.skippable and low[p] not in self.coordinators and not self._is_demonstrative(p)
        ):
            p -= 1
        while p >= floor and quoted[p] < 0 and self._is_time_back(p):
            p -= 1
            while p >= floor and quoted[p] < 0 and low[p] in self.skippable:
                p -= 1
        earlier = self._earlier_speaker(frames)
        if p > floor and low[p] == ")":
            opening = next((k for k in range(p - 1, max(floor, p - LONGEST_PARENTHESIS), -1) if low[k] == "("), None)
            if opening is not None and any(low[k] in COMMAS for k in range(opening, p)):
                p = opening - 1  # "Jane Doe (National Agency, NA) said"
        if p < floor:
            return earlier, i, earlier is not None, bool(frames)
        if earlier is None and low[p] not in self.agents and self._is_gerund(a, i):
            subject = self._first_phrase(self._clause_start(a, p, frames), p)
            return subject, subject[0] if subject else p, False, False
        if low[p] in self.relatives:
            q = p - 1 if p > floor and low[p - 1] in COMMAS else p
            subject = self._phrase_back(floor, q)
            if subject is None and frames and frames[-1].speaker is not None and frames[-1].speaker[1] >= q - 1:
                return frames[-1].speaker, p, True, False
            return subject, subject[0] if subject else p, False, False
        if low[p] in self.coordinators or low[p] in self.boundaries:
            if earlier is not None:
                if (
                    low[p] in self.cuts - self.contrasts - self.coordinators
                    and self._is_reported(frames, p)
                    and p < frames[-1].content[0][1]
                ):
                    return None, i, False, False  # "said that she erred when saying …"
                return earlier, p if p == a or low[p - 1] not in COMMAS else p - 1, True, True
            subject = self._first_phrase(a, p)
            return subject, subject[0] if subject else p, subject is not None, False
        if low[p] in self.agents and self._is_participle(i):
            acts = p - 1 if p - 1 in self.hits or self._is_verb(p - 1) or low[p - 1].endswith(("s", *self.verb_suffixes)) else None
            subject = self._phrase_back(floor, acts) if acts is not None and acts > floor else self._first_phrase(a, p)
            return subject, subject[0] if subject else p, False, False  # "Reed ended by saying"
        if (
            low[p] in COMMAS
            and earlier is not None
            and (
                self._is_participle(i)
                or (
                    self.serial_verbs
                    and frames[-1].cue.kind is not CueClass.ACCORDING
                    and self._is_reported(frames, p)
                    and not self._closes_source(frames[-1].content[0][0], p)
                )
            )
        ):
            return earlier, p, True, True  # ", adding that"
        if low[p] in COMMAS or low[p] in DASHES or low[p] == ")":
            if frames and frames[-1].to_right is False and earlier is not None and frames[-1].end >= floor and p - floor < 8:
                return earlier, p, True, True
            subject, front = self._before_dash(floor, p)
            if subject is None:
                subject, front = self._across_commas(floor, p)
            if subject is None and earlier is not None:
                return earlier, p, True, True
            if subject is None:
                subject = self._first_phrase(a, p)
                front = subject[0] if subject else p
            is_sequel = bool(frames) and front > floor and self._begins_sequel(front, floor)
            return subject, front, False, is_sequel
        if quoted[p] >= 0:
            # A verb after quoted words inside what somebody says is no cue of theirs.
            is_inside = bool(frames) and frames[-1].to_right and bool(frames[-1].content) and frames[-1].content[0][0] < p
            return earlier, i, earlier is not None, not is_inside
        subject = self._phrase_back(floor, self._aside_after_name(floor, p + 1))
        if subject is None:
            return earlier, i, earlier is not None, False
        subject = self._with_apposition(floor, subject)
        return subject, subject[0], False, bool(frames) and self._begins_sequel(subject[0], floor)

    def _closes_source(self, begin: int, p: int) -> bool:
        """Tell whether the comma at `p` stands after a source of its own: "X reported, on Monday, a spokesman, confirmed that …"."""
        last = self._opening(begin, p - 1) if self.low[p - 1] == ")" else p
        front = next((k + 1 for k in range(last - 1, begin, -1) if self.low[k] in COMMAS and self.quoted[k] < 0), begin)
        is_source = front < p and (self.low[front] in self.nouns or self.low[front] in self.titles or self.low[front] in self.indefinites)
        return front > begin and is_source and self._phrase_end(front, last, False) == last

    @staticmethod
    def _is_reported(frames: list[_Frame], p: int) -> bool:
        """Tell whether the token at `p` stands inside what the last cue reports."""
        return bool(frames) and frames[-1].to_right and bool(frames[-1].content) and frames[-1].content[0][0] < p

    def _begins_sequel(self, front: int, floor: int) -> bool:
        k = front - 1
        while k >= floor and (self.low[k] in self.times or self.low[k] in self.time_prepositions or self.low[k][0].isdigit()):
            k -= 1
        return k >= floor and (self.low[k] in self.coordinators or self.low[k] in self.contrasts or self.low[k] == ";")

    def _earlier_speaker(self, frames: list[_Frame]) -> tuple[int, int] | None:
        for frame in reversed(frames):
            if frame.speaker is not None and frame.cue.kind not in (CueClass.RELAY, CueClass.NOUN):
                return frame.speaker
            if frame.through and frame.cue.kind is CueClass.RELAY:
                return frame.through[0][1]
        return None

    def _before_dash(self, floor: int, p: int) -> tuple[tuple[int, int] | None, int]:
        """Return the name before an apposition between dashes: "ông Nam - giám đốc cảng - cho biết"."""
        low = self.low
        for k in range(p - 1, max(floor, p - LONGEST_ASIDE), -1):
            if low[k] in DASHES and self.quoted[k] < 0 and self.r.ends[k - 1] < self.r.starts[k] and low[k + 1] in self.nouns | self.humans:
                name = self._phrase_back(floor, k)
                if name is not None and (self._begins_name(*name) or self._has_name_at(*name)):
                    return name, name[0]
        return None, p

    def _across_commas(self, floor: int, p: int) -> tuple[tuple[int, int] | None, int]:
        """Return the speaker where a comma stands before the cue: parentheses are skipped, appositions kept."""
        low = self.low
        stop = p
        last_end = p
        for _ in range(SEGMENTS):
            k = stop
            while k > floor and self.quoted[k - 1] < 0 and not self._parts(k - 1):
                k = self._opening(floor, k - 1) if low[k - 1] == ")" else k - 1
            begin = k
            is_parenthesis = (
                begin >= stop
                or (self.verb_second and self._is_relative_clause(begin, stop + 1) == stop)
                or low[begin] in self.relatives
                or low[begin] in self.times
                or low[begin] in self.time_prepositions
                or begin in self.hits
                or low[begin] in self.locatives
                or low[begin] in self.skippable
                or low[begin] in self.boundaries
                or self._is_verb(begin)
                or low[begin] in self.areas
                or (begin + 1 < stop and self._is_past(begin) and low[begin + 1] in self.locatives)  # "a survey, conducted by Orbit, finds"
            )
            if not is_parenthesis:
                stop = self._aside_after_name(begin, stop)
                phrase, _ = self._noun_phrase(self._trim_front(self._after_boundary(begin, stop), stop), stop)
                if phrase is None:
                    return None, p
                if (
                    begin > floor
                    and low[begin - 1] in COMMAS
                    and any(
                        low[k] in self.coordinators and self.capital[k - 1] and self.capital[k + 1]
                        for k in range(phrase[0] + 1, phrase[1] - 1)
                    )
                ):
                    return None, p  # "the firm, with clients including A, B and C, said"
                whole = self._with_apposition(floor, phrase)
                if whole == phrase:
                    whole = self._described_before(floor, phrase)
                return whole, whole[0]
            if begin <= floor:
                return None, p
            stop = begin - 1
            last_end = stop
        return None, last_end

    def _described_before(self, floor: int, phrase: tuple[int, int]) -> tuple[int, int]:
        """Return whom a description between two commas describes: "a survey by Orbit, a robot maker," or "Jane Doe, SVP at Orbit,"."""
        low = self.low
        begin = phrase[0]
        if begin - 1 <= floor or low[begin - 1] not in COMMAS or self.quoted[begin - 2] >= 0:
            return phrase
        before = self._phrase_back(floor, begin - 1)
        if before is None or before[1] < begin - 1 or not (low[begin] in self.determiners or self._is_personal(*before)):
            return phrase  # "A day earlier, a jubilant Reed, …"
        first = before[0]
        starts_clause = first <= floor or low[first - 1] in BREAKS or self.quoted[first - 1] >= 0 or low[first - 1] in self.coordinators
        is_adverbial = low[first] in self.locatives or first in self.hits or low[first].endswith((*self.participles, *self.verb_suffixes))
        if not starts_clause or is_adverbial:
            return phrase
        return (first, phrase[1]) if self.capital[first] and low[first] not in self.determiners else before

    def _parts(self, k: int) -> bool:
        """Tell whether the token at `k` sets words apart: a comma, or a dash that stands inside no name."""
        if self.low[k] == "-" and self._is_spaced_hyphen(k):
            return False
        return self.low[k] in COMMAS or self.low[k] in DASHES

    # --- several cues in one sentence --------------------------------------------------------------------------

    def _combine(self, frames: list[_Frame]) -> list[_Frame]:
        """Give each frame its own content: cut at sequels and tags, hang relays on what they relay, fold nested speech."""
        if not frames:
            return frames
        frames = self._under_tags(frames)
        kept: list[_Frame] = []
        for position, frame in enumerate(frames):
            if frame.to_right and frame.content:
                begin, end = frame.content[0]
                for later in frames[position + 1 :]:
                    if later.cue.kind is CueClass.ACCORDING and later.to_right and later.start <= begin + 1 and later.content:
                        begin = later.content[0][0]
                        frame.cues.extend(later.cues)
                        later.content, later.speaker, later.to_right = [], None, False
                        continue
                    if later.is_sequel and later.front > begin and self._breaks_off(frame, later):
                        end = min(end, later.front)
                        break
                    if not later.to_right and later.content and later.start > begin:
                        end = min(end, max(begin + 1, later.front))
                        break
                    if (
                        later.cue.kind in (CueClass.RELAY, CueClass.RELAYED, CueClass.ACCORDING)
                        and later.start > begin
                        and self.low[later.start - 1] in COMMAS
                    ):
                        end = min(end, later.start)
                        break
                frame.content[0] = (begin, self._rstrip(begin, end))
            kept.append(frame)
        done: list[_Frame] = []
        index = 0
        while index < len(kept):
            frame = kept[index]
            relay = frame.cue.kind in (CueClass.RELAY, CueClass.RELAYED)
            carrier = relay or frame.cue.kind is CueClass.ACCORDING
            if carrier and not frame.content and frame.speaker is None and not frame.through:
                index += 1
                continue
            # a relay or "according to" hangs on an earlier frame of the same content
            if relay and not frame.content and done and done[-1].content and done[-1].content[0][0] >= frame.start:
                self._hang(frame, done[-1])
                index += 1
                continue
            if relay and not frame.content and index + 1 < len(kept) and kept[index + 1].to_right:
                self._hang(frame, kept[index + 1])
                index += 1
                continue
            if carrier and done and not (frame.to_right and frame.content):
                self._hang(frame, done[-1])
                index += 1
                continue
            if carrier and frame.to_right and index + 1 < len(kept):
                nxt = kept[index + 1]
                inside = (
                    nxt.content
                    and frame.content
                    and nxt.front >= frame.content[0][0] - 1
                    and (self._is_thought(nxt) or (nxt.cue.kind not in WEAK and nxt.cue.act in STATES))
                )
                is_next = inside and (nxt.front - frame.content[0][0] <= 2 or self._is_scene(frame.content[0][0], nxt.front))
                if inside and (is_next or not nxt.to_right) and (relay or self._is_news(frame.speaker)):
                    # "Dikutip dari Y, X said C": Y passed on what X said
                    self._hang(frame, nxt)
                    nxt.is_ascribed = nxt.cue.kind is CueClass.ATTITUDE
                    index += 1
                    continue
            done.append(frame)
            index += 1
        return self._fold(done)

    def _is_scene(self, first: int, last: int) -> bool:
        """Tell whether nothing but a phrase of time or place and its comma stand between two tokens: "at a meeting on Monday,"."""
        if not first < last <= first + LONGEST_SCENE or any(self.quoted[k] >= 0 for k in range(first, last)):
            return False
        opens = self.low[first] in self.locatives or self.low[first] in self.times or self.low[first] in self.time_prepositions
        return (opens and self.low[last - 1] in COMMAS) or last - first <= SHORT_SCENE

    def _breaks_off(self, frame: _Frame, later: _Frame) -> bool:
        """Tell whether a later cue ends what an earlier one reports, rather than being part of it."""
        if frame.cue.kind is not CueClass.SPEECH or later.cue.kind not in WEAK:
            return True
        return not later.is_shared and later.speaker is not None and self.low[max(later.front - 1, 0)] in self.contrasts | {";"}

    def _under_tags(self, frames: list[_Frame]) -> list[_Frame]:
        """Drop frames inside what a later cue reports as a whole; where that is a news organisation, the inner speaker stays: it relays."""
        kept: list[_Frame] = []
        gone: set[int] = set()
        for position, frame in enumerate(frames):
            if position in gone:
                continue
            cover = next(
                (
                    number
                    for number, later in enumerate(frames[position + 1 :], position + 1)
                    if not later.to_right
                    and later.content
                    and later.content[0][0] <= frame.front
                    and frame.end <= later.content[0][1]
                    and (later.cue.kind in TAGS or (later.cue.kind is CueClass.ACCORDING and frame.cue.kind in WEAK))
                ),
                None,
            )
            if cover is None:
                kept.append(frame)
                continue
            later = frames[cover]
            if (
                (frame.cue.kind is CueClass.SPEECH or self._is_thought(frame))
                and frame.to_right
                and frame.speaker is not None
                and (frame.strength in SURELY or frame.cue.confidence >= SURE)
                and self._is_news(later.speaker)
                and not kept
            ):
                first, last = frame.content[0]
                if 2 * (later.content[0][1] - first) >= later.content[0][1] - later.content[0][0]:
                    frame.content[0] = (first, min(last, later.content[0][1]))
                    if later.speaker is not None:
                        frame.through.append((Part.RELAYER, later.speaker))
                    frame.cues.extend(later.cues)
                    frame.rule = f"{frame.rule}+{later.rule}"
                    frame.is_ascribed = frame.cue.kind is CueClass.ATTITUDE
                    kept.append(frame)
                    gone.add(cover)
        return kept

    def _hang(self, relay: _Frame, on: _Frame) -> None:
        known = [span for _, span in on.through]
        if relay.cue.kind is CueClass.RELAY and relay.speaker is not None:
            # "S said, citing O": O spoke, S passed it on
            if on.speaker is not None and on.speaker != relay.speaker:
                on.through.append((Part.RELAYER, on.speaker))
                known.append(on.speaker)
            on.speaker = relay.speaker
            on.is_shared = False
            on.through.extend((part, span) for part, span in relay.through if span not in known)
        elif relay.cue.kind is CueClass.ACCORDING and relay.speaker is not None:
            if on.speaker is None:
                on.speaker = relay.speaker
            else:
                on.through.append((Part.RELAYER, relay.speaker))
        else:
            on.through.extend(relay.through)
        on.is_story = on.is_story or relay.is_story
        on.cues.extend(relay.cues)
        on.rule = f"{on.rule}+{relay.rule}"

    def _fold(self, frames: list[_Frame]) -> list[_Frame]:
        """Fold "Y quoted X as saying C" and "Y reported that X said C" into one frame where Y is a news organisation."""
        out: list[_Frame] = []
        for frame in frames:
            if out and frame.content and out[-1].to_right and out[-1].content:
                outer = out[-1]
                begin, end = outer.content[0]
                inside = (
                    frame.content[0][0] >= begin and frame.content[-1][1] <= end + 1 and frame.start >= begin - 1 and not frame.is_sequel
                )
                if inside:
                    if frame.cue.kind is CueClass.AGENTLESS:
                        continue
                    is_thought = self._is_thought(frame)
                    is_whole = is_thought and frame.front - begin <= 1
                    is_sure = not frame.to_right or frame.strength in ("that", "colon", "quote") or frame.cue.confidence >= SURE
                    if not (is_sure or is_whole):
                        continue
                    if outer.cue.kind is CueClass.RELAY or (
                        outer.speaker is not None and self._is_news(outer.speaker) and outer.cue.kind is CueClass.SPEECH
                    ):
                        if outer.cue.kind is CueClass.RELAY:
                            if frame.speaker is None:
                                frame.speaker = outer.speaker
                        elif outer.speaker is not None:
                            frame.through.append((Part.RELAYER, outer.speaker))
                        frame.through.extend(outer.through)
                        frame.cues = outer.cues + frame.cues
                        frame.rule = f"{outer.rule}+{frame.rule}"
                        frame.is_ascribed = is_thought
                        out[-1] = frame
                        continue
                    outer.is_ascribed = outer.is_ascribed or is_whole
                    continue
            out.append(frame)
        return out

    def _is_thought(self, frame: _Frame) -> bool:
        """Tell whether a frame says what somebody thinks to be so: "suspects that C", "suspects Ana Field took it", not "wants to"."""
        if frame.cue.kind is not CueClass.ATTITUDE or frame.speaker is None or frame.is_shared or not frame.to_right:
            return False
        if self.low[frame.speaker[0]] in self.pronouns and frame.speaker[1] - frame.speaker[0] == 1:
            return False  # "she said she hopes": her own thought
        first = frame.content[0][0]
        is_clause = self.capital[first] or self.low[first] in self.determiners or self.low[first] in self.titles
        return is_clause or frame.strength in SURELY or self.low[frame.end - 1].endswith(tuple(self.complementisers))

    def _is_news(self, span: tuple[int, int] | None) -> bool:
        if span is None:
            return False
        medium = self.lexicon.words[WordClass.MEDIUM]
        if any(self.low[k] in medium for k in range(*span)):
            return True
        return any(self.names.get(self.r.starts[k]) for k in range(*span))

    def _rstrip(self, begin: int, end: int) -> int:
        while (
            end - 1 > begin
            and self.quoted[end - 1] < 0
            and (
                (self.low[end - 1] in BREAKS and self.low[end - 1] not in ")]")
                or self.low[end - 1] in self.coordinators
                or self.low[end - 1] in ENDS
                or self.low[end - 1] in self.contrasts
            )
        ):
            end -= 1
        return end

    # --- results -----------------------------------------------------------------------------------------------

    def _match(self, number: int, sentence: Sentence, frame: _Frame) -> CueMatch | None:
        if self.serial_verbs and frame.is_negated and frame.cue.act is Act.ASSERT and frame.cue.position is None:
            return None  # "không tiết lộ bên mua": nothing was said
        spans = [self._tidy(first, last) for first, last in frame.content if last > first]
        content = tuple(span for span in spans if span.end > span.start)
        if not content or all(self.low[k] in self.skippable for first, last in frame.content for k in range(first, last)):
            return None
        mentions: list[Mention] = []
        if frame.speaker:
            mentions.append(Mention(self.r.span(*frame.speaker), Part.SPEAKER, frame.is_shared))
        mentions.extend(Mention(self.r.span(*each), Part.RECIPIENT) for each in frame.recipients)
        mentions.extend(Mention(self.r.span(*each), part) for part, each in frame.through)
        cue = tuple(self.r.span(first, last) for first, last in frame.cues if last > first)
        denial = self._denial(frame)
        return CueMatch(
            content=content,
            cue=tuple(sorted(set(cue))),
            mentions=tuple(mentions),
            form=self._form(frame),
            rule=frame.rule,
            act=self._act(frame),
            position=denial.position,
            sentence=number,
            paragraph=sentence.paragraph,
            confidence=frame.cue.confidence,
            hedges=self._hedges(frame),
            denied=denial.claim,
            points_back=denial.points_back,
            negated=self._negated(frame),
            is_ascribed=frame.is_ascribed,
            is_apart=any(self.low[k] in self.aparts for k in range(frame.front, max((last for _, last in frame.cues), default=0))),
            is_headline=sentence.is_headline,
            is_story=frame.is_story,
            is_noun=frame.cue.kind is CueClass.NOUN,
            pronoun=self.low[frame.start] if frame.cue.kind is CueClass.SUFFIXED and frame.speaker is None else None,
        )

    def _tidy(self, first: int, last: int) -> Span:
        """Return the characters of tokens `first` to `last` without loose commas and full stops at the ends."""
        while first < last and self.low[first] in BREAKS and self.quoted[first] < 0 and self.low[first] not in "([":
            first += 1
        while (
            last - 1 > first
            and self.quoted[last - 1] < 0
            and (self.low[last - 1] in COMMAS or self.low[last - 1] in DASHES or self.low[last - 1] == ".")
        ):
            last -= 1
        return self.r.span(first, last) if last > first else Span(0, 0)

    def _form(self, frame: _Frame) -> Form:
        if frame.cue.kind is CueClass.AGENTLESS:
            return Form.AGENTLESS
        total = sum(last - first for first, last in frame.content) or 1
        inside = sum(1 for first, last in frame.content for k in range(first, last) if self.quoted[k] >= 0)
        if inside >= 0.9 * total:
            return Form.DIRECT
        return Form.MIXED if inside else Form.INDIRECT

    def _act(self, frame: _Frame) -> Act:
        first, last = frame.content[0]
        if frame.cue.act is Act.ASK and frame.strength == "bare" and frame.to_right and self.low[first] not in self.questions:
            whom = next((k for k in range(first, last) if self.low[k] in self.infinitives or self.low[k] in self.boundaries), last)
            if whom < last and self.low[whom] in self.infinitives:
                return Act.DEMAND  # "asked its neighbour to resume the talks"
        if self.low[first] in self.questions and frame.cue.act in STATES:
            return Act.ASK
        return frame.cue.act

    def _position(self, frame: _Frame) -> Position | None:
        if frame.is_negated:
            if frame.cue.position is Position.DENIES:
                return None
            if frame.cue.position is Position.CONFIRMS:
                return Position.CANNOT_CONFIRM
        return frame.cue.position

    def _denial(self, frame: _Frame) -> _Denial:
        """Return the position of a frame and, for a denial, the claim that is denied where it is apart from the content."""
        position = self._position(frame)
        first, last = frame.content[0]
        if position is Position.DENIES:
            return _Denial(position, points_back=self._names_claim(first, last))
        if position is not None or frame.cue.act not in (Act.ASSERT, Act.EVALUATE) or not self.falsehoods:
            return _Denial(position)
        for first, last in frame.content:
            for k in range(first, last):
                if (
                    self.low[k] in self.falsehoods
                    and self._closes(k + 1, last)
                    and not any(self.low[p] in self.negations for p in range(max(first, k - 2), k))
                ):
                    found = self._refuted(first, k, last)
                    if found is not None:
                        return found
        return _Denial(position)

    def _refuted(self, first: int, k: int, last: int) -> _Denial | None:
        """Read a word for untruth at `k`: "fake news" alone, "the report that C is false", "that is a lie"."""
        low = self.low
        subject = self._before_predicate(first, k)
        if all(self._says_nothing(p) for p in range(first, last) if p != k):
            return _Denial(Position.DENIES, points_back=True)
        if subject <= first:
            return None
        begin = subject
        while begin > first and subject - begin < COMPLEMENT_REACH and low[begin - 1] not in COMMAS and low[begin - 1] not in ENDS:
            begin -= 1
        head = next((p for p in range(begin, min(subject, begin + 4)) if low[p] in self.claims), None)
        if head is None:
            is_pointer = low[subject - 1] in self.pointing and (subject - 1 == begin or low[subject - 2] in self.boundaries | self.openers)
            return _Denial(Position.DENIES, points_back=True) if is_pointer else None
        that = next((p for p in range(head + 1, subject) if low[p] in self.complementisers), None)
        if that is not None and that + 1 < subject:
            return _Denial(Position.DENIES, self._tidy(that + 1, subject))
        if self._names_claim(begin, subject):
            return _Denial(Position.DENIES, points_back=True)
        is_clause = any(self._is_verb(p) for p in range(head + 1, subject))
        if is_clause and low[head + 1] in self.pointing:
            return None  # "the report has been called false"
        return _Denial(Position.DENIES, self._tidy(head + 1 if is_clause else begin, subject))

    def _closes(self, k: int, last: int) -> bool:
        """Tell whether a predicate ends before `k`: what follows is no noun that it describes."""
        low = self.low
        return (
            k >= last
            or not low[k][0].isalnum()
            or low[k] in self.boundaries
            or low[k] in self.coordinators
            or low[k] in self.pointing
            or low[k] in self.adverbs
        )

    def _before_predicate(self, first: int, k: int) -> int:
        """Return where the words between a subject and its predicate at `k` begin: "were", "itu", "là"."""
        while k > first and (self.low[k - 1] in self.skippable or self.low[k - 1] in self.verbs or self.low[k - 1] in self.indefinites):
            k -= 1
        return k

    def _says_nothing(self, k: int) -> bool:
        """Tell whether a word around "fake news" adds nothing to it."""
        low = self.low[k]
        return (
            low in self.pointing
            or low in self.likenings
            or low in self.falsehoods
            or low in self.indefinites
            or low in self.verbs
            or low in self.adverbs
            or low in self.coordinators
            or low in self.claims
            or not low[0].isalnum()
        )

    def _names_claim(self, first: int, last: int) -> bool:
        """Tell whether tokens only point to a claim: "the report", "kabar itu", "it"."""
        return all(self.low[k] in self.pointing or self.low[k] in self.claims or not self.low[k][0].isalnum() for k in range(first, last))

    def _negated(self, frame: _Frame) -> Span | None:
        """Return what the first clause of the content says is not so: the words after its negation."""
        first, last = frame.content[0]
        end = next((k for k in range(first, last) if self.low[k] in COMMAS or (k > first and self.low[k] in self.boundaries)), last)
        begin = next((k + 1 for k in range(first, end) if self.low[k] in self.negations), end)
        while begin < end and self.low[begin] in self.skippable:
            begin += 1
        while end > begin and not self.low[end - 1][0].isalnum():
            end -= 1
        return self.r.span(begin, end) if end > begin else None

    def _hedges(self, frame: _Frame) -> tuple[Span, ...]:
        return tuple(self.r.span(k, k + 1) for first, last in frame.content for k in range(first, last) if self.low[k] in self.hedges)

    def _label(self, number: int, sentence: Sentence, stop: int) -> CueMatch | None:
        """Read a headline or transcript that names the speaker before a colon: "Minister: Roads stay closed", "REEVE: Well, …"."""
        low, capital = self.low, self.capital
        a = sentence.start
        while a < stop and low[a] in MARKS:
            a += 1
        colon = next((k for k in range(a, min(stop, a + LONGEST_LABEL)) if low[k] == ":"), None)
        if colon is None or colon == a or stop - colon < 4:
            return None
        label = self.r.slice(a, colon)
        is_headline = sentence.is_headline or number == 0
        is_speaker = label.isupper() and len(label) > 2 and colon - a <= 3
        if not is_headline and not is_speaker:
            return None
        if not all(capital[k] or low[k] in self.prepositions or low[k] in PARTICLES for k in range(a, colon)):
            return None
        is_known = any(low[k] in self.nouns or self.r.starts[k] in self.names for k in range(a, colon))
        content = self._tidy(colon + 1, stop)
        if content.end <= content.start:
            return None
        return CueMatch(
            content=(content,),
            cue=(self.r.span(colon, colon + 1),),
            mentions=(Mention(self.r.span(a, colon), Part.SPEAKER),),
            form=Form.INDIRECT,
            rule="label" if is_speaker or is_known else PERHAPS_LABEL,  # "Tirta Dam: villagers wait" names the topic
            act=Act.ASSERT,
            position=None,
            sentence=number,
            paragraph=sentence.paragraph,
            confidence=0.7,
            is_headline=sentence.is_headline,
        )

    def _signature(self, dash: int, b: int) -> tuple[int, int] | None:
        """Return the name that signs a quotation after a dash: `"…" — Jane Doe`."""
        if dash >= b or self.low[dash] not in DASHES:
            return None
        stop = b
        while stop > dash + 1 and self.low[stop - 1] in ENDS:
            stop -= 1
        is_name = dash + 1 < stop <= dash + 1 + LONGEST_LABEL and all(
            self.capital[k] or self.low[k] in PARTICLES or self.low[k] in COMMAS for k in range(dash + 1, stop)
        )
        return (dash + 1, stop) if is_name else None

    def _speaker_of_quotation(self, p: int, b: int) -> tuple[int, int] | None:
        """Return the source right after a quotation and its comma, before a verb that is no known cue: `"…", the mayor joked`."""
        if p + 2 >= b or not (self.low[p] in COMMAS or self.low[p] in DASHES or self.low[p - 2] in COMMAS):
            return None
        first = p + 1 if self.low[p] in COMMAS or self.low[p] in DASHES else p
        speaker, after = self._noun_phrase(first, b, plain=True)
        name = next((k for k in range(after - 1, first, -1) if self.capital[k]), after)
        verb = next((k for k in range(name, after) if not self.capital[k] and self.low[k] not in PARTICLES), after)
        if verb < after and self.low[verb] not in self.closed:
            speaker, after = (first, verb), verb  # a small letter after a name: the verb
        if speaker is None or after >= b or self.capital[after] or not self.low[after][0].isalpha() or self.quoted[after] >= 0:
            return None
        sources = self.people | self.bodies | self.lexicon.words[WordClass.MEDIUM]
        is_source = self.low[first] in sources or self._is_news(speaker)
        return speaker if is_source and self.low[after] not in self.closed else None

    def _quotation_only(self, number: int, sentence: Sentence, announced: tuple[int, int, tuple[int, int]] | None) -> CueMatch | None:
        """Return a quotation that stands alone: continued speech, or what the paragraph before announces with a colon."""
        a, b = sentence.start, sentence.end
        inside = sum(1 for k in range(a, b) if self.quoted[k] >= 0)
        if inside < 4:
            return None
        first = next(k for k in range(a, b) if self.quoted[k] >= 0)
        last = max(k for k in range(a, b) if self.quoted[k] >= 0) + 1
        signed = self._signature(last, b)
        spoken = self._speaker_of_quotation(last, b) if signed is None and inside == last - a else None
        if spoken is None and inside < 0.6 * (b - a):
            return None
        if spoken is not None:
            return CueMatch(
                content=(self.r.span(first, last),),
                cue=(self.r.span(spoken[1], spoken[1] + 1),),
                mentions=(Mention(self.r.span(*spoken), Part.SPEAKER),),
                form=Form.DIRECT,
                rule="quotation-then-speaker",
                act=Act.ASSERT,
                position=None,
                sentence=number,
                paragraph=sentence.paragraph,
                confidence=0.7,
                is_headline=sentence.is_headline,
            )
        if announced is not None and signed is None:
            return CueMatch(
                content=(self.r.span(first, last),),
                cue=(self.r.span(announced[0], announced[1]),),
                mentions=(Mention(self.r.span(*announced[2]), Part.SPEAKER),),
                form=Form.DIRECT,
                rule="speaker-cue-content-colon",
                act=Act.ASSERT,
                position=None,
                sentence=number,
                paragraph=sentence.paragraph,
                confidence=0.85,
                is_headline=sentence.is_headline,
            )
        return CueMatch(
            content=(self.r.span(first, last),),
            cue=(self.r.span(last, last + 1),) if signed else (),
            mentions=(Mention(self.r.span(*signed), Part.SPEAKER),) if signed else (),
            form=Form.DIRECT if signed else Form.CARRIED_OVER,
            rule="signature" if signed else "quotation-alone",
            act=Act.ASSERT,
            position=None,
            sentence=number,
            paragraph=sentence.paragraph,
            confidence=0.7,
            is_headline=sentence.is_headline,
        )
