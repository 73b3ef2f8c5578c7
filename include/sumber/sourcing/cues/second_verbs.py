"""Verbs of speech in languages whose verb stands second (German): "Am Montag sagte X, C", "C, so X", "Wie X mitteilte, C"."""

from __future__ import annotations

from sumber.sourcing.cues.contents import LEAST_OBJECT
from sumber.sourcing.cues.frames import Frame
from sumber.sourcing.cues.subjects import Subjects
from sumber.sourcing.lexicons import Cue, CueClass, Order
from sumber.sourcing.model import Act
from sumber.sourcing.phrases import BREAKS, COMMAS


class SecondVerbs(Subjects):
    """Reads verbs of speech that stand second in their clause."""

    def _second(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[Frame]) -> Frame | None:
        """Read a verb of speech where the verb stands second: "X sagte, C", "am Montag teilte X mit, C", "C, hat X erklärt"."""
        low = self.low
        if self.capital_nouns and self.capital[i]:
            return None  # a noun: no statement begins with its verb
        floor = max([a, *(frame.end for frame in frames if frame.end <= i)])
        opener = self._clause_opener(floor, i)
        if opener is not None:
            return self._like_clause(a, stop, opener, i, j, cue, frames)
        v, w, end = i, j, j
        auxiliary = self._auxiliary_before(floor, i, self.perfects)
        if not cue.particle and self._auxiliary_before(floor, i, self.passives) is not None:
            return None  # "wurde bestätigt": nobody is named
        particle = None
        if cue.particle:
            particle = self._particle(j, stop, cue.particle)
            if particle is None:
                return None
            end = particle[1]
        elif auxiliary is not None:
            v, w = auxiliary, auxiliary + 1
        elif "final" in cue.marks:
            return None
        frame = Frame(i, j, cue, "", front=v)
        frame.cues = [(v, w)] if auxiliary is None else [(v, w), (i, j)]
        if particle is not None:
            frame.cues.append(particle)
        is_split = end > w
        speaker: tuple[int, int] | None
        left = self._left_content(a, v, frames) if Order.CVS in cue.orders and self._follows_content(a, v) else None
        if left is not None and (
            self._is_quote_end(v) or (self._ends_clause(left) and low[left[0]] not in self.boundaries - self.conditions)
        ):
            speaker, after = self._speaker_after(w, stop, cue)
            if particle is not None and any(low[k] in self.negations for k in range(after, particle[0])):
                return None  # "Ob es so ist, teilte X nicht mit"
            begin, _, strength, told = self._middle(end if is_split else after, stop)
            is_tag = self._is_quote_end(v) or strength == "" or (strength == "comma" and (is_split or begin - after <= 1))
            if speaker is not None and is_tag and not (not is_split and self._ends_in_particle(after, begin)):
                frame.content, frame.speaker, frame.rule, frame.front = [left], speaker, "content-cue-speaker", left[1]
                frame.recipients = [told] if told else []
                rest = self._after_tag(max(after, end), stop)
                if rest is None and strength == "comma" and self.quoted[v - 2] < 0 and self._is_in_mood(begin, stop):
                    rest = (begin, stop)
                if rest is not None:
                    frame.content.append(rest)
                return frame
        aside = v - 1 if v > a and low[v - 1] in self.openers else v
        if Order.CVS in cue.orders and aside - 1 > a and low[aside - 1] in COMMAS and self.quoted[aside - 2] < 0:
            # "Die Stimmung, so hieß es bei X, sei schlecht"
            opening = self._left_content(a, aside, frames)
            speaker, after = self._speaker_after(w, stop, cue)
            is_aside = speaker is not None and after + 1 < stop and low[after] in COMMAS and not is_split
            if opening is not None and is_aside and not self._is_clause(opening) and self._is_in_mood(after + 1, min(stop, after + 4)):
                frame.content, frame.speaker, frame.rule, frame.front = [opening, (after + 1, stop)], speaker, "content-cue-speaker", aside
                return frame
        if not cue.orders & {Order.SVC, Order.CSV}:
            return None
        front = self._front(floor, v)
        if any(low[k] in self.verbs or low[k] in self.perfects or low[k] in self.passives for k in range(front, v)):
            return None  # the clause has its verb already
        if front > a and front + 1 < v and low[front] in self.definites and self._is_relative_clause(front, min(stop, j)) is not None:
            return None  # "den die Zeitung zitiert"
        speaker, after, is_shared, is_sequel = None, w, False, False
        is_before = not self._is_inverted(front, v, w, stop)
        if is_before:
            speaker, begin, is_shared, is_sequel = self._subject(a, v, frames)
            is_joined = is_shared and v > a and low[v - 1] in self.coordinators
            is_before = (
                speaker is not None
                and (is_joined or not is_shared)
                and low[speaker[0]] not in self.no_subjects | self.obliques
                and self._is_nominal(speaker, a)
                and (speaker[1] >= v or low[v - 1] not in COMMAS or low[speaker[1]] in COMMAS)
            )
            front = begin if is_before else front
        if "impersonal" in cue.marks:
            is_before = front < v and low[front] in self.locatives | self.prepositions and self._is_named((front, v))
            speaker = (front, v) if is_before else None
        if not is_before:
            actor, further = self._speaker_after(w, stop, cue)
            if actor is not None:
                speaker, after, is_shared = actor, further, False
                told_first = self._told(front, v) if front < v else None
                if told_first is not None:
                    frame.recipients = [told_first[0]]
        if speaker is None or not self._is_nominal(speaker, a) or (low[speaker[0]] in self.obliques and not self._names_document(speaker)):
            return None
        begin, cue_end, strength, told = self._middle(end if is_split else after, stop)
        if strength == "" and v - front == 1 and low[front] in self.pointers and self.before is not None:
            frame.content, frame.speaker, frame.rule = [(self.before.start, self.before.end)], speaker, "pointer"
            frame.recipients = [told] if told else []
            return frame
        last = stop
        if strength == "words":
            first = self.r.quotations[self.quoted[begin]]
            last = first[1]
            if not self._closes_tag(last, stop, cue):
                strength = ""
        if strength == "" or (is_split and begin - end > 1 and strength in ("comma", "words")):
            last = (particle[0] if particle else i) if is_split else begin
            begin = after
            if "that" in cue.marks or last - begin < LEAST_OBJECT or (not is_split and self._ends_in_particle(begin, last)):
                return None
            if cue.kind is CueClass.SPEECH and cue.act is Act.ASSERT:
                return None
            strength = "bare"
        elif strength == "comma":
            strength = "clause"
            if ("that" in cue.marks or cue.kind is not CueClass.SPEECH or self._holds_object(after, begin - 1)) and not self._is_in_mood(
                begin, stop
            ):
                return None
            if stop - begin < LEAST_OBJECT or (not is_split and self._ends_in_particle(after, begin - 1)):
                return None
        if "quote" in cue.marks and strength != "quote":
            return None
        if strength == "that" and cue_end > begin - 1 >= 0:
            frame.cues.append((begin - 1, begin))
        frame.content, frame.speaker, frame.is_shared, frame.is_sequel = [(begin, last)], speaker, is_shared, is_sequel
        frame.rule = f"{'speaker-cue' if is_before else 'cue-speaker'}-content-{strength}"
        frame.strength = "that" if strength in ("clause", "words") else strength
        frame.to_right, frame.front = True, front
        frame.recipients = [told] if told else frame.recipients
        frame.is_negated = any(low[k] in self.negations for k in range(v, max(end, begin)))
        return frame

    def _like_clause(self, a: int, stop: int, opener: int, i: int, j: int, cue: Cue, frames: list[Frame]) -> Frame | None:
        """Read "Wie X mitteilte, C" and "C, wie X mitteilte"."""
        if cue.kind is not CueClass.SPEECH:
            return None
        end = self._verbs_end(j, stop)
        if end < stop and self.low[end] not in BREAKS and self.quoted[end] < 0:
            return None
        k = opener + 1
        while k < i and (self.low[k] in self.skippable or self.low[k] in self.reflexives or self.low[k] in self.place_prepositions):
            if self.low[k] in self.pronouns or self.low[k] in self.determiners:
                break
            k += 1
        k = self._skip_time(k, i) if k < i else k
        speaker, _ = self._phrase_with_title(k, i) if k < i else (None, k)
        if speaker is not None and self.low[speaker[0]] in self.obliques - {"dem"} and not self._names_document(speaker):
            speaker = None
        frame = Frame(i, end, cue, "like-clause", speaker=speaker, cues=[(opener, opener + 1), (i, j)], front=opener)
        if speaker is None:
            return None
        if self._left_content(a, opener, frames) is None or all(self.low[x] in self.openers for x in range(a, opener)):
            begin = end + 1
            if stop - begin < LEAST_OBJECT:
                return None
            frame.content, frame.to_right, frame.strength = [(begin, stop)], True, "that"
            return frame
        left = self._left_content(a, opener, frames)
        if left is None:
            return None
        frame.content, frame.front = [left], left[1]
        if end < stop and self.low[end] in COMMAS and stop - end > LEAST_OBJECT:
            frame.content.append((end + 1, stop))
            frame.end = stop
        return frame

    def _speaker_after(self, w: int, stop: int, cue: Cue) -> tuple[tuple[int, int] | None, int]:
        """Return who speaks after a verb; after "heißt es", the document or body in which it says so."""
        if "impersonal" not in cue.marks:
            return self._actor(w, stop)
        if w < stop and self.low[w] in self.locatives | self.prepositions and w + 1 < stop:
            return self._phrase_with_title(w + 1, stop)
        return None, w

    def _closes_tag(self, p: int, stop: int, cue: Cue) -> bool:
        """Tell whether nothing but the verb's second part follows quoted words: "sprach von „A“", "wies es als „A“ zurück"."""
        return p >= stop or self._closes_clause(p) or self.low[p] == cue.particle
