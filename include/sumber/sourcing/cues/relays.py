"""Who passed it on: "Y, citing Z", "quoted by Y", "dikutip Y dari Z"."""

from __future__ import annotations

from sumber.sourcing.cues.contents import COMPLEMENT_REACH
from sumber.sourcing.cues.frames import Frame, Part
from sumber.sourcing.cues.tags import Tags
from sumber.sourcing.lexicons import Cue, CueClass, WordClass
from sumber.sourcing.phrases import BREAKS, COMMAS

LONGEST_SAYING = 4  # tokens between a report and its verb


class Relays(Tags):
    """Reads verbs and participles of passing on."""

    def _relay(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[Frame], following: int) -> Frame | None:
        """Read "S, citing O": O is the speaker or a further source, S passed it on."""
        low = self.low
        told = self._was_quoted(a, stop, i, j, cue, frames)
        if told is not None:
            return told
        told = self._was_cited(a, stop, i, j, cue)
        if told is not None:
            return told
        target, after = self._noun_phrase(j, stop, long=True)
        if self.bare_clauses and target is not None and after + 1 < stop and low[after] in COMMAS and low[after + 1] in self.sayings:
            after += 1  # "quoted Ana Field, the mayor, as saying"
        if (target is None or not self._is_named(target)) and low[j - 1] in self.nouns:
            target, after = self._noun_phrase(j - 1, stop, long=True)  # "dẫn nguồn tin quân sự": the cue ends in who said it
        is_source = target is not None and (self._is_named(target) or low[target[0]] in self.indefinites or low[target[0]] in self.humans)
        is_who = target is not None and target[1] + 1 == following < stop and low[target[1]] in self.relatives
        if target is None or not (is_source or is_who or (after < stop and low[after] in self.sayings)):
            return None
        is_story, target = self._holds(cue, target), self._link(target)
        frame = Frame(i, j, cue, "relay", cues=[(i, j)], front=i)
        is_first = all(low[k] in self.openers or low[k] in BREAKS for k in range(a, i))
        if is_first:
            # "Melansir Z, C": the page itself cites Z.
            begin = after + 1 if after < stop and low[after] in COMMAS else after
            if self.bare_clauses and (citing := self._who_cites(begin, stop)) is not None:
                return self._citing_report(stop, target, frame, *citing)
            frame.through = [(Part.RELAYER, target)]
            frame.rule = "initial-relay"
            frame.is_story = is_story
            if stop - begin >= 2:
                frame.content, frame.to_right = [(begin, stop)], True
            return frame
        frame.speaker = target
        subject, front, is_shared, _ = self._subject(a, i, frames)
        if subject is not None and not (is_shared and frames):
            frame.through = [(Part.RELAYER, subject)]
            frame.front = front
        said = after < stop and low[after] in self.sayings
        if said:
            frame.cues.append((after, after + 1))
            after += 1
            self.consumed = after
            following = stop
        elif self.serial_verbs and following < stop and self._says(after, following):
            # "AFP dẫn lời ông Nam cho biết C": the cue after the name is its own
            end = self.hit_ends[following]
            frame.cues.append((following, end))
            after = self.consumed = end
            following, said = stop, True
        if (self.affixed_verbs or self.serial_verbs) and frames and frames[-1].to_right and frames[-1].content:
            begin, end = frames[-1].content[0]
            is_begun = begin == i or (begin == i - 1 and low[begin] in self.relatives)
            if is_begun and after < stop and low[after] in COMMAS and end - after > 2:
                frames[-1].content[0] = (after + 1, end)  # "Dilansir Y yang mengutip Z, C", "Menurut Y, mengutip Z, C"
                return frame
        if frames and frames[-1].to_right and frames[-1].content and frames[-1].content[0][0] >= i:
            return frame  # between a cue and its "that": the content is the earlier cue's
        begin, cue_end, _, strength = self._right(after, stop, stop)
        is_opened = self._follows_content(a, frame.front) and (self._is_quote_end(frame.front) or not self._is_scene(a, frame.front))
        if said and strength == "bare" and not is_opened:
            frame.content, frame.to_right = [(begin, stop)], True
        elif strength in ("that", "colon", "quote") and begin < stop and following >= begin:
            frame.content, frame.to_right = [(begin, stop)], True
            frame.cues.append((after, cue_end)) if cue_end > after else None
        else:
            left = self._left_content(a, front if subject is not None else i, frames)
            if left is not None and self._follows_content(a, front if subject is not None else i):
                frame.content = [left]
                frame.front = left[1]
                if self.serial_verbs and following == after < stop and self._is_quote_end(frame.front):
                    self.consumed = self.hit_ends[following]  # `"C", AFP dẫn lời X lên án vụ nổ`: what the quotation does
        return frame

    def _who_cites(self, begin: int, stop: int) -> tuple[tuple[int, int], int] | None:
        """Return who speaks behind an opening "citing Z," and the verb of speech, or None where the page itself goes on."""
        citing, after = self._noun_phrase(begin, stop)
        cue = next((k for k in range(after, min(stop, after + LONGEST_SAYING)) if k in self.hits), None)
        if citing is None or cue is None or not any(one.kind is CueClass.SPEECH for one in self.lexicon.cues[self.low[cue]]):
            return None
        return citing, cue

    def _citing_report(self, stop: int, target: tuple[int, int], frame: Frame, citing: tuple[int, int], cue: int) -> Frame | None:
        """Read "Citing a trader, the report said C": the report passed it on; "Citing figures, the mayor said C" is the mayor's word."""
        end = self.hit_ends[cue]
        begin, cue_end, _, strength = self._right(end, stop, stop)
        if not (self._names_document(citing) or self._is_news(citing)) or not strength or begin >= stop:
            return None
        frame.speaker, frame.through, frame.content, frame.to_right = target, [(Part.RELAYER, citing)], [(begin, stop)], True
        frame.cues += [(cue, max(end, cue_end))]
        self.consumed = begin
        return frame

    def _was_cited(self, a: int, stop: int, i: int, j: int, cue: Cue) -> Frame | None:
        """Read "một quan chức được Y dẫn lời cho biết C" and `"C", một quan chức được Y dẫn lời`: Y passed on what its subject said."""
        low = self.low
        if not self.serial_verbs:
            return None
        passive = next((k for k in range(i - 1, max(a, i - COMPLEMENT_REACH), -1) if low[k] in self.passives), None)
        relayer, after = self._noun_phrase(passive + 1, i) if passive is not None else (None, i)
        if passive is None or relayer is None or after != i or not self._is_named(relayer):
            return None
        speaker = self._phrase_back(a, passive)
        if speaker is None or not (self._is_named(speaker) or low[speaker[0]] in self.indefinites):
            return None
        frame = Frame(i, j, cue, "relay", speaker=speaker, cues=[(i, j)], front=speaker[0], through=[(Part.RELAYER, relayer)])
        said = self.hit_ends[j] if j in self.hits and self._says(j, j) else j
        begin, cue_end, _, strength = self._right(said, stop, stop)
        if begin < stop and (said > j or strength in ("that", "colon", "quote")):
            frame.cues += [(j, cue_end)] if cue_end > j else []
            frame.content, frame.to_right, self.consumed = [(begin, stop)], True, said
            return frame
        left = self._left_content(a, speaker[0], [])
        if left is None or not self._is_quote_end(speaker[0]):
            return None
        frame.content, frame.front = [left], left[1]
        return frame

    def _was_quoted(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[Frame]) -> Frame | None:
        """Read "X was quoted [on Monday] by Y as saying C" and "C, X was quoted as saying [by Y]"."""
        low = self.low
        if not self.bare_clauses or i == a or low[self._before_adverbs(a, i)] not in self.passives:
            return None
        subject, front, _, _ = self._subject(a, i, frames)
        if subject is None:
            return None
        frame = Frame(i, j, cue, "relayed", speaker=subject, cues=[(i, j)], front=front)
        is_said, k = False, j
        takes = low[j - 1] in self.agents or low[j - 1] in self.locatives  # the cue ends in "by" or "in"
        while k < min(stop, j + COMPLEMENT_REACH) and self.quoted[k] < 0:
            takes = takes or low[k] in self.agents or (low[k] in self.locatives and self._is_outlet(self._noun_phrase(k + 1, stop)[0]))
            if takes and not frame.through:
                target, after = self._noun_phrase(k if k == j and low[k] not in self.agents | self.locatives else k + 1, stop)
                if target is None or not self._is_named(target):
                    return None
                frame.through, k = [(Part.RELAYER, target)], after
            elif low[k] in self.sayings and not is_said:
                frame.cues.append((k, k + 1))
                is_said, k = True, k + 1
            elif (after := self._skip_time(k, stop)) > k:
                k = after
            else:
                break
        if not is_said:
            return None
        if not frame.through:  # "was quoted as saying on condition of anonymity by Y"
            by = next((n for n in range(k, min(stop, k + COMPLEMENT_REACH)) if low[n] in self.agents and self.quoted[n] < 0), stop)
            target, _ = self._noun_phrase(by + 1, stop)
            frame.through = [(Part.RELAYER, target)] if target is not None and self._is_outlet(target) else []
        begin, cue_end, _, strength = self._right(k, stop, stop)
        left = self._left_content(a, front, frames) if self._follows_content(a, front) else None
        if left is not None and not self._is_scene(a, front):
            frame.content, frame.front = [left], left[1]
        elif strength and begin < stop:
            frame.content, frame.to_right = [(begin, stop)], True
            frame.cues += [(k, cue_end)] if cue_end > k else []
        else:
            return None
        self.consumed = k
        return frame

    def _says(self, after: int, cue: int) -> bool:
        """Tell whether the cue of speech at `cue` belongs to the phrase that ends at `after`, with no comma or quotation between."""
        return (
            cue - after <= COMPLEMENT_REACH
            and any(one.kind is CueClass.SPEECH for one in self.lexicon.cues[self.low[cue]])
            and not any(self.low[k] in BREAKS or self.quoted[k] >= 0 for k in range(after, cue))
        )

    def _relayed(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[Frame], following: int) -> Frame | None:
        """Read "…, quoted by Y" and "dikutip Y dari Z"."""
        low = self.low
        told = self._was_quoted(a, stop, i, j, cue, frames)
        if told is not None:
            return told
        cue_end = j
        while j + 1 < stop and low[j] == "/":
            j += 1  # "dilansir //The Courier//"
        if j < stop and (low[j] in self.skippable or low[j] in self.complementisers):
            return None
        if any(low[k] in self.negations for k in range(max(a, i - 3), i)):
            return None  # "was not only reported by"
        target, after = self._noun_phrase(j, stop, until=self.suppliers)
        if target is not None and (self._is_verb(target[0]) or self._is_lower_head(target)):
            return None  # "dilaporkan terjadi di Sena", "dilaporkan jatuh di Sena"
        if "news" in cue.marks and not (self._is_news(target) if self.affixed_verbs else self._is_outlet(target)):
            return None  # "carried by the crew", "via the canal"
        if target is None or not self._is_named(target):
            if "nobody" in cue.marks and self._follows_content(a, i):
                left = self._left_content(a, i, frames)
                if left is not None:
                    return Frame(i, j, cue, "relayed-by-nobody", content=[left], cues=[(i, cue_end)], front=left[1])
            return None
        passed = (Part.RECIPIENT if "told" in cue.marks else Part.RELAYER, self._link(target))
        frame = Frame(i, j, cue, "relayed", cues=[(i, cue_end)], front=i, through=[passed])
        frame.is_story = self._holds(cue, target)
        if after < stop and low[after] in self.suppliers:
            further, end = self._noun_phrase(after + 1, stop)
            if further is not None:
                frame.through.insert(0, (Part.SUPPLIER, further))
                after = end
        is_first = all(low[k] in self.openers or low[k] in BREAKS for k in range(a, i))
        if is_first:
            begin = self._skip_dates(after, stop)
            if stop - begin >= 2:
                frame.content, frame.to_right = [(begin, stop)], True
            frame.rule = "initial-relayed"
            return frame
        left = self._left_content(a, i, frames)
        if following < stop and left is not None and not self._is_quote_end(i) and not (frames and frames[-1].content):
            hangs = cue.words[0] in self.relatives or low[i - 1] in self.relatives or not self._is_clause(left)
            if hangs:
                # "a spokesman, quoted by Y, said C": the speaker's cue comes later
                is_relative = low[i - 1] in self.relatives or low[i - 1] in COMMAS
                if low[left[0]] not in self.locatives:  # "in a statement carried by Y, X said"
                    frame.speaker = self._phrase_back(left[0], self._before_scene(left[0], i - 1 if is_relative else i))
                frame.front = left[0]
                # "an official quoted by Y said": Y passed on this one only
                frame.is_story = frame.is_story and low[i - 1] in COMMAS
                return frame
        if self.affixed_verbs and cue.words[0] in self.relatives and low[i - 1] not in COMMAS:
            if frames and frames[-1].to_right and frames[-1].content and frames[-1].content[0][0] == i:
                frames[-1].content[0] = (self._skip_dates(after, stop), frames[-1].content[0][1])  # "Mengutip Y yang dilansir Z, C"
            return frame  # "rekaman yang diperoleh Y": whose recording it is says nothing yet
        if left is not None:
            frame.content = [left]
            frame.front = left[1]
        return frame

    def _skip_dates(self, begin: int, stop: int) -> int:
        """Return the token behind commas, dates and their brackets."""
        low = self.low
        while begin < stop and (low[begin] in COMMAS or low[begin] in self.times or low[begin] in "()" or low[begin][0].isdigit()):
            begin += 1
        return begin

    def _before_scene(self, first: int, last: int) -> int:
        """Return where a speaker's name ends who is told of with a place or occasion: "Rina Hartati dalam wawancara dengan Y"."""
        low = self.low
        linked = self.locatives if self.affixed_verbs else frozenset()
        at = next((k for k in range(first + 1, last) if low[k] in linked and (self.capital[k - 1] or low[k - 1] in COMMAS)), last)
        return at - 1 if at > first + 1 and low[at - 1] in COMMAS else at

    def _is_outlet(self, target: tuple[int, int] | None) -> bool:
        """Tell whether a phrase names a news organisation of the registry."""
        return target is not None and any(self.names.get(self.r.starts[k]) for k in range(*target))

    def _holds(self, cue: Cue, target: tuple[int, int]) -> bool:
        """Tell whether a relay holds for what follows: "dilansir Y" does, "mengutip data Y" only for the figures at hand."""
        return "story" in cue.marks and self.low[target[0]] not in self.documents

    def _link(self, target: tuple[int, int]) -> tuple[int, int]:
        """Return a phrase without a noun that a scrape glued to the link after it: "dataSena"."""
        first, last = target
        is_glued = (
            first + 1 < last and self.low[first] in self.lexicon.words[WordClass.GLUE] and self.r.ends[first] == self.r.starts[first + 1]
        )
        return (first + 1, last) if is_glued else target
