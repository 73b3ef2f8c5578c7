"""Who speaks: the subject of a cue, across commas, dashes and relative clauses, and whom a speaker told."""

from __future__ import annotations

from sumber.sourcing.cues.contents import DASHES, Contents
from sumber.sourcing.cues.frames import Frame
from sumber.sourcing.lexicons import CueClass, WordClass
from sumber.sourcing.phrases import BREAKS, COMMAS, LONGEST_PLACE

LONGEST_ASIDE = 30  # tokens between dashes
LONGEST_PARENTHESIS = 30  # tokens
LONGEST_LISTED = 6  # tokens of one whom a list names
LONGEST_TITLE = 4  # words of a name in quotation marks
SEGMENTS = 5  # commas between a speaker and its cue
LONGEST_TITLED = 7  # tokens of a description between a tag and the comma before the next cue

Subject = tuple[tuple[int, int] | None, int, bool, bool]  # speaker, where its words begin, is it an earlier cue's, does it go on with that


class Subjects(Contents):
    """Finds the noun phrases that act in a cue's clause."""

    def _is_lower_head(self, span: tuple[int, int]) -> bool:
        """Tell whether a phrase begins with a word in small letters that is no noun for a source: capitals further on are not its name."""
        word = self.low[span[0]]
        is_before_name = self.capital[span[1] - 1] and not self.capital[span[0]]
        return is_before_name and word not in self.phrase_heads and "." not in word

    def _is_gerund(self, a: int, i: int) -> bool:
        """Tell whether a participle follows a preposition or conjunction: "before adding", "by saying"."""
        p = self._before_adverbs(a, i) if i > a else i
        while a < p < i and self.low[p] in self.skippable and self.low[p] not in self.passives:
            p -= 1
        is_joint = self.low[p] in self.boundaries or self.low[p] in self.prepositions or self.low[p] in self.locatives
        return p < i and self._is_participle(i) and is_joint and self.low[p] not in self.infinitives

    def _before_adverbs(self, a: int, i: int) -> int:
        """Return the token before `i` that is no adverb."""
        p = i - 1
        while p > a and (self.low[p] in self.adverbs or self.low[p] in self.adverbs_by_form):
            p -= 1
        return p

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

    def _subject(self, a: int, i: int, frames: list[Frame]) -> Subject:
        """Return the speaker before a cue at `i`, by what stands right before it: a relative, an "and", a comma, a quotation, a phrase."""
        low = self.low
        frames = [frame for frame in frames if frame.cue.kind is not CueClass.NOUN]
        last = frames[-1] if frames else None
        if last is not None and not last.content and last.cue.kind is CueClass.RELAYED and last.speaker is not None:
            return last.speaker, last.speaker[0], False, False
        floor = self._floor(a, i, last)
        p = self._before_auxiliaries(floor, i)
        earlier = self._earlier_speaker(frames)
        if p < floor:
            return earlier, i, earlier is not None, bool(frames)
        if earlier is None and low[p] not in self.agents and self._is_gerund(a, i):
            subject = self._first_phrase(self._clause_start(a, p, frames), p)
            return subject, subject[0] if subject else p, False, False
        if low[p] in self.relatives:
            return self._antecedent(floor, p, frames)
        if low[p] in self.coordinators or low[p] in self.boundaries:
            return self._joined(a, i, p, earlier, frames)
        if low[p] in self.agents and self._is_participle(i):
            acts = p - 1 if p - 1 in self.hits or self._is_verb(p - 1) or low[p - 1].endswith(("s", *self.verb_suffixes)) else None
            subject = self._phrase_back(floor, acts) if acts is not None and acts > floor else self._first_phrase(a, p)
            return subject, subject[0] if subject else p, False, False  # "Reed ended by saying"
        if earlier is not None and low[p] in COMMAS and self._resumes_speaking(i, p, frames):
            return earlier, p, True, True
        if earlier is not None and self._adds(p, i, floor, frames):
            return earlier, p if low[p] in COMMAS else p - 1, True, True
        if earlier is not None and low[p] in COMMAS and self._ends_aside(p, frames[-1]):
            return earlier, p, True, True
        if low[p] in COMMAS or low[p] in DASHES or (low[p] == ")" and not self.serial_verbs):
            return self._across_sign(a, floor, i, p, earlier, frames)
        if self.quoted[p] >= 0:
            # A verb after quoted words inside what somebody says is no cue of theirs.
            is_inside = last is not None and last.to_right and bool(last.content) and last.content[0][0] < p
            called = self._called_in_quotes(floor, p) if self.bare_clauses and not is_inside else None
            if called is not None:
                return called, called[0], False, False
            return earlier, i, earlier is not None, not is_inside
        subject = self._phrase_back(floor, self._aside_after_name(floor, p + 1))
        if subject is None:
            return earlier, i, earlier is not None, False
        return self._whole_subject(a, floor, i, subject, frames)

    def _floor(self, a: int, i: int, last: Frame | None) -> int:
        """Return where the subject of a cue at `i` may begin at the earliest: behind the words of the cue before it."""
        if last is None or (not last.content and last.cue.kind is CueClass.RELAYED):
            return a
        floor = max([last.end] + [span[1] for span in last.cues if span[1] <= i])
        if self.bare_clauses and last.cue.kind is CueClass.ACCORDING and last.speaker is not None and last.speaker[1] <= i:
            floor = max(floor, last.speaker[1])  # "according to Ana Field, the mayor, members think …"
        leads = (CueClass.ACCORDING, CueClass.RELAY, CueClass.RELAYED) if self.affixed_verbs else (CueClass.ACCORDING,)
        if last.cue.kind in leads and last.to_right and last.content:
            floor = max(floor, min(i, last.content[0][0]))  # "According to Y, X believes"
        return floor

    def _before_auxiliaries(self, floor: int, i: int) -> int:
        """Return the last token before a cue that is no auxiliary, adverb, time or parenthesis; one before `floor` where there is none."""
        low, quoted = self.low, self.quoted
        p = i - 1
        while (
            p >= floor and quoted[p] < 0 and low[p] in self.skippable and low[p] not in self.coordinators and not self._is_demonstrative(p)
        ):
            p -= 1
        if self.bare_clauses and p > floor and low[p] in self.pronouns & self.indefinites and low[p - 1] in self.verbs & self.skippable:
            p -= 1  # "The ministries have both confirmed"
            while p >= floor and quoted[p] < 0 and low[p] in self.skippable:
                p -= 1
        while p >= floor and quoted[p] < 0 and self._is_time_back(p):
            p -= 1
            while p >= floor and quoted[p] < 0 and low[p] in self.skippable:
                p -= 1
        if p > floor and low[p] == ")":
            opening = next((k for k in range(p - 1, max(floor, p - LONGEST_PARENTHESIS), -1) if low[k] == "("), None)
            if opening is not None and any(low[k] in COMMAS for k in range(opening, p)):
                p = opening - 1  # "Jane Doe (National Agency, NA) said"
        return p

    def _antecedent(self, floor: int, p: int, frames: list[Frame]) -> Subject:
        """Return who stands before the relative at `p`: "members who said", "Ana Field, who said"."""
        q = p - 1 if p > floor and self.low[p - 1] in COMMAS else p
        named = self._named_ahead(floor, q) if self.bare_clauses and q < p else None
        subject = named or self._phrase_back(floor, q)
        if self.bare_clauses and subject is not None:
            by = next((k for k in range(subject[1] - 1, subject[0], -1) if self.low[k] in self.agents), subject[0] - 1)
            subject = (by + 1, subject[1])  # "forced onto the defensive by a string of members who said"
        if subject is None and frames and frames[-1].speaker is not None and frames[-1].speaker[1] >= q - 1:
            return frames[-1].speaker, p, True, False
        return subject, subject[0] if subject else p, False, False

    def _joined(self, a: int, i: int, p: int, earlier: tuple[int, int] | None, frames: list[Frame]) -> Subject:
        """Return the speaker of a cue behind an "and" or another conjunction at `p`: that of the last one, else who opens the sentence."""
        low = self.low
        if earlier is None:
            subject = self._first_phrase(a, p)
            return subject, subject[0] if subject else p, subject is not None, False
        last = frames[-1]
        if self.serial_verbs and last.cue.kind is CueClass.ACCORDING and self._is_reported(frames, p):
            return self._who_acted(last.content[0][0], p), p, False, False  # "Theo AFP, X đã đến Sena và nói rằng C": X says it
        if low[p] in self.cuts - self.contrasts - self.coordinators and self._is_reported(frames, p) and p < last.content[0][1]:
            return None, i, False, False  # "said that she erred when saying …"
        return earlier, p if p == a or low[p - 1] not in COMMAS else p - 1, True, True

    def _resumes_speaking(self, i: int, p: int, frames: list[Frame]) -> bool:
        """Tell whether a cue behind a comma goes on with who spoke: ", adding that", "X nói …, khẳng định …"."""
        if self._is_participle(i):
            return True
        return (
            self.serial_verbs
            and frames[-1].cue.kind is not CueClass.ACCORDING
            and self._is_reported(frames, p)
            and not self._closes_source(frames[-1].content[0][0], p)
        )

    def _ends_aside(self, p: int, last: Frame) -> bool:
        """Tell whether the comma at `p` closes an aside that holds the last cue: "Carl Obi, who supports the plan, said C"."""
        is_end = last.to_right and bool(last.content) and last.content[-1][1] == p
        return is_end and self._is_in_aside(last.front, last.start)

    def _across_sign(self, a: int, floor: int, i: int, p: int, earlier: tuple[int, int] | None, frames: list[Frame]) -> Subject:
        """Return the speaker of a cue behind the comma, dash or bracket at `p`: who stands before what it closes."""
        if frames and frames[-1].to_right is False and earlier is not None and frames[-1].end >= floor and p - floor <= LONGEST_TITLED:
            return earlier, p, True, True
        is_led = self.bare_clauses and self._is_participle(i) and self.low[p] in COMMAS
        led = self._before_relative(floor, p) if is_led else None
        if led is not None:
            return led, led[0], False, False
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

    def _whole_subject(self, a: int, floor: int, i: int, subject: tuple[int, int], frames: list[Frame]) -> Subject:
        """Return the speaker whose phrase ends right before a cue, without what is not theirs and with what stands around it."""
        low = self.low
        if self.bare_clauses:
            subject = self._without_clause(*subject)
        if self.bare_clauses and self._is_participle(i) and self._names_document(subject):
            inside = (k for k in range(subject[0] + 1, subject[1]) if low[k] in self.supports)
            issued = next(inside, None) or self._supports(floor, subject[0])
            if issued is not None:
                return self._subject(a, issued, frames)  # "The ministry issued a statement urging C"
        if self.serial_verbs and low[subject[0]] in self.humans and subject[1] - subject[0] == 1:
            subject = self._who_is(floor, subject)
        if self.serial_verbs and subject[0] > floor and self._is_verb(subject[0] - 1):
            # "bị đưa về Sena và hai người khác nói": what the verb before governs did not speak
            joint = next((k for k in range(subject[0] + 1, subject[1] - 1) if low[k] in self.coordinators), None)
            is_other = joint is not None and self.capital[subject[0]] and not self.capital[joint + 1]
            subject = (joint + 1, subject[1]) if joint is not None and is_other else subject
        if self.serial_verbs and low[subject[0]] in self.locatives - self.recipients and self._names_document(subject):
            subject = subject[0] + 1, subject[1]  # "sau các báo cáo của X cho biết C"
        if self.serial_verbs:
            subject = self._before_place(floor, self._without_statement(*subject))
        if self.bare_clauses:
            subject = self._with_head(floor, subject)
        if self.bare_clauses and self._is_aside(floor, subject, i):
            return subject, subject[0], False, False
        if self.serial_verbs:
            subject = self._listed(floor, subject)
        subject = self._with_others(floor, self._with_apposition(floor, self._described_by(floor, subject)))
        return subject, subject[0], False, bool(frames) and self._begins_sequel(subject[0], floor)

    def _with_head(self, floor: int, subject: tuple[int, int]) -> tuple[int, int]:
        """Return whom a participle before a phrase tells what they do: "the body overseeing the vote", "police searching the house"."""
        verb = subject[0] - 1
        if verb - 1 < floor or not self._is_participle(verb) or self.capital[verb] or self.low[verb] in self.nouns:
            return subject
        head = self._phrase_back(floor, verb)
        if head is None or head[1] < verb or self._is_verb(verb - 1):
            return subject
        noun = self.low[verb - 1]
        is_head = noun in self.nouns or noun in self.humans or noun.endswith("s") or self.low[head[0]] in self.articles
        return (head[0], subject[1]) if is_head else subject

    def _is_aside(self, floor: int, subject: tuple[int, int], i: int) -> bool:
        """Tell whether a speaker and a cue stand between commas behind what is no person: "Reed's words, the suit added, were false"."""
        first, after = subject[0], self.hit_ends.get(i, i + 1)
        if not (after < len(self.low) and self.low[after] in COMMAS and first - 1 > floor and self.low[first - 1] in COMMAS):
            return False
        before = self._phrase_back(floor, first - 1)
        is_thing = before is not None and not self._is_personal(*before) and not any(self.low[k] in self.people for k in range(*before))
        return is_thing and self.low[first] in self.articles & self.definites

    def _title_at(self, first: int, stop: int) -> tuple[int, int] | None:
        """Return the name in quotation marks that begins at `first`: "according to «Evening Lada»"."""
        if first >= stop or self.quoted[first] < 0:
            return None
        begin, end = self.r.quotations[self.quoted[first]]
        return (begin, end) if begin == first and 2 < end - begin <= LONGEST_TITLE + 2 and end <= stop and self.capital[first + 1] else None

    def _called_in_quotes(self, floor: int, p: int) -> tuple[int, int] | None:
        """Return a phrase that ends in a name in quotation marks which closes at `p`: `the newspaper "Harbour Sun" reported`."""
        first, last = self.r.quotations[self.quoted[p]]
        is_name = last == p + 1 and 2 < last - first <= LONGEST_TITLE + 2 and all(self.capital[first + 1 : last - 1])
        head = self._phrase_back(floor, first) if is_name and first > floor and self.low[first - 1] in self.bodies | self.mediums else None
        return (head[0], last) if head is not None and head[1] == first else None

    def _before_relative(self, floor: int, p: int) -> tuple[int, int] | None:
        """Return whom a relative clause that ends at the comma `p` is about: "received by Ada Brook, who gave thanks, saying C"."""
        opening = next((k for k in range(p - 1, floor, -1) if self.low[k] in COMMAS), floor)
        if opening == floor or self.low[opening + 1] not in self.relatives:
            return None
        subject = self._named_ahead(floor, opening) or self._phrase_back(floor, opening)
        return self._without_clause(*subject) if subject is not None else None

    def _without_clause(self, first: int, last: int) -> tuple[int, int]:
        """Return a subject without a preposition or clause before it: "with [the Courier] reporting", "closed by police and [Reed]"."""
        if self.low[first] in self.prepositions and last - first > 1 and self.low[first] not in self.nouns:
            return first + 1, last
        joint = next((k for k in range(last - 1, first, -1) if self.low[k] in self.coordinators), first)
        is_governed = first > 0 and (self._is_past(first - 1) or self._is_verb(first - 1)) and self.low[first - 1] not in self.nouns
        if is_governed and first < joint < last - 1:
            return joint + 1, last  # "ships have helped the effort and the minister has said"
        is_verb = self._is_past(first) or (self._is_participle(first) and not self.capital[first])
        if is_verb and first and self.low[first - 1] in self.passives | self.skippable:
            return (joint + 1, last) if first < joint < last - 1 else (first, last)
        return first, last

    def _without_statement(self, first: int, last: int) -> tuple[int, int]:
        """Return a subject without the verb behind it that is a noun as well: "Bộ Y tế tuyên bố [cam kết C]", not "bản tuyên bố"."""
        is_verb = self.low[last - 1] in self.documents and self.low[last - 1] in self.lexicon.cues and not self.capital[last - 1]
        is_owner = last - first > 1 and self.low[first] in self.publishers and self.low[first] not in self.documents
        return (first, last - 1) if is_verb and is_owner else (first, last)

    def _before_place(self, floor: int, subject: tuple[int, int]) -> tuple[int, int]:
        """Return whom a place and its country are told of: "một người dân ở Lam Sơn, Thái Lan cho biết"."""
        first, last = subject
        comma = first - 1
        if (
            comma <= floor
            or self.low[comma] not in COMMAS
            or self.names.get(self.r.starts[first]) != 0
            or not all(self.capital[first:last])
        ):
            return subject
        place = next(
            (k for k in range(comma - 1, max(floor, comma - LONGEST_PLACE) - 1, -1) if self.low[k] in self.place_prepositions), floor
        )
        if place <= floor or any(self._is_verb(k) or self.low[k] in COMMAS for k in range(place, comma)):
            return subject
        named = self._phrase_back(floor, place)
        return named if named is not None and named[1] == place and self._is_named(named) else subject

    def _who_is(self, floor: int, human: tuple[int, int]) -> tuple[int, int]:
        """Return whom a "người" behind a name and a dash or comma goes on about: "nữ diễn viên Rose Holt - người mới đây tố cáo C"."""
        last = human[0] - 1
        if last <= floor or not (self.low[last] in COMMAS or self.low[last] in DASHES):
            return human
        first = last
        while first > floor and self.capital[first - 1] and self.low[first - 1] not in self.people:
            first -= 1
        if first == last:
            return human
        while first > floor and (self.low[first - 1] in self.people or self.low[first - 1] in self.titles):
            first -= 1
        return first, last

    def _supports(self, a: int, holder: int) -> int | None:
        """Return the verb that makes a noun after it an utterance, with at most an article between: "made a claim"."""
        k = holder
        if k > a and (self.low[k] in self.determiners or self.low[k] in self.negations):
            k -= 1
        return k if k > a and self.low[k] in self.supports and self.quoted[k] < 0 else None

    def _with_others(self, floor: int, subject: tuple[int, int]) -> tuple[int, int]:
        """Return whom "and others" follows: "Dana Holt and others say"."""
        first = subject[0] - 1
        if not self.bare_clauses or self.low[subject[0]] not in self.pronouns or first <= floor or self.low[first] not in self.coordinators:
            return subject
        named = self._phrase_back(floor, first)
        return named if named is not None and named[1] == first and self._is_named(named) else subject

    def _adds(self, p: int, i: int, floor: int, frames: list[Frame]) -> bool:
        """Tell whether an earlier speaker goes on at a cue without a subject: ", menambahkan bahwa C", ", dengan mengatakan bahwa C"."""
        low = self.low
        end = self.hit_ends.get(i, i + 1)
        if not self.affixed_verbs or end >= len(low) or low[end] not in self.complementisers or not self._is_reported(frames, p):
            return False
        if low[p] in COMMAS and p == i - 1:
            begin = frames[-1].content[0][0]
            front = next((k + 1 for k in range(p - 1, begin, -1) if low[k] in COMMAS), p)
            is_name = front < p and all(self.capital[k] for k in range(front, p))  # ", Ketua Y, Rina Hartati, mengatakan bahwa"
            return not (is_name or self._closes_source(begin, p))
        return p == i - 1 and p - 1 > floor and low[p] in self.recipients and low[p - 1] in COMMAS

    def _who_acted(self, begin: int, p: int) -> tuple[int, int] | None:
        """Return the subject of the clause that ends at the token `p`: what begins behind its last comma, else what begins it."""
        after = next((k + 1 for k in range(p - 1, begin, -1) if self.low[k] in COMMAS and self.quoted[k] < 0), begin)
        phrases = (self._first_phrase(first, p) for first in (after, begin))
        named = (phrase for phrase in phrases if phrase is not None and (self._is_named(phrase) or self.low[phrase[1] - 1] in self.humans))
        return next(named, None)

    def _closes_source(self, begin: int, p: int) -> bool:
        """Tell whether the comma at `p` stands after a source of its own: "X reported, on Monday, a spokesman, confirmed that …"."""
        last = self._opening(begin, p - 1) if self.low[p - 1] == ")" else p
        front = next((k + 1 for k in range(last - 1, begin, -1) if self.low[k] in COMMAS and self.quoted[k] < 0), begin)
        is_source = front < p and (self.low[front] in self.nouns or self.low[front] in self.titles or self.low[front] in self.indefinites)
        return front > begin and is_source and self._phrase_end(front, last, False) == last

    @staticmethod
    def _is_reported(frames: list[Frame], p: int) -> bool:
        """Tell whether the token at `p` stands inside what the last cue reports."""
        return bool(frames) and frames[-1].to_right and bool(frames[-1].content) and frames[-1].content[0][0] < p

    def _begins_sequel(self, front: int, floor: int) -> bool:
        k = front - 1
        while k >= floor and (self.low[k] in self.times or self.low[k] in self.time_prepositions or self.low[k][0].isdigit()):
            k -= 1
        return k >= floor and (self.low[k] in self.coordinators or self.low[k] in self.contrasts or self.low[k] == ";")

    def _earlier_speaker(self, frames: list[Frame]) -> tuple[int, int] | None:
        for frame in reversed(frames):
            if frame.speaker is not None and frame.cue.kind not in (CueClass.RELAY, CueClass.NOUN):
                return frame.speaker
            if frame.through and frame.cue.kind is CueClass.RELAY:
                return frame.speaker if self.serial_verbs and frame.speaker is not None else frame.through[0][1]
        return None

    def _described_by(self, floor: int, office: tuple[int, int]) -> tuple[int, int]:
        """Return who stands before a dash that nothing closes: "ông Nam – trưởng phòng cảng Lam Sơn cho biết"."""
        dash = office[0] - 1
        is_one = self.low[office[0]] in self.indefinites
        if not self.serial_verbs or dash <= floor or self.low[dash] not in DASHES or not (self.low[office[0]] in self.nouns or is_one):
            return office
        name = self._phrase_back(floor, dash)
        if name is not None and name[1] == dash and self.low[name[0]] in self.people and self.low[office[0]] in self.bodies:
            return name[0], office[1]  # "Trưởng khoa Cấp cứu - Bệnh viện Lam Sơn"
        is_person = (
            name is not None
            and name[1] == dash
            and (
                ((self.low[name[0]] in self.titles or self.low[name[0]] in self.people) and self._has_name_at(name[0] + 1, dash))
                or (is_one and self._is_personal(*name))  # "Edo Holt - một lính cứu hỏa có mặt tại hiện trường, nói"
            )
        )
        return name if name is not None and is_person else office

    def _published(self, floor: int, description: tuple[int, int]) -> tuple[int, int]:
        """Return the paper or body that a description between commas describes: "Nhật báo Lam Sơn, cơ quan của Đảng Sông, viết"."""
        comma = description[0] - 1
        first = description[0]
        is_office = self.low[first] in self.people or self.low[first] in self.titles
        if comma <= floor or self.low[comma] not in COMMAS or self.capital[first] or is_office:
            return description
        name = self._phrase_back(floor, comma)
        is_body = name is not None and name[1] == comma and self.low[name[0]] in self.publishers
        is_named = name is not None and any(self.capital[k] for k in range(name[0] + 1, name[1]))
        return name if name is not None and is_body and is_named else description

    def _listed(self, floor: int, subject: tuple[int, int]) -> tuple[int, int]:
        """Return all the news organisations that a list names before its "and": "Reuters, AFP và CNN"."""
        first, last = subject
        joint = next((k for k in range(first, last) if self.low[k] in self.coordinators), last)
        while joint < last and first - 1 > floor and self.low[first - 1] == ",":
            before = self._phrase_back(floor, first - 1)
            if before is None or before[1] < first - 1 or before[1] - before[0] > LONGEST_LISTED:
                break
            if not (self._is_news(before) and self._is_news((first, joint))):
                break
            first, joint = before
        return first, last

    def _tagged(self, floor: int, description: tuple[int, int]) -> tuple[int, int]:
        """Return whom a dash behind a quotation names, however much is told of them: `"C" - ông Nam, giám đốc cảng, một nhà thơ, viết`."""
        comma = description[0] - 1
        dash = next(
            (k for k in range(comma, max(floor, comma - LONGEST_ASIDE), -1) if self.low[k] in DASHES and self.quoted[k - 1] >= 0), None
        )
        if dash is None or dash >= comma or self._quoted_in(dash, comma):
            return description
        name, _ = self._noun_phrase(dash + 1, comma, plain=True)
        is_person = name is not None and (self.low[name[0]] in self.titles or self._is_personal(*name))
        return name if name is not None and is_person and self._comma(dash, comma + 1) == name[1] else description

    def _before_dash(self, floor: int, p: int) -> tuple[tuple[int, int] | None, int]:
        """Return the name before an apposition between dashes: "ông Nam - giám đốc cảng - cho biết"."""
        low = self.low
        for k in range(p - 1, max(floor, p - LONGEST_ASIDE), -1):
            if (
                low[k] in DASHES
                and self.quoted[k] < 0
                and self.r.ends[k - 1] < self.r.starts[k]
                and (low[k + 1] in self.nouns or low[k + 1] in self.humans)
            ):
                name = self._phrase_back(floor, k)
                if name is not None and (
                    self._begins_name(*name) or self._has_name_at(*name) or (self.serial_verbs and low[name[0]] in self.mediums)
                ):
                    return name, name[0]
        return None, p

    def _across_commas(self, floor: int, p: int) -> tuple[tuple[int, int] | None, int]:
        """Return the speaker where a comma stands before the cue: parentheses are skipped, appositions kept."""
        low = self.low
        named = self._named_ahead(floor, p) if self.bare_clauses else None
        if named is not None:
            return named, named[0]
        stop = p
        last_end = p
        for _ in range(SEGMENTS):
            k = stop
            while k > floor and self.quoted[k - 1] < 0 and not self._parts(k - 1):
                k = self._opening(floor, k - 1) if low[k - 1] == ")" else k - 1
            begin = k + (low[k] in self.namely and k + 1 < stop)
            is_parenthesis = (
                begin >= stop
                or (self.verb_second and self._is_relative_clause(begin, stop + 1) == stop)
                or low[begin] in self.relatives
                or low[begin] in self.times
                or low[begin] in self.time_prepositions
                or begin in self.hits
                or low[begin] in self.prepositions  # "El detenido, de 45 años, negó …"
                or low[begin] in self.locatives
                or low[begin] in self.skippable
                or low[begin] in self.boundaries
                or self._is_verb(begin)
                or low[begin] in self.areas
                or (begin + 1 < stop and self._is_past(begin) and low[begin + 1] in self.locatives)  # "a survey, conducted by Orbit, finds"
                or (self.bare_clauses and self._tells_where(begin, stop))
            )
            if not is_parenthesis:
                stop = self._aside_after_name(begin, stop)
                first = self._trim_front(self._after_boundary(begin, stop), stop)
                phrase, after = self._noun_phrase(first, stop)
                phrase = self._called(phrase, after, stop)
                if self.bare_clauses and phrase is not None and self._is_long_name(phrase, stop):
                    phrase = (first, stop)
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
                if self.serial_verbs:
                    whole = self._tagged(floor, self._published(floor, self._described_by(floor, whole)))
                return whole, whole[0]
            if begin <= floor:
                return None, p
            stop = begin - 1
            last_end = stop
        return None, last_end

    def _tells_where(self, begin: int, stop: int) -> bool:
        """Tell whether words between commas say where something lies, or what it is like: "close to the border", "north of Doba"."""
        low = self.low
        if begin + 1 >= stop or self.capital[begin] or not (low[begin + 1] in self.infinitives or low[begin + 1] in self.possessors):
            return False
        return low[begin] not in self.nouns and low[begin] not in self.pronouns and not low[begin].endswith("s")

    def _is_in_aside(self, front: int, i: int) -> bool:
        """Tell whether a cue stands in a relative clause between commas, which the next one ends: "Orbit, which said that C, is new"."""
        if not self.bare_clauses:
            return False
        opening = next((k for k in range(i - 1, front - 2, -1) if k > 0 and self.low[k] in self.relatives | COMMAS), 0)
        return opening > 1 and self.low[opening - 1] in COMMAS and self.low[opening] not in COMMAS and self.quoted[opening - 1] < 0

    def _is_long_name(self, phrase: tuple[int, int], stop: int) -> bool:
        """Tell whether a name goes on behind "of" or "for": "the Movement for the Freedom of the Delta", not "the mayor of Elmer"."""
        first, last = phrase
        linking = self.prepositions | self.articles | self.coordinators
        is_name = (
            self.low[first] in self.articles and last - first == 2 and self.capital[first + 1] and self.low[first + 1] not in self.people
        )
        return (
            is_name and last < stop and all(self.capital[k] or self.low[k] in linking for k in range(last, stop)) and self.capital[stop - 1]
        )

    def _named_ahead(self, floor: int, p: int) -> tuple[int, int] | None:
        """Return the person's name whom all between it and the comma at `p` describes: "Hattie Moss, 42, a lecturer from Elmer,"."""
        low = self.low
        found: tuple[int, int] | None = None
        after = p
        for _ in range(SEGMENTS + 1):
            begin = after
            while begin > floor and self.quoted[begin - 1] < 0 and not self._parts(begin - 1) and low[begin - 1] != ":":
                begin -= 1
            if begin >= after or any(k in self.hits and not self._is_participle(k) for k in range(begin, after)):
                break
            if after < p and self._describes(after + 1, p):
                first = self._trim_front(begin, after)
                name = self._phrase_back(first, after)
                hangs = name is not None and first < name[0] and (self._is_participle(name[0] - 1) or low[name[0] - 1] in self.locatives)
                if name is not None and not hangs and name[1] == after and self._ends_in_person(first, *name):
                    found = (name[0], p)
            if begin <= floor or low[begin - 1] not in COMMAS:
                break
            after = begin - 1
        return found

    def _describes(self, k: int, stop: int) -> bool:
        """Tell whether words after a name and a comma say more of a person: an age, an office, "a lecturer", "who …", "from Elmer"."""
        low = self.low
        if low[k][0].isdigit():
            return k + 1 < len(low) and low[k + 1] in COMMAS
        if low[k] in self.relatives or low[k] in self.suppliers:
            return True
        if low[k] in self.titles and self.capital[k]:
            return False  # "…, Dr. Brook,"
        end = next((n for n in range(k, stop) if low[n] in COMMAS), stop)
        head = next((n for n in range(k + 1, end) if low[n] in self.relatives or low[n] in self.prepositions), end)
        is_office = any(low[n] in self.people for n in range(k, head))
        return is_office or (low[k] in self.articles and (low[k] in self.indefinites or not self.capital[head - 1]))

    def _ends_in_person(self, floor: int, first: int, last: int) -> bool:
        """Tell whether a phrase is a person's name of several words, alone or after an office in small letters, or all from `floor`."""
        begin = last
        known = self.determiners | self.people if last - first > 2 else self.determiners  # "Commander Ada Holt"
        while begin > first and self.capital[begin - 1] and self.low[begin - 1] not in known:
            begin -= 1
        if not self._is_personal(begin, last):
            is_word = last == first + 1 == floor + 1 and self.capital[first] and self.r.starts[first] not in self.names
            return is_word and self.low[first] not in self.common and not self._is_pronoun(first, last)
        return begin == floor or self.low[begin - 1] in self.people

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

    def _is_news(self, span: tuple[int, int] | None) -> bool:
        if span is None:
            return False
        medium = self.lexicon.words[WordClass.MEDIUM]
        if any(self.low[k] in medium for k in range(*span)):
            return True
        return any(self.names.get(self.r.starts[k]) for k in range(*span))
