"""One sentence after the other: its cues, the construction of each, and what they give together."""

from __future__ import annotations

from collections.abc import Iterable

from sumber.sourcing.cues.frames import TAGS, CueMatch, Frame
from sumber.sourcing.cues.lone import Lone
from sumber.sourcing.lexicons import Cue, CueClass
from sumber.sourcing.model import Position, Span
from sumber.sourcing.phrases import BREAKS, COMMAS
from sumber.sourcing.sentences import ENDS, Sentence

OPENING = 6  # tokens from a sentence's start within which an addressee stands
MOST_CUES = 40  # in one sentence; the work grows with their square


class Analyst(Lone):
    """Reads the sentences of a text, one by one."""

    def sentence(self, number: int, sentence: Sentence) -> Iterable[CueMatch]:
        """Return the attributions of one sentence."""
        a, b = sentence.start, sentence.end
        hits = self._hits(a, b)[:MOST_CUES]
        stop = b
        while stop > a and self.low[stop - 1] in ENDS and self.quoted[stop - 1] < 0:
            stop -= 1
        announced = self.announced
        self._begin(sentence, hits)
        closing = self._closing_label(number, sentence, stop)
        if closing is not None:
            self.silent = None
            return [closing]
        frames: list[Frame] = []
        for position, (i, j, cues) in enumerate(hits):
            if i < self.consumed or self._is_taken(i, frames):
                continue
            if j == b - 1 and self.low[j] == ":":
                speaker = self._subject(a, i, frames)[0]
                self.announced = (i, j, speaker) if speaker is not None and any(one.kind in TAGS for one in cues) else None
            following = next((first for first, _, _ in hits[position + 1 :] if first in self.hits), stop)
            frame = self._frame(a, stop, i, j, cues, frames, following)
            if frame is not None:
                frames.append(frame)
        pointing = self._pointing(number, sentence, stop)
        if pointing is not None:
            self.silent = None
            return [pointing]
        found: list[CueMatch] = []
        if frames:
            frames = self._combine(frames)
            self._tell(a, stop, frames)
            if self._is_question(a, b):
                frames = [frame for frame in frames if not (frame.to_right and frame.strength in ("", "bare"))]
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
            alone = (
                self._label(number, sentence, stop)
                or self._quotation_only(number, sentence, announced)
                or self._sequel(number, sentence, stop)
            )
            if alone is not None:
                found.append(alone)
        self.silent = None if any(each.content for each in found) or sentence.is_headline else sentence
        return found

    def _begin(self, sentence: Sentence, hits: list[tuple[int, int, tuple[Cue, ...]]]) -> None:
        """Set out on a sentence with these cues."""
        self.hits = {i for i, _, cues in hits if any(cue.kind is not CueClass.NOUN for cue in cues)}
        self.hit_ends = {i: j for i, j, _ in hits}
        self.heard = None
        self.consumed = sentence.start
        self.before = self.silent if self.silent is not None and self.silent.paragraph >= sentence.paragraph - 1 else None
        self.announced = None

    def whole(self, sentence: Sentence) -> Span | None:
        """Return what a sentence without a cue says as a whole, without its opener and full stop; None where nothing is left."""
        span = self._tidy(self._skip_openers(sentence.start, sentence.end), sentence.end)
        return span if span.end > span.start else None

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
            if self.bare_clauses and index + 1 < b and low[index + 1] == ":" and self.r.slice(index, index + 1).isupper():
                continue  # "CONTENT WARNING: …"
            if self.bare_clauses and self._is_between_names(a, b, index):
                continue  # "Ali Said Omar, a trader, said"
            length = 0
            chosen: list[Cue] = []
            for cue in cues[low[index]]:
                size = len(cue.words)
                if length and size < length:
                    break
                if size == 1 or (index + size <= b and low[index + 1] == cue.words[1] and tuple(low[index : index + size]) == cue.words):
                    length = size
                    chosen.append(cue)
            is_open = self.serial_verbs and any("told" in cue.marks for cue in chosen) and self._told_inside(a, index) is None
            if chosen and not is_open:
                found.append((index, index + length, tuple(chosen)))
        return found

    def _is_inside_words(self, a: int, k: int) -> bool:
        """Tell whether a word is written with a capital though nothing ends before it."""
        return k > a and self.capital[k] and (self.low[k - 1][0].isalpha() and self.quoted[k - 1] < 0)

    def _is_between_names(self, a: int, b: int, k: int) -> bool:
        """Tell whether a cue is written with a capital behind a word that is, before another or a bracket, where most words are not."""
        if not (a < k < b - 1 and self.capital[k - 1] and self.capital[k] and self.low[k - 1].isalpha()):
            return False
        if not (self.low[k + 1] == "(" or (self.capital[k + 1] and self.low[k + 1].isalpha())):
            return False
        return sum(self.capital[a:b]) * 3 < 2 * (b - a)

    def _tell(self, a: int, stop: int, frames: list[Frame]) -> None:
        """Give the first speaker the outlet with whose name the sentence opens as addressee: "Dalam wawancara dengan Y, X mengatakan C"."""
        first = next((frame for frame in frames if frame.to_right and frame.speaker is not None), None)
        knows = self.affixed_verbs or self.serial_verbs
        if not knows or first is None or first.recipients or first.through or first.speaker is None:
            return
        for k in range(a, min(a + OPENING, first.speaker[0])):
            if self.low[k] in BREAKS or self.quoted[k] >= 0:
                return
            is_cued = self.serial_verbs and k > a and k in self.hit_ends.values()  # "Trả lời phỏng vấn tờ Y, X nói rằng C"
            if is_cued or (self.low[k] in self.recipients and self.low[k] not in self.time_prepositions):
                begin = k + 1 if self.low[k] in self.recipients or self.low[k] in self.locatives else k
                told, after = self._noun_phrase(begin, first.speaker[0])
                if self.serial_verbs and after < first.speaker[0]:
                    after = self._skip_time(after, first.speaker[0])
                if told is not None and self._is_news(told) and after < stop and self.low[after] in COMMAS:
                    first.recipients.append(told)
                return

    def _is_taken(self, i: int, frames: list[Frame]) -> bool:
        """Tell whether a cue is part of an earlier one's: after a tag in the middle, or before the "that" of a denial.

        "Warga, kata Rina, mendesak polisi", "membantah laporan yang menyatakan bahwa C".
        """
        if not frames:
            return False
        last = frames[-1]
        if (
            self.bare_clauses
            and last.cue.kind is CueClass.ACCORDING
            and last.speaker is not None
            and last.speaker[0] <= i < last.speaker[1]
        ):
            return True  # "according to television reports, C"
        is_denied = self.affixed_verbs and last.cue.position is Position.DENIES and any(a < i < b for a, b in last.cues)
        return is_denied or any(first <= i < end for first, end in last.content[1:])

    def _frame(self, a: int, stop: int, i: int, j: int, cues: tuple[Cue, ...], frames: list[Frame], following: int) -> Frame | None:
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
