"""Where what is said begins and ends, to the right and to the left of a cue, and what can be no content.

Every step looks at each token a bounded number of times.
"""

from __future__ import annotations

from sumber.sourcing.clauses import Clauses
from sumber.sourcing.cues.frames import Frame
from sumber.sourcing.lexicons import CueClass
from sumber.sourcing.model import Span
from sumber.sourcing.phrases import BREAKS, COMMAS
from sumber.sourcing.sentences import ENDS

DASHES = frozenset({"—", "–", "-", "―"})
MARKS = frozenset('"“”„‟«»「」『』＂')
COMPLEMENT_REACH = 14  # tokens between a cue and its "that": time, place and addressee stand there
LONG_REST = 6  # tokens after a cue that are content rather than when and where it was said
SHORT_SCENE = 3  # tokens that say nothing by themselves: "even so,"
LONGEST_SCENE = 20  # tokens of "at a meeting on Monday,"
LONGEST_BYLINE = 6  # tokens before its colon
LEAST_OBJECT = 3  # tokens in what a verb reports without a conjunction
LONGEST_TERM = 3  # words in quotation marks that are a term rather than speech


class Contents(Clauses):
    """Finds the bounds of what is said."""

    # Of the sentence at hand; `Analyst.sentence` sets them.
    consumed: int = 0  # what stands before belongs to an earlier cue
    heard: tuple[int, int, tuple[int, int]] | None = None  # a cue whose speaker has the word without a claim
    announced: tuple[int, int, tuple[int, int]] | None = None  # a cue before a colon that ends its sentence

    def _is_participle(self, i: int) -> bool:
        return bool(self.participles) and self.low[i].endswith(self.participles)

    def _is_past(self, k: int) -> bool:
        return bool(self.verb_suffixes) and not self.capital[k] and (self.low[k].endswith(self.verb_suffixes) or self.low[k] in self.pasts)

    def _names_document(self, span: tuple[int, int]) -> bool:
        return any(self.low[k] in self.documents for k in range(*span))

    def _has_verb(self, begin: int, stop: int) -> bool:
        """Tell whether tokens hold a verb outside relative clauses."""
        return any((self._is_verb(k) or self.quoted[k] >= 0) and self.low[k - 1] not in self.relatives for k in range(begin, stop))

    def _comma(self, begin: int, stop: int) -> int:
        """Return the first comma from `begin` outside quotations, or `stop`: where a noun phrase that is reported ends."""
        return next((k for k in range(begin + 1, stop) if self.low[k] in COMMAS and self.quoted[k] < 0), stop)

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
                if self.bare_clauses:
                    told, after = self._before_clause(told, after)
                recipient, p = told, after
                if self.bare_clauses and self._is_list(p, stop):
                    return stop, j, recipient, ""  # "told outlets including the Courier, Herald and Times"
                while p < stop and low[p] in self.adverbs:
                    p += 1
                limit = min(stop, p + COMPLEMENT_REACH)
                to = p + 1 if p < stop and low[p] in self.negations else p
                if (
                    to + 1 < stop
                    and low[to] in self.infinitives
                    and not (low[to + 1] in self.closed or low[to + 1] in self.complementisers)
                ):
                    return told[0], j, None, "bare"  # "told residents not to leave"
                if p < stop and (low[p] in self.locatives or low[p] in self.prepositions) and self._skip_time(p, stop) == p:
                    further = self._beyond(p, j, stop, recipient)
                    return further if further[3] in ("that", "colon", "quote") else (stop, j, recipient, "")
        # Straight ahead: adverbs, addressee, time, then "that", a colon or a quotation.
        while p < limit:
            word = low[p]
            if quoted[p] >= 0:
                if self.bare_clauses and recipient is not None and low[p - 1].endswith(("'s", "’s")):
                    return stop, j, recipient, ""  # "told CNN's “Morning Show.”"
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
                further = self._beyond(p + 1, j, stop, recipient)
                return (stop, j, recipient, "") if self._is_occasion(p + 1, further) else further
            is_infinitive = word in self.infinitives and p + 1 < stop and not (self.capital[p + 1] or low[p + 1] in self.nouns)
            is_infinitive = is_infinitive and low[p + 1] not in self.determiners and low[p + 1] not in self.pronouns
            if word in self.recipients and recipient is None and takes_recipient and not is_infinitive and self._skip_time(p, stop) == p:
                told, after = self._noun_phrase(p + 1, stop)
                if told is not None and self._is_circumstance(told, after, stop):
                    break  # "mengatakan dengan pertumbuhan yang masih rendah, maka C"
                if told is not None:
                    recipient, p = self._told_outlet(told, after)
                    if self.serial_verbs and p < stop and low[p] in self.humans:
                        # "nói với những người dự họp rằng C"
                        that = next((k for k in range(p, self._comma(p, stop)) if low[k] in self.complementisers), None)
                        return (p, j, recipient, "bare") if that is None else (that + 1, j, recipient, "that")
                    if self.affixed_verbs and p < stop and low[p] in self.relatives:
                        # "kepada pasukan yang berkumpul di perbatasan bahwa C": who they are ends at "that" only
                        that = next((k for k in range(p, min(stop, p + LONGEST_SCENE)) if low[k] in self.complementisers), None)
                        return (stop, j, recipient, "") if that is None else (that + 1, j, recipient, "that")
                    continue
            is_manner = word in self.adverbs_by_form and p + 2 < stop and (low[p + 1] in COMMAS or quoted[p + 1] >= 0)  # `said flatly, "…"`
            if word in self.adverbs or is_manner or word in self.times or word == "(":
                after = self._skip_time(p, stop)
                if after > p:
                    p = after
                    continue
                close = self._close(p, stop) if self.serial_verbs and word == "(" else None
                p = close or p + 1  # "cho biết lúc 6 giờ (theo giờ địa phương)"
                continue
            if word in self.time_prepositions:
                after = self._skip_time(p, stop)
                if after > p:
                    p = after
                    continue
            break
        if self.bare_clauses and p == j < stop and low[p - 1] in self.documents and self._is_qualified(p):
            begin, cue_end, told, strength = self._beyond(p, j, stop, recipient)  # "said in a statement issued on Friday that C"
            return (begin, cue_end, told, strength) if strength in ("that", "colon", "quote") else (stop, j, recipient, "")
        if p >= stop:
            return stop, j, recipient, ""
        if p + 1 == stop and low[p] in self.falsehoods:
            return p, j, recipient, "bare"
        if following < stop and self._is_relayed(following):
            following = stop  # "said in a statement carried by Y that C"
        begin, cue_end, told, strength = self._beyond(p, j, min(stop, following + 1), recipient)
        if strength == "colon" and begin < stop and self.quoted[begin] >= 0:
            return begin, cue_end, told, strength
        is_where = (
            self.bare_clauses and strength == "quote" and not any(self._acts(k) or self.low[k] in self.pronouns for k in range(p, begin))
        )
        is_place = self.bare_clauses and strength == "colon" and low[p] in self.place_prepositions
        is_where = is_where or (is_place and (begin >= stop or self.capital[begin]))
        if strength in ("that", "quote", "colon") and begin - p <= COMPLEMENT_REACH and (is_where or not self._has_own_clause(p, begin)):
            return begin, cue_end, told, strength  # `said on Harbour FM, "C"`
        return p, j, recipient, "bare" if stop - p >= 2 else ""

    def _is_occasion(self, p: int, further: tuple[int, int, tuple[int, int] | None, str]) -> bool:
        """Tell whether words behind whom it was told say on what occasion: "told AFP, when asked if …", "told AFP, commenting on …"."""
        if not self.bare_clauses or p >= len(self.low):
            return False
        strength = further[3]
        is_when = self.low[p] in self.cuts and strength == "that" and self.low[further[0] - 1] in self.questions
        return is_when or (self._is_participle(p) and (strength == "bare" or p in self.hits))

    def _is_circumstance(self, told: tuple[int, int], after: int, stop: int) -> bool:
        """Tell whether words after a "with" are no addressee: nobody is named, and a clause follows that describes them."""
        describes = after < stop and self.low[after] in self.relatives and not self._is_named(told)
        return describes and self.low[told[0] - 1] in self.companions

    def _is_qualified(self, p: int) -> bool:
        """Tell whether a participle at `p` tells more of the document before it: "issued", "seen by", "carried by"."""
        is_read = p in self.hits and p + 1 < len(self.low) and self.low[p + 1] in self.locatives  # "read on the radio"
        return self._is_past(p) or is_read or (p in self.hits and self._is_relayed(p))

    def _is_list(self, p: int, stop: int) -> bool:
        """Tell whether nothing but further names follows a comma at `p`."""
        return (
            p + 1 < stop
            and self.low[p] in COMMAS
            and all(
                self.capital[k] or self.low[k] in COMMAS or self.low[k] in self.coordinators or self.low[k] in self.determiners
                for k in range(p, stop)
            )
        )

    def _before_clause(self, told: tuple[int, int], after: int) -> tuple[tuple[int, int], int]:
        """Return an outlet that was told, without what it was told: "told the Courier newspaper Orbit's boats were late"."""
        for k in range(*told):
            end = self.names.get(self.r.starts[k], 0)
            name = next((m + 1 for m in range(k, told[1]) if self.r.ends[m] >= end), told[1]) if end else told[1]
            last = next((m for m in range(name, told[1]) if self.low[m] not in self.mediums), told[1])
            if name < last < told[1] and (self.capital[last] or self.low[last] in self.determiners):
                return (told[0], last), last
            if name < told[1] and last == name and self.low[last] in self.determiners:
                return (told[0], last), last  # "told Orbit two men were hurt"
        return told, after

    def _told_outlet(self, told: tuple[int, int], after: int) -> tuple[tuple[int, int], int]:
        """Return an addressee and the token after it: a news organisation ends where its name does ("kepada AFP bom itu meledak")."""
        for k in range(*told):
            end = self.names.get(self.r.starts[k], 0)
            if end and self.affixed_verbs:
                last = next((m for m in range(k, told[1]) if self.r.ends[m] >= end), told[1] - 1) + 1
                bracket = last < told[1] and self.low[last] == "("
                return (told, after) if bracket or last >= told[1] else ((told[0], last), last)
        return told, after

    def _beyond(self, p: int, j: int, stop: int, recipient: tuple[int, int] | None) -> tuple[int, int, tuple[int, int] | None, str]:
        """Look past what stands between a cue and its content for "that", a colon or a quotation."""
        for k in range(p, min(stop, p + COMPLEMENT_REACH)):
            if self.bare_clauses and k > p and self.low[k] in self.questions and self.low[k - 1] in self.infinitives:
                break  # "said in response to whether C"
            if self.low[k] in self.complementisers and not self._points(p, k):
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

    def _points(self, first: int, k: int) -> bool:
        """Tell whether a word that may open a clause only points: "said at that time that C"."""
        return self.bare_clauses and k > first and self.low[k] in self.definites and self.low[k - 1] in self.prepositions

    def _is_interval(self, first: int, last: int) -> bool:
        """Tell whether words say nothing but how long after: "said a week later that C", "said two days before that C"."""
        is_timed = any(self.low[k] in self.times for k in range(first, last))
        known = self.times | self.determiners | self.time_prepositions | self.adverbs | self.boundaries
        return is_timed and all(self.low[k] in known or self.low[k][0].isdigit() for k in range(first, last))

    def _has_own_clause(self, first: int, last: int) -> bool:
        """Tell whether the words between a cue and a later "that" look like content of their own: a verb, or a name that acts."""
        if self.bare_clauses and self._is_interval(first, last - 1):
            return False
        return any(self.low[k] in self.verbs or (k in self.hits and not self._is_relayed(k)) for k in range(first, last)) or (
            first < last and not (first in self.hits and self._is_relayed(first)) and self.low[first] not in self.adjuncts
        )

    def _is_relayed(self, k: int) -> bool:
        """Tell whether the cue at `k` says who passed something on."""
        words = tuple(self.low[k : self.hit_ends[k]])
        return self.bare_clauses and any(c.kind is CueClass.RELAYED and c.words == words for c in self.lexicon.cues[words[0]])

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

    def _left_content(self, a: int, i: int, frames: list[Frame]) -> tuple[int, int] | None:
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
        if self.bare_clauses and begin < stop and low[begin] in self.agents:
            colon = next((k for k in range(begin + 1, min(stop, begin + LONGEST_BYLINE)) if not self.capital[k]), stop)
            begin = colon + 1 if begin + 1 < colon < stop and low[colon] == ":" else begin  # "By Ada Brook: The quay is shut"
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
        is_apart = low[joint - 1] in COMMAS or (self.serial_verbs and low[k - 1] in DASHES)
        if k < stop and quoted[k] >= 0 and (is_apart or low[k - 1] == ":") and k < reach:
            return (k, stop)
        return None

    def _around_tag(self, left: tuple[int, int], after: int, stop: int) -> tuple[int, int] | None:
        """Return the clause that a tag interrupts: "Jalan itu, kata Rina, ditutup"."""
        if after >= stop or self.low[after] not in COMMAS or self.quoted[after] >= 0 or self.quoted[left[0]] >= 0:
            return None
        first = after + 1
        is_joint = first < stop and (self.low[first] in self.coordinators or self.low[first] in self.boundaries)
        is_brief = self.affixed_verbs and left[1] - left[0] <= SHORT_SCENE and not self._has_verb(*left)
        if is_joint and is_brief and self.low[first] not in self.coordinators and self._has_verb(first, stop):
            return (first, stop)  # "Jangan sampai, kata dia, jika jalan ditutup warga dirugikan"
        is_opening = first < stop and not (
            self.low[first] in self.locatives
            or self.low[first] in self.relatives
            or self._skip_time(first, stop) > first
            or is_joint
            or (first in self.hits and not self.affixed_verbs)  # "Warga, sambung Rina, mendesak polisi": its subject stands before the tag
        )
        goes_on = self._has_verb(first, stop) or (is_brief and stop - first > LEAST_OBJECT)  # "Warga, kata Rina, hidup di atas lumpur"
        is_led = self.affixed_verbs and self.low[left[0]] in self.locatives and self._comma(*left) == left[1]
        is_part = is_led or not self._has_verb(*left)  # "Untuk memperbaiki jalan, kata Rina, diperlukan tujuh bulan"
        return (first, stop) if is_opening and is_part and goes_on else None

    def _is_new_clause(self, p: int, stop: int) -> bool:
        return p < stop and (self.low[p] in self.coordinators or self.low[p] in self.boundaries or p in self.hits)

    def _is_title(self, span: tuple[int, int]) -> bool:
        """Tell whether a short quotation at the end of other words is the name of a work: "On Sunday's “Morning Show”, he said"."""
        inside = sum(1 for k in range(*span) if self.quoted[k] >= 0)
        opening = next((k for k in range(*span) if self.quoted[k] >= 0), span[0])
        is_named = opening > span[0] and self.low[opening - 1] not in BREAKS and self.affixed_verbs  # "bertema “…”"
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
        if last - first >= 5 and any(
            self._is_verb(k) or self.quoted[k] >= 0 or (self.bare_clauses and k > first and self._is_past(k)) for k in range(first, last)
        ):
            return True
        return last - first >= 9

    def _is_setting(self, span: tuple[int, int], begin: int, stop: int) -> bool:
        """Tell whether words before a speaker set the scene for what follows its cue: "Theo X, …", "Trong cuộc họp, ông Nam cho biết …"."""
        if self.bare_clauses and any(self.low[k] in self.times for k in range(begin, min(stop, begin + LEAST_OBJECT))):
            return False  # "Police urged people to leave, a man said, two days after the fire"
        if self._accompanies(begin, stop):
            return False
        first = self.low[span[0]]
        is_scene = first in self.locatives or first in self.times or first in self.time_prepositions
        is_scene = is_scene or any(k in self.hits for k in range(*span))
        return is_scene and stop - begin >= LONG_REST

    def _accompanies(self, begin: int, stop: int) -> bool:
        """Tell whether words behind a tag say what was done too: "In the morning boats will be back, Reed said, while warning of fog"."""
        is_joint = self.bare_clauses and begin + 1 < stop and self.low[begin] in self.boundaries | self.locatives
        return is_joint and self._is_participle(begin + 1)

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
            span[1] >= stop
            or self.low[span[1]] in BREAKS
            or (self.bare_clauses and self.low[span[1]] in self.relatives)  # "said a soldier who was there"
            or self.low[span[1]] in self.locatives | self.times | self.time_prepositions
            or (self._is_participle(span[1]) and self.low[span[1] - 1] in self.documents and self.low[span[0]] in self.articles)
        )

    def _clause_start(self, a: int, i: int, frames: list[Frame]) -> int:
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

    def _is_scene(self, first: int, last: int) -> bool:
        """Tell whether nothing but a phrase of time or place and its comma stand between two tokens: "at a meeting on Monday,"."""
        if not first < last <= first + LONGEST_SCENE or any(self.quoted[k] >= 0 for k in range(first, last)):
            return False
        opens = self.low[first] in self.locatives or self.low[first] in self.times or self.low[first] in self.time_prepositions
        opens = opens or (self.serial_verbs and first in self.hits)  # "phát biểu trước công nhân, ông Nam …"
        return (opens and self.low[last - 1] in COMMAS) or last - first <= SHORT_SCENE

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

    def _names_claim(self, first: int, last: int) -> bool:
        """Tell whether tokens only point to a claim: "the report", "kabar itu", "it"."""
        return all(self.low[k] in self.pointing or self.low[k] in self.claims or not self.low[k][0].isalnum() for k in range(first, last))
