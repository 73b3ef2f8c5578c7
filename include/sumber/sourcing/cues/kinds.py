"""What kind of speech a frame is: form, act, position, what is denied, hedges."""

from __future__ import annotations

from sumber.sourcing.cues.combining import Combining
from sumber.sourcing.cues.contents import COMPLEMENT_REACH
from sumber.sourcing.cues.frames import STATES, CueMatch, Denial, Frame, Mention, Part
from sumber.sourcing.lexicons import CueClass
from sumber.sourcing.model import Act, Form, Position, Span
from sumber.sourcing.phrases import COMMAS
from sumber.sourcing.sentences import ENDS, Sentence


class Kinds(Combining):
    """Makes the attribution of a frame."""

    def _match(self, number: int, sentence: Sentence, frame: Frame) -> CueMatch | None:
        if self.serial_verbs and frame.is_negated and frame.cue.act is Act.ASSERT and frame.cue.position is None:
            return None  # "không tiết lộ bên mua": nothing was said
        spans = [self._tidy(first, last) for first, last in frame.content if last > first]
        content = tuple(span for span in spans if span.end > span.start)
        is_cue = self.bare_clauses and all(last - first == 1 and first in self.hits for first, last in frame.content)
        if is_cue or not content or all(self.skippable.issuperset(self.low[first:last]) for first, last in frame.content):
            return None
        mentions: list[Mention] = []
        if frame.speaker:
            mentions.append(Mention(self.r.span(*frame.speaker), Part.SPEAKER, frame.is_shared))
        mentions.extend(Mention(self.r.span(*each), Part.RECIPIENT) for each in frame.recipients)
        mentions.extend(Mention(self.r.span(*each), part) for part, each in frame.through)
        cue = tuple(self.r.span(first, last) for first, last in frame.cues if last > first)
        denial = self._denial(frame)
        negated, is_flat = self._negated(frame)
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
            negated=negated,
            is_flat=is_flat,
            is_ascribed=frame.is_ascribed,
            is_apart=not self.aparts.isdisjoint(self.low[frame.front : max((last for _, last in frame.cues), default=0)]),
            is_headline=sentence.is_headline,
            is_story=frame.is_story,
            is_noun=frame.cue.kind is CueClass.NOUN,
            pronoun=self.low[frame.start] if frame.cue.kind is CueClass.SUFFIXED and frame.speaker is None else None,
        )

    def _form(self, frame: Frame) -> Form:
        if frame.cue.kind is CueClass.AGENTLESS:
            return Form.AGENTLESS
        total = sum(last - first for first, last in frame.content) or 1
        inside = sum(self._quoted_in(first, last) for first, last in frame.content)
        if inside >= 0.9 * total:
            return Form.DIRECT
        return Form.MIXED if inside else Form.INDIRECT

    def _act(self, frame: Frame) -> Act:
        first, last = frame.content[0]
        if frame.cue.act is Act.ASK and frame.strength == "bare" and frame.to_right and self.low[first] not in self.questions:
            whom = next((k for k in range(first, last) if self.low[k] in self.infinitives or self.low[k] in self.boundaries), last)
            if whom < last and self.low[whom] in self.infinitives:
                return Act.DEMAND  # "asked its neighbour to resume the talks"
        asks = frame.to_right or self.low[last - 1] == "?" or self.low[frame.front - 1] == "?" or not self.bare_clauses
        if self.low[first] in self.questions and frame.cue.act in STATES and asks:  # "If it rains, we leave, she said" asks nothing
            return Act.ASK
        return frame.cue.act

    def _position(self, frame: Frame) -> Position | None:
        if frame.is_negated:
            if frame.cue.position is Position.DENIES:
                return None
            if frame.cue.position is Position.CONFIRMS:
                return Position.CANNOT_CONFIRM
        return frame.cue.position

    def _denial(self, frame: Frame) -> Denial:
        """Return the position of a frame and, for a denial, the claim that is denied where it is apart from the content."""
        position: Position | None = self._position(frame)
        first, last = frame.content[0]
        if position is Position.DENIES:
            return Denial(position, points_back=self._names_claim(first, last))
        if position is not None or frame.cue.act not in (Act.ASSERT, Act.EVALUATE) or not self.falsehoods:
            return Denial(position)
        for first, last in frame.content:
            for k in [k for k, word in enumerate(self.low[first:last], first) if word in self.falsehoods]:
                if self._closes(k + 1, last) and not any(self.low[p] in self.negations for p in range(max(first, k - 2), k)):
                    found = self._refuted(first, k, last)
                    if found is not None:
                        return found
        return Denial(position)

    def _refuted(self, first: int, k: int, last: int) -> Denial | None:
        """Read a word for untruth at `k`: "fake news" alone, "the report that C is false", "that is a lie"."""
        low = self.low
        subject = self._before_predicate(first, k)
        if all(self._says_nothing(p) for p in range(first, last) if p != k):
            return Denial(Position.DENIES, points_back=True)
        if subject <= first:
            return None
        begin = subject
        while begin > first and subject - begin < COMPLEMENT_REACH and low[begin - 1] not in COMMAS and low[begin - 1] not in ENDS:
            begin -= 1
        head = next((p for p in range(begin, min(subject, begin + 4)) if low[p] in self.claims), None)
        if head is None:
            is_pointer = low[subject - 1] in self.pointing and (
                subject - 1 == begin or low[subject - 2] in self.boundaries or low[subject - 2] in self.openers
            )
            return Denial(Position.DENIES, points_back=True) if is_pointer else None
        that = next((p for p in range(head + 1, subject) if low[p] in self.complementisers), None)
        if that is not None and that + 1 < subject:
            return Denial(Position.DENIES, self._tidy(that + 1, subject))
        if self._names_claim(begin, subject):
            return Denial(Position.DENIES, points_back=True)
        is_clause = any(self._is_verb(p) for p in range(head + 1, subject))
        if is_clause and low[head + 1] in self.pointing:
            return None  # "the report has been called false"
        return Denial(Position.DENIES, self._tidy(head + 1 if is_clause else begin, subject))

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

    def _negated(self, frame: Frame) -> tuple[Span | None, bool]:
        """Return what the main clause of the content says is not so, the words after its negation, and whether it says so flatly.

        The main clause is the first, or the one after "we stress *that*" or ", *but*"; a flat negation counts after any comma.
        """
        low = self.low
        first, last = frame.content[0]
        is_further = False
        for k in range(first, last):
            begin = k + 1
            is_flat = low[k] in self.negations and (low[k] in self.flat or (begin < last and low[begin] in self.flat))
            if is_flat or (low[k] in self.negations and not is_further):
                while begin < last and low[begin] in self.skippable:
                    begin += 1
                end = next((n for n in range(begin, last) if low[n] in COMMAS or low[n] in self.boundaries), last)
                while end > begin and not low[end - 1][0].isalnum():
                    end -= 1
                return (self.r.span(begin, end), is_flat) if end > begin else (None, False)
            is_further = is_further or (low[k] in COMMAS and low[min(begin, last - 1)] not in self.contrasts)
            if k > first and low[k] in self.cuts - self.contrasts:
                break
        return None, False

    def _hedges(self, frame: Frame) -> tuple[Span, ...]:
        return tuple(
            self.r.span(k, k + 1)
            for first, last in frame.content
            if not self.hedges.isdisjoint(self.low[first:last])
            for k in range(first, last)
            if self.low[k] in self.hedges
        )
