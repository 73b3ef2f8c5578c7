"""Cues in scripts that write words without spaces, or glue particles to them: Chinese, Japanese, Korean.

Cues are found as strings; the speaker is what stands between the cue or its particle and the clause's beginning.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sumber.sourcing.lexicons import Cue, CueClass, Lexicon, Order, WordClass
from sumber.sourcing.model import Span
from sumber.sourcing.sentences import Reading

CLAUSE = re.compile(r"[，,、。.!?！？；;：:\n「」『』“”\"()（）]")
STOP = re.compile(r"[。！？!?\n]|\.(?=\s|$)")
LONGEST_SPEAKER = 40  # code points
NEAR = 14  # code points between a quotation and its cue


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution: spans into the article's text."""

    content: Span
    cue: Span
    speaker: Span
    kind: Cue
    is_quoted: bool


@lru_cache(maxsize=16)
def _cues(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))))


def find(reading: Reading, lexicon: Lexicon, start: int, stop: int) -> Iterator[Found]:
    """Find the attributions in one paragraph of `reading.text`, in text order. Every character is looked at a bounded number of times."""
    by_words = {" ".join(cue.words): cue for found in lexicon.cues.values() for cue in found}
    if not by_words:
        return
    text = reading.text
    particles = tuple(sorted(lexicon.words[WordClass.RECIPIENT], key=lambda word: (-len(word), word)))
    pattern = _cues(tuple(by_words))
    low, high = (bisect_left(reading.quotations, at, key=lambda tokens: reading.starts[tokens[0]]) for at in (start, stop))
    quotations = [reading.span(first, last) for first, last in reading.quotations[low:high]]
    done = start
    for match in pattern.finditer(text, start, stop):
        cue = by_words[match[0]]
        at, end = match.span()
        within = bisect_left(quotations, at, key=lambda span: span.start) - 1
        if at < done or (within >= 0 and at < quotations[within].end):
            continue
        found = _one(text, cue, at, end, start, stop, quotations, particles)
        if found is not None:
            done = max(found.content.end, end)
            yield found


def _one(text: str, cue: Cue, at: int, end: int, start: int, stop: int, quotations: list[Span], particles: tuple[str, ...]) -> Found | None:
    if cue.kind is CueClass.ACCORDING:
        # "X によると C", "X에 따르면 C": the name stands before the cue; "据 X 报道，C" has it after.
        if Order.VSC in cue.orders:
            close = CLAUSE.search(text, end, min(stop, end + LONGEST_SPEAKER))
            if close is None or close[0] not in "，,：:":
                return None
            speaker, begin = Span(end, close.start()), close.end()
        else:
            speaker, begin = _before(text, at, start, ()), end
        if speaker.end <= speaker.start:
            return None
        content = _sentence(text, begin, stop)
        return Found(content, Span(at, end), speaker, cue, False) if content.end > content.start else None
    index = bisect_left(quotations, end, key=lambda span: span.start)
    after = quotations[index] if index < len(quotations) and quotations[index].start - end <= 2 else None
    if after is not None and Order.SVC in cue.orders:
        speaker = _before(text, at, start, particles)
        return Found(after, Span(at, end), speaker, cue, True) if speaker.end > speaker.start else None
    index = bisect_right(quotations, at, key=lambda span: span.end) - 1
    before = quotations[index] if index >= 0 and at - quotations[index].end <= NEAR else None
    if before is not None and Order.CSV in cue.orders:
        speaker = _before(text, before.start, start, particles)
        return Found(before, Span(at, end), speaker, cue, True) if speaker.end > speaker.start else None
    if before is None and Order.SVC in cue.orders:
        speaker = _before(text, at, start, particles)
        if speaker.end <= speaker.start:
            return None
        begin = end + 1 if text[end : end + 1] in "，,：:" else end
        content = _sentence(text, begin, stop)
        if content.end - content.start >= 4:
            return Found(content, Span(at, end), speaker, cue, False)
    return None


def _before(text: str, at: int, start: int, particles: tuple[str, ...]) -> Span:
    """Return the speaker that ends before `at`: back to the clause's beginning, without its particle."""
    low = max(start, at - LONGEST_SPEAKER)
    begin = max((match.end() for match in CLAUSE.finditer(text, low, max(low, at - 1))), default=low)
    end = at
    while end > begin and (text[end - 1].isspace() or text[end - 1] in "，,：:、"):
        end -= 1
    window = text[begin:end]
    if particles:
        # The topic particle closes the speaker; what follows it is when and where.
        place = max(window.rfind(particle) for particle in particles)
        if place > 0:
            end = begin + place
    while begin < end and text[begin].isspace():
        begin += 1
    return Span(begin, end)


def _sentence(text: str, begin: int, stop: int) -> Span:
    """Return what is said from `begin` to the end of its sentence."""
    while begin < stop and (text[begin].isspace() or text[begin] in "，,：:、"):
        begin += 1
    close = STOP.search(text, begin, stop)
    end = close.start() if close else stop
    while end > begin and text[end - 1].isspace():
        end -= 1
    return Span(begin, end)
