"""Clauses of languages whose verb stands second (German): who acts stands on either side of the verb, and what is said after its last part.

"Am Montag hat der Minister dem Sender mitgeteilt, C", "C, teilte X mit", "Wie X am Montag mitteilte, C". Every step looks at each token of
a clause a bounded number of times.
"""

from __future__ import annotations

from sumber.sourcing.phrases import BREAKS, COMMAS, Phrases
from sumber.sourcing.sentences import Sentence

LONGEST_TITLE = 7  # tokens in the quoted name of a newspaper, marks included
LONGEST_MIDDLE = 40  # tokens between a verb and the comma or mark before its content


class Clauses(Phrases):
    """Finds the parts of a clause whose verb stands second."""

    silent: Sentence | None = None  # the sentence read last, where it attributes nothing
    before: Sentence | None = None  # the same, as seen from the sentence at hand: what "Das teilte X mit" points at

    def _particle(self, j: int, stop: int, particle: str) -> tuple[int, int] | None:
        """Return where the verb's second part stands, at the end of its clause: "teilte … mit", "gab … zu bedenken"."""
        parts = particle.split()
        depth = self.quoted[j] if j < stop else -1
        for k in range(j, min(stop, j + LONGEST_MIDDLE)):
            if self.quoted[k] != depth:
                continue
            end = k + len(parts)
            if self.low[k] == parts[0] and self.low[k:end] == parts and (end >= stop or self._closes_clause(end)):
                return k, end
            if self.low[k] in (":", ";") or self.low[k] in self.complementisers:
                return None
        return None

    def _closes_clause(self, k: int) -> bool:
        word = self.low[k]
        return word in BREAKS or word in self.coordinators or word in self.complementisers or word in self.boundaries or self.quoted[k] >= 0

    def _auxiliary_before(self, floor: int, i: int, auxiliaries: frozenset[str]) -> int | None:
        """Return the auxiliary that a participle at `i` belongs to, in the same clause: "Rice hatte in Kiew erklärt"."""
        for k in range(i - 1, max(floor, i - LONGEST_MIDDLE) - 1, -1):
            if self.quoted[k] >= 0 or self.low[k] in COMMAS or self.low[k] == ":" or self.low[k] in self.complementisers:
                return None
            if self.low[k] in auxiliaries:
                return k
        return None

    def _clause_opener(self, floor: int, i: int) -> int | None:
        """Return the "wie" that opens the clause of a verb at `i`: "wie der Minister, Jan Kunz, mitteilte"."""
        for k in range(i - 1, max(floor, i - LONGEST_MIDDLE) - 1, -1):
            if self.quoted[k] >= 0 or self.low[k] in (":", ";"):
                return None
            if self.low[k] in self.like_openers:
                before = k - 1
                opens = k == floor or self.low[before] in BREAKS or self.quoted[before] >= 0 or self.low[before] in self.coordinators
                return k if opens else None
        return None

    def _verbs_end(self, j: int, stop: int) -> int:
        """Return the token after the auxiliaries that follow a verb at its clause's end: "mitgeteilt hat", "bekannt wurde"."""
        while j < stop and (self.low[j] in self.perfects or self.low[j] in self.verbs):
            j += 1
        return j

    def _actor(self, p: int, stop: int) -> tuple[tuple[int, int] | None, int]:
        """Return the subject that follows a verb at `p`, over reflexives and adverbs, and the token after it."""
        k = p
        while k < min(stop, p + 4) and not self.capital[k] and (self.low[k] in self.skippable or self.low[k] in self.reflexives):
            if self.low[k] in self.pronouns or self.low[k] in self.determiners:
                break
            k += 1
        if k >= stop or self.quoted[k] >= 0 or self.low[k] in self.obliques:
            return None, p
        if not (self.capital[k] or self.low[k] in self.determiners or self.low[k] in self.pronouns or self.low[k] in self.nouns):
            return None, p
        phrase, after = self._phrase_with_title(k, stop)
        if phrase is not None:
            for told in range(phrase[0] + 1, phrase[1]):
                if self.low[told] in self.genitives and self.low[told - 1] not in self.nouns and self._told(told, stop) is not None:
                    return (phrase[0], told), told  # "sagte Jan Kunz der Agentur Reuters"
        return phrase, after

    def _told(self, k: int, stop: int) -> tuple[tuple[int, int], int] | None:
        """Return the news organisation that was told, in the dative at `k`, and the token after it: "dem Sender", "der „Seezeitung“"."""
        if k + 1 >= stop or not (self.low[k] in self.genitives or self.low[k] in self.obliques):
            return None
        if k and (self.low[k - 1] in self.prepositions or self.low[k - 1] in self.locatives) and self.low[k - 1] not in self.genitives:
            return None
        phrase, after = self._phrase_with_title(k, stop)
        if phrase is None:
            return None
        is_news = self.quoted[phrase[1] - 1] >= 0 or any(
            self.low[x] in self.mediums or self.names.get(self.r.starts[x]) == 1 for x in range(*phrase)
        )
        return (phrase, after) if is_news else None

    def _phrase_with_title(self, p: int, stop: int, long: bool = False) -> tuple[tuple[int, int] | None, int]:
        """Return a noun phrase with the name in quotation marks that ends it: "die „Seezeitung“", "des Magazins „Kurs“"."""
        phrase, after = self._noun_phrase(p, stop, long=long) if self.quoted[p] < 0 else (None, p)
        is_open = phrase is None and (after == p and (self.quoted[p] >= 0 or self.low[p] in self.determiners))
        if is_open and self.quoted[p] < 0:
            after = p + 1
        if phrase is not None:
            is_open = after == phrase[1] and (self.low[after - 1] in self.determiners or self.low[after - 1] in self.mediums)
        if not is_open or after >= stop or self.quoted[after] < 0:
            return phrase, after
        first, last = self.r.quotations[self.quoted[after]]
        return ((p, last), last) if first == after and last - first <= LONGEST_TITLE else (phrase, after)

    def _is_nominal(self, span: tuple[int, int], a: int) -> bool:
        """Tell whether a phrase can be a subject where nouns are capitalised: it ends in a noun, a name or a pronoun."""
        first, last = span
        end = self.low[last - 1]
        if last - first == 1 and (end in self.pronouns or end in self.determiners):
            return True
        if end == ")" or self.quoted[last - 1] >= 0 or end in self.nouns:
            return True
        return self.capital[last - 1] or end[0].isdigit()

    def _front(self, floor: int, v: int) -> int:
        """Return where the words before a verb in its own clause begin."""
        k = v
        while k > floor and self.low[k - 1] not in COMMAS and self.quoted[k - 1] < 0 and self.low[k - 1] not in self.complementisers:
            if self.low[k - 1] in BREAKS and self.low[k - 1] != "-":
                break
            k -= 1
        while k < v and (self.low[k] in self.coordinators or self.low[k] in self.contrasts):
            k += 1
        return k

    def _is_inverted(self, front: int, v: int, w: int, stop: int) -> bool:
        """Tell whether what stands before a verb is no subject: a time, a place, an adverb, a dative."""
        low = self.low
        if front >= v or w >= stop:
            return False
        if low[front] in self.obliques or (low[front] in self.no_subjects and low[front] not in self.pronouns):
            return True
        if v - front == 1 and low[w] in self.pronouns and low[w] not in self.determiners and low[w] not in self.reflexives:
            return True
        if v - front == 1 and (low[front] in self.determiners or low[front].endswith(self.adverb_endings)):
            return True  # "Das teilte X mit"
        # "Der Zeitung sagte Jan Kunz: …": the medium was told
        return low[front] in self.genitives and any(low[k] in self.mediums for k in range(front, v)) and self.capital[w]

    def _is_relative_clause(self, p: int, stop: int) -> int | None:
        """Return the comma or end that closes a relative clause which begins at `p`, or None: its verb stands last."""
        low = self.low
        k = p
        has_preposition = k < stop and (low[k] in self.locatives or low[k] in self.prepositions) and low[k] not in self.definites
        if has_preposition:
            k += 1
        if k + 1 >= stop:
            return None
        if low[k] in self.relatives:
            return next((end for end in range(k + 1, stop) if low[end] in COMMAS and self.quoted[end] < 0), stop)
        if low[k] not in self.definites:
            return None
        is_surely = (
            low[k + 1] in self.determiners or low[k + 1] in self.pronouns or (not has_preposition and low[k + 1] in self.no_subjects)
        )
        for end in range(k + 1, min(stop, k + LONGEST_MIDDLE) + 1):
            if end < stop and (self.quoted[end] >= 0 or low[end] in self.subjunctives):
                return None
            if end == stop or low[end] in COMMAS:
                is_last = low[end - 1] in self.verbs or low[end - 1] in self.perfects or low[end - 1] in self.passives
                is_closed = end < stop and end - k > 1 and not self.capital[end - 1] and low[end - 1].isalpha()
                return end if is_last or is_closed or is_surely else None
        return None

    def _middle(self, p: int, stop: int) -> tuple[int, int, str, tuple[int, int] | None]:
        """Return where content after a verb's middle field begins, where what introduces it ends, how sure that is, and whom it was told.

        The third is "that", "colon", "quote", "comma", "words" (a quotation inside the middle field) or "" where nothing follows.
        """
        low = self.low
        recipient: tuple[int, int] | None = None
        k = p
        while k < min(stop, p + LONGEST_MIDDLE):
            word = low[k]
            if self.quoted[k] >= 0:
                first = self.r.quotations[self.quoted[k]][0]
                if k > p and low[k - 1] not in COMMAS and low[k - 1] != ":":
                    return k, p, "words", recipient
                return first, p, "quote", recipient
            if word in self.complementisers:
                return k + 1, k + 1, "that", recipient
            if word == ":":
                return k + 1, k + 1, "colon", recipient
            if word in COMMAS:
                if word == ";":
                    return k, p, "", recipient
                following = k + 1
                if following < stop and (low[following] in self.complementisers or self.quoted[following] >= 0):
                    k += 1
                    continue
                closed = self._is_relative_clause(following, stop)
                if closed is not None and closed >= stop:
                    return k, p, "", recipient
                if closed is not None:
                    k = closed
                    continue
                if following < stop and low[following] in self.boundaries - self.conditions:
                    return k, p, "", recipient
                return following, p, "comma", recipient
            if recipient is None and (told := self._told(k, stop)) is not None:
                recipient, k = told
                continue
            if word in self.recipients and recipient is None and k + 1 < stop and self.capital[k + 1]:
                recipient, after = self._noun_phrase(k + 1, stop, plain=True)
                if recipient is not None:
                    k = after
                    continue
            if word in self.contrasts and k > p:
                break
            k += 1
        return k, p, "", recipient

    def _ends_in_perfect(self, i: int, stop: int) -> bool:
        """Tell whether the clause of a modal at `i` ends in a perfect infinitive: "soll … gesehen haben", "soll … gewesen sein"."""
        for k in range(i + 1, min(stop, i + LONGEST_MIDDLE)):
            if self.quoted[k] < 0 and self.low[k] in self.infinite_perfects and (k + 1 >= stop or self._closes_clause(k + 1)):
                return True
        return False

    def _clause_around(self, a: int, i: int, j: int, stop: int) -> tuple[int, int, int]:
        """Return where the clause with an aside at `i` to `j` begins and ends, and where it goes on after the aside.

        It is the sentence, or the subordinate clause that the aside stands in: "er sitzt, weil er laut Gericht schuldig ist, im Gefängnis".
        """
        k = i
        while k > a and self.low[k - 1] not in COMMAS and self.low[k - 1] != ":" and self.quoted[k - 1] < 0:
            k -= 1
        is_subordinate = (
            k > a
            and k < i
            and (
                self.low[k] in self.boundaries
                or self.low[k] in self.complementisers
                or self.low[k] in self.definites
                or self.low[k] in self.relatives
            )
        )
        if k > a and not is_subordinate:
            k = a
        end = stop
        if is_subordinate:
            end = next((x for x in range(j, stop) if self.low[x] in COMMAS and self.quoted[x] < 0), stop)
        return k, end, j

    def _dative_back(self, floor: int, end: int) -> tuple[int, int] | None:
        """Return the noun phrase before "zufolge", which never reaches back over a verb or a reflexive."""
        phrase = self._phrase_back(floor, end)
        if phrase is None:
            return None
        first, last = phrase
        k = last - 1
        while k > first and (self.capital[k - 1] or self.low[k - 1] in self.genitives or self.low[k - 1] in self.prepositions):
            k -= 1
        start = k
        while start > first and not self.capital[start - 1] and self.low[start - 1] not in self.determiners:
            start -= 1
        if start > first and self.low[start - 1] in self.determiners:
            return start - 1, last  # "einem jüngsten Bericht zufolge"
        if k == first or floor == first:
            return (first if floor == first else k), last
        return k, last

    def _is_in_mood(self, begin: int, stop: int) -> bool:
        """Tell whether words after a comma are in reported mood, or an infinitive with "zu"."""
        reach = min(stop, begin + LONGEST_MIDDLE)
        return any(self.low[k] in self.subjunctives or self.low[k] in self.infinitives for k in range(begin, reach) if self.quoted[k] < 0)

    def _holds_object(self, after: int, end: int) -> bool:
        """Tell whether a middle field holds an object rather than when, where and to whom."""
        k = self._skip_time(after, end) if after < end else end
        low = self.low
        while k < end and (low[k] in self.skippable or low[k] in self.reflexives or low[k] in self.adverbs):
            k += 1
        return k < end and low[k] not in self.locatives | self.prepositions | self.obliques | self.time_prepositions

    def _ends_in_particle(self, p: int, end: int) -> bool:
        """Tell whether a stranded prefix ends a clause, which makes another verb of it: "sagte das Treffen ab"."""
        return end > p and self.low[end - 1] in self.particles and self.quoted[end - 1] < 0
