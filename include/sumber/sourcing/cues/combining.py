"""Several cues in one sentence: which hangs on which, which reports what, and which say the same."""

from __future__ import annotations

from sumber.sourcing.cues.frames import STATES, SURE, TAGS, WEAK, Frame, Part
from sumber.sourcing.cues.nouns import Nouns
from sumber.sourcing.lexicons import CueClass
from sumber.sourcing.model import Act
from sumber.sourcing.phrases import BREAKS, COMMAS
from sumber.sourcing.sentences import ENDS

REPORTS = frozenset({CueClass.ACCORDING, CueClass.RELAY, CueClass.RELAYED})
SURELY = frozenset({"that", "colon", "quote"})  # what follows a cue and leaves no doubt that content begins


class Combining(Nouns):
    """Combines the frames of one sentence."""

    def _combine(self, frames: list[Frame]) -> list[Frame]:
        """Give each frame its own content: cut at sequels and tags, hang relays on what they relay, fold nested speech."""
        if not frames:
            return frames
        frames = [frame for frame in self._under_tags(frames) if not self._is_in_relative(frame)]
        kept: list[Frame] = []
        for position, frame in enumerate(frames):
            if frame.to_right and frame.content:
                begin, end = frame.content[0]
                for later in frames[position + 1 :]:
                    if later.cue.kind is CueClass.ACCORDING and later.to_right and later.start <= begin + 1 and later.content:
                        begin = later.content[0][0]
                        frame.cues.extend(later.cues)
                        later.content, later.speaker, later.to_right = [], None, False
                        continue
                    if later.is_sequel and later.front > begin and self._breaks_off(frame, later):
                        end = min(end, later.front)
                        break
                    if not later.to_right and later.content and later.start > begin:
                        end = min(end, max(begin + 1, later.front))
                        break
                    if (
                        later.cue.kind in (CueClass.RELAY, CueClass.RELAYED, CueClass.ACCORDING)
                        and later.start > begin
                        and self.low[later.start - 1] in COMMAS
                    ):
                        end = min(end, later.start)
                        break
                frame.content[0] = (begin, self._rstrip(begin, end))
            kept.append(frame)
        done: list[Frame] = []
        index = 0
        while index < len(kept):
            frame = kept[index]
            relay = frame.cue.kind in (CueClass.RELAY, CueClass.RELAYED)
            carrier = relay or frame.cue.kind is CueClass.ACCORDING
            if carrier and not frame.content and frame.speaker is None and not frame.through:
                index += 1
                continue
            # a relay or "according to" hangs on an earlier frame of the same content
            if relay and not frame.content and done and done[-1].content and done[-1].content[0][0] >= frame.start:
                self._hang(frame, done[-1])
                index += 1
                continue
            if relay and not frame.content and index + 1 < len(kept) and kept[index + 1].to_right:
                self._hang(frame, kept[index + 1])
                index += 1
                continue
            if carrier and done and not (frame.to_right and frame.content) and not self._spans_aside(frame, done[-1]):
                self._hang(frame, done[-1])
                index += 1
                continue
            if carrier and frame.to_right and index + 1 < len(kept):
                nxt = kept[index + 1]
                inside = (
                    nxt.content
                    and frame.content
                    and nxt.front >= frame.content[0][0] - 1
                    and (
                        self._is_thought(nxt)
                        or (nxt.cue.kind not in WEAK and (nxt.cue.act in STATES or self._opens_with(frame, nxt)))
                        or (self.serial_verbs and nxt.cue.kind is CueClass.SPEECH and not relay)
                    )
                )
                is_next = inside and (nxt.front - frame.content[0][0] <= 2 or self._is_scene(frame.content[0][0], nxt.front))
                if inside and (is_next or not nxt.to_right) and (relay or self._is_news(frame.speaker)):
                    # "Dikutip dari Y, X said C": Y passed on what X said
                    if frame.rule == "initial-relay" and self._is_news(nxt.speaker) and nxt.speaker is not None:
                        # "Mengutip Z, Y melaporkan C": Z is Y's source
                        frame.speaker, frame.through = frame.through[0][1], []
                    is_other = frame.speaker is not None and nxt.speaker not in (None, frame.speaker) and not nxt.is_shared
                    if self.serial_verbs and relay and is_other and frame.speaker is not None:
                        # "Y dẫn nguồn tin nói rằng báo cáo nhận định C": the source passed on what the report says
                        nxt.through.append((Part.RELAYER, frame.speaker))
                        frame.speaker = None
                    self._hang(frame, nxt)
                    nxt.is_ascribed = nxt.cue.kind is CueClass.ATTITUDE
                    index += 1
                    continue
            done.append(frame)
            index += 1
        return self._fold(done)

    def _is_in_relative(self, frame: Frame) -> bool:
        """Tell whether "according to X" only says whose a relative clause is: "the raids, which, according to X, were late"."""
        before = frame.start - 2
        is_apart = before >= 0 and self.low[before + 1] in COMMAS and self.low[before] in self.relatives
        return self.bare_clauses and frame.cue.kind is CueClass.ACCORDING and is_apart

    def _spans_aside(self, frame: Frame, earlier: Frame) -> bool:
        """Tell whether a tag's content holds an earlier cue as an aside: "Norland, which reported floods, is closed, according to X"."""
        if not (frame.content and earlier.to_right and earlier.content):
            return False
        is_inside = frame.content[0][0] <= earlier.front and earlier.content[0][1] < frame.content[0][1]
        return is_inside and self._is_in_aside(earlier.front, earlier.start)

    def _opens_with(self, relay: Frame, frame: Frame) -> bool:
        """Tell whether what an outlet passed on begins with who demands or promises: "Melansir Y, Menteri X mendesak Z untuk mundur"."""
        begin = relay.content[0][0]
        if not self.affixed_verbs or frame.speaker is None or frame.is_shared or frame.speaker[0] - begin > 1:
            return False
        first, last = frame.content[0]
        return frame.strength in SURELY or any(self.low[k] in self.infinitives or self.quoted[k] >= 0 for k in range(first, last))

    def _breaks_off(self, frame: Frame, later: Frame) -> bool:
        """Tell whether a later cue ends what an earlier one reports, rather than being part of it."""
        reports = frame.cue.kind is CueClass.SPEECH or (self.bare_clauses and frame.cue.kind is CueClass.ACCORDING)
        if not reports or later.cue.kind not in WEAK:
            return True
        return (
            not later.is_shared
            and later.speaker is not None
            and (self.low[max(later.front - 1, 0)] in self.contrasts or self.low[max(later.front - 1, 0)] == ";")
        )

    def _under_tags(self, frames: list[Frame]) -> list[Frame]:
        """Drop frames inside what a later cue reports as a whole; where that is a news organisation, the inner speaker stays: it relays."""
        kept: list[Frame] = []
        gone: set[int] = set()
        for position, frame in enumerate(frames):
            if position in gone:
                continue
            cover = next(
                (
                    number
                    for number, later in enumerate(frames[position + 1 :], position + 1)
                    if not later.to_right
                    and later.content
                    and later.content[0][0] <= frame.front
                    and frame.end <= later.content[0][1]
                    and (later.cue.kind in TAGS or (later.cue.kind in REPORTS and later.speaker is not None and frame.cue.kind in WEAK))
                ),
                None,
            )
            if cover is None:
                kept.append(frame)
                if position + 1 < len(frames) and self._is_closed_by(frame, frames[position + 1]):
                    self._pass_on(frame, frames[position + 1])
                    gone.add(position + 1)
                continue
            later = frames[cover]
            if (
                (frame.cue.kind is CueClass.SPEECH or self._is_thought(frame))
                and (frame.to_right or self.affixed_verbs)
                and frame.speaker is not None
                and (frame.strength in SURELY or frame.cue.confidence >= SURE)
                and (self._is_news(later.speaker) or (self.affixed_verbs and later.speaker and self._names_document(later.speaker)))
                and not kept
            ):
                first, last = frame.content[0]
                if not frame.to_right or 2 * (later.content[0][1] - first) >= later.content[0][1] - later.content[0][0]:
                    frame.content[0] = (first, min(last, later.content[0][1]))
                    self._pass_on(frame, later)
                    frame.is_ascribed = frame.cue.kind is CueClass.ATTITUDE
                    kept.append(frame)
                    gone.add(cover)
        return kept

    def _is_closed_by(self, frame: Frame, later: Frame) -> bool:
        """Tell whether a news organisation's tag closes a tagged statement: "C, kata X saat ditemui, demikian dikatakan Y"."""
        is_tag = later.cue.kind in TAGS and self.low[later.start].partition(" ")[0] in self.pointers and not later.to_right
        is_told = not frame.to_right and frame.speaker is not None and frame.cue.kind in TAGS
        circumstances = self.recipients | self.locatives | self.boundaries
        return is_tag and is_told and self._is_news(later.speaker) and all(self.low[first] in circumstances for first, _ in later.content)

    @staticmethod
    def _pass_on(frame: Frame, later: Frame) -> None:
        """Let the speaker of a later tag pass on what a frame says."""
        if later.speaker is not None:
            frame.through.append((Part.RELAYER, later.speaker))
        frame.cues.extend(later.cues)
        frame.rule = f"{frame.rule}+{later.rule}"

    def _hang(self, relay: Frame, on: Frame) -> None:
        known = [span for _, span in on.through]
        if relay.cue.kind is CueClass.RELAY and relay.speaker is not None:
            if self.serial_verbs and relay.through and on.speaker is not None:
                # "X nói C, Reuters dẫn lời người phát ngôn cho biết": the spokesman passed on what X said
                is_other = self.low[relay.speaker[0]] not in self.pronouns and self.low[relay.speaker[1] - 1] != self.low[on.speaker[1] - 1]
                on.through += [(Part.RELAYER, relay.speaker)] if is_other else []
                on.through += [each for each in relay.through if each[1] not in known]
                on.cues.extend(relay.cues)
                on.rule = f"{on.rule}+{relay.rule}"
                return
            # "S said, citing O": O spoke, S passed it on
            if on.speaker is not None and on.speaker != relay.speaker:
                on.through.append((Part.RELAYER, on.speaker))
                known.append(on.speaker)
            on.speaker = relay.speaker
            on.is_shared = False
            on.through.extend((part, span) for part, span in relay.through if span not in known)
        elif relay.cue.kind is CueClass.ACCORDING and relay.speaker is not None:
            if on.speaker is None:
                on.speaker = relay.speaker
            else:
                on.through.append((Part.RELAYER, relay.speaker))
        else:
            on.through.extend(relay.through)
        on.is_story = on.is_story or relay.is_story
        on.cues.extend(relay.cues)
        on.rule = f"{on.rule}+{relay.rule}"

    def _fold(self, frames: list[Frame]) -> list[Frame]:
        """Fold "Y quoted X as saying C" and "Y reported that X said C" into one frame where Y is a news organisation."""
        out: list[Frame] = []
        for frame in frames:
            if out and frame.content and out[-1].to_right and out[-1].content:
                outer = out[-1]
                begin, end = outer.content[0]
                inside = (
                    frame.content[0][0] >= begin and frame.content[-1][1] <= end + 1 and frame.start >= begin - 1 and not frame.is_sequel
                )
                if inside:
                    if frame.cue.kind is CueClass.AGENTLESS:
                        continue
                    is_thought = self._is_thought(frame)
                    is_whole = is_thought and frame.front - begin <= 1
                    is_sure = not frame.to_right or frame.strength in ("that", "colon", "quote") or frame.cue.confidence >= SURE
                    if self._is_own_clause(outer, frame):
                        # "Báo Y đưa tin C, một quan chức xác nhận D": both are in Y's report
                        is_scene = self._is_scene(begin, frame.front)  # "Báo Y cho biết khi phát biểu tại Sena, X nói C"
                        outer.content[0] = (begin, self._rstrip(begin, frame.front))
                        frame.through += [(Part.RELAYER, outer.speaker), *outer.through] if outer.speaker is not None else []
                        out[-1:] = [frame] if is_scene else [outer, frame]
                        continue
                    is_sure = is_sure or self._opens_report(outer, frame)
                    if not (is_sure or is_whole):
                        continue
                    if outer.cue.kind is CueClass.RELAY or (
                        outer.speaker is not None and self._is_news(outer.speaker) and outer.cue.kind is CueClass.SPEECH
                    ):
                        if outer.cue.kind is CueClass.RELAY:
                            if frame.speaker is None:
                                frame.speaker = outer.speaker
                        elif outer.speaker is not None:
                            frame.through.append((Part.RELAYER, outer.speaker))
                        frame.through.extend(outer.through)
                        frame.cues = outer.cues + frame.cues
                        frame.rule = f"{outer.rule}+{frame.rule}"
                        frame.is_ascribed = is_thought
                        out[-1] = frame
                        continue
                    outer.is_ascribed = outer.is_ascribed or is_whole
                    continue
            out.append(frame)
        return out

    def _opens_report(self, outer: Frame, frame: Frame) -> bool:
        """Tell whether what somebody reports begins with who said it: "Báo Y đưa tin Bộ trưởng X cho biết C"."""
        if not self.serial_verbs or frame.cue.kind not in (CueClass.SPEECH, CueClass.OBJECT) or frame.speaker is None or frame.is_shared:
            return False
        is_told = frame.cue.act in STATES or (outer.cue.kind is CueClass.SPEECH and frame.cue.act in (Act.ACCUSE, Act.PROMISE, Act.DEMAND))
        return frame.speaker[0] - outer.content[0][0] <= 1 and is_told

    def _is_own_clause(self, outer: Frame, frame: Frame) -> bool:
        """Tell whether a cue inside an outlet's report has a subject of its own behind a comma, after a clause."""
        if not self.serial_verbs or frame.cue.kind is not CueClass.SPEECH or frame.speaker is None or frame.is_shared:
            return False
        if not self._is_news(outer.speaker) or not frame.to_right or frame.cue.act not in STATES:
            return False
        if outer.cue.kind is CueClass.ACCORDING:
            return self.low[frame.front] in self.coordinators  # "Theo Y, X đã đến Sena và nói rằng C"
        if outer.cue.kind is not CueClass.SPEECH:
            return False
        first, begin = frame.speaker[0], outer.content[0][0]
        is_somebody = self.low[first] in self.indefinites or self.low[first] in self.publishers or self.low[first] in self.titles
        is_whole = self._is_scene(begin, first) or (self._is_clause((begin, first - 1)) and self._has_verb(begin, first - 1))
        return is_somebody and self.low[first - 1] in COMMAS and is_whole

    def _is_thought(self, frame: Frame) -> bool:
        """Tell whether a frame says what somebody thinks to be so: "suspects that C", "suspects Ana Field took it", not "wants to"."""
        if frame.cue.kind is not CueClass.ATTITUDE or frame.speaker is None or frame.is_shared or not frame.to_right:
            return False
        if self.low[frame.speaker[0]] in self.pronouns and frame.speaker[1] - frame.speaker[0] == 1:
            return False  # "she said she hopes": her own thought
        first = frame.content[0][0]
        if first >= len(self.low):
            return False
        is_clause = self.capital[first] or self.low[first] in self.determiners or self.low[first] in self.titles
        return is_clause or frame.strength in SURELY or self.low[frame.end - 1].endswith(tuple(self.complementisers))

    def _rstrip(self, begin: int, end: int) -> int:
        """Return where content ends without loose marks and conjunctions, but "còn" of "tài sản không còn" is none."""
        while (
            end - 1 > begin
            and self.quoted[end - 1] < 0
            and (
                (self.low[end - 1] in BREAKS and self.low[end - 1] not in ")]")
                or self.low[end - 1] in self.coordinators
                or self.low[end - 1] in ENDS
                or (self.low[end - 1] in self.contrasts and not (self.serial_verbs and self.low[end - 2] in self.skippable))
            )
        ):
            end -= 1
        return end
