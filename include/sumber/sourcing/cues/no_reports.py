"""Verbs of speech that report nothing: another word in the same letters, a noun, nothing that is stated, nobody who states it."""

from __future__ import annotations

from sumber.sourcing.cues.contents import LEAST_OBJECT, LONG_REST
from sumber.sourcing.cues.frames import STATES, SURE, WEAK, Frame, Verb
from sumber.sourcing.cues.second_verbs import SecondVerbs
from sumber.sourcing.lexicons import Cue, CueClass
from sumber.sourcing.model import Act, Position
from sumber.sourcing.phrases import BREAKS, COMMAS

LONGEST_POINTER = 4  # tokens of "thông tin nói trên"
STRONG = 0.85  # cues that are cues after a mere "and" too
NEAR_BODY = 10  # tokens between "melaporkan" and the body before which somebody is brought
VOWELS = frozenset("aeiouy")


class NoReports(SecondVerbs):
    """Tells where a verb of speech or attitude reports nothing."""

    def _is_noun(self, verb: Verb) -> bool:
        """Tell whether the words for a cue are a noun, or what another cue is about: "claims that", "trước thông tin về …"."""
        low = self.low
        a, i, j, cue, frames = verb.a, verb.i, verb.j, verb.cue, verb.frames
        led = self.serial_verbs and i > a and low[i - 1] in (self.locatives - self.skippable - self.boundaries) | self.complementisers
        if led and not self.claims.isdisjoint(low[i:j]):
            return True  # "trước thông tin về chuyến đi", "rằng cáo buộc này": a noun
        if (
            self.bare_clauses
            and i > a
            and self._is_participle(i - 1)
            and (i == a + 1 or not self.capital[i - 1])
            and any(each.kind is CueClass.NOUN for each in self.lexicon.cues[low[i]])
        ):
            return True  # "Addressing claims that C, the mayor said …", "tweets including claims that C"
        if self.affixed_verbs and i > a and low[i - 1] in self.negations and self._is_inside(frames, i - 1):
            return True  # "memastikan tidak melaporkan hal itu": what is denied, no second report
        if self.bare_clauses and i > a and self._is_no_verb(i, j, cue):
            return True
        if self.bare_clauses and "naming" in cue.marks and j < len(low) and low[j][0].isdigit():
            return True  # "called 911"
        is_refused = self.bare_clauses and cue.position is Position.DECLINES and j + 1 < len(low) and low[j] in self.pronouns
        if is_refused and low[j] not in self.possessives and low[j + 1] in self.cuts | BREAKS:
            return True  # "did not specify them but …"
        if (
            self.bare_clauses
            and cue.act is Act.ACCUSE
            and cue.kind is CueClass.SPEECH
            and j < len(low)
            and low[j] in self.place_prepositions | self.locatives
        ):
            return True  # "the attack, which Reed blamed on rebels"
        begins = bool(frames) and frames[-1].to_right and bool(frames[-1].content) and frames[-1].content[0][0] == i
        if begins and not (self.serial_verbs or self._is_participle(i)):
            return True  # "denied claims that": the object of the cue before it
        # "said X, who asked not to be named"
        return bool(
            frames and not frames[-1].to_right and frames[-1].content and i > a and low[i - 1] in self.relatives and cue.confidence < SURE
        )

    def _is_no_verb(self, i: int, j: int, cue: Cue) -> bool:
        """Tell whether a cue is a participle or noun: "the minister's planned visit", "on guarantees that", "when asked if"."""
        low, before = self.low, self.low[i - 1]
        following = low[j] if j < len(low) else ""
        is_owner = before in ("'", "’") or (before.endswith(("'s", "’s")) and before[:-2] not in self.pronouns)
        if is_owner and self._is_past(i) and following and self.quoted[i - 1] < 0:
            return cue.confidence < SURE and not (following in self.complementisers or self.quoted[j] >= 0)
        if low[j - 1].endswith("s") and following in self.complementisers and before in self.locatives | self.prepositions:
            return before not in self.relatives | self.infinitives | self.skippable
        return before in self.cuts and before not in self.contrasts and cue.act is Act.ASK and self._is_past(i)

    def _is_other_word(self, verb: Verb) -> bool:
        """Tell whether the words around a cue make another word of it: "a fund called North Star", "praised for warning of fire"."""
        low = self.low
        a, stop, i, j, cue, frames = verb.a, verb.stop, verb.i, verb.j, verb.cue, verb.frames
        if verb.is_gerund and frames and frames[-1].to_right and low[self._before_adverbs(a, i)] not in self.boundaries:
            return True  # "said that the crew was praised for warning of fire"
        if "naming" in cue.marks and i > a and not self._may_name(i):
            return True  # "a fund called North Star"
        if "naming" in cue.marks and self.bare_clauses and i > a and low[i - 1] in COMMAS and j < stop and self.quoted[j] >= 0:
            return True  # `The fault, dubbed "Quay Shell," was …`
        if "plural" in cue.marks and not self._are_several(a, i):
            return True
        if i > a and low[i - 1][0].isdigit() and cue.confidence < SURE and not self._is_time_back(i - 1):
            return True
        if self._is_document_noun(a, i, j, stop):
            return True
        # "bác bỏ yêu cầu đòi …": what was rejected is a noun
        return bool(self.serial_verbs and frames and frames[-1].to_right and frames[-1].end == i)

    def _says_too_little(self, verb: Verb) -> bool:
        """Tell whether what follows a cue is no statement: a place, a person, a pointer, something yet to be said."""
        low = self.low
        a, stop, i, j, cue = verb.a, verb.stop, verb.i, verb.j, verb.cue
        begin, strength, speaker, front = verb.begin, verb.strength, verb.speaker, verb.front
        if verb.is_gerund and strength == "bare":
            joint = self._before_adverbs(a, i)
            is_aside = joint > a and low[joint - 1] in COMMAS and self._comma(begin, stop) < stop
            if is_aside or cue.kind is not CueClass.SPEECH:
                return True  # "the minister, while announcing the visit, hoped …"
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
            return True  # "akan mengumumkan kebijakan itu"
        if strength == "bare" and "handed" in cue.marks and self._is_handed(begin, stop):
            self._hear(i, j, cue, speaker)
            return True
        if strength == "bare" and is_tagged:
            return True  # "Banyak orang tidak yakin, kata Rina"
        if strength == "bare" and (
            ("that" in cue.marks and not is_comma) or (is_short and cue.kind is CueClass.SPEECH and cue.act in STATES)
        ):
            self._hear(i, j, cue, speaker)
            return True
        is_led = self.affixed_verbs and strength == "bare" and self._opens_with_phrase(begin, stop)
        if (
            strength == "bare"
            and (cue.act in STATES or cue.kind in WEAK)
            and low[begin] in self.prepositions
            and not verb.is_refusal
            and not self._begins_at_place(begin, stop, cue)
            and not is_led
            and (low[begin] not in self.bare_starts or (cue.kind is CueClass.OBJECT and low[begin] in self.infinitives))
            and low[begin - 1] not in COMMAS
        ):
            return True
        if strength == "bare" and self.affixed_verbs and low[begin] in self.pointers and self._is_manner(begin, stop):
            self._hear(i, j, cue, speaker)
            return True
        is_hope = self.affixed_verbs and strength == "bare" and cue.act is Act.EVALUATE and cue.kind is CueClass.SPEECH
        if is_hope and low[begin - 1] not in COMMAS and (stop - begin < LEAST_OBJECT or low[begin] in self.locatives | self.infinitives):
            return True  # "berharap balas budi", "berharap pada Rina"
        is_urged = self.serial_verbs and strength == "bare" and begin == j and cue.act in (Act.DEMAND, Act.PROMISE)
        if is_urged and low[begin] in self.prepositions & self.locatives:
            return True  # "tái khẳng định cam kết đối với các hiệp ước": a noun
        is_denied = cue.position is Position.DENIES and self._names_claim(begin, self._comma(begin, stop))
        if strength == "bare" and cue.kind is CueClass.SPEECH and not (is_denied or is_led) and self._is_pointer(begin, stop):
            return True
        if self.bare_clauses and strength == "that" and low[begin - 1] in self.questions and low[begin] in self.infinitives:
            return True  # "told people how to get home"
        is_noun_too = self.bare_clauses and begin == j and any(each.kind is CueClass.NOUN for each in self.lexicon.cues[low[i]])
        # "longstanding demands for reform"
        return bool(strength == "bare" and is_noun_too and low[begin] in self.topics and low[begin] not in self.infinitives)

    def _is_weakly_joined(self, verb: Verb) -> bool:
        """Tell whether a cue that shares its subject, or that has been cited, is too weak to go on with: "and [claims] …"."""
        low = self.low
        a, stop, i, j, cue = verb.a, verb.stop, verb.i, verb.j, verb.cue
        begin, strength = verb.begin, verb.strength
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
        if verb.is_shared and self._follows_and(a, i) and ("base" in cue.marks or (is_loose and not (is_perfect or is_sure))):
            return True
        if strength == "bare" and self._comma(begin, stop) == stop and low[begin - 1] in COMMAS and self._starts_parenthesis(begin):
            return True  # "Y said, citing Z"
        return bool("quote" in cue.marks and strength != "quote")

    def _reads_otherwise(self, verb: Verb) -> bool:
        """Tell whether a cue has another sense before these words: "agreed to terms", "reported to training camp"."""
        low = self.low
        a, stop, i, j, cue = verb.a, verb.stop, verb.i, verb.j, verb.cue
        begin, strength, speaker = verb.begin, verb.strength, verb.speaker
        behind = low[j] if j < len(low) else ""
        is_manner = cue.kind is CueClass.OBJECT and begin == j and begin + 1 < stop and low[begin] in self.adverbs_by_form
        if self.bare_clauses and is_manner and low[begin + 1] in self.prepositions:
            return True  # "compared badly with last year's"
        if self.bare_clauses and cue.kind is CueClass.ATTITUDE and strength == "bare" and low[begin] in self.contrasts:
            return True  # "had given them hope but it was late"
        is_weak = self.bare_clauses and cue.confidence < SURE and not verb.is_shared and self._is_past(i)
        if is_weak and speaker is not None and speaker[0] > a and low[speaker[0] - 1] in self.prepositions & self.locatives:
            return True  # "with Reed denied a goal"
        if self.bare_clauses and "addressee" in cue.marks and strength == "bare" and behind in self.infinitives:
            return True  # "hired without training, and told to read"
        is_promise = self.bare_clauses and strength == "bare" and cue.act is Act.PROMISE and low[j - 1] in self.infinitives
        if is_promise and self._is_towards(j - 1, stop):
            return True  # "agreed to terms"
        if (
            self.bare_clauses
            and strength == "bare"
            and cue.act in STATES
            and low[begin] in self.infinitives
            and self._is_towards(begin, stop)
        ):
            return True  # "reported to training camp"
        if "forum" in cue.marks and (speaker is None or low[speaker[1] - 1] not in self.forums):
            return True
        # "encouraged them by saying C"
        return bool(
            self.bare_clauses and strength == "bare" and low[begin] in self.pronouns and begin + 1 < stop and low[begin + 1] in self.agents
        )

    def _is_loose(self, verb: Verb) -> bool:
        """Tell whether a cue without a conjunction has only a noun, an aside or an agent behind it: "tweeted an apology"."""
        low = self.low
        a, stop, i, j, cue = verb.a, verb.stop, verb.i, verb.j, verb.cue
        begin, strength, speaker, front = verb.begin, verb.strength, verb.speaker, verb.front
        if self.bare_clauses and strength == "bare" and cue.confidence < SURE and self._is_bare_noun(begin, stop):
            self._hear(i, j, cue, speaker)
            return True  # "tweeted an apology"
        if self.bare_clauses and strength == "bare" and self._is_aside_verb(a, i, cue, begin, stop):
            return True
        if self.bare_clauses and cue.kind is CueClass.ATTITUDE and front > a and low[front - 1] in self.questions:
            return True  # "asked whether the owners knew that C": nobody says so
        return bool(
            strength == "bare" and (low[begin] in self.agents or (low[begin] in self.coordinators and low[begin - 1] not in COMMAS))
        )

    def _is_no_statement(self, verb: Verb, end: int) -> bool:
        """Tell whether what stands between a cue and `end` states nothing: "ca ngợi nhau", the name of an act, a comparison left out."""
        low = self.low
        a, stop, i, j, cue = verb.a, verb.stop, verb.i, verb.j, verb.cue
        begin, strength, speaker, front = verb.begin, verb.strength, verb.speaker, verb.front
        if self.serial_verbs and low[begin] in self.reflexives:
            return True  # "ca ngợi nhau"
        if self.serial_verbs and strength == "bare" and low[begin] in self.contrasts:
            return True  # "tờ báo quy kết nhưng không nêu bằng chứng"
        if self.serial_verbs and self._is_undergone(a, front, speaker) and strength == "bare" and self._tells_when(begin):
            return True  # "Quyết định được X thông báo chỉ vài ngày trước khi …"
        if self.serial_verbs and strength == "quote" and begin == j and cue.act in (Act.DEMAND, Act.PROMISE) and self._is_term(begin, stop):
            return True  # `đề xuất "Đạo luật Bảo vệ biển" hôm 5-3`
        if "as" in cue.marks and (not any(self._likens(k, end) for k in range(begin + 1, end)) or low[begin] in self.likenings):
            return True
        # "The claims, which he has denied, are old": what is said stands before
        return self._is_in_aside(front, i) and low[begin - 1] in COMMAS and begin == j + 1

    def _is_nobodys(self, verb: Verb, end: int) -> bool:
        """Tell whether a report has nobody, or nothing that can tell as much, as its subject: "Reed showed that he could"."""
        low = self.low
        a, i, j, cue = verb.a, verb.i, verb.j, verb.cue
        begin, strength, speaker, front = verb.begin, verb.strength, verb.speaker, verb.front
        behind = low[j] if j < len(low) else ""
        is_scene = self.serial_verbs and self._is_scene(self._skip_openers(a, i), i)
        if speaker is None and (cue.kind is not CueClass.SPEECH or self._opens(a, i) or is_scene):
            return True
        if (
            strength == "bare"
            and "clause" in cue.marks
            and self.serial_verbs
            and speaker is not None
            and low[speaker[1] - 1] in self.documents
        ):
            return True  # "ngạc nhiên trước các báo cáo nói …": what the reports say is not told apart from what goes on
        if strength == "bare" and "clause" in cue.marks and behind not in COMMAS and not self._begins_clause(begin, end):
            self._hear(i, j, cue, speaker)
            return True
        if "evidence" in cue.marks and speaker is not None and not self._is_evidence(speaker):
            return True  # "Reed showed that he could"
        is_narrowed = cue.kind is not CueClass.SPEECH and speaker is not None and self._is_narrowed(speaker, i)
        is_bare = strength == "bare" or (strength == "quote" and "that" in cue.marks)
        if is_bare and speaker is not None and (is_narrowed or ("document" in cue.marks and not self._is_evidence(speaker))):
            return True
        is_made = self.serial_verbs and begin == j and front - 1 > a and low[front - 1] in self.origins
        if is_made and strength == "bare" and low[front - 2] not in BREAKS and low[begin] in self.verbs:
            return True  # "Báo cáo do Bộ Y tế công bố đã vi phạm quy tắc": what the report does
        is_as = (
            self.serial_verbs and strength == "bare" and begin == j and front > a + 1 and low[front - 1] in self.likenings & self.openers
        )
        if is_as and low[front - 2] not in BREAKS and low[front - 2] not in self.skippable:
            return True  # "Việc này như các nghị sĩ chỉ ra sẽ không phù hợp", not "X cũng như Y khẳng định C"
        # "mà phương Tây cho là tên lửa": what is said of something stands before the relative
        return self.serial_verbs and (cue.kind in WEAK or strength == "bare") and front > a and low[front - 1] in self.relatives

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
        linking = self.possessors | self.place_prepositions if self.bare_clauses else self.possessors
        begin = a if self.bare_clauses else (phrase[0] if phrase is not None else i)  # "observers in Doba believe"
        head = next((k - 1 for k in range(begin + 1, i) if low[k] in linking), i) if phrase is not None else i
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

    def _is_aside_verb(self, a: int, i: int, cue: Cue, begin: int, stop: int) -> bool:
        """Tell whether a verb reports nothing: "despite reported interest", "the rule some thought would bind them"."""
        if cue.kind is CueClass.ATTITUDE and self.low[begin] in self.verbs and self.low[begin] in self.skippable and self.quoted[begin] < 0:
            return True
        is_linked = i > a and (self.low[i - 1] in self.locatives or self.low[i - 1] in self.prepositions)
        return is_linked and not self._is_participle(i) and self.low[i - 1] not in self.relatives and not self._begins_clause(begin, stop)

    def _is_told_to(self, begin: int, stop: int) -> bool:
        """Tell whether somebody and what they should do follow a cue: "urged residents to stay"."""
        told, after = self._noun_phrase(begin, stop, plain=True)
        return told is not None and after + 1 < stop and self.low[after] in self.infinitives

    def _is_bare_noun(self, begin: int, stop: int) -> bool:
        """Tell whether nothing but an article and one noun follow a cue."""
        return stop - begin == 2 and self.low[begin] in self.articles & self.indefinites and self.quoted[begin] < 0

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
        if self.serial_verbs and before in self.boundaries and before in self.locatives:
            return False  # "khi tuyên bố: …"
        if before in self.openers or (before in self.locatives and before not in self.skippable):
            return True
        # "nội dung báo cáo": another noun stands before it
        known = self.skippable | self.pronouns | self.nouns | self.titles | self.demonstratives | self.times | self.relatives
        is_joint = before in self.coordinators - self.companions and i - 2 > a and low[i - 2] not in self.nouns | self.claims
        if is_joint and not any(k in self.hits for k in range(a, i)):
            return False  # "đã đến Sena và tuyên bố C"
        is_known = before in known or before in BREAKS or self.capital[i - 1] or self.quoted[i - 1] >= 0 or before[0].isdigit()
        if is_known or not self.serial_verbs or low[j] in self.complementisers:
            return False
        owner = self._phrase_back(a, i) if low[j] in self.skippable else None  # "Cơ quan An ninh liên bang tuyên bố đã bắt X"
        return owner is None or low[owner[0]] not in self.publishers or not self._is_named(owner)

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
        after = begin + 2
        if self.serial_verbs and after <= stop and low[begin] in self.likenings and low[begin + 1] in self.adverbs | self.demonstratives:
            return after == stop or low[after] in self.locatives or low[after] in self.times or low[after] in BREAKS  # "như vậy khi …"
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
            is_subject = low[k] in self.pronouns and not (self.bare_clauses and low[k] in self.possessives)
            if self.serial_verbs and k > begin:  # "nói rõ quan điểm của họ với ông Nam": nobody who does something
                is_subject = is_subject and low[k - 1] not in self.possessors and self._is_pronoun(k, end)
            if self.quoted[k] >= 0 or is_subject or self._is_verb(k):
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

    def _hear(self, i: int, j: int, cue: Cue, speaker: tuple[int, int] | None) -> None:
        """Remember who has the word in a sentence that holds no claim of theirs."""
        if cue.kind is CueClass.SPEECH and speaker is not None and self.heard is None:
            self.heard = (i, j, speaker)

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

    def _is_towards(self, k: int, stop: int) -> bool:
        """Tell whether a "to" at `k` leads to a noun rather than to a verb."""
        following = self.low[k + 1] if k + 1 < stop else ""
        is_noun = following in self.determiners or following in self.pronouns or following in self.nouns
        ending = next((each for each in self.participles if following.endswith(each)), "")
        is_gerund = bool(ending) and any(letter in VOWELS for letter in following.removesuffix(ending))  # "training", not "bring"
        is_noun = is_noun or is_gerund or (following.endswith("s") and not following.endswith(("ss", "us")))
        return self.bare_clauses and is_noun
