"""Cues in scripts that write words without spaces, or glue particles to them: Chinese, Japanese, Korean.

Cues are found as strings. Where the verb comes last, a particle closes the speaker and a quotative closes what was said; in Chinese the
speaker is what stands before the cue, without when, where and to whom. Every character is looked at a bounded number of times.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from sumber.sourcing.lexicons import Cue, CueClass, Lexicon, Order, WordClass
from sumber.sourcing.model import Span
from sumber.sourcing.sentences import Reading

CLAUSE = re.compile(r"[，,、。.!?！？；;：:\n「」『』“”\"（）【】〔〕＝]|[()\[\]]")
STOP = re.compile(r"[。！？!?\n]|\.(?=\s|$)")
LONGEST_SPEAKER = 40  # code points
LONGEST_WORDS = 6  # words set apart in a speaker, where particles are glued to words
NEAR = 14  # code points between a quotation and its cue
LEAST_CONTENT = 4  # code points
LONGEST_CLAUSE = 400  # code points before a cue that may be what was said
BRACKETS = (("（", "）"), ("(", ")"), ("＝", "＝"))
GAP = " \t\u3000，,：:、"
LISTED = re.compile(r"[，,：:。.!?！？；;\n「」『』“”\"]")  # what ends a speaker that may hold a list or brackets
LONGEST_RECIPIENT = 24  # code points


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution: spans into the article's text. `is_shared` marks a speaker carried from the attribution before."""

    content: Span
    cue: Span
    speaker: Span
    kind: Cue
    is_quoted: bool
    recipient: Span | None = None
    is_shared: bool = False
    relayer: Span | None = None


@lru_cache(maxsize=64)
def _any_of(words: frozenset[str]) -> re.Pattern[str] | None:
    """Return a pattern for any of `words`, longest first; None for none."""
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))) if words else None


@lru_cache(maxsize=64)
def _longest_first(words: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def find(reading: Reading, lexicon: Lexicon, known: Container[int], start: int, stop: int, last: Found | None = None) -> Iterator[Found]:
    """Find the attributions in one paragraph of `reading.text`, in text order.

    `known` holds where registry names start; `last` is the one before, from the paragraph above: a first sentence may leave out who it was.
    """
    by_words = {" ".join(cue.words): cue for found in lexicon.cues.values() for cue in found}
    pattern = _any_of(frozenset(by_words) | lexicon.words[WordClass.VERB])
    if not by_words or pattern is None:
        return
    paragraph = _Paragraph(reading, lexicon, known, start, stop)
    done = start
    for match in pattern.finditer(reading.text, start, stop):
        cue = by_words.get(match[0])
        at, end = match.span()
        if cue is None or at < done or paragraph.is_quoted(at):
            continue
        found = paragraph.attribution(cue, at, end, last)
        if found is not None:
            done, last = max(found.content.end, end), found
            yield found


class _Paragraph:
    """One paragraph with its quotations and sentence ends."""

    def __init__(self, reading: Reading, lexicon: Lexicon, known: Container[int], start: int, stop: int) -> None:
        self.known = known
        self.text = reading.text
        self.words = lexicon.words
        self.start, self.stop = start, stop
        low, high = (bisect_left(reading.quotations, at, key=lambda tokens: reading.starts[tokens[0]]) for at in (start, stop))
        self.quotations = [reading.span(first, last) for first, last in reading.quotations[low:high]]
        self.opens = [span.start for span in self.quotations]
        finals = _longest_first(self.words[WordClass.FINAL])
        ends = [match.end() for match in STOP.finditer(self.text, start, stop)]
        ends += [k for k in range(start + 1, stop) if finals and self.text[k] == " " and self.text.startswith(finals, k - 1)]
        self.ends = sorted(end for end in ends if not self.is_quoted(end - 1))
        self.is_glued = bool(finals)  # words are set apart, particles glued to them

    def is_quoted(self, at: int) -> bool:
        """Tell whether a character stands inside a quotation."""
        number = bisect_right(self.opens, at) - 1
        return number >= 0 and self.quotations[number].start < at < self.quotations[number].end - 1

    def attribution(self, cue: Cue, at: int, end: int, last: Found | None) -> Found | None:
        """Return what a cue at `at` to `end` attributes, or None."""
        text = self.text
        place = bisect_right(self.ends, at) - 1
        first = self.ends[place] if place >= 0 else self.start
        if cue.kind is CueClass.ACCORDING:
            return self._according(cue, at, end, first)
        if "addressee" in cue.marks:
            return self._told_first(cue, at, end, first, last)
        number = bisect_left(self.opens, end)
        after = self.quotations[number] if number < len(self.opens) and self.opens[number] - end <= 2 else None
        if after is not None and Order.SVC in cue.orders:
            return self._before_cue(cue, at, end, first, after, last)
        number = bisect_left(self.opens, at) - 1
        before = self.quotations[number] if number >= 0 and self._is_near(self.quotations[number].end, at) else None
        if before is not None and (self._is_broken(before.end, at) or self._is_new(before, end)):
            first, before = max(first, before.end), None
        if before is not None and Order.CSV in cue.orders and (end >= self.stop or STOP.match(text, end, self.stop)):
            who = self._trimmed(before.end, at)
            return self._made(cue, before, Span(at, end), who, last, True)
        if Order.SCV in cue.orders:
            return self._verb_last(cue, at, end, first, before, number, last)
        if before is None and Order.SVC in cue.orders:
            content = self._said(end, "that" in cue.marks or end - at == 1)
            return self._before_cue(cue, at, end, first, content, last) if content is not None else None
        return None

    # --- Chinese: speaker, cue, content ------------------------------------------------------------------------

    def _according(self, cue: Cue, at: int, end: int, first: int) -> Found | None:
        """Read "X によると C", "X에 따르면 C" and "据 X 报道，C"."""
        text = self.text
        if Order.VSC in cue.orders:
            close = LISTED.search(text, end, min(self.stop, end + LONGEST_SPEAKER))
            if (
                close is None
                or close[0] not in "，,：:"
                or text[end : close.start()].endswith(_longest_first(self.words[WordClass.NOT_A_SOURCE]))
            ):
                return None
            who, begin = self._trimmed(end, close.start()), close.end()
        else:
            who, begin = self._ending_at(at, first), end
            if text.endswith(_longest_first(self.words[WordClass.NOT_A_SOURCE]), who.start, who.end):
                return None
        content = self._sentence(begin)
        who, relayer = self._through(who)
        return (
            Found(content, Span(at, end), who, cue, False, relayer=relayer) if who.end > who.start and content.end > content.start else None
        )

    def _through(self, who: Span) -> tuple[Span, Span | None]:
        """Return whom a speaker quotes and the speaker, who passes that on: "路透社援引官员的话"; or the speaker and nobody."""
        relays = _any_of(self.words[WordClass.SAYING])
        relay = relays.search(self.text, who.start + 1, who.end) if relays is not None and who.end > who.start else None
        if relay is None:
            return who, None
        return self._trimmed(relay.end(), who.end), self._trimmed(who.start, relay.start())

    def _told_first(self, cue: Cue, at: int, end: int, first: int, last: Found | None) -> Found | None:
        """Read "X 告诉 Y，C": whom it was told stands between the cue and a comma or colon."""
        close = LISTED.search(self.text, end, min(self.stop, end + LONGEST_RECIPIENT))
        if close is None or close[0] not in "，,：:" or close.start() == end:
            return None
        content = self._quotation_or_sentence(close.end())
        if content.end - content.start < LEAST_CONTENT:
            return None
        found = self._before_cue(cue, at, end, first, content, last)
        return replace(found, recipient=self._trimmed(end, close.start())) if found is not None else None

    def _quotation_or_sentence(self, begin: int) -> Span:
        """Return the quotation right after a mark, or what is said from there to the end of the sentence."""
        number = bisect_left(self.opens, begin)
        if number < len(self.opens) and self.opens[number] - begin <= 1:
            return self.quotations[number]
        return self._sentence(begin)

    def _is_near(self, end: int, at: int) -> bool:
        """Tell whether a quotation that ends at `end` is close enough to a cue; whose words a report quotes may stand between."""
        if not 0 <= at - end <= LONGEST_SPEAKER:
            return False
        relays = _any_of(self.words[WordClass.SAYING])
        is_closed = not self.is_glued and self.text.startswith(_longest_first(self.words[WordClass.COMPLEMENTISER]), end)  # "「C」と X は"
        return at - end <= NEAR or is_closed or (relays is not None and relays.search(self.text, end, at) is not None)

    def _is_new(self, before: Span, end: int) -> bool:
        """Tell whether a quotation that ends its sentence belongs to nobody after it: "“C。” X 表示，D"."""
        text = self.text
        is_closed = before.end - before.start > 2 and text[before.end - 2] in "。！？!?."
        return is_closed and text[end : end + 1] in ("，", ",", "：", ":")

    def _before_cue(self, cue: Cue, at: int, end: int, first: int, content: Span, last: Found | None) -> Found | None:
        """Read "X 说：C" and "X 对 Y 说，C": the speaker stands before the cue."""
        text = self.text
        begin = max((match.end() for match in CLAUSE.finditer(text, max(first, at - LONGEST_SPEAKER), max(first, at - 1))), default=first)
        begin = max(begin, at - LONGEST_SPEAKER)
        at_speaker = self._before_circumstance(begin, at)
        marks = _any_of(self.words[WordClass.ADDRESSEE] | self.words[WordClass.VERB])
        found = [match for match in marks.finditer(text, begin, at_speaker) if match[0] in self.words[WordClass.ADDRESSEE]] if marks else []
        told = found[-1] if found else None
        recipient: Span | None = None
        if told is not None and told.start() > begin:
            recipient, at_speaker = self._trimmed(told.end(), at_speaker), told.start()
        who, relayer = self._through(self._trimmed(begin, at_speaker))
        made = self._made(cue, content, Span(at, end), who, last, self.is_quoted(content.start + 1), recipient)
        return replace(made, relayer=relayer) if made is not None and relayer is not None else made

    def _before_circumstance(self, begin: int, end: int) -> int:
        """Return where a speaker ends before "在 … 时": what they did or where they were while they spoke."""
        text, closes = self.text, _longest_first(self.words[WordClass.VERB_SUFFIX])
        opens = _any_of(self.words[WordClass.PLACE_PREPOSITION])
        while end > begin and (text[end - 1] in GAP or text[end - 1].isspace()):
            end -= 1
        if opens is None or not text.endswith(closes, begin, end):
            return end
        opening = opens.search(text, begin, end)
        return opening.start() if opening is not None else end

    def _trimmed(self, begin: int, end: int) -> Span:
        """Return a speaker between two characters without conjunctions before it, and adverbs, times and "reported" after it."""
        text = self.text
        tails = _longest_first(self.words[WordClass.AUXILIARY] | self.words[WordClass.TIME] | self.words[WordClass.DOCUMENT])
        heads = _longest_first(self.words[WordClass.OPENER] | self.words[WordClass.CONTRAST] | self.words[WordClass.COORDINATOR])
        for _ in range(6):
            while end > begin and (text[end - 1] in GAP or text[end - 1].isspace()):
                end -= 1
            tail = next((word for word in tails if text.endswith(word, begin, end)), "")
            end -= len(tail)
            if tail in self.words[WordClass.TIME]:
                while end > begin and (text[end - 1].isdigit() or text[end - 1] in "月日年 "):
                    end -= 1
            elif not tail:
                break
        for _ in range(3):
            while begin < end and (text[begin] in GAP or text[begin].isspace()):
                begin += 1
            head = next((word for word in heads if text.startswith(word, begin, end)), "")
            begin += len(head)
        return Span(min(begin, end), end)

    def _made(
        self, cue: Cue, content: Span, at: Span, who: Span, last: Found | None, is_quoted: bool, recipient: Span | None = None
    ) -> Found | None:
        """Return an attribution; without a speaker of its own it is the one before's, in the same sentence."""
        is_shared = who.end <= who.start
        if is_shared:
            near = bisect_right(self.ends, at.start) - bisect_right(self.ends, last.cue.start) if last is not None else 2
            if last is None or near > (is_quoted and last.cue.start >= self.start):
                return None
            who = last.speaker
        if self.text[who.start : who.end] in self.words[WordClass.FIRST]:
            return None
        return Found(content, at, who, cue, is_quoted, recipient if recipient and recipient.end > recipient.start else None, is_shared)

    def _said(self, end: int, needs_mark: bool) -> Span | None:
        """Return the clause after a cue; one of a single character needs a comma or colon after it."""
        if needs_mark and self.text[end : end + 1] not in ("，", ",", "：", ":"):
            return None
        if self.text.startswith(_longest_first(self.words[WordClass.BOUNDARY]), end):
            return None
        content = self._sentence(end)
        return content if content.end - content.start >= LEAST_CONTENT else None

    def _sentence(self, begin: int) -> Span:
        """Return what is said from `begin` to the end of its sentence."""
        text = self.text
        while begin < self.stop and (text[begin].isspace() or text[begin] in GAP):
            begin += 1
        place = bisect_right(self.ends, begin)
        end = self.ends[place] if place < len(self.ends) else self.stop
        while end > begin and (text[end - 1].isspace() or text[end - 1] in "。！？!?."):
            end -= 1
        return Span(begin, end)

    def _is_broken(self, begin: int, end: int) -> bool:
        """Tell whether a sentence ends between two characters."""
        return bisect_left(self.ends, end) > bisect_right(self.ends, begin)

    # --- Japanese and Korean: speaker, content, cue ------------------------------------------------------------

    def _verb_last(self, cue: Cue, at: int, end: int, first: int, before: Span | None, number: int, last: Found | None) -> Found | None:
        """Read "X は「C」と述べた" and "X는 C고 밝혔다"."""
        text = self.text
        quotatives = _longest_first(self.words[WordClass.COMPLEMENTISER])
        if before is not None and (before.end == at or text.startswith(quotatives, before.end)):
            who, _ = self._closed_by(before.end, at, self.words[WordClass.TOPIC_PARTICLE])  # "「C」と X は述べた"
            if who.end > who.start:
                said = next((word for word in quotatives if text.startswith(word, before.end)), "")
                begin = max(who.start, before.end + len(said))
                return self._made(cue, before, Span(at, end), Span(begin, max(begin, who.end)), last, True)
            earlier = self.quotations[number - 1].end if number > 0 else first
            low = max(first, earlier, before.start - LONGEST_CLAUSE)
            who, after = self._closed_by(low, before.start, self.words[WordClass.RECIPIENT])
            found = self._made(cue, before, Span(at, end), who, last, True, self._told(after, before.start))
            said = next((word for word in quotatives if text.startswith(word, before.end)), "")
            return self._passed_on(found, before.end + len(said), at)[0]
        if "quote" in cue.marks:
            return None
        verb = at
        while verb > first and text[verb - 1].isspace():
            verb -= 1
        closed = next((verb - len(word) for word in quotatives if text.endswith(word, first, verb)), None)
        if closed is None:
            return None
        who, begin = self._closed_by(max(first, at - LONGEST_CLAUSE), closed, self.words[WordClass.TOPIC_PARTICLE])
        if last is not None and begin < last.cue.end <= closed:
            comma = text.find("、", last.cue.end, last.cue.end + NEAR)
            begin = comma + 1 if comma >= 0 else last.cue.end  # "X は C と述べたが、D と指摘した"
        while begin < closed and (text[begin] in GAP or text[begin].isspace()):
            begin += 1
        if who.end <= who.start or closed - begin < LEAST_CONTENT or not self._is_somebody(who):
            return None
        found, behind = self._passed_on(Found(Span(begin, closed), Span(at, end), who, cue, False), begin, closed)
        return replace(found, content=Span(behind, closed)) if found is not None and closed - behind >= LEAST_CONTENT else found

    def _passed_on(self, found: Found | None, begin: int, end: int) -> tuple[Found | None, int]:
        """Return an attribution with the source that its speaker quotes between two characters, and where the words after that begin.

        "ロイター通信は関係者の話として、C と報じた", "로이터는 "C"고 소식통을 인용해 보도했다".
        """
        relays = _any_of(self.words[WordClass.SAYING])
        relay = relays.search(self.text, begin, end) if relays is not None and found is not None else None
        if relay is None or found is None or self.is_quoted(relay.start()):
            return found, begin
        who = self._ending_at(relay.start(), begin)
        if who.end <= who.start:
            return found, begin
        behind = relay.end()
        while behind < end and (self.text[behind] in GAP or self.text[behind].isspace()):
            behind += 1
        return replace(found, speaker=who, relayer=found.speaker), behind

    def _is_somebody(self, who: Span) -> bool:
        """Tell whether the topic of a sentence can speak: a known name, a pronoun, or a word that ends like an office or a body."""
        endings = _longest_first(self.words[WordClass.ROLE] | self.words[WordClass.BODY] | self.words[WordClass.PERSON])
        return self.text.endswith(endings, who.start, who.end) or any(at in self.known for at in range(who.start, who.end))

    def _closed_by(self, low: int, high: int, particles: frozenset[str]) -> tuple[Span, int]:
        """Return the speaker that a particle closes between two characters, and the character after the particle.

        The first topic, or else the first subject: what is said may have a topic of its own. Empty where there is none.
        """
        text = self.text
        verbal = tuple(word for word in _longest_first(self.words[WordClass.VERB_SUFFIX]) if len(word) > 1)
        for kind in (particles & self.words[WordClass.TOPIC_PARTICLE], particles - self.words[WordClass.TOPIC_PARTICLE]):
            pattern = _any_of(kind)
            if pattern is None:
                continue
            for match in pattern.finditer(text, low, high):
                is_end = match.start() > low and not self.is_quoted(match.start())
                if self.is_glued:
                    is_end = is_end and (match.end() >= high or text[match.end()].isspace()) and not text.endswith(verbal, low, match.end())
                else:
                    closers = _longest_first(self.words[WordClass.TITLE])
                    is_end = is_end and (not _is_hiragana(text[match.start() - 1]) or text.endswith(closers, low, match.start()))
                if not is_end:
                    continue
                who = self._ending_at(match.start(), low)
                if who.end > who.start and text[who.start : who.end] not in self.words[WordClass.TIME]:
                    return who, match.end()
        return Span(high, high), high

    def _ending_at(self, end: int, low: int) -> Span:
        """Return the speaker that ends at a particle: back to the clause's beginning or the last word that no name holds."""
        text = self.text
        while end > low and text[end - 1].isspace():
            end -= 1
        for opening, closing in BRACKETS:
            if end > low and text[end - 1] == closing and (opened := text.rfind(opening, low, end - 1)) > low:
                end = opened  # "岩田健（いわたけん）は"
        number = bisect_left(self.opens, end) - 1
        if number >= 0 and self.quotations[number].end == end and self.quotations[number].start >= low:
            return Span(self.quotations[number].start + 1, end - 1)  # "「X」によると"
        begin = max(low, end - LONGEST_SPEAKER)
        begin = max((match.end() for match in CLAUSE.finditer(text, begin, max(begin, end - 1)) if match[0] not in ")）"), default=begin)
        endings = _longest_first(self.words[WordClass.VERB_SUFFIX])
        if self.is_glued:
            begin = self._first_word(begin, end, endings)
        else:
            borders = (k for k in range(begin + 1, end) if text[k - 1] in " \u3000" or self._closes_word(begin, k, endings))
            begin = max(borders, default=begin)
        heads = _longest_first(self.words[WordClass.OPENER])
        begin += len(next((word for word in heads if text.startswith(word, begin, end)), ""))
        while begin < end and (text[begin] in GAP or text[begin].isspace()):
            begin += 1
        return Span(begin, end)

    def _closes_word(self, begin: int, k: int, endings: tuple[str, ...]) -> bool:
        """Tell whether a word that no name holds ends at `k`; a particle of one character only before another script: "ラジオで田中氏"."""
        ending = next((word for word in endings if self.text.endswith(word, begin, k)), "")
        return len(ending) > 1 or (bool(ending) and not _is_hiragana(self.text[k]))

    def _first_word(self, begin: int, end: int, endings: tuple[str, ...]) -> int:
        """Return where the words of a speaker begin: behind the last one that ends like a verb or in a particle."""
        text = self.text
        k = text.rfind(" ", begin, end)
        for _ in range(LONGEST_WORDS):
            if k < begin:
                return begin
            before = text.rfind(" ", begin, k)
            word = text[max(begin, before + 1) : k]
            if len(word) > 1 and word.endswith(endings):
                break
            if before < begin:
                return begin
            k = before
        return k + 1

    def _told(self, begin: int, end: int) -> Span | None:
        """Return whom it was told, before "に対し" or "에게"."""
        marks = _any_of(self.words[WordClass.ADDRESSEE])
        found = marks.search(self.text, begin, end) if marks and begin < end else None
        if found is None:
            return None
        return self._ending_at(found.start(), begin)


def _is_hiragana(char: str) -> bool:
    return "\u3041" <= char <= "\u309f"
