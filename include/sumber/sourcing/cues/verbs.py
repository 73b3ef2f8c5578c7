"""Verbs of speech and of attitude with their subject: "X said that C", "C, said X", "X accused Y of C", "C was denied by X"."""

from __future__ import annotations

from dataclasses import replace

from sumber.sourcing.cues.contents import COMPLEMENT_REACH, DASHES, LEAST_OBJECT, LONG_REST, LONGEST_SCENE, MARKS
from sumber.sourcing.cues.frames import SURE, Frame, Part, Verb
from sumber.sourcing.cues.no_reports import LONGEST_POINTER, NoReports
from sumber.sourcing.lexicons import Cue, CueClass, Order
from sumber.sourcing.model import Act, Position
from sumber.sourcing.phrases import BREAKS, COMMAS
from sumber.sourcing.sentences import ENDS

LONGEST_NAME = 4  # tokens of a name that is all a verb reports
LONGEST_ITEM = 4  # tokens of an item in a list
LONGEST_INSERTED = 8  # tokens of a speaker whose tag parts a clause
NEAR = 5  # tokens between a cue and the noun for what is claimed


class Verbs(NoReports):
    """Reads verbs of speech and attitude."""

    def _speech(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[Frame], following: int) -> Frame | None:
        """Read a verb of speech or attitude at `i` to `j` in the sentence `a` to `stop`; `following` is where the next cue begins.

        Content before the verb comes first (`"C", said S`, `C, S said`), then the verb that opens its sentence, then `S said that C`.
        """
        low = self.low
        if i > a and (low[i - 1] in self.infinitives or low[i - 1] in self.nominals or self._is_compounded(i)):
            return None
        if self.bare_clauses and i > a + 1 and low[i - 1] in self.negations and low[i - 2] in self.infinitives:
            return None  # "the decision to not recommend charges"
        if self.verb_second:
            return self._second(a, stop, i, j, cue, frames)
        if self.serial_verbs and "told" in cue.marks:
            return self._told_to(a, stop, i, j, cue, frames, following)
        verb = Verb(a, stop, i, j, cue, frames, following)
        if self._is_noun(verb):
            return None
        if "passive" in cue.marks:
            return self._undergone(a, stop, i, j, cue, frames)
        if self.passives and i > a and "adjective" not in cue.marks and not self._is_participle(i) and self._is_passive(a, i):
            return self._passive(a, stop, i, j, cue, frames) if j < stop else None
        verb.is_gerund = self._is_gerund(a, i)
        if self._is_other_word(verb):
            return None
        self._look_right(verb)
        rumour = self._rumour(verb)
        if rumour is not None:
            return rumour
        frame = self._opened(verb)
        if frame is None:
            return None
        if Order.CVS in cue.orders and (tag := self._subject_behind(verb, frame)) is not None:
            return tag
        if self.drops_subjects and verb.strength in ("", "bare") and self._is_quote_end(i):
            return None  # "«…», expresó ante la prensa": read as a quotation that has no subject
        if Order.VSC in cue.orders and (led := self._verb_first(verb, frame)) is not None:
            return led
        if not cue.orders & {Order.SVC, Order.CSV} or not self._find_subject(verb):
            return None
        if Order.CSV in cue.orders and (tag := self._subject_before(verb, frame)) is not None:
            return tag
        if Order.SVC not in cue.orders or not verb.strength or verb.begin >= stop:
            return None
        return self._report(verb, frame)

    def _look_right(self, verb: Verb) -> None:
        """Find where what is said would begin to the right of a verb, what leads it in, and whom it was told."""
        low = self.low
        stop, i, j, cue = verb.stop, verb.i, verb.j, verb.cue
        is_saying = low[j - 1] in self.documents or (low[j - 1] in self.claims and j - i > 1)
        if self.serial_verbs and is_saying and j < stop and j in self.hits:
            j = verb.j = self.consumed = self.hit_ends[j]  # "ra tuyên bố khẳng định C"
        is_told = cue.kind is CueClass.SPEECH and "unaddressed" not in cue.marks
        begin, cue_end, recipient, strength = self._right(j, stop, verb.following, "addressee" in cue.marks, is_told)
        if cue.position is Position.DECLINES and not strength and begin < stop:
            strength = "bare"  # "declined to comment"
        elif cue.position is Position.DECLINES and j - i > 1 and (self.affixed_verbs or self._ends_refusal(begin, stop)):
            # "từ chối bình luận [về vụ việc]", "tidak mau menanggapi kabar itu": the cue holds what was refused
            begin = cue_end = next(k for k in range(i + 1, j) if k == j - 1 or low[k] not in self.skippable)
            strength = "bare"
        if cue.kind is CueClass.OBJECT and begin + 1 < stop and low[begin] in self.neuters and low[begin + 1] in self.falsehoods:
            begin += 1  # "called it fake news"
        elif (
            cue.position is Position.DENIES
            and low[j - 1] in self.claims
            and self._is_claim_noun(j, self._before_next(j, stop, verb.following))
        ):
            begin, cue_end, strength = j - 1, j - 1, "bare"  # "membantah kabar itu", "membantah klaim Israel"
        verb.begin, verb.cue_end, verb.recipient, verb.strength = begin, cue_end, recipient, strength

    def _rumour(self, verb: Verb) -> Frame | None:
        """Read "Terkait rumor bahwa C, X membantah kabar itu": a verb denies the claim with which its sentence opens."""
        a, stop, i, j, cue, begin = verb.a, verb.stop, verb.i, verb.j, verb.cue, verb.begin
        if not self.affixed_verbs or cue.position is not Position.DENIES or verb.strength != "bare":
            return None
        told = self._rumour_before(a, i)
        speaker = self._subject(a, i, verb.frames)[0] if told and self._names_claim(begin, self._comma(begin, stop)) else None
        if not told or not speaker:
            return None
        return Frame(i, j, cue, "content-speaker-cue", content=[told], speaker=speaker, cues=[(i, j)], front=told[0])

    def _opened(self, verb: Verb) -> Frame | None:
        """Return a frame with what is known from a verb and its right; None where it needs a claim behind it and has none."""
        i, j, cue = verb.i, verb.j, verb.cue
        frame = Frame(i, j, cue, "", front=i)
        if cue.position is not None and verb.strength == "bare":
            head, that = self._claimed(verb.begin, verb.stop)
            if that is not None:
                verb.begin, verb.cue_end, verb.strength = that + 1, that + 1, "that"
            elif head is None and "claim" in cue.marks:
                return None
        elif "claim" in cue.marks:
            return None
        frame.cues = [(i, verb.cue_end)]
        frame.strength = verb.strength
        verb.is_refusal = verb.cue_end < j
        if verb.recipient:
            frame.recipients.append(verb.recipient)
        return frame

    def _subject_behind(self, verb: Verb, frame: Frame) -> Frame | None:
        """Read `"C", said S`: what is said stands before a verb, whoever says it behind."""
        low = self.low
        a, stop, i, j, cue, strength = verb.a, verb.stop, verb.i, verb.j, verb.cue, verb.strength
        left = self._left_content(a, i, verb.frames)
        is_open = self._is_quote_end(i) if "quote" in cue.marks else self._follows_content(a, i)
        is_joined = self.serial_verbs and low[j - 1].endswith(tuple(self.complementisers))  # "nói rằng X": what follows is said
        if left is None or not is_open or is_joined:
            return None
        p = verb.begin if self.marked_clauses and verb.recipient is not None else self._skip_time(j, stop)
        at = p + 1 if self.marked_clauses and p < stop and low[p] in self.place_prepositions else p  # "сообщили в пресс-службе"
        speaker, after = self._noun_phrase(at, stop)
        if speaker is not None and self.serial_verbs and self.low[speaker[0]] in self.owners | self.topics | self.suppliers:
            return None  # `"C" - thông báo từ Nhà Trắng viết`: a noun
        if speaker is not None and self.bare_clauses and low[speaker[0]] in self.articles and self._has_verb(*left):
            speaker = self._before_participle(speaker)
        if speaker is None or not (strength in ("", "bare") or Order.SVC not in cue.orders):
            return None
        is_apart = not self.serial_verbs or low[i - 1] in COMMAS or low[i - 1] in DASHES  # `Chính sách "X" khẳng định C`
        inverted = (
            Order.SVC not in cue.orders
            or (
                self.marked_clauses
                and low[i - 1] in COMMAS
                and (self._is_somebody(speaker, stop) or self._trails_whole(left, i, after, stop))
            )
            or (self._is_quote_end(i) and is_apart)
            or (
                "that" not in cue.marks
                and not self.serial_verbs
                and (self._is_clause(left) or (cue.confidence >= SURE and self._has_verb(*left)))
                and self._is_somebody(speaker, stop)
                and self._is_name_like(speaker, stop)
            )
        )
        if not inverted:
            return None
        frame.content, frame.speaker, frame.rule = [left], speaker, "content-cue-speaker"
        frame.cues = [(i, j)]
        frame.front = left[1]
        frame.recipients = []
        told = self._recipient(after, stop) or (verb.recipient if self.marked_clauses else None)
        if told:
            frame.recipients.append(told)
            after = max(after, told[1])
        rest = self._after_tag(after, stop) or self._around_tag(left, after, stop)
        if rest is not None:
            frame.content.append(rest)
        return frame

    def _trails_whole(self, left: tuple[int, int], i: int, after: int, stop: int) -> bool:
        """Tell whether a verb behind a comma cannot have what stands before as its subject: nothing there is between two commas.

        "Une enquête a été ouverte, a annoncé le parquet", not "Le maire, Yves Marchand, a annoncé la fermeture".
        """
        low = self.low
        is_closed = after >= stop or low[after] in COMMAS or low[after] in self.locatives or low[after] in self.times
        return is_closed and not any(low[k] in COMMAS for k in range(left[0], i - 1))

    def _verb_first(self, verb: Verb, frame: Frame) -> Frame | None:
        """Read "V S that C": the verb comes first; when, where and to whom may stand before the conjunction."""
        low = self.low
        a, stop, i, j = verb.a, verb.stop, verb.i, verb.j
        by = j + 1 if self.affixed_verbs and j < stop and low[j] in self.agents else j
        holder, after = self._noun_phrase(by, stop, long=True)
        introduced = holder is not None and after < stop and (low[after] in self.complementisers or low[after] == ":")
        if self.affixed_verbs and holder is not None and not introduced and after + 2 < stop and low[after] in COMMAS:
            introduced = self._opens(a, i) and self._is_named(holder)  # "Dijelaskan Rina Hartati, jalan itu ditutup"
        that = self._that_ahead(after, stop) if holder is not None and not introduced and not self.affixed_verbs else None
        if holder is None:
            return None
        if that is not None:
            return self._verb_led(frame, holder, after, that, stop)
        if not introduced:
            return None
        outlet = next((k for k in range(holder[0] + 1, holder[1]) if self.names.get(self.r.starts[k]) == 1), None)
        if outlet is not None and low[outlet - 1] not in self.nouns:
            frame.recipients, holder = [(outlet, holder[1])], (holder[0], outlet)  # "said the mayor to Reuters that"
        frame.content, frame.speaker, frame.rule = [(after + 1, stop)], holder, "cue-speaker-content"
        frame.cues, frame.to_right = [(i, j), (after, after + 1)], True
        return frame

    def _that_ahead(self, after: int, stop: int) -> int | None:
        """Return the conjunction or colon before what is said, with only time, place and addressee before it, or None."""
        for k in range(after, min(after + COMPLEMENT_REACH, stop - 1)):
            if self.low[k] in self.complementisers or self.low[k] == ":":
                return k
            if k in self.hits or self.low[k] in ENDS or self.low[k] in self.coordinators or self.quoted[k] >= 0:
                return None
        return None

    def _verb_led(self, frame: Frame, holder: tuple[int, int], after: int, that: int, stop: int) -> Frame:
        """Read "V S [when, where] that C" and, with whose words it quotes, "V Y from Z that C"."""
        i, j = frame.cues[0]
        frame.content, frame.speaker, frame.rule = [(that + 1, stop)], holder, "cue-speaker-content"
        frame.cues, frame.to_right = [(i, j), (that, that + 1)], True
        if self.low[after] in self.suppliers:
            source, _ = self._noun_phrase(after + 1, that)
            if source is not None:
                frame.through, frame.speaker = [(Part.RELAYER, holder)], source
        return frame

    def _find_subject(self, verb: Verb) -> bool:
        """Find who stands before a verb as its subject; tell whether that can be a speaker, or nobody."""
        low, i = self.low, verb.i
        speaker, front, is_shared, is_sequel = self._subject(verb.a, i, verb.frames)
        if speaker is not None and (low[speaker[1] - 1] in self.nobodies or low[speaker[0]] in self.nobodies):
            return False
        if self.affixed_verbs and speaker is not None and not self.capital[speaker[0]] and self._is_verb(speaker[0]):
            return False  # "memberhentikan direksi, meminta keterangan": one list of verbs
        if self.bare_clauses and speaker is not None and self._asks(speaker[0], i):
            return False  # "What we are saying is that C"
        is_split = verb.strength == "quote" and speaker is not None and self._is_quote_end(speaker[0])
        verb.is_split = is_split and verb.j < verb.stop and low[verb.j] in COMMAS
        if speaker is not None and verb.strength == "bare" and verb.begin == verb.j and not is_shared:
            speaker = self._inner_subject(speaker, verb.j)
        verb.speaker, verb.front, verb.is_shared, verb.is_sequel = speaker, front, is_shared, is_sequel
        return True

    def _subject_before(self, verb: Verb, frame: Frame) -> Frame | None:
        """Read `"C", S said` and "This campaign, he says, is different": what is said stands before its speaker."""
        low, stop, i, j, speaker = self.low, verb.stop, verb.i, verb.j, verb.speaker
        if speaker is None or verb.is_shared or not (verb.strength in ("", "bare") or verb.is_split):
            return None
        if self.serial_verbs and low[speaker[0]] in self.humans and speaker[1] - speaker[0] == 1:
            return None
        if self.serial_verbs and low[speaker[0]] in self.recipients:
            return None  # `bày tỏ sự "bất bình" với việc thủ tướng nói C`
        before = self._left_content(verb.a, verb.front, verb.frames)
        if before is None:
            return None
        is_place = low[before[0]] in self.locatives
        if self._is_inserted(verb, speaker) and (is_place or not self._is_clause(before)):
            frame.content = [(j + 1, stop)] if is_place else [before, (j + 1, stop)]
            frame.speaker, frame.rule, frame.front, frame.cues = speaker, "content-speaker-cue-content", before[0], [(i, j)]
            return frame
        if not self._is_tag(verb, speaker, before):
            return None
        frame.content, frame.speaker, frame.rule, frame.front = [before], speaker, "content-speaker-cue", verb.front
        frame.cues = [(i, j)]
        if j < stop and (low[j] in COMMAS or (self.serial_verbs and low[j] in DASHES)):
            rest = self._after_tag(j, stop)
            if rest is not None and not self._is_new_clause(rest[0], stop):
                frame.content.append(rest)
            elif self.bare_clauses and Order.CVS not in verb.cue.orders and verb.begin < stop and self._trails(j + 1):
                frame.content.append((j + 1, stop))
        return frame

    def _is_inserted(self, verb: Verb, speaker: tuple[int, int]) -> bool:
        """Tell whether a short tag between two commas parts one clause: "This campaign, he says, is different"."""
        j = verb.j
        return (
            (verb.cue.confidence >= SURE or (self.bare_clauses and self._is_aside(verb.a, speaker, verb.i)))
            and j + 1 < verb.stop
            and self.low[j] in COMMAS
            and self.low[verb.front - 1] in COMMAS
            and speaker[1] - speaker[0] <= LONGEST_INSERTED
            and (not self._is_new_clause(j + 1, verb.stop) or self._goes_on_behind(j + 1))
            and self.quoted[verb.front - 2] < 0
        )

    def _is_tag(self, verb: Verb, speaker: tuple[int, int], before: tuple[int, int]) -> bool:
        """Tell whether a speaker and its verb close what stands before them, rather than begin what stands behind."""
        low, j, begin, stop, front, cue = self.low, verb.j, verb.begin, verb.stop, verb.front, verb.cue
        is_quoted, is_last = self._is_quote_end(front), begin >= stop
        is_topic = self._is_topic(j, stop) and self._holds_clause(*before)  # "C, ông Nam giải thích thêm về vụ việc"
        is_led = is_topic or self._accompanies(begin, stop)
        is_long = verb.strength == "bare" and begin == j and stop - begin >= LONG_REST
        return (
            self._follows_content(verb.a, front)
            and not (self.bare_clauses and not is_last and self._is_attendant(before))
            and not ("forum" in cue.marks and low[speaker[1] - 1] not in self.forums)
            and (is_quoted or is_topic or self._is_closed(verb))
            and (is_quoted or self._is_clause(before) or self._is_brief(before, cue, j, begin, stop))
            and not (low[before[0]] in self.locatives and self._is_title(before) and not is_last and not is_led)
            and not (is_long and not is_topic and self._leads_in(before))
            and (low[front - 1] not in DASHES or is_quoted)
            and not (not is_last and self._is_heading(before))
            and (is_quoted or is_topic or not self._is_setting(before, begin, stop))
            and (is_last or low[j] not in COMMAS or is_quoted or Order.CVS in cue.orders or self._trails(j + 1))
        )

    def _is_closed(self, verb: Verb) -> bool:
        """Tell whether nothing follows a verb that could be what was said: the end, a comma, a time or place, or who quoted it."""
        j = verb.j
        if verb.begin >= verb.stop or verb.strength == "" or (j in self.hits and self._is_relayed(j)):
            return True
        if self.low[j] in COMMAS or self.low[j] in self.times or self.low[j] in self.time_prepositions:
            return True
        return self.bare_clauses and verb.cue.confidence >= SURE and self._says_where(j, verb.stop)

    def _report(self, verb: Verb, frame: Frame) -> Frame | None:
        """Read "S said that C", "S said C": what is said stands behind a verb."""
        if self._says_too_little(verb) or self._is_weakly_joined(verb):
            return None
        low, a, stop, i, cue = self.low, verb.a, verb.stop, verb.i, verb.cue
        begin, strength, speaker, front = verb.begin, verb.strength, verb.speaker, verb.front
        if self.bare_clauses and strength == "bare" and low[begin - 1] in COMMAS and self._is_participle(begin):
            colon = next((k for k in range(begin, stop - 1) if low[k] == ":" and self.quoted[k + 1] >= 0), None)
            begin, frame.strength = (begin, strength) if colon is None else (colon + 1, "colon")
            strength = frame.strength  # `He continued, speaking of his boat: "C"`
            verb.begin, verb.strength = begin, strength
        if self._reads_otherwise(verb):
            return None
        if self.bare_clauses and strength == "bare" and low[stop - 1] in self.sayings and speaker is not None and begin < stop - 1:
            left = self._left_content(a, front, verb.frames) if self._follows_content(a, front) else None
            if left is None:
                return None
            frame.content, frame.speaker, frame.rule, frame.front = [left], (begin, stop - 1), "content-speaker-cue", front
            frame.through = [(Part.RELAYER, speaker)]  # "C, Reuters reported the bank as saying"
            return frame
        if self._is_loose(verb):
            return None
        end = self._content_end(verb)
        if self._is_no_statement(verb, end):
            return None
        end = self._narrowed_end(verb, end)
        told = self._told_last(begin, end) if self.bare_clauses and strength == "bare" and cue.kind is CueClass.SPEECH else None
        if told is not None and not frame.recipients:
            frame.recipients, end = [told], told[0] - 1
        frame.speaker, frame.front, frame.is_shared, frame.is_sequel = speaker, front, verb.is_shared, verb.is_sequel
        frame.content = [(begin, self._quotation_end(begin, end) if self.bare_clauses and strength in ("quote", "colon") else end)]
        frame.to_right = True
        frame.rule = f"speaker-cue-content-{strength}"
        frame.is_negated = any(low[k] in self.negations for k in range(max(front, i - 3), i))
        is_plain = cue.kind is CueClass.SPEECH and cue.act is Act.ASSERT and "adjective" not in cue.marks
        is_plain = is_plain and not any(each.position for each in self.lexicon.cues[low[i]])  # "did not deny"
        is_praise = self.bare_clauses and cue.kind is CueClass.OBJECT and cue.act is Act.EVALUATE and strength == "bare"
        is_plain = is_plain or (self.affixed_verbs and cue.kind is CueClass.OBJECT)  # "karena tidak mengecam kekerasan"
        frame.is_unsaid = (is_plain and self._is_unsaid(front, i)) or (is_praise and self._is_only_name(begin, stop))  # "defended Reed"
        if self.bare_clauses and strength == "bare" and cue.kind is CueClass.SPEECH and low[begin] in self.verbs & self.skippable:
            frame.content = [(begin, self._comma(begin, end))]  # "Reed, who the mayor said will stay, and …": no clause of its own
        return None if self._is_nobodys(verb, end) else frame

    def _content_end(self, verb: Verb) -> int:
        """Return where what is said ends: where its sentence does, or for an object, a promise or a demand where its phrase does."""
        low, stop, cue, begin = self.low, verb.stop, verb.cue, verb.begin
        end = stop
        if verb.strength == "bare" and (cue.kind is not CueClass.SPEECH or cue.act in (Act.DEMAND, Act.PROMISE, Act.ASK)):
            is_finding = self.serial_verbs and "document" in cue.marks  # "khảo sát cho thấy A, B"
            end = stop if is_finding else self._past_list(self._comma(begin, stop), stop)
            if (self.bare_clauses or self.affixed_verbs) and cue.act is Act.DEMAND:
                end = self._past_apposition(end, stop)
            if self.serial_verbs and end < stop and not is_finding:
                is_condition = low[begin] in self.subordinators  # "lo ngại nếu A, B"
                end = self._comma(end, stop) if is_condition else self._past_aside(begin, end, stop)
            if cue.kind is CueClass.OBJECT or cue.act is Act.DEMAND:
                end = next(
                    (
                        k
                        for k in range(begin + 1, end)
                        if self.quoted[k] < 0 and ((low[k] in self.cuts and not self._likens(k, end)) or self._goes_on(k, end))
                    ),
                    end,
                )
        heads = range(max(verb.a, verb.front - 1), verb.front + 1)
        if (
            self.serial_verbs
            and verb.strength == "bare"
            and verb.following > begin
            and any(low[k] in self.claims & self.nominals for k in heads)
        ):
            end = min(end, verb.following)  # "Việc ông Nam tuyên bố từ nhiệm cho thấy …": what it shows is not said
        if self.serial_verbs and cue.position is Position.DECLINES:  # "chưa bình luận, song bộ trưởng đã bảo vệ C"
            end = next((k for k in range(begin + 1, end) if low[k] in self.contrasts and low[k - 1] in COMMAS), end)
        if self.bare_clauses and cue.position is Position.DECLINES:
            end = next((k for k in range(begin + 1, end) if low[k] in self.contrasts and self.quoted[k] < 0), end)
        return end

    def _narrowed_end(self, verb: Verb, end: int) -> int:
        """Return where what is said ends in a clause of time, or between commas: "Orbit, which said that C, is new"."""
        low, a, stop, begin, strength = self.low, verb.a, verb.stop, verb.begin, verb.strength
        speaker, front, following = verb.speaker, verb.front, verb.following
        if strength == "bare" and speaker is not None and not verb.is_shared and self._is_subordinate(a, front):
            end = min(end, self._comma(begin, stop))  # "After X said C, …"
        elif self.serial_verbs and strength == "that" and not verb.is_shared and front == a + 1 and self._is_subordinate(a, front):
            commas = [k for k in range(begin + 1, min(following, stop)) if low[k] in COMMAS and self.quoted[k] < 0]
            end = commas[-1 if following < stop else 0] if commas else end  # "Khi X hỏi rằng C, ông Nam nói D"
        if self._is_in_aside(front, verb.i):
            comma = self._comma(begin, end)
            is_led = low[a] in self.subordinators  # "Because Norland, which reported floods, is late, …"
            end = comma if comma + 1 < end and (is_led or self._resumes(comma + 1)) else end
        return end

    def _asks(self, first: int, i: int) -> bool:
        """Tell whether a word that asks stands at the head of a phrase: "what we", "what's"."""
        return any(self.low[k].removesuffix("'s") in self.questions for k in range(first, min(first + 2, i)))

    def _is_topic(self, j: int, stop: int) -> bool:
        """Tell whether nothing follows a cue but what was talked about, or where: "giải thích thêm về vụ việc", "nói trước quốc hội"."""
        k = j + 1 if j + 1 < stop and self.low[j] in self.adverbs else j
        if not self.serial_verbs or k >= stop or self._comma(k, stop) < stop:
            return False
        is_place = self.low[k] in self.locatives and not any(self._is_verb(m) or self.quoted[m] >= 0 for m in range(k, stop))
        return self.low[k] in self.topics or is_place

    def _goes_on_behind(self, k: int) -> bool:
        """Tell whether a verb at `k` goes on with a subject before the tag: "These comments, it said, underscored the danger"."""
        is_verb = self.bare_clauses and k in self.hits and not self._is_participle(k)
        return is_verb and self.low[k] not in self.coordinators | self.boundaries | self.locatives

    def _says_where(self, j: int, stop: int) -> bool:
        """Tell whether nothing follows a tag but where or how: "said in the run-up to the talks", "said without naming him"."""
        if j >= stop or self.low[j] not in self.locatives | self.prepositions or self.low[j] in self.boundaries:
            return False
        acts = (k for k in range(j, stop) if self.quoted[k] >= 0 or (self._is_verb(k) and self.low[k - 1] not in self.determiners))
        return self._comma(j, stop) == stop and next(acts, None) is None

    def _holds_clause(self, first: int, last: int) -> bool:
        """Tell whether words hold a clause, behind the comma where a phrase of time or place opens them."""
        begin = self._comma(first, last) + 1 if self.low[first] in self.locatives else first
        return begin < last and self._is_clause((begin, last))

    def _resumes(self, k: int) -> bool:
        """Tell whether a verb stands at `k`, as where a clause goes on after an aside."""
        low = self.low
        return k in self.hits or low[k] in self.verbs or low[k] in self.skippable or low[k].endswith(self.verb_suffixes)

    def _goes_on(self, k: int, end: int) -> bool:
        """Tell whether an "and" at `k` leads to what the speaker does next: "touted the boat and has sold it"."""
        if self.low[k] not in self.coordinators or k + 1 >= end:
            return False
        return (self.bare_clauses and self.low[k + 1] in self.skippable & self.verbs) or (self.serial_verbs and k + 1 in self.hits)

    def _told_last(self, begin: int, end: int) -> tuple[int, int] | None:
        """Return the news organisation to which something was told, where it closes what is reported: "confirmed her death to Reuters"."""
        to = next((k for k in range(end - 2, max(begin, end - LONGEST_NAME), -1) if self.low[k] in self.recipients), None)
        return (
            (to + 1, end)
            if to is not None and self.names.get(self.r.starts[to + 1]) and self._phrase_end(to + 1, end, False) == end
            else None
        )

    def _quotation_end(self, begin: int, end: int) -> int:
        """Return where a quotation closes with which content begins, if it ends in a stop or comma and no other follows, else `end`."""
        if self.quoted[begin] < 0:
            return end
        last = self.r.quotations[self.quoted[begin]][1]
        following = next((k for k in range(last, end) if self.quoted[k] >= 0), end)
        if any(any(cue.kind is CueClass.SPEECH for cue in self.lexicon.cues[self.low[k]]) for k in self.hits if last < k < following < end):
            return last  # `said "C," so Reed replied, "…"`
        is_closed = last < end and (self.low[last - 2] in COMMAS or self.low[last - 2] in ENDS) and self.low[last - 1] in MARKS
        return last if is_closed and not self._quoted_in(last, end) else end

    def _is_only_name(self, begin: int, stop: int) -> bool:
        """Tell whether what follows a cue, up to a comma or conjunction, is nothing but a name or pronoun."""
        limit = min(stop, begin + LONGEST_NAME + 1)
        end = next(
            (k for k in range(begin, limit) if self.low[k] in BREAKS or self.low[k] in self.cuts or self.low[k] in self.coordinators), limit
        )
        if self.bare_clauses and end < stop and self.low[end] in self.likenings:
            return False  # "described Reed as the mayor's man"
        words = range(begin, end)
        is_pronoun = end == begin + 1 and self.low[begin] in self.pronouns
        return begin < end <= begin + LONGEST_NAME and (is_pronoun or all(self.capital[k] and self.quoted[k] < 0 for k in words))

    def _past_list(self, comma: int, stop: int) -> int:
        """Return where a list ends whose first comma stands at `comma`: "report drains, pipes, or any hazards so that …"."""
        k = comma
        while self.bare_clauses and k < stop and self.low[k] in COMMAS:
            end = next((n for n in range(k + 1, min(stop, k + LONGEST_ITEM + 2)) if self._closes_item(n)), min(stop, k + LONGEST_ITEM + 2))
            is_item = k + 1 < end <= k + LONGEST_ITEM + 1 and not any(self._is_verb(n) or n in self.hits for n in range(k + 1, end))
            last = k + 1 if self.low[k + 1 : k + 2] and self.low[k + 1] in self.coordinators else end
            if last < stop and self.low[last] in self.coordinators and (last == k + 1 or is_item):
                after = self._phrase_end(last + 1, stop, False)
                is_phrase = after > last + 1 and not self._acts(last + 1) and (after >= stop or not self._acts(after))
                after -= is_phrase and self.low[after - 1] in self.openers
                return after if is_phrase and not self._is_past(last + 1) else comma
            if not is_item:
                break
            k = end
        return comma

    def _closes_item(self, k: int) -> bool:
        """Tell whether an item of a list cannot go on at `k`."""
        low = self.low[k]
        return low in BREAKS or low in self.coordinators or low in self.cuts or low in self.relatives or self.quoted[k] >= 0

    def _before_participle(self, span: tuple[int, int]) -> tuple[int, int]:
        """Return a phrase without what a document in it does: "a report [highlighting the rise of casual labour]"."""
        nouns = (k for k in range(*span) if self.low[k] in self.documents and k + 1 < span[1])
        return next(((span[0], k + 1) for k in nouns if self._is_participle(k + 1) and not self.capital[k + 1]), span)

    def _past_apposition(self, comma: int, stop: int) -> int:
        """Return where a demand ends that goes on after a description: "urged the office, the regulator of teaching, to act"."""
        closing = self._comma(comma, min(stop, comma + LONGEST_SCENE)) if comma + 1 < stop else stop
        is_apart = closing + 1 < stop and self.low[closing] in COMMAS and self.low[closing + 1] in self.infinitives
        opens = self.affixed_verbs or (comma + 1 < stop and self.low[comma + 1] in self.articles | self.relatives)
        return self._comma(closing + 1, stop) if is_apart and opens else comma

    def _past_aside(self, begin: int, comma: int, stop: int) -> int:
        """Return where a clause ends whose subject a description between commas follows: "nghi ngờ ông Nam, một thủy thủ, đã bỏ trốn"."""
        if comma + 1 >= stop:
            return comma
        closing = self._comma(comma, min(stop, comma + LONGEST_SCENE))
        goes_on = self.low[comma + 1] in self.cuts or self.low[comma + 1] in self.locatives
        is_subject = not (goes_on or self._has_verb(begin, comma)) and closing + 1 < stop and self.low[closing] in COMMAS
        return self._comma(closing + 1, stop) if is_subject and self._is_verb(closing + 1) else comma

    def _inner_subject(self, span: tuple[int, int], j: int) -> tuple[int, int]:
        """Return who speaks in a relative clause without its pronoun: "a date [organisers] said was lucky"."""
        first, last = span
        head = self.low[last - 1]
        is_somebody = head in self.nouns or (head in self.pronouns and head not in self.determiners)
        is_gap = self.bare_clauses and self.low[j] in self.verbs & self.skippable and self.low[first] in self.articles
        return (last - 1, last) if is_gap and is_somebody and last - first > 2 and head.endswith("s") else span

    def _trails(self, k: int) -> bool:
        """Tell whether the words at `k` only add to a clause that a tag closed: "C, analysts say, especially as D", "…, while D"."""
        return self.bare_clauses and (
            self.low[k] in self.boundaries or self.low[k] in self.adverbs_by_form or (self._is_participle(k) and k not in self.hits)
        )

    def _is_attendant(self, span: tuple[int, int]) -> bool:
        """Tell whether words before a speaker only say what he did as he spoke: `Describing the quay as "shut", the mayor said C`."""
        first, last = span
        return (
            self._is_participle(first)
            and self.quoted[first] < 0
            and not any(self._is_verb(k) for k in range(first, last) if self.quoted[k] < 0)
        )

    def _is_brief(self, span: tuple[int, int], cue: Cue, j: int, begin: int, stop: int) -> bool:
        """Tell whether few words before a tag are what was said: "The ferry sank, the captain said[, adding that …]"."""
        first, last = span
        may_be = self.serial_verbs and begin >= stop
        if (
            not (may_be or (self.bare_clauses and cue.confidence >= SURE))
            or last - first < LEAST_OBJECT
            or not self._says_no_more(j, begin, stop)
        ):
            return False
        opens = self.low[first] in self.locatives or self.low[first] in self.boundaries or first in self.hits
        return not opens and not any(self.low[k] in self.times or self.low[k] in COMMAS for k in range(first, last))

    def _says_no_more(self, j: int, begin: int, stop: int) -> bool:
        """Tell whether nothing is said after a cue, but where and when or ", adding that …"."""
        if begin >= stop:
            return True
        end = next((k for k in range(j, stop) if k in self.hits and self._is_relayed(k)), stop)
        if (
            (self.low[j] in self.locatives or j == end)
            and self._comma(j, stop) == stop
            and not any(self._is_verb(k) for k in range(j, end))
        ):
            return True
        return j + 1 < stop and self.low[j] in COMMAS and j + 1 in self.hits and self._is_participle(j + 1)

    def _told_inside(self, a: int, i: int) -> tuple[int, int] | None:
        """Return whom something is told, who stands between a preposition and the cue at `i`: "cho Reuters biết"."""
        to = next((k for k in range(i - 2, max(a, i - 2 - LONGEST_NAME), -1) if self.low[k] in self.recipients), None)
        told, after = self._noun_phrase(to + 1, i) if to is not None else (None, i)
        return told if told is not None and after == i and self._is_named(told) else None

    def _told_to(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[Frame], following: int) -> Frame | None:
        """Read "Một quan chức cho Reuters biết C"."""
        told = self._told_inside(a, i)
        if told is None or self.low[told[0] - 2] in self.negations:
            return None  # "không cho vợ biết"
        speaker, front, is_shared, is_sequel = self._subject(a, told[0] - 1, frames)
        begin, cue_end, _, strength = self._right(j, stop, following)
        if speaker is None or self.low[speaker[0]] in self.neuters or not strength or begin >= stop:
            return None
        frame = Frame(i, j, cue, f"speaker-cue-content-{strength}", content=[(begin, stop)], speaker=speaker, front=front)
        frame.cues, frame.recipients, frame.strength, frame.to_right = [(told[0] - 1, told[0]), (i, cue_end)], [told], strength, True
        frame.is_shared, frame.is_sequel = is_shared, is_sequel
        return frame

    def _leads_in(self, span: tuple[int, int]) -> bool:
        """Tell whether words before a speaker only say on what they go: `Dựa trên "các tài liệu", quan chức này cho biết C`."""
        opens = self.low[span[0]] in self.locatives or span[0] in self.hits  # `Nhấn mạnh vào "X", báo cáo khẳng định C`
        return self.serial_verbs and opens and self._quoted_in(*span) < span[1] - span[0]

    def _ends_refusal(self, begin: int, stop: int) -> bool:
        """Tell whether nothing follows a refusal but what it is about, or when and where."""
        known = self.prepositions | self.locatives | self.times | self.boundaries
        return begin >= stop or self.low[begin] in known or self.low[begin] in BREAKS or self.low[begin - 1] in COMMAS

    def _is_subordinate(self, a: int, front: int) -> bool:
        """Tell whether a conjunction stands before a speaker: its clause ends at the next comma."""
        return front > a and self.low[front - 1] in self.subordinators

    def _is_claim_noun(self, j: int, end: int) -> bool:
        """Tell whether a noun for a claim before `j` is all that is denied: what follows points at it or says whose it is."""
        if self._names_claim(j, end):
            return True
        return self.affixed_verbs and j < end <= j + LONGEST_POINTER and all(self.capital[k] for k in range(j, end))

    def _before_next(self, j: int, stop: int, following: int) -> int:
        """Return the first comma from `j`, or the "and" before the next cue: "bác bỏ thông tin này và cho biết C"."""
        comma = self._comma(j, stop)
        k = following - 1
        while self.serial_verbs and j < k < comma and self.low[k] in self.skippable and self.low[k] not in self.coordinators:
            k -= 1
        return k if self.serial_verbs and j < k < comma and self.low[k] in self.coordinators else comma

    def _is_unsaid(self, front: int, i: int) -> bool:
        """Tell whether a cue is negated, nothing but auxiliaries between: "belum bisa menjelaskan", not "belum lama ini mengatakan"."""
        k = i - 1
        while k > front and self.low[k] in self.skippable and self.low[k] not in self.negations:
            k -= 1
        return k >= front and self.low[k] in self.negations

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

    def _rumour_before(self, a: int, i: int) -> tuple[int, int] | None:
        """Return the claim with which a sentence opens, before who denies it: "Terkait rumor bahwa C, X membantah kabar itu"."""
        head, that = self._claimed(a, i)
        comma = self._comma(that, i) if that is not None else i
        return (that + 1, comma) if that is not None and head is not None and that + 1 < comma < i else None

    def _is_compounded(self, i: int) -> bool:
        """Tell whether a word is the second half of a compound ("a Moscow-backed leader") or an adjective ("most promising")."""
        if self.low[i - 1] == "-":
            return self.r.ends[i - 1] == self.r.starts[i]
        if self.bare_clauses and "-" in self.low[i - 1] and not self.capital[i - 1] and self.low[i].endswith(self.verb_suffixes):
            return True  # "the nine-year recommended term"
        return self._is_participle(i) and not self.capital[i - 1] and self.low[i - 1] in self.measures

    def _undergone(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[Frame]) -> Frame | None:
        """Read "Kabar itu dibantah [oleh] X": what the verb is done to is the content, unless it only points at the sentence before."""
        speaker, _ = self._noun_phrase(j + 1 if j < stop and self.low[j] in self.agents else j, stop, long=True)
        front = self._clause_start(a, i, frames)
        last = i
        while last > front and self.low[last - 1] in self.skippable and not self._is_demonstrative(last - 1):
            last -= 1
        if speaker is None or not self._is_named(speaker) or last <= front:
            return None
        if self.low[front] in self.pointers:
            self._hear(i, j, cue, speaker)
            return None
        return Frame(i, j, cue, "passive", content=[(front, last)], speaker=speaker, cues=[(i, j)], front=front)

    def _is_passive(self, a: int, i: int) -> bool:
        p = self._before_adverbs(a, i)
        if self.bare_clauses and p > a and self.low[p] in self.negations:
            p -= 1  # "It is not thought to be late"
        return self.low[p] in self.passives

    def _passive(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[Frame]) -> Frame | None:
        """Read "was criticised by X as C", "is reported to C", "it was revealed that C"."""
        low = self.low
        p = self._before_adverbs(a, i)
        if low[p] in self.negations:
            return None
        if low[j] in self.agents:
            if "that" in cue.marks:
                return None  # "ruled by Indonesia"
            speaker, after = self._noun_phrase(j + 1, stop)
            if speaker is None or not (self._is_named(speaker) or low[speaker[0]] in self.indefinites):
                return None
            frame = Frame(i, j, cue, "passive", speaker=speaker, cues=[(i, j)], front=i)
            reach = range(after, min(stop, after + COMPLEMENT_REACH))
            that = next((k for k in reach if low[k] in self.complementisers and low[k] not in self.questions), stop)
            if self.bare_clauses and cue.kind is CueClass.SPEECH and that + 1 < stop and not self._has_verb(after, that):
                frame.content, frame.to_right = [(that + 1, stop)], True  # "were warned by X over months that C"
                return frame
            if after < stop and low[after] in self.likenings:
                frame.content, frame.to_right = [(after + 1, self._comma(after + 1, stop))], True
                return frame
            front = self._clause_start(a, p, frames)
            if any(each.to_right and each.content and each.content[0][0] <= front for each in frames):
                return None  # inside what somebody says
            while self.bare_clauses and p > front and (low[p - 1] in self.skippable or low[p - 1] in self.passives):
                p -= 1  # "her theory has also been questioned by X"
            if p > front:
                frame.content, frame.front = [(front, p)], front
                return frame
            return None
        if low[j] in self.infinitives or (low[j] in self.complementisers and low[j] not in self.boundaries):
            if self.bare_clauses and low[j] in self.infinitives and "addressee" in cue.marks:
                return None  # "had been told to stay"
            if low[j] in self.infinitives and ("document" in cue.marks or cue.act is Act.PROMISE or self._is_towards(j, stop)):
                return None  # "was found to be ill", "is intended to last", "was added to the list"
            frame = Frame(i, j, replace(cue, kind=CueClass.AGENTLESS, position=None), "agentless-passive", cues=[(p, j)], front=p)
            begin = j + 1 if low[j] in self.complementisers else j
            if stop - begin < 2 or any(each.to_right and each.content for each in frames):
                return None
            frame.content, frame.to_right = [(begin, stop)], True
            return frame
        return None
