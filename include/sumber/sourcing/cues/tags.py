"""Tags and phrases that hang on a statement: "according to X", "katanya", "demikian X", "reportedly"."""

from __future__ import annotations

from sumber.sourcing.cues.contents import DASHES, LONG_REST
from sumber.sourcing.cues.frames import Frame, Part
from sumber.sourcing.cues.verbs import Verbs
from sumber.sourcing.lexicons import Cue, CueClass, Order
from sumber.sourcing.phrases import BREAKS, COMMAS, LONGEST_PLACE


class Tags(Verbs):
    """Reads phrases that name a source beside what it says."""

    def _suffixed(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[Frame]) -> Frame | None:
        frame = Frame(i, j, cue, "suffixed-cue", cues=[(i, j)], front=i)
        left = self._left_content(a, i, frames)
        if Order.CVS in cue.orders:
            is_open = self._is_quote_end(i) or (self.low[i - 1] in COMMAS and "quote" not in cue.marks)
            if left is not None and is_open:
                frame.content = [left]
                rest = self._after_tag(j, stop) or (self._around_tag(left, j, stop) if self.affixed_verbs else None)
                if rest is not None:
                    frame.content.append(rest)
                return frame
            begin, cue_end, _, strength = self._right(j, stop, stop)
            if strength in ("that", "colon", "quote") and begin < stop:
                frame.content, frame.cues, frame.to_right = [(begin, stop)], [(i, cue_end)], True
                return frame
            return None
        if "that" in cue.marks and not (j < stop and (self.low[j] in COMMAS or self.low[j] in self.complementisers)):
            return None
        document = self._document_ahead(a, i) if "that" in cue.marks and self.affixed_verbs else None
        if i == a and "that" in cue.marks and self.affixed_verbs and self.before is not None:
            comma = self._comma(self.before.start, self.before.end)
            document = self._document_ahead(self.before.start, comma)  # "Dalam laporan X, … Dijelaskan bahwa C"
        if document is not None and stop - j >= LONG_REST:
            frame.speaker, frame.content, frame.to_right = document, [(j + 1, stop)], True
            return frame  # "Dalam laporan itu dijelaskan, C"
        if i == a or self.low[i - 1] in BREAKS or self.low[i - 1] in self.openers:
            begin = j + 1 if j < stop and self.low[j] in COMMAS else j
            begin += begin < stop and self.low[begin] in self.complementisers
            if stop - begin >= 2:
                frame.content, frame.to_right, frame.front = [(begin, stop)], True, i
                return frame
        if left is not None and stop - j < 3:
            frame.content = [left]
            return frame
        if left is not None and stop - j >= LONG_REST and not frames and not self._has_verb(*left):
            frame.content = [left, (j + (self.low[j] in COMMAS), stop)]  # "Jalan itu menurutnya ditutup sejak Senin"
            return frame
        return None

    def _according(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[Frame]) -> Frame | None:
        low = self.low
        if "own" in cue.marks:
            return self._own_words(a, stop, i, j, cue, frames)
        title = self._title_at(j, stop) if j < stop else None
        if j >= stop or (self.quoted[j] >= 0 and not self.verb_second and title is None) or low[j] in COMMAS:
            return None
        if low[j] in self.not_sources and not self._is_acronym(j):
            return None
        is_apart = i == a or low[i - 1] in BREAKS or self._is_quote_end(i) or low[i - 1] in self.openers
        if "apart" in cue.marks and not is_apart and not (self.serial_verbs and self._may_cite(a, i, j, stop)):
            return None  # "dasar penahanan berdasarkan surat"
        if "comma" in cue.marks and not (i > a and (low[i - 1] in COMMAS or self._is_quote_end(i))):
            return None
        speaker, after = self._phrase_with_title(j, stop, long=True) if self.verb_second else self._noun_phrase(j, stop, long=True)
        if title is not None and not self.verb_second:
            speaker, after = title, title[1]
        if speaker is not None and self.affixed_verbs:
            speaker, after = self._told_outlet(speaker, after)
            if (end := self._name_end(speaker)) < speaker[1]:
                speaker, after = (speaker[0], end), end
        if "comma" in cue.marks and self.verb_second and (speaker is None or not self._closes_aside(speaker, stop)):
            return None
        if speaker is None or ("document" in cue.marks and not any(low[k] in self.documents for k in range(j, min(j + 4, stop)))):
            return None
        if self.bare_clauses and low[speaker[1] - 1] in self.not_sources:
            return None  # "dealt with according to the country's competition law"
        frame = Frame(i, j, cue, "according-to", speaker=speaker, cues=[(i, j)], front=i)
        holder = self._seen_by(speaker, stop)
        if holder is not None:
            frame.through, after = [(Part.RELAYER, holder)], holder[1] + 1
        is_first = (
            all(low[k] in self.openers or low[k] in BREAKS or low[k] in self.coordinators for k in range(a, i))
            or (i > a and (low[i - 1] in self.complementisers or low[i - 1] in self.joiners))
            or (bool(frames) and frames[-1].to_right and bool(frames[-1].content) and frames[-1].content[0][0] == i)
        )
        if "first" in cue.marks and not is_first:
            return None  # `"…," merujuk pada X`: whom it was about
        relative = i - 2 if i > a + 1 and low[i - 1] in COMMAS else i - 1
        if self.affixed_verbs and relative > a and low[relative] in self.relatives:
            begin = after + (after < stop and low[after] in COMMAS)
            end = self._comma(begin, stop)
            if not self._has_verb(a, relative) or end - begin < 2:
                return None  # "korban yang menurut polisi berjumlah 12 sudah dibawa": nobody can tell where it ends
            frame.content, frame.to_right = [(begin, end)], True  # "sebuah langkah yang menurut X akan gagal"
            return frame
        if self.serial_verbs and i > a and low[i - 1] in self.relatives:
            said = after + 2 if after + 2 < stop and low[after + 1] in self.indefinites else after + 1
            if said < stop and self._is_verb(after) and self.quoted[said] >= 0:
                frame.content, frame.to_right = [self.r.quotations[self.quoted[said]]], True  # `mà theo Bộ Y tế là "rất nguy hiểm"`
                return frame
            if after >= stop or low[after] not in COMMAS:
                return None  # "mà theo họ là kho vũ khí": said of what stands before
            is_first = True  # "mà theo lời X, C"
        if is_first:
            reach = after + 1 if self.verb_second else min(stop, after + 8)
            comma = next((k for k in range(after, min(stop, reach)) if low[k] in COMMAS or low[k] == ":"), None)
            if comma is not None and self.serial_verbs and comma - j <= 3 and all(self.capital[j:comma]):
                while comma + 2 < stop and self.r.slice(comma + 1, comma + 2).isupper() and low[comma + 2] in COMMAS:
                    frame.through.append((Part.SPEAKER, (comma + 1, comma + 2)))  # "Theo Reuters, AFP, C"
                    comma += 2
            if self.serial_verbs and low[j - 1] in self.suppliers and self._is_said(after):
                return self._said(frame, after, stop)  # "Thông tin từ X cho biết C"
            if self.serial_verbs and comma is None and after in self.hits:
                return None  # "Theo các nguồn tin tiết lộ với tờ Y hôm nay, C": the verb is the cue
            if self.serial_verbs and after < stop and low[after] in DASHES and self._comma(after, stop) < stop:
                comma = self._comma(after, stop)  # "Theo Orbit - trang theo dõi các chuyến bay, C"
            begin = self._past_areas(comma, stop) + 1 if comma is not None else after
            if self.bare_clauses and comma is not None and begin < stop and self._is_past(begin):
                begin = min(self._comma(begin, stop) + 1, stop)  # "According to the lawsuit, filed in Elmer on Monday, C"
            if stop - begin < 2 and self.bare_clauses and comma is not None and low[comma] == ":":
                self.announced, self.consumed = (i, j, speaker), stop  # "According to a copy of the filing seen by Y:"
            if self.serial_verbs and comma is None and after < stop and low[after] in self.openers:
                begin = after + 1  # "Theo đơn kiện của X thì C"
            if stop - begin < 2:
                return None
            frame.content, frame.to_right = [(begin, stop)], True
            frame.is_sequel = i > a and low[i - 1] in self.joiners
            return frame
        left = self._left_content(a, i, frames)
        if left is None:
            return None
        is_led = self.serial_verbs and self._is_scene(left[0], i)
        if is_led and self._is_said(after):
            return self._said(frame, after, stop)  # "Sáng nay, thông tin từ X cho biết, C"
        if is_led and after < stop and low[after] in COMMAS and stop - after > LONG_REST:
            frame.content, frame.to_right = [(self._past_areas(after, stop) + 1, stop)], True  # "Trong cuộc họp, theo X, C"
            return frame
        if self.verb_second and not self._follows_content(a, i):
            begin, end, further = self._clause_around(left[0], i, after, stop)
            frame.content = [(begin, i), (further, end)] if end - further >= 1 else [(begin, i)]
            frame.end, frame.front = after, begin
            return frame
        frame.content = [left]
        frame.front = left[1]
        while self.serial_verbs and after + 1 < stop and low[after] in COMMAS and (end := self._news_end(after + 1, stop)):
            frame.through.append((Part.SPEAKER, (after + 1, end)))  # "C, theo Reuters, AFP"
            after = end
        rest = self._after_tag(after, stop)
        if self.verb_second and after + 1 < stop and low[after] in COMMAS and low[i - 1] in COMMAS and self.quoted[i - 2] < 0:
            rest = (after + 1, stop)  # "Das Problem sei, so der Präsident, dass …"
        if rest is None and not self.verb_second and low[i - 1] in COMMAS:
            rest = self._around_tag(left, after, stop)  # "Misi itu, menurut X, akan berakhir"
        is_part = self.serial_verbs and rest is None and after < stop and low[after] in COMMAS and self.quoted[left[1] - 1] < 0
        if is_part and after + 1 < stop and self._is_verb(after + 1):
            rest = (after + 1, stop)  # "Tin ông Nam bị bắt, theo cảnh sát, là sai"
        elif is_part and not self._is_clause(left):
            return None  # "Khách Nhật, theo ông Nam, thích bồn tắm": what was said is not whole
        if rest is not None and low[i - 1] in COMMAS:
            frame.content.append(rest)
        return frame

    def _is_said(self, k: int) -> bool:
        """Tell whether a cue of speech stands at `k`."""
        return k in self.hits and any(one.kind is CueClass.SPEECH for one in self.lexicon.cues[self.low[k]])

    def _said(self, frame: Frame, k: int, stop: int) -> Frame | None:
        """Give a frame what follows the cue of speech at `k` behind its source, or return None where nothing does."""
        end = self.consumed = self.hit_ends[k]
        frame.cues.append((k, end))
        begin = end + (end < stop and self.low[end] in COMMAS)
        frame.content, frame.to_right = [(begin, stop)], stop - begin > 1
        return frame if frame.to_right else None

    def _news_end(self, k: int, stop: int) -> int:
        """Return the token after a news organisation's name at `k`, where a comma or the end follows it, else 0."""
        name = self.names.get(self.r.starts[k], 0)
        end = next((m for m in range(k, stop) if self.r.starts[m] >= name), stop) if name else k
        return end if end > k and (end >= stop or self.low[end] in COMMAS) else 0

    def _past_areas(self, comma: int, stop: int) -> int:
        """Return the last comma after where a source is: "theo Công an huyện Lam Sơn, tỉnh Sa Kỳ, C"."""
        while comma + 1 < stop and self.low[comma + 1] in self.areas:
            further = self._comma(comma, stop)
            if further >= stop or further - comma > LONGEST_PLACE:
                break
            comma = further
        return comma

    def _may_cite(self, a: int, i: int, j: int, stop: int) -> bool:
        """Tell whether "theo" amid a clause says who reports: a conjunction or cue stands before it, or a news organisation after it."""
        before = self.low[i - 1]
        joins = before in self.joiners or before in self.complementisers or before in self.boundaries or before in self.skippable
        target, _ = self._noun_phrase(j, stop, long=True)
        is_cued = any(end == i for first, end in self.hit_ends.items() if first >= a)
        return joins or is_cued or (self._is_news(target) and not self._is_verb(i - 1))

    def _name_end(self, speaker: tuple[int, int]) -> int:
        """Return where a person's name ends that leads a phrase, and what is said begins: "menurut Rina jalan itu ditutup"."""
        first, last = speaker
        if not self.capital[first] or self.low[first] in self.nouns or self.low[first] in self.titles:
            return last
        is_known = self.names.get(self.r.starts[first]) == 0
        for k in range(first + 1, last):
            word = self.low[k]
            if (is_known and self.r.starts[k] in self.names) or (
                word.isalpha()
                and not self.capital[k]
                and word not in self.prepositions | self.coordinators | self.relatives | self.locatives
            ):
                return k
            if not self.capital[k]:
                break
        return last

    def _seen_by(self, document: tuple[int, int], stop: int) -> tuple[int, int] | None:
        """Return the news organisation that has a document: "tài liệu mà Reuters xem được", "tài liệu được Reuters tiếp cận"."""
        link = document[1]
        if not self.seen or link + 2 >= stop:
            return None
        if not any(self.low[link] in words for words in (self.relatives, self.verbs, self.agents)):
            return None
        if not self._names_document(document):
            return None
        holder, after = self._noun_phrase(link + 1, stop)
        return holder if holder is not None and after < stop and self.low[after] in self.seen and self._is_named(holder) else None

    def _own_words(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[Frame]) -> Frame | None:
        """Read "Die Armee hat nach eigenen Angaben …": whose words they are is the clause's subject."""
        begin, end, further = self._clause_around(a, i, j, stop)
        verb = next((k for k in range(begin, end) if self.low[k] in self.verbs or self.low[k] in self.perfects), None)
        speaker, _ = self._noun_phrase(begin, i) if begin < i else (None, j)
        if begin == i and verb is not None:
            speaker, _ = self._actor(verb + 1, end)
        if speaker is None or self.low[speaker[0]] in self.no_subjects | self.obliques or not self._is_nominal(speaker, a):
            return None
        content = [(begin, i), (further, end)] if begin < i else [(further, end)]
        kept = [(first, last) for first, last in content if last > first]
        if not kept:
            return None
        return Frame(i, j, cue, "according-to", content=kept, speaker=speaker, cues=[(i, j)], front=begin, to_right=begin == i)

    def _closes_aside(self, speaker: tuple[int, int], stop: int) -> bool:
        """Tell whether a phrase after "so" names somebody and ends the aside: "C, so der Minister", not "so gebe es"."""
        if any(self._is_verb(k) or self.low[k] in self.subjunctives or k in self.hits for k in range(*speaker)):
            return False
        return self._is_named(speaker) or self.low[speaker[0]] in self.pronouns

    def _postposed(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[Frame]) -> Frame | None:
        """Read "dem Bericht zufolge": the name stands before the cue."""
        speaker = self._dative_back(a, i) if self.verb_second else self._phrase_back(a, i)
        if speaker is None:
            return None
        frame = Frame(i, j, cue, "postposed", speaker=speaker, cues=[(i, j)], front=speaker[0])
        if speaker[0] - a <= 1 and stop - j >= 2:
            frame.content, frame.to_right = [(j, stop)], True
            return frame
        left = self._left_content(a, speaker[0], frames)
        if left is None:
            return None
        frame.content = [left] if stop - j < 2 else [left, (j, stop)]
        return frame

    def _agentless(self, a: int, stop: int, i: int, j: int, cue: Cue, frames: list[Frame]) -> Frame | None:
        told = self._told_before(a, stop, i, j, frames)
        if told is not None:
            return Frame(i, j, cue, "agentless", content=[told], cues=[(i, j)], front=told[1])
        if stop - j < 2 or (i > a and self.low[i - 1] in self.negations) or (frames and not frames[-1].to_right and frames[-1].content):
            return None
        front = self._clause_start(a, i, frames)
        if "perfect" in cue.marks and not self._ends_in_perfect(i, stop):
            return None  # "soll gebaut werden" is a plan
        if any(
            frame.to_right and frame.content and frame.content[0][0] <= front and frame.cue.kind is not CueClass.AGENTLESS
            for frame in frames
        ):
            return None  # inside what somebody says
        frame = Frame(i, j, cue, "agentless", cues=[(i, j)], front=front)
        after = self._skip_time(j, stop) if self.bare_clauses else j
        j = after if after < stop and self.low[after] in self.complementisers else j  # "It was reported on Monday that C"
        begin = j + 1 if self.low[j] in self.complementisers else j
        if self.serial_verbs and self.low[begin] in self.locatives and self.low[j - 1] not in self.verbs | self.complementisers:
            return None  # "bị nghi ngờ sau vụ việc": when, not what
        is_had = self.serial_verbs and i > a and self.low[i] in self.verbs - self.passives
        if is_had and not (self.low[i - 1] in BREAKS or self.low[i - 1] in self.cuts | self.coordinators | self.openers | self.skippable):
            return None  # "hộ chiếu có thông tin sinh trắc học": what a thing has
        if self.affixed_verbs and i > a and self.low[i - 1] in self.relatives:
            return None  # "orang yang diduga pelaku itu", "tidak ada korban yang dilaporkan di Sena": which one, no report
        head = self._phrase_back(a, i) if self.serial_verbs and i > a else None
        before = range(max(a, head[0] - 1), i - 1) if head is not None else range(0)
        if any(self.low[k] in self.topics and self.low[k + 1] in self.indefinites for k in before):
            return None  # "về những hành vi được cho là": only says which
        if self.affixed_verbs and self.capital[begin] and any(one.kind is CueClass.RELAYED for one in self.lexicon.cues[self.low[i]]):
            return None  # "angka yang dilaporkan Rina": who did is named
        is_bare = self.low[j - 1] in self.infinitives or (self.bare_clauses and self.low[begin] in self.infinitives)
        is_bare = is_bare or (self.serial_verbs and i > a and self.low[i - 1] in self.subordinators)  # "Khi có thông tin C, nhiều người …"
        end = self._comma(begin, stop) if is_bare else stop
        end = next((k for k in range(begin + 1, end) if self.low[k] in self.contrasts and self.quoted[k] < 0), end)
        if self.low[j - 1] in self.infinitives:
            begin = j - 1
        if "naming" in cue.marks and self._is_called(begin, end):
            return None
        if self.affixed_verbs and self.capital[begin] and i > front and not self._has_verb(begin, end) and self.quoted[begin] < 0:
            return None  # "TM disebut Tirta Muara": what somebody is called
        if self.affixed_verbs and begin + 2 < end and self.low[begin] in self.openers and self.low[begin + 1] in COMMAS:
            begin += 2  # "Diberitakan sebelumnya, C"
        frame.content = [(front if Order.CSV in cue.orders and front < i else begin, end)]
        frame.to_right = True
        frame.speaker = self._document_ahead(a, i) if self.affixed_verbs else None
        return frame

    def _is_called(self, begin: int, end: int) -> bool:
        """Tell whether words after "disebut" are what something is called rather than what is told of it: no verb stands among them."""
        low = self.low
        if low[begin] in self.complementisers or low[begin] in self.skippable or low[begin - 1] in self.complementisers:
            return False
        clause = next((k for k in range(begin + 1, end) if low[k] in self.joiners or low[k] in COMMAS or low[k] in self.cuts), end)
        return not self._has_verb(begin, clause)

    def _document_ahead(self, a: int, i: int) -> tuple[int, int] | None:
        """Return the document in which a sentence says that something is told: "Dalam laporan itu[,] disebutkan bahwa C"."""
        low = self.low
        first = next((k for k in range(a, i) if low[k] not in self.openers and low[k] not in BREAKS), i)
        last = i - 1 if low[i - 1] in COMMAS else i
        if first + 1 >= last or low[first] not in self.place_prepositions | self.locatives or low[first + 1] not in self.documents:
            return None
        document, after = self._noun_phrase(first + 1, last)
        return document if after == last else None

    def _told_before(self, a: int, stop: int, i: int, j: int, frames: list[Frame]) -> tuple[int, int] | None:
        """Return the clause before "it was reported [on Monday]" where that closes the sentence."""
        if not self.bare_clauses or i == a or self.low[i] not in self.neuters or self.low[i - 1] not in COMMAS:
            return None
        left = self._left_content(a, i, frames) if j >= stop or self._skip_time(j, stop) >= stop else None
        return left if left is not None and self._ends_clause(left) else None
