"""Nouns as cues: "the mayor's claim that C", "a statement by X that C", "laporan X bahwa C"."""

from __future__ import annotations

from sumber.sourcing.cues.contents import LEAST_OBJECT
from sumber.sourcing.cues.frames import Frame
from sumber.sourcing.cues.relays import Relays
from sumber.sourcing.lexicons import Cue
from sumber.sourcing.phrases import COMMAS, LONGEST_PERSON

NOUN_REACH = 3  # qualities between a possessor and its noun


class Nouns(Relays):
    """Reads nouns that hold a claim."""

    def _noun(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[Frame]) -> Frame | None:
        """Read "the mayor's claim that C", "made the claim that C", "a claim by the mayor that C"."""
        low = self.low
        if j >= stop or not cue.marks:
            return None
        k = i
        while k > a and i - k < NOUN_REACH and self._is_quality(k - 1):
            k -= 1
        frame = Frame(i, j, cue, "noun", cues=[(i, j)], front=i, to_right=True)
        after = j
        holder = k - 1
        if holder >= a and self.quoted[holder] < 0 and self._is_possessive(holder):
            frame.speaker, frame.rule = self._possessor(a, holder), "noun-of"
            if self.bare_clauses and low[holder] in self.possessives and low[a] in self.locatives and self._comma(a, holder) == holder:
                return None  # "In voicing its opposition to C, the firm said …": who "it" is stands behind
            verb = self._supports(a, holder) if self.bare_clauses and low[holder] in self.possessives else None
            if verb is not None and not any(each.position for each in self.lexicon.cues.get(low[verb], ())):
                frame.speaker = self._subject(a, verb, frames)[0] or frame.speaker  # "Reed gave his support to C"
        elif low[j] not in self.agents and holder >= a and (found := self._supports(a, holder)) is not None:
            subject, front, is_shared, _ = self._subject(a, found, frames)
            is_received = low[found] in self.skippable and k < i and bool(self.verb_suffixes) and low[k].endswith(self.verb_suffixes)
            if subject is None or is_received:  # "have earned praise for C": they are who is praised
                return None
            frame.speaker, frame.is_shared, frame.front, frame.cues = subject, is_shared, front, [(found, j)]
            frame.is_negated = any(low[n] in self.negations for n in range(found, i))
        elif low[j] in self.suppliers or low[j] in self.agents:
            frame.speaker, after = self._noun_phrase(j + 1, stop)
            frame.rule = "noun-by"
            if after < stop and low[after] in COMMAS:
                after += 1
        if frame.speaker is None and self.origins:
            return self._noun_from(a, stop, k, frame)
        if frame.speaker is None or after >= stop:
            return None
        begin = self._noun_content(after, stop, cue, frame.rule)
        if begin is None:
            return None
        end = self._comma(begin, stop)
        end = next((n for n in range(begin + 1, end) if low[n] in self.cuts and self.quoted[n] < 0), end)
        if begin > after and frame.rule == "noun-of" and low[after] not in self.complementisers:
            # The noun is itself a subject: "his criticism of the judge was wrong".
            end = next((n for n in range(begin + 1, end) if self._is_verb(n) and self.quoted[n] < 0), end)
        if end - begin < 2 and not (end > begin and self.capital[begin]):
            return None
        frame.content = [(begin, end)]
        return frame

    def _noun_from(self, a: int, stop: int, front: int, frame: Frame) -> Frame | None:
        """Read "The claim that C came from X", "… was made by X": the noun begins the sentence, and whose it was ends it."""
        low = self.low
        begin = self._noun_content(frame.end, stop, frame.cue, frame.rule)
        start = front - 1 if front > a and low[front - 1] in self.determiners else front
        if begin is None or low[frame.end] not in self.complementisers or not all(low[n] in self.openers | COMMAS for n in range(a, start)):
            return None
        for n in range(begin + LEAST_OBJECT - 1, stop - 1):
            if low[n] not in self.origins or self.quoted[n] >= 0 or not (low[n + 1] in self.suppliers or low[n + 1] in self.agents):
                continue
            verb = n - 1 if low[n + 1] in self.agents else n
            if (
                (verb < n and low[verb] not in self.passives)
                or low[verb - 1] in self.skippable
                or not (self._has_verb(begin, verb) or any(x in self.hits for x in range(begin, verb)))
            ):
                continue  # "the claim that the gift had come from X", "… that the choice was made by X"
            speaker, after = self._noun_phrase(n + 2, stop)
            if speaker is None or not (self._is_named(speaker) or any(low[x] in self.nouns for x in range(*speaker))):
                continue
            if after >= stop or low[after] in COMMAS or low[after] in self.relatives:
                frame.content, frame.speaker, frame.rule, frame.to_right = [(begin, verb)], speaker, "noun-by", False
                frame.cues, frame.front = [(frame.start, frame.end), (verb, n + 2)], start
                frame.end = self.consumed = speaker[1]
                return frame
        return None

    def _noun_content(self, after: int, stop: int, cue: Cue, rule: str) -> int | None:
        """Return where the content of a noun begins: behind "that", at "to", behind a preposition; None where none follows."""
        word = self.low[after]
        if "that" in cue.marks and word in self.complementisers:
            return after + 1 if after + 1 < stop else None
        if "infinitive" in cue.marks and word in self.infinitives:
            return after
        if "object" in cue.marks and word in self.topics and (rule != "noun" or word not in self.possessors):  # "has the support of C"
            return after + 1 if after + 1 < stop else None
        return None

    def _is_quality(self, k: int) -> bool:
        """Tell whether the token at `k` can stand between a possessor and its noun: "his repeated and false claim"."""
        word = self.low[k]
        if self.quoted[k] >= 0 or self.capital[k] or self._is_possessive(k) or not word[0].isalpha():
            return False
        closed = word in self.closed or word in self.verbs or word in self.boundaries or word in self.pronouns
        return not closed and (word not in self.supports or (k > 0 and self._is_possessive(k - 1)))  # "his repeated claim"

    def _is_possessive(self, k: int) -> bool:
        word = self.low[k]
        return word in self.possessives or word.endswith("'s") or (word == "'" and k > 0 and self.low[k - 1].endswith("s"))

    def _possessor(self, a: int, holder: int) -> tuple[int, int]:
        """Return the noun phrase that ends in a possessive at `holder`: a name, or words back to their article."""
        low, capital = self.low, self.capital
        k = holder
        if low[k] in self.possessives:
            return k, k + 1
        if low[k] == "'":
            k -= 1
        if capital[k]:
            while k > a and self.quoted[k - 1] < 0 and (capital[k - 1] or low[k - 1] in self.people or self._is_abbreviated(a, k - 1)):
                k -= 1
        else:
            while k > a and holder - k < LONGEST_PERSON and self._is_quality(k - 1):
                k -= 1
            if k == a or low[k - 1] not in self.determiners:
                k = holder
        if k > a and low[k - 1] in self.determiners:
            k -= 1
        return k, holder + 1

    def _is_abbreviated(self, a: int, k: int) -> bool:
        return self.low[k] == "." and k > a and self.low[k - 1] in self.titles
