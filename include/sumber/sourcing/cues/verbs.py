"""Verbs of speech and of attitude with their subject: "X said that C", "C, said X", "X accused Y of C", "C was denied by X"."""

from __future__ import annotations

from dataclasses import replace

from sumber.sourcing.cues.contents import COMPLEMENT_REACH, DASHES, LEAST_OBJECT, LONG_REST, LONGEST_SCENE, MARKS
from sumber.sourcing.cues.frames import STATES, SURE, WEAK, Frame, Part
from sumber.sourcing.cues.second_verbs import SecondVerbs
from sumber.sourcing.lexicons import Cue, CueClass, Order
from sumber.sourcing.model import Act, Position
from sumber.sourcing.phrases import BREAKS, COMMAS
from sumber.sourcing.sentences import ENDS

LONGEST_POINTER = 4  # tokens of "thông tin nói trên"
STRONG = 0.85  # cues that are cues after a mere "and" too
NEAR_BODY = 10  # tokens between "melaporkan" and the body before which somebody is brought
LONGEST_NAME = 4  # tokens of a name that is all a verb reports
LONGEST_ITEM = 4  # tokens of an item in a list
VOWELS = frozenset("aeiouy")
NEAR = 5  # tokens between a cue and the noun for what is claimed


class Verbs(SecondVerbs):
    """Reads verbs of speech and attitude."""

    def _speech(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[Frame], following: int) -> Frame | None:
        low = self.low
        if i > a and (low[i - 1] in self.infinitives or low[i - 1] in self.nominals or self._is_compounded(i)):
            return None
        if self.bare_clauses and i > a + 1 and low[i - 1] in self.negations and low[i - 2] in self.infinitives:
            return None  # "the decision to not recommend charges"
        if self.verb_second:
            return self._second(a, stop, i, j, cue, frames)
        led = self.serial_verbs and i > a and low[i - 1] in (self.locatives - self.skippable) | self.complementisers
        if led and not self.claims.isdisjoint(low[i:j]):
            return None  # "trước thông tin về chuyến đi", "rằng cáo buộc này": a noun
        if (
            self.bare_clauses
            and i > a
            and self._is_participle(i - 1)
            and (i == a + 1 or not self.capital[i - 1])
            and any(each.kind is CueClass.NOUN for each in self.lexicon.cues[low[i]])
        ):
            return None  # "Addressing claims that C, the mayor said …", "tweets including claims that C"
        if self.affixed_verbs and i > a and low[i - 1] in self.negations and self._is_inside(frames, i - 1):
            return None  # "memastikan tidak melaporkan hal itu": what is denied, no second report
        begins = bool(frames) and frames[-1].to_right and bool(frames[-1].content) and frames[-1].content[0][0] == i
        if begins and not (self.serial_verbs or self._is_participle(i)):
            return None  # "denied claims that": the object of the cue before it
        if frames and not frames[-1].to_right and frames[-1].content and i > a and low[i - 1] in self.relatives and cue.confidence < SURE:
            return None  # "said X, who asked not to be named"
        if "passive" in cue.marks:
            return self._undergone(a, stop, i, j, cue, frames)
        if self.passives and i > a and "adjective" not in cue.marks and not self._is_participle(i) and self._is_passive(a, i):
            return self._passive(a, stop, i, j, cue, frames) if j < stop else None
        is_gerund = self._is_gerund(a, i)
        if is_gerund and frames and frames[-1].to_right and low[self._before_adverbs(a, i)] not in self.boundaries:
            return None  # "said that the crew was praised for warning of fire"
        if "naming" in cue.marks and i > a and not self._may_name(i):
            return None  # "a fund called North Star"
        if "naming" in cue.marks and self.bare_clauses and i > a and low[i - 1] in COMMAS and j < stop and self.quoted[j] >= 0:
            return None  # `The fault, dubbed "Quay Shell," was …`
        if "plural" in cue.marks and not self._are_several(a, i):
            return None
        if i > a and low[i - 1][0].isdigit() and cue.confidence < SURE and not self._is_time_back(i - 1):
            return None
        if self._is_document_noun(a, i, j, stop):
            return None
        if self.serial_verbs and frames and frames[-1].to_right and frames[-1].end == i:
            return None  # "bác bỏ yêu cầu đòi …": what was rejected is a noun
        is_saying = low[j - 1] in self.documents or (low[j - 1] in self.claims and j - i > 1)
        if self.serial_verbs and is_saying and j < stop and j in self.hits:
            j = self.consumed = self.hit_ends[j]  # "ra tuyên bố khẳng định C"
        is_told = cue.kind is CueClass.SPEECH and "unaddressed" not in cue.marks
        begin, cue_end, recipient, strength = self._right(j, stop, following, "addressee" in cue.marks, is_told)
        if cue.position is Position.DECLINES and not strength and begin < stop:
            strength = "bare"  # "declined to comment"
        elif cue.position is Position.DECLINES and j - i > 1 and (self.affixed_verbs or self._ends_refusal(begin, stop)):
            # "từ chối bình luận [về vụ việc]", "tidak mau menanggapi kabar itu": the cue holds what was refused
            begin = cue_end = next(k for k in range(i + 1, j) if k == j - 1 or low[k] not in self.skippable)
            strength = "bare"
        if cue.kind is CueClass.OBJECT and begin + 1 < stop and low[begin] in self.neuters and low[begin + 1] in self.falsehoods:
            begin += 1  # "called it fake news"
        elif cue.position is Position.DENIES and low[j - 1] in self.claims and self._is_claim_noun(j, self._comma(j, stop)):
            begin, cue_end, strength = j - 1, j - 1, "bare"  # "membantah kabar itu", "membantah klaim Israel"
        told = self._rumour_before(a, i) if self.affixed_verbs and cue.position is Position.DENIES and strength == "bare" else None
        speaker = self._subject(a, i, frames)[0] if told and self._names_claim(begin, self._comma(begin, stop)) else None
        if told and speaker:
            return Frame(i, j, cue, "content-speaker-cue", content=[told], speaker=speaker, cues=[(i, j)], front=told[0])
        frame = Frame(i, j, cue, "", front=i)
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
        is_refusal = cue_end < j
        if recipient:
            frame.recipients.append(recipient)
        # Content before the cue: "C", said S / C, S said.
        left = self._left_content(a, i, frames)
        is_open = self._is_quote_end(i) if "quote" in cue.marks else self._follows_content(a, i)
        is_joined = self.serial_verbs and low[j - 1].endswith(tuple(self.complementisers))  # "nói rằng X": what follows is said
        if Order.CVS in cue.orders and left is not None and is_open and not is_joined:
            speaker, after = self._noun_phrase(self._skip_time(j, stop), stop)
            if speaker is not None and self.bare_clauses and low[speaker[0]] in self.articles and self._has_verb(*left):
                speaker = self._before_participle(speaker)
            if speaker is not None and (strength in ("", "bare") or Order.SVC not in cue.orders):
                is_apart = not self.serial_verbs or low[i - 1] in COMMAS or low[i - 1] in DASHES  # `Chính sách "X" khẳng định C`
                inverted = (
                    Order.SVC not in cue.orders
                    or (self.marked_clauses and low[i - 1] in COMMAS and self._is_somebody(speaker, stop))
                    or (self._is_quote_end(i) and is_apart)
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
        if self.drops_subjects and strength in ("", "bare") and self._is_quote_end(i):
            return None  # "«…», expresó ante la prensa": read as a quotation that has no subject
        if Order.VSC in cue.orders:
            by = j + 1 if self.affixed_verbs and j < stop and low[j] in self.agents else j
            holder, after = self._noun_phrase(by, stop, long=True)
            introduced = holder is not None and after < stop and (low[after] in self.complementisers or low[after] == ":")
            if self.affixed_verbs and holder is not None and not introduced and after + 2 < stop and low[after] in COMMAS:
                introduced = self._opens(a, i) and self._is_named(holder)  # "Dijelaskan Rina Hartati, jalan itu ditutup"
            that = self._that_ahead(after, stop) if holder is not None and not introduced and not self.affixed_verbs else None
            if holder is not None and that is not None:
                return self._verb_first(frame, holder, after, that, stop)
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
        if self.affixed_verbs and speaker is not None and not self.capital[speaker[0]] and self._is_verb(speaker[0]):
            return None  # "memberhentikan direksi, meminta keterangan": one list of verbs
        if self.bare_clauses and speaker is not None and self._asks(speaker[0], i):
            return None  # "What we are saying is that C"
        is_split = strength == "quote" and speaker is not None and self._is_quote_end(speaker[0]) and j < stop and low[j] in COMMAS
        if speaker is not None and strength == "bare" and begin == j and not is_shared:
            speaker = self._inner_subject(speaker, j)
        is_human = self.serial_verbs and speaker is not None and low[speaker[0]] in self.humans and speaker[1] - speaker[0] == 1
        if Order.CSV in cue.orders and speaker is not None and (strength in ("", "bare") or is_split) and not (is_shared or is_human):
            before = self._left_content(a, front, frames)
            is_aside = (
                before is not None
                and (cue.confidence >= SURE or (self.bare_clauses and self._is_aside(a, speaker, i)))
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
            is_tag = is_tag or (j in self.hits and self._is_relayed(j))
            # "C, ông Nam giải thích thêm về vụ việc"
            is_topic = before is not None and self._is_topic(j, stop) and self._holds_clause(*before)
            is_tag = is_tag or is_topic
            if (
                before is not None
                and self._follows_content(a, front)
                and not (self.bare_clauses and begin < stop and self._is_attendant(before))
                and not ("forum" in cue.marks and low[speaker[1] - 1] not in self.forums)
                and (is_tag or self._is_quote_end(front))
                and (self._is_quote_end(front) or self._is_clause(before) or self._is_brief(before, cue, j, begin, stop))
                and not (low[before[0]] in self.locatives and self._is_title(before) and begin < stop and not is_topic)
                and (low[front - 1] not in DASHES or self._is_quote_end(front))
                and not (begin < stop and self._is_heading(before))
                and (self._is_quote_end(front) or is_topic or not self._is_setting(before, begin, stop))
                and (begin >= stop or low[j] not in COMMAS or self._is_quote_end(front) or Order.CVS in cue.orders or self._trails(j + 1))
            ):
                frame.content, frame.speaker, frame.rule, frame.front = [before], speaker, "content-speaker-cue", front
                frame.cues = [(i, j)]
                if j < stop and (low[j] in COMMAS or (self.serial_verbs and low[j] in DASHES)):
                    rest = self._after_tag(j, stop)
                    if rest is not None and not self._is_new_clause(rest[0], stop):
                        frame.content.append(rest)
                    elif self.bare_clauses and Order.CVS not in cue.orders and begin < stop and self._trails(j + 1):
                        frame.content.append((j + 1, stop))
                return frame
        if Order.SVC not in cue.orders or not strength or begin >= stop:
            return None
        if is_gerund and strength == "bare":
            joint = self._before_adverbs(a, i)
            is_aside = joint > a and low[joint - 1] in COMMAS and self._comma(begin, stop) < stop
            if is_aside or cue.kind is not CueClass.SPEECH:
                return None  # "the minister, while announcing the visit, hoped …"
        behind = low[j] if j < len(low) else ""  # a refusal may end the text: "X từ chối bình luận"
        is_short = stop - begin < 2 and low[begin] not in self.falsehoods and cue.position is not Position.DECLINES
        is_comma = (
            (self.serial_verbs or self.affixed_verbs)
            and behind in COMMAS
            and speaker is not None
            and self._is_named(speaker)
            and stop - begin >= LONG_REST
            and not (self.serial_verbs and front > a and low[front - 1] in self.boundaries)  # "hồ sơ do ông Nam viết, C"
        )
        is_comma = is_comma or (self.serial_verbs and begin == j and low[j] in self.verbs & self.skippable)  # "khai đã nhận tiền"
        is_tagged = self.affixed_verbs and cue.kind in WEAK and behind in COMMAS and (j + 1 in self.hits or not is_comma)
        is_future = low[i - 1] in self.futures or (low[i - 1] in self.skippable and low[i - 2] in self.futures)
        if strength == "bare" and i > a + 1 and is_future and cue.act is Act.ASSERT and not self._begins_clause(begin, stop):
            return None  # "akan mengumumkan kebijakan itu"
        if strength == "bare" and "handed" in cue.marks and self._is_handed(begin, stop):
            self._hear(i, j, cue, speaker)
            return None
        if strength == "bare" and is_tagged:
            return None  # "Banyak orang tidak yakin, kata Rina"
        if strength == "bare" and (
            ("that" in cue.marks and not is_comma) or (is_short and cue.kind is CueClass.SPEECH and cue.act in STATES)
        ):
            self._hear(i, j, cue, speaker)
            return None
        is_led = self.affixed_verbs and strength == "bare" and self._opens_with_phrase(begin, stop)
        if (
            strength == "bare"
            and (cue.act in STATES or cue.kind in WEAK)
            and low[begin] in self.prepositions
            and not is_refusal
            and not self._begins_at_place(begin, stop, cue)
            and not is_led
            and (low[begin] not in self.bare_starts or (cue.kind is CueClass.OBJECT and low[begin] in self.infinitives))
            and low[begin - 1] not in COMMAS
        ):
            return None
        if strength == "bare" and self.affixed_verbs and low[begin] in self.pointers and self._is_manner(begin, stop):
            self._hear(i, j, cue, speaker)
            return None
        is_hope = self.affixed_verbs and strength == "bare" and cue.act is Act.EVALUATE and cue.kind is CueClass.SPEECH
        if is_hope and low[begin - 1] not in COMMAS and (stop - begin < LEAST_OBJECT or low[begin] in self.locatives | self.infinitives):
            return None  # "berharap balas budi", "berharap pada Rina"
        is_denied = cue.position is Position.DENIES and self._names_claim(begin, self._comma(begin, stop))
        if strength == "bare" and cue.kind is CueClass.SPEECH and not (is_denied or is_led) and self._is_pointer(begin, stop):
            return None
        if self.bare_clauses and strength == "that" and low[begin - 1] in self.questions and low[begin] in self.infinitives:
            return None  # "told people how to get home"
        is_noun_too = self.bare_clauses and begin == j and any(each.kind is CueClass.NOUN for each in self.lexicon.cues[low[i]])
        if strength == "bare" and is_noun_too and low[begin] in self.topics and low[begin] not in self.infinitives:
            return None  # "longstanding demands for reform"
        is_loose = (
            strength == "bare"
            and cue.confidence < SURE
            and not (cue.kind is CueClass.SPEECH and cue.act is Act.ASSERT and not self.serial_verbs and self._begins_clause(begin, stop))
        )
        is_perfect = self.bare_clauses and cue.act in (Act.PROMISE, Act.DEMAND) and low[i - 1] in self.verbs & self.skippable
        is_sure = (
            self.serial_verbs
            and low[i - 1] in self.coordinators
            and (cue.confidence >= STRONG or low[j - 1].endswith(tuple(self.complementisers)))
        )
        is_sure = is_sure or (self.bare_clauses and cue.act is Act.DEMAND and self._is_told_to(begin, stop))
        if is_shared and self._follows_and(a, i) and ("base" in cue.marks or (is_loose and not (is_perfect or is_sure))):
            return None
        if strength == "bare" and self._comma(begin, stop) == stop and low[begin - 1] in COMMAS and self._starts_parenthesis(begin):
            return None  # "Y said, citing Z"
        if "quote" in cue.marks and strength != "quote":
            return None
        if self.bare_clauses and strength == "bare" and low[begin - 1] in COMMAS and self._is_participle(begin):
            colon = next((k for k in range(begin, stop - 1) if low[k] == ":" and self.quoted[k + 1] >= 0), None)
            begin, frame.strength = (begin, strength) if colon is None else (colon + 1, "colon")
            strength = frame.strength  # `He continued, speaking of his boat: "C"`
        is_manner = cue.kind is CueClass.OBJECT and begin == j and begin + 1 < stop and low[begin] in self.adverbs_by_form
        if self.bare_clauses and is_manner and low[begin + 1] in self.prepositions:
            return None  # "compared badly with last year's"
        if self.bare_clauses and cue.kind is CueClass.ATTITUDE and strength == "bare" and low[begin] in self.contrasts:
            return None  # "had given them hope but it was late"
        is_weak = self.bare_clauses and cue.confidence < SURE and not is_shared and self._is_past(i)
        if is_weak and speaker is not None and speaker[0] > a and low[speaker[0] - 1] in self.prepositions & self.locatives:
            return None  # "with Reed denied a goal"
        if self.bare_clauses and "addressee" in cue.marks and strength == "bare" and behind in self.infinitives:
            return None  # "hired without training, and told to read"
        is_promise = self.bare_clauses and strength == "bare" and cue.act is Act.PROMISE and low[j - 1] in self.infinitives
        if is_promise and self._is_towards(j - 1, stop):
            return None  # "agreed to terms"
        if (
            self.bare_clauses
            and strength == "bare"
            and cue.act in STATES
            and low[begin] in self.infinitives
            and self._is_towards(begin, stop)
        ):
            return None  # "reported to training camp"
        if "forum" in cue.marks and (speaker is None or low[speaker[1] - 1] not in self.forums):
            return None
        if self.bare_clauses and strength == "bare" and low[begin] in self.pronouns and begin + 1 < stop and low[begin + 1] in self.agents:
            return None  # "encouraged them by saying C"
        if self.bare_clauses and strength == "bare" and low[stop - 1] in self.sayings and speaker is not None and begin < stop - 1:
            left = self._left_content(a, front, frames) if self._follows_content(a, front) else None
            if left is None:
                return None
            frame.content, frame.speaker, frame.rule, frame.front = [left], (begin, stop - 1), "content-speaker-cue", front
            frame.through = [(Part.RELAYER, speaker)]  # "C, Reuters reported the bank as saying"
            return frame
        if self.bare_clauses and strength == "bare" and cue.confidence < SURE and self._is_bare_noun(begin, stop):
            self._hear(i, j, cue, speaker)
            return None  # "tweeted an apology"
        if self.bare_clauses and strength == "bare" and self._is_aside_verb(a, i, cue, begin, stop):
            return None
        if self.bare_clauses and cue.kind is CueClass.ATTITUDE and front > a and low[front - 1] in self.questions:
            return None  # "asked whether the owners knew that C": nobody says so
        if strength == "bare" and (low[begin] in self.agents or (low[begin] in self.coordinators and low[begin - 1] not in COMMAS)):
            return None
        frame.speaker, frame.front, frame.is_shared, frame.is_sequel = speaker, front, is_shared, is_sequel
        end = stop
        if strength == "bare" and (cue.kind is not CueClass.SPEECH or cue.act in (Act.DEMAND, Act.PROMISE, Act.ASK)):
            is_finding = self.serial_verbs and "document" in cue.marks  # "khảo sát cho thấy A, B"
            end = stop if is_finding else self._past_list(self._comma(begin, stop), stop)
            if (self.bare_clauses or self.affixed_verbs) and cue.act is Act.DEMAND:
                end = self._past_apposition(end, stop)
            if cue.kind is CueClass.OBJECT or cue.act is Act.DEMAND:
                end = next(
                    (
                        k
                        for k in range(begin + 1, end)
                        if self.quoted[k] < 0 and ((low[k] in self.cuts and not self._likens(k, end)) or self._goes_on(k, end))
                    ),
                    end,
                )
        if self.serial_verbs and cue.position is Position.DECLINES:  # "chưa bình luận, song bộ trưởng đã bảo vệ C"
            end = next((k for k in range(begin + 1, end) if low[k] in self.contrasts and low[k - 1] in COMMAS), end)
        if self.serial_verbs and low[begin] in self.reflexives:
            return None  # "ca ngợi nhau"
        if self.serial_verbs and strength == "bare" and low[begin] in self.contrasts:
            return None  # "tờ báo quy kết nhưng không nêu bằng chứng"
        if self.serial_verbs and self._is_undergone(a, front, speaker) and strength == "bare" and self._tells_when(begin):
            return None  # "Quyết định được X thông báo chỉ vài ngày trước khi …"
        if self.serial_verbs and strength == "quote" and begin == j and cue.act in (Act.DEMAND, Act.PROMISE) and self._is_term(begin, stop):
            return None  # `đề xuất "Đạo luật Bảo vệ biển" hôm 5-3`
        if "as" in cue.marks and (not any(self._likens(k, end) for k in range(begin + 1, end)) or low[begin] in self.likenings):
            return None
        if strength == "bare" and speaker is not None and not is_shared and self._is_subordinate(a, front):
            end = min(end, self._comma(begin, stop))  # "After X said C, …"
        elif self.serial_verbs and strength == "that" and not is_shared and front == a + 1 and self._is_subordinate(a, front):
            commas = [k for k in range(begin + 1, min(following, stop)) if low[k] in COMMAS and self.quoted[k] < 0]
            end = commas[-1 if following < stop else 0] if commas else end  # "Khi X hỏi rằng C, ông Nam nói D"
        if self._is_in_aside(front, i):
            if low[begin - 1] in COMMAS and begin == j + 1:
                return None  # "The claims, which he has denied, are old": what is said stands before
            comma = self._comma(begin, end)
            is_led = low[a] in self.subordinators  # "Because Norland, which reported floods, is late, …"
            end = comma if comma + 1 < end and (is_led or self._resumes(comma + 1)) else end
        told = self._told_last(begin, end) if self.bare_clauses and strength == "bare" and cue.kind is CueClass.SPEECH else None
        if told is not None and not frame.recipients:
            frame.recipients, end = [told], told[0] - 1
        frame.content = [(begin, self._quotation_end(begin, end) if self.bare_clauses and strength in ("quote", "colon") else end)]
        frame.to_right = True
        frame.rule = f"speaker-cue-content-{strength}"
        frame.is_negated = any(low[k] in self.negations for k in range(max(front, i - 3), i))
        is_plain = cue.kind is CueClass.SPEECH and cue.act is Act.ASSERT and "adjective" not in cue.marks
        is_plain = is_plain and not any(each.position for each in self.lexicon.cues[low[i]])  # "did not deny"
        is_praise = self.bare_clauses and cue.kind is CueClass.OBJECT and cue.act is Act.EVALUATE and strength == "bare"
        frame.is_unsaid = (is_plain and self._is_unsaid(front, i)) or (is_praise and self._is_only_name(begin, stop))  # "defended Reed"
        is_scene = self.serial_verbs and self._is_scene(self._skip_openers(a, i), i)
        if speaker is None and (cue.kind is not CueClass.SPEECH or self._opens(a, i) or is_scene):
            return None
        if (
            strength == "bare"
            and "clause" in cue.marks
            and self.serial_verbs
            and speaker is not None
            and low[speaker[1] - 1] in self.documents
        ):
            return None  # "ngạc nhiên trước các báo cáo nói …": what the reports say is not told apart from what goes on
        if strength == "bare" and "clause" in cue.marks and behind not in COMMAS and not self._begins_clause(begin, end):
            self._hear(i, j, cue, speaker)
            return None
        if self.bare_clauses and strength == "bare" and cue.kind is CueClass.SPEECH and low[begin] in self.verbs & self.skippable:
            frame.content = [(begin, self._comma(begin, end))]  # "Reed, who the mayor said will stay, and …": no clause of its own
        if "evidence" in cue.marks and speaker is not None and not self._is_evidence(speaker):
            return None  # "Reed showed that he could"
        is_narrowed = cue.kind is not CueClass.SPEECH and speaker is not None and self._is_narrowed(speaker, i)
        is_bare = strength == "bare" or (strength == "quote" and "that" in cue.marks)
        if is_bare and speaker is not None and (is_narrowed or ("document" in cue.marks and not self._is_evidence(speaker))):
            return None
        if self.serial_verbs and (cue.kind in WEAK or strength == "bare") and front > a and low[front - 1] in self.relatives:
            return None  # "mà phương Tây cho là tên lửa": what is said of something stands before the relative
        return frame

    def _that_ahead(self, after: int, stop: int) -> int | None:
        """Return the conjunction or colon before what is said, with only time, place and addressee before it, or None."""
        for k in range(after, min(after + COMPLEMENT_REACH, stop - 1)):
            if self.low[k] in self.complementisers or self.low[k] == ":":
                return k
            if k in self.hits or self.low[k] in ENDS or self.low[k] in self.coordinators or self.quoted[k] >= 0:
                return None
        return None

    def _verb_first(self, frame: Frame, holder: tuple[int, int], after: int, that: int, stop: int) -> Frame:
        """Read "V S [when, where] that C" and, with whose words it quotes, "V Y from Z that C"."""
        i, j = frame.cues[0]
        frame.content, frame.speaker, frame.rule = [(that + 1, stop)], holder, "cue-speaker-content"
        frame.cues, frame.to_right = [(i, j), (that, that + 1)], True
        if self.low[after] in self.suppliers:
            source, _ = self._noun_phrase(after + 1, that)
            if source is not None:
                frame.through, frame.speaker = [(Part.RELAYER, holder)], source
        return frame

    def _asks(self, first: int, i: int) -> bool:
        """Tell whether a word that asks stands at the head of a phrase: "what we", "what's"."""
        return any(self.low[k].removesuffix("'s") in self.questions for k in range(first, min(first + 2, i)))

    def _are_several(self, a: int, i: int) -> bool:
        """Tell whether a plural stands before a cue, as a word of its own or as the head of a phrase: "critics of the plan claim"."""
        low = self.low
        while i > a + 1 and low[i - 1] in self.skippable and low[i - 1] not in self.verbs | self.infinitives | self.negations:
            i -= 1  # "analysts now expect"
        if i == a:
            return False
        if low[i - 1] in self.pronouns | self.relatives | self.negations or low[i - 1].endswith("s"):
            return True
        phrase = self._phrase_back(a, i)
        if phrase is not None and self.bare_clauses and any(self.low[k] in self.coordinators for k in range(phrase[0] + 1, i - 1)):
            return True  # "Velto and Orbit want"
        head = next((k - 1 for k in range(phrase[0] + 1, i) if low[k] in self.possessors), i) if phrase is not None else i
        return head < i - 1 and low[head].endswith("s") and low[head] in self.people

    def _begins_at_place(self, begin: int, stop: int, cue: Cue) -> bool:
        """Tell whether a clause after a sure cue opens with its place: "cho biết trên xe chỉ có tài xế", not "cho biết tại cuộc họp, …"."""
        is_sure = self.serial_verbs and cue.kind is CueClass.SPEECH and cue.confidence >= STRONG
        is_place = self.low[begin] in self.locatives - self.recipients - self.topics
        return is_sure and is_place and any(self._is_verb(k) for k in range(begin + 2, self._comma(begin, stop)))

    def _is_undergone(self, a: int, front: int, speaker: tuple[int, int] | None) -> bool:
        """Tell whether a passive stands before a speaker: "Quyết định được Bộ Y tế thông báo"."""
        return speaker is not None and front == speaker[0] > a and self.low[front - 1] in self.passives

    def _tells_when(self, begin: int) -> bool:
        """Tell whether the words after a cue say when or where it was done rather than what was said."""
        word, before = self.low[begin], self.low[begin - 1]
        is_begun = word in self.skippable and word not in self.verbs
        return is_begun or before in self.adverbs or word in self.times or word in self.time_prepositions or word in self.locatives

    def _is_term(self, begin: int, stop: int) -> bool:
        """Tell whether the quotation at `begin` is what something is called: it holds no verb, and the sentence goes on behind it."""
        first, last = self.r.quotations[self.quoted[begin]]
        return last < stop and not any(self._is_verb(k) for k in range(first, last))

    def _is_topic(self, j: int, stop: int) -> bool:
        """Tell whether nothing follows a cue but what was talked about, or where: "giải thích thêm về vụ việc", "nói trước quốc hội"."""
        k = j + 1 if j + 1 < stop and self.low[j] in self.adverbs else j
        if not self.serial_verbs or k >= stop or self._comma(k, stop) < stop:
            return False
        is_place = self.low[k] in self.locatives and not any(self._is_verb(m) or self.quoted[m] >= 0 for m in range(k, stop))
        return self.low[k] in self.topics or is_place

    def _holds_clause(self, first: int, last: int) -> bool:
        """Tell whether words hold a clause, behind the comma where a phrase of time or place opens them."""
        begin = self._comma(first, last) + 1 if self.low[first] in self.locatives else first
        return begin < last and self._is_clause((begin, last))

    def _resumes(self, k: int) -> bool:
        """Tell whether a verb stands at `k`, as where a clause goes on after an aside."""
        low = self.low
        return k in self.hits or low[k] in self.verbs or low[k] in self.skippable or low[k].endswith(self.verb_suffixes)

    def _is_aside_verb(self, a: int, i: int, cue: Cue, begin: int, stop: int) -> bool:
        """Tell whether a verb reports nothing: "despite reported interest", "the rule some thought would bind them"."""
        if cue.kind is CueClass.ATTITUDE and self.low[begin] in self.verbs and self.low[begin] in self.skippable and self.quoted[begin] < 0:
            return True
        is_linked = i > a and (self.low[i - 1] in self.locatives or self.low[i - 1] in self.prepositions)
        return is_linked and not self._is_participle(i) and self.low[i - 1] not in self.relatives and not self._begins_clause(begin, stop)

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
        words = range(begin, end)
        is_pronoun = end == begin + 1 and self.low[begin] in self.pronouns
        return begin < end <= begin + LONGEST_NAME and (is_pronoun or all(self.capital[k] and self.quoted[k] < 0 for k in words))

    def _is_told_to(self, begin: int, stop: int) -> bool:
        """Tell whether somebody and what they should do follow a cue: "urged residents to stay"."""
        told, after = self._noun_phrase(begin, stop, plain=True)
        return told is not None and after + 1 < stop and self.low[after] in self.infinitives

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

    def _is_bare_noun(self, begin: int, stop: int) -> bool:
        """Tell whether nothing but an article and one noun follow a cue."""
        return stop - begin == 2 and self.low[begin] in self.articles & self.indefinites and self.quoted[begin] < 0

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

    def _is_document_noun(self, a: int, i: int, j: int, stop: int) -> bool:
        """Tell whether a cue that is a word for a document too ("thông báo") is a noun here: pointed at, owned or without a subject."""
        low = self.low
        if " ".join(low[i:j]) not in self.documents or j >= stop or self.quoted[j] >= 0:
            return False
        if i == a or j in self.hits or low[j] in self.owners or (low[j] in self.demonstratives and low[j] not in self.locatives):
            return True
        if self.bare_clauses and self._is_participle(j):
            return True  # "Reed's tweets including a threat"
        before = low[i - 1]
        if before in self.openers or (before in self.locatives and before not in self.skippable):
            return True
        # "nội dung báo cáo": another noun stands before it
        known = self.skippable | self.pronouns | self.nouns | self.titles | self.demonstratives | self.times | self.relatives
        is_known = before in known or before in BREAKS or self.capital[i - 1] or self.quoted[i - 1] >= 0 or before[0].isdigit()
        if is_known or not self.serial_verbs or low[j] in self.complementisers:
            return False
        owner = self._phrase_back(a, i) if low[j] in self.skippable else None  # "Cơ quan An ninh liên bang tuyên bố đã bắt X"
        return owner is None or low[owner[0]] not in self.publishers or not self._is_named(owner)

    def _ends_refusal(self, begin: int, stop: int) -> bool:
        """Tell whether nothing follows a refusal but what it is about, or when and where."""
        known = self.prepositions | self.locatives | self.times | self.boundaries
        return begin >= stop or self.low[begin] in known or self.low[begin] in BREAKS or self.low[begin - 1] in COMMAS

    def _is_subordinate(self, a: int, front: int) -> bool:
        """Tell whether a conjunction stands before a speaker: its clause ends at the next comma."""
        return front > a and self.low[front - 1] in self.subordinators

    def _is_manner(self, begin: int, stop: int) -> bool:
        """Tell whether a pointer after a cue is all that was said: "berkata demikian kepada wartawan", "mengatakan hal itu saat rapat"."""
        k = begin + 1
        while k < stop and (self.low[k] in self.demonstratives or self.low[k] in self.adverbs):
            k += 1
        ends = self.recipients | self.locatives | self.boundaries | COMMAS
        likened = k + 1 if k < stop and self.low[k] in self.relatives else k  # "mengatakan hal senada", "hal yang sama"
        return k >= stop or self.low[k] in ends or likened + 1 >= stop or self.low[likened + 1] in ends

    def _is_pointer(self, begin: int, stop: int) -> bool:
        """Tell whether what follows a cue only points at what was said ("xác nhận điều này"), or makes a noun of it ("chỉ đạo của X")."""
        low = self.low
        if low[begin] in self.owners and low[begin] not in self.bare_starts and low[begin - 1] not in COMMAS:
            return True
        end = self._phrase_end(begin, stop, False)
        if not self.serial_verbs or not begin < end <= begin + LONGEST_POINTER or low[end - 1] not in self.demonstratives - self.skippable:
            return False
        return end >= stop or low[end] in self.locatives or low[end] in self.times or low[end] in BREAKS

    def _begins_clause(self, begin: int, end: int) -> bool:
        """Tell whether words after a cue begin a clause ("conceded it was late") rather than an object ("conceded a penalty")."""
        low = self.low
        if self.affixed_verbs and low[begin] in self.documents:
            begin += 2  # "menulis surat terbuka": the adjective is no verb
        if begin >= end or low[begin] in self.infinitives or low[begin] in self.cuts or low[begin] in self.locatives:
            return False
        for k in range(begin, end):
            if self.quoted[k] >= 0 or low[k] in self.pronouns or self._is_verb(k):
                return True
            is_joint = low[k] in self.coordinators and not self.serial_verbs  # "nói thời gian và địa điểm sẽ được công bố"
            if k > begin and (low[k] in COMMAS or low[k] in self.cuts or low[k] in self.relatives or is_joint):
                return False
            if k > begin and not self.capital[k] and low[k].endswith(self.verb_suffixes) and low[k - 1] not in self.determiners:
                return True
        return False

    def _opens_with_phrase(self, begin: int, stop: int) -> bool:
        """Tell whether what is said begins with a phrase of its own before its clause: "menyebut dari kredit itu, bank memberi separuh"."""
        comma = self._comma(begin, stop)
        return comma < stop and not self._has_verb(begin, comma) and self._has_verb(comma + 1, stop)

    def _is_handed(self, begin: int, stop: int) -> bool:
        """Tell whether somebody or something is brought before a body, and nothing is told: "melaporkan Rina Hartati ke polisi"."""
        low = self.low
        for k in range(begin, min(stop, begin + NEAR_BODY)):
            if self.quoted[k] >= 0 or low[k] in BREAKS or low[k] in self.complementisers:
                return False
            if k > begin and self._is_verb(k) and low[k - 1] not in self.relatives:
                return False
            if k > begin and low[k] in self.recipients and low[k] not in self.time_prepositions:
                receiver, _ = self._noun_phrase(k + 1, stop)
                return receiver is not None and self._is_named(receiver)
        return False

    def _is_inside(self, frames: list[Frame], k: int) -> bool:
        """Tell whether what the last cue reports begins at the token `k`."""
        return bool(frames) and frames[-1].to_right and bool(frames[-1].content) and frames[-1].content[0][0] == k

    def _is_narrowed(self, speaker: tuple[int, int], i: int) -> bool:
        """Tell whether a participle only says which people are meant: "the forces opposing the army", not "a letter praising it"."""
        is_document = any(self.low[k] in self.documents for k in range(*speaker))
        return self._is_participle(i) and speaker[1] == i and not is_document

    def _is_evidence(self, speaker: tuple[int, int]) -> bool:
        """Tell whether a phrase is a study or those who made one, who "found" or "showed" something, not a player who did."""
        if self.serial_verbs:
            return self._names_document(speaker)  # not "Tổng thống cho thấy", "nó cũng cho thấy"
        return any(self.low[k] in self.nouns for k in range(*speaker)) or self.low[speaker[0]] in self.pronouns

    def _is_claim_noun(self, j: int, end: int) -> bool:
        """Tell whether a noun for a claim before `j` is all that is denied: what follows points at it or says whose it is."""
        if self._names_claim(j, end):
            return True
        return self.affixed_verbs and j < end <= j + LONGEST_POINTER and all(self.capital[k] for k in range(j, end))

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

    def _is_towards(self, k: int, stop: int) -> bool:
        """Tell whether a "to" at `k` leads to a noun rather than to a verb."""
        following = self.low[k + 1] if k + 1 < stop else ""
        is_noun = following in self.determiners or following in self.pronouns or following in self.nouns
        ending = next((each for each in self.participles if following.endswith(each)), "")
        is_gerund = bool(ending) and any(letter in VOWELS for letter in following.removesuffix(ending))  # "training", not "bring"
        is_noun = is_noun or is_gerund or (following.endswith("s") and not following.endswith(("ss", "us")))
        return self.bare_clauses and is_noun

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
