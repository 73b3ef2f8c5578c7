"""What is said without a cue of its own: labels before a colon, signatures, and quotations that stand alone."""

from __future__ import annotations

from dataclasses import replace

from sumber.sourcing.cues.contents import DASHES, LEAST_OBJECT, MARKS
from sumber.sourcing.cues.frames import PERHAPS_LABEL, SURE, CueMatch, Mention, Part
from sumber.sourcing.cues.kinds import Kinds
from sumber.sourcing.lexicons import CueClass, Order, WordClass
from sumber.sourcing.model import Act, Form, Span
from sumber.sourcing.phrases import BREAKS, COMMAS
from sumber.sourcing.sentences import ENDS, Sentence

LONGEST_LABEL = 8  # tokens before the colon of a headline
PARTICLES = frozenset({"-", "–", ".", "’", "'"})


class Lone(Kinds):
    """Reads what is said without a cue."""

    def _found(
        self,
        number: int,
        sentence: Sentence,
        rule: str,
        content: tuple[Span, ...],
        cue: tuple[int, int] | None,
        speaker: tuple[int, int] | None,
        confidence: float,
        form: Form,
    ) -> CueMatch:
        """Return an assertion without a cue of speech: what stands in for the cue, and who speaks where that is printed."""
        return CueMatch(
            content=content,
            cue=(self.r.span(*cue),) if cue else (),
            mentions=(Mention(self.r.span(*speaker), Part.SPEAKER),) if speaker else (),
            form=form,
            rule=rule,
            act=Act.ASSERT,
            position=None,
            sentence=number,
            paragraph=sentence.paragraph,
            confidence=confidence,
            is_headline=sentence.is_headline,
        )

    def _word_only(self, number: int, sentence: Sentence, i: int, j: int, speaker: tuple[int, int]) -> CueMatch:
        return self._found(number, sentence, "word-only", (), (i, j), speaker, 0.0, Form.INDIRECT)

    def _pointing(self, number: int, sentence: Sentence, stop: int) -> CueMatch | None:
        """Read a sentence that only says whose the one before is: "Demikian disampaikan Rina Hartati", "Hal itu dikatakan oleh X".

        Without content where the sentence before has a source of its own: whoever is named has the word then.
        """
        low, a = self.low, sentence.start
        if not self.affixed_verbs and low[a] not in self.pointers:
            return None if self.verb_second else self._saying_so(number, sentence, stop)
        if low[a] not in self.pointers or self.verb_second:
            return None
        k = a + 1
        while k < stop and (low[k] in self.demonstratives or low[k] in self.skippable or low[k] in self.adverbs):
            k += 1
        inverted = Order.VSC if self.affixed_verbs else Order.CVS
        handing = k < stop and any(inverted in cue.orders and cue.kind is CueClass.SPEECH for cue in self.lexicon.cues.get(low[k], ()))
        if not handing:
            return None
        first = k + 2 if k + 1 < stop and low[k + 1] in self.agents else k + 1
        speaker = self._title_at(first, stop) or self._noun_phrase(first, stop)[0]
        if speaker is None or not (self._is_named(speaker) or low[speaker[0]] in self.indefinites):
            return None
        heard = self._word_only(number, sentence, a, k + 1, speaker)
        if not self.affixed_verbs and self.before is None:
            return replace(heard, mentions=())  # who passed on what somebody said does not have the word
        return self._of_before(heard)

    def _saying_so(self, number: int, sentence: Sentence, stop: int) -> CueMatch | None:
        """Read "Three officials said so on Friday": whose the sentence before is."""
        low = self.low
        i = next((k for k in sorted(self.hits) if low[min(self.hit_ends[k], stop - 1)] in self.pointers), None)
        if i is None or not any(Order.SVC in cue.orders and cue.confidence >= SURE for cue in self.lexicon.cues[low[i]]):
            return None
        j = self.hit_ends[i]
        ends = j + 1 >= stop or low[j + 1] in self.locatives or low[j + 1] in self.times or low[j + 1] in BREAKS
        speaker, front, _, _ = self._subject(sentence.start, i, [])
        if not ends or speaker is None or front > self._skip_openers(sentence.start, i) or low[i - 1] in self.negations:
            return None
        return self._of_before(self._word_only(number, sentence, i, j + 1, speaker))

    def _of_before(self, heard: CueMatch) -> CueMatch:
        """Return what points back with the sentence before as its content, where that has no source of its own."""
        if self.before is None:
            return heard
        content = self._tidy(self._skip_openers(self.before.start, self.before.end), self.before.end)
        return replace(heard, content=(content,), rule="pointer", confidence=0.8) if content.end > content.start else heard

    def _sequel(self, number: int, sentence: Sentence, stop: int) -> CueMatch | None:
        """Read what is reported by a verb whose subject is left out: "Añadió que C", "وأضاف أن C"."""
        if not self.drops_subjects:
            return None
        i = self._skip_openers(sentence.start, stop)
        while i < stop and self.low[i] in self.skippable:
            i += 1
        cue = next((cue for cue in self.lexicon.cues.get(self.low[i], ()) if cue.kind is CueClass.SPEECH), None) if i in self.hits else None
        if cue is None:
            return None
        begin, _, _, strength = self._right(self.hit_ends[i], stop, stop)
        if strength not in ("that", "colon", "quote") or (i > sentence.start and self.low[i - 1] in self.negations):
            return None
        content = self._tidy(begin, stop)
        if content.end <= content.start:
            return None
        found = self._found(number, sentence, "cue-content", (content,), (i, begin), None, 0.75, Form.CARRIED_OVER)
        return replace(found, act=cue.act, position=cue.position)

    def _label(self, number: int, sentence: Sentence, stop: int) -> CueMatch | None:
        """Read a headline or transcript that names the speaker before a colon: "Minister: Roads stay closed", "REEVE: Well, …"."""
        low, capital = self.low, self.capital
        a = sentence.start
        while a < stop and low[a] in MARKS:
            a += 1
        opening = low[a : min(stop, a + LONGEST_LABEL)]
        colon = a + opening.index(":") if ":" in opening else a
        if colon == a or stop - colon < 4 or (self.r.slice(a, colon).isupper() and low[colon - 1] in self.lexicon.words[WordClass.HEADING]):
            return None
        label = self.r.slice(a, colon)
        is_headline = sentence.is_headline or number == 0
        is_speaker = label.isupper() and len(label) > 2 and colon - a <= 3
        if not is_headline and not is_speaker:
            return None
        if not all(capital[k] or low[k] in self.prepositions or low[k] in PARTICLES for k in range(a, colon)):
            return None
        end = colon
        if self.affixed_verbs:
            about = self.locatives - self.place_prepositions - self.infinitives
            end = next((k for k in range(a + 1, colon) if low[k] in about), colon)  # "Pemimpin PBB soal Sena: …"
        is_known = any(low[k] in self.nouns or self.r.starts[k] in self.names for k in range(a, end))
        if self.affixed_verbs and not is_speaker:
            # Where nouns lead, "Konflik Sena-Muara: …" names a topic: who speaks begins with an office, or is a name and nothing else.
            is_known = low[a] in self.nouns or (end - a == 1 and self.r.starts[a] in self.names)
        is_dateline = self.affixed_verbs and number == 0 and not (sentence.is_headline or is_known)  # "SENA: Seorang lelaki maut …"
        content = self._tidy(colon + 1, stop)
        is_small = self.bare_clauses and not (self.capital[colon + 1] or self.quoted[colon + 1] >= 0 or self.low[colon + 1] in MARKS)
        if content.end <= content.start or is_dateline or (is_small and self.capital[a] and not label.isupper()):
            return None  # "Norland: plan for a vote": a topic
        # "Tirta Dam: villagers wait" names the topic.
        rule = "label" if is_speaker or is_known else PERHAPS_LABEL
        return self._found(number, sentence, rule, (content,), (colon, colon + 1), (a, end), 0.7, Form.INDIRECT)

    def _closing_label(self, number: int, sentence: Sentence, stop: int) -> CueMatch | None:
        """Read a headline that names its source behind a colon or dash: "Quay to close next week: minister"."""
        low, a = self.low, sentence.start
        mark = next(
            (k for k in range(stop - 1, max(a + LEAST_OBJECT, stop - LONGEST_LABEL) - 1, -1) if low[k] == ":" or low[k] in DASHES), a
        )
        is_apart = mark > a and (low[mark] == ":" or (self.r.ends[mark - 1] < self.r.starts[mark] and mark + 1 < stop))
        if not (sentence.is_headline and self.bare_clauses and is_apart) or mark + 1 >= stop or ":" in low[a:mark]:
            return None
        sources = self.people | self.bodies | (self.claims & self.documents)
        is_source = low[stop - 1] in sources or (low[mark] == ":" and self._is_news((mark + 1, stop)))  # "… - Harbour News": the page
        words = range(mark + 1, stop)
        is_phrase = self._phrase_end(mark + 1, stop, False) == stop and not any(k in self.hits and low[k] not in sources for k in words)
        content = self._tidy(a, mark)
        if not (is_source and is_phrase) or content.end <= content.start:
            return None
        return self._found(number, sentence, "label", (content,), (mark, mark + 1), (mark + 1, stop), 0.7, Form.INDIRECT)

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
        if self.affixed_verbs and speaker is not None and after < b and self.low[after] in self.recipients:
            is_held = self.low[first] in self.people and self._has_name_at(first, after)
            return speaker if is_held else None  # `"…," Kepala Dinas Rina Hartati kepada wartawan`
        name = next((k for k in range(after - 1, first, -1) if self.capital[k]), after)
        verb = next((k for k in range(name, after) if not self.capital[k] and self.low[k] not in PARTICLES), after)
        if verb < after and self.low[verb] not in self.closed:
            speaker, after = (first, verb), verb  # a small letter after a name: the verb
        if speaker is None or after >= b or self.capital[after] or not self.low[after][0].isalpha() or self.quoted[after] >= 0:
            return None
        is_name = self.bare_clauses and all(self.capital[first:after]) and self._is_past(after) and self.low[p - 2] in COMMAS
        is_source = is_name or self.low[first] in self.publishers or self._is_news(speaker)
        return speaker if is_source and self.low[after] not in self.closed else None

    def _tag_without_subject(self, last: int, b: int) -> tuple[int, int] | None:
        """Return the verb of speech right after a quotation whose subject is left out: "«…», ha reiterado este lunes"."""
        if not self.drops_subjects:
            return None
        i = last + 1 if last < b and self.low[last] in COMMAS else last
        if i not in self.hits or not any(cue.kind is CueClass.SPEECH and Order.CSV in cue.orders for cue in self.lexicon.cues[self.low[i]]):
            return None
        return i, self.hit_ends[i]

    def _quotation_only(self, number: int, sentence: Sentence, announced: tuple[int, int, tuple[int, int]] | None) -> CueMatch | None:
        """Return a quotation that stands alone: continued speech, or what the paragraph before announces with a colon."""
        a, b = sentence.start, sentence.end
        inside = self._quoted_in(a, b)
        if inside < 4:
            return None
        first = next(k for k in range(a, b) if self.quoted[k] >= 0)
        last = max(k for k in range(a, b) if self.quoted[k] >= 0) + 1
        signed = self._signature(last, b)
        spoken = self._speaker_of_quotation(last, b) if signed is None and inside == last - a else None
        if spoken is None and (tag := self._tag_without_subject(last, b)):
            content = (self.r.span(first, last),)
            return self._found(number, sentence, "content-cue", content, tag, None, 0.75, Form.CARRIED_OVER)
        if spoken is None and inside < 0.6 * (b - a):
            return None
        is_led = announced is None and first > a and self.low[first - 1] != ":" and self._skip_openers(a, first) < first
        if self.serial_verbs and last < b and self._is_verb(last):
            return None  # `"Vui lòng đi chậm" là một trong những lời khuyên`
        if (self.affixed_verbs or self.serial_verbs) and is_led and spoken is None:
            return None  # "pada webinar bertajuk “…”": words in front of it say what the quoted ones are
        content = (self.r.span(first, last),)
        if spoken is not None:
            cue = spoken[1], spoken[1] + 1
            return self._found(number, sentence, "quotation-then-speaker", content, cue, spoken, 0.7, Form.DIRECT)
        if signed is not None:
            return self._found(number, sentence, "signature", content, (last, last + 1), signed, 0.7, Form.DIRECT)
        if announced is not None:
            i, j, speaker = announced
            return self._found(number, sentence, "speaker-cue-content-colon", content, (i, j), speaker, 0.85, Form.DIRECT)
        return self._found(number, sentence, "quotation-alone", content, None, None, 0.7, Form.CARRIED_OVER)
