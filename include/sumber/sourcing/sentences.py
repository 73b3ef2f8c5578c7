"""The shape of an article's text: tokens, quotations, sentences. One linear pass each; offsets are into `Article.text`."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any

from sumber.sourcing.lexicons import Cue, CueClass, Joined, Lexicon, Order, WordClass
from sumber.sourcing.model import Article, BlockRole, Span

TOKEN = re.compile(r"(\d++(?:[.,:/-]\d++)*+|\w++(?:[-'’.&]\w++)*+|[^\w\s])")
WORD = re.compile(r"\w+")
LOST_SPACE = re.compile(r"[a-z]{3}(\.)[A-Z][a-z]{3}")  # "katanya.Lebih", not "Detik.Com"
LETTER = r"[\w\u0300-\u036f]"  # a letter or a mark that stands apart from it
DECOMPOSED = re.compile(rf"(\d+(?:[.,:/-]\d+)*|{LETTER}+(?:[-'’.&]{LETTER}+)*|[^\w\s])")
MARK = re.compile(r"[\"“”„‟«»「」『』＂]|''|``")  # two apostrophes stand for one mark in agency copy
ENDS = frozenset(".!?…。！？")
COMMAS = frozenset(",;:([-–—")
DASHES = frozenset("-–—")
NICKNAMED = 4  # tokens of a forename and a nickname in quotation marks
NICKNAME_MARKS = frozenset("'\"‘’“”")
PAIRS = frozenset({("«", "»"), ("»", "«"), ("「", "」"), ("『", "』"), ("„", "“"), ("„", "”")})
AFTER_CLOSING = frozenset(",.;:!?)]-–—")  # what follows a closing mark that stands between two spaces
ALWAYS_OPENS = frozenset("„「『‟")
ALWAYS_CLOSES = frozenset("」』")
FIRST_UNSPACED = "\u2e80"  # from here on: CJK and Hangul
LONGEST_QUOTATION = 4000  # code points; a mark left open longer than this was never meant to span
LONGEST_SENTENCE = 200  # tokens
LEAST_HEADLINE = 4  # tokens
LONGEST_HEADLINE = 30
LONGEST_TAG = 9  # tokens between the comma that ends a quotation and its cue
LONGEST_INNER = 30  # tokens of a tag between dashes inside a quotation
MOST_DASHES = 4  # of those in a tag: they join names too
LONGEST_OFFICE = 6  # tokens between an office's first word and the first comma of its list
LONGEST_FIELD = 3  # tokens in one entry of that list
LONGEST_LIST = 6  # commas in it
LEAST_FIELDS = 2  # of its entries that are nouns for what an office is for
SHORT_GLUE = 3  # letters from which a glued word is no chance beginning of a name
LEAST_STEM = 3  # letters of such a noun beside its beginning and ending
STRONG = 0.8  # cues that mostly are cues
SPEAKS = frozenset({CueClass.SPEECH, CueClass.ACCORDING})
LOOK_AHEAD = 900  # code points: how far past its paragraph a quotation may close when later paragraphs do not open with a mark
CLAIM_ROLES = frozenset({BlockRole.HEADLINE, BlockRole.LEAD, BlockRole.BODY})


@dataclass(slots=True)
class Sentence:
    """Token range of a sentence, and the paragraph it stands in."""

    start: int
    end: int
    paragraph: int
    is_headline: bool = False


@dataclass(slots=True)
class Reading:
    """The tokens of an article's claim-holding blocks, with quotations and sentences.

    `starts`, `ends` and `low` run in parallel, one entry per token; `quoted` holds the number of the quotation a token stands in, or -1.
    """

    text: str
    starts: list[int]
    ends: list[int]
    low: list[str]
    capital: list[bool]
    quoted: list[int]
    quotations: list[tuple[int, int]]  # token ranges, marks included
    carried: set[int]  # quotations that carry on the one before from the paragraph above, without a new mark
    sentences: list[Sentence]
    inner: set[int] = field(default_factory=set)  # characters of commas inside an office, and of degrees behind a name
    listed: set[int] = field(default_factory=set)  # where an "and" begins that joins what one office is for

    def span(self, first: int, last: int) -> Span:
        """Return the characters of tokens `first` to `last`, end exclusive."""
        return Span(self.starts[first], self.ends[last - 1])

    def slice(self, first: int, last: int) -> str:
        """Return the text of tokens `first` to `last`, end exclusive."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def printed(self, span: Span) -> str:
        """Return the characters of a span without `inner`: "Menteri Politik Hukum dan Keamanan"."""
        if not self.inner:
            return span.of(self.text)
        return "".join(char for at, char in enumerate(span.of(self.text), span.start) if at not in self.inner)

    def as_one(self, span: Span) -> str | None:
        """Return the same with a sign for each "and" of such a list, which no longer parts two sources; None where it holds no list."""
        cuts = [at for at in sorted(self.listed) if span.start <= at < span.end]
        if not cuts:
            return None
        pieces = pairwise((span.start, *cuts, span.end))
        first, *further = (self.printed(Span(start, end)) for start, end in pieces)
        return first + "".join(" ".join(("&", *piece.split(maxsplit=1)[1:])) for piece in further)


def read(article: Article, lexicon: Lexicon) -> Reading:
    """Tokenise the blocks that may hold claims, pair their quotation marks and split their sentences."""
    text = article.text
    blocks = [block for block in article.blocks if block.role in CLAIM_ROLES and block.span.end > block.span.start]
    reading = Reading(text, [], [], [], [], [], [], set(), [])
    borders: list[tuple[int, int]] = []
    starts, ends, low, capital = reading.starts, reading.ends, reading.low, reading.capital
    phrases = lexicon.phrases
    is_composed = unicodedata.is_normalized("NFC", text)
    token = TOKEN if is_composed else DECOMPOSED
    for block in blocks:
        first = len(starts)
        parts = token.split(block.span.of(text))  # what stands between tokens, and tokens, in turn
        places = list(accumulate(map(len, parts), initial=block.span.start))
        begins, stops = places[1:-1:2], places[2::2]
        words = parts[1::2] if is_composed else [unicodedata.normalize("NFC", word) for word in parts[1::2]]
        _part_sentences(begins, stops, words)
        if lexicon.glue:
            _unglue(begins, stops, words, lexicon)
        if lexicon.words[WordClass.ELIDED]:
            _part(begins, stops, words, lexicon.words[WordClass.ELIDED])
        if lexicon.contractions:
            _expand(begins, stops, words, lexicon)
        starts.extend(begins)
        ends.extend(stops)
        low.extend(map(str.lower, words))
        capital.extend([not word.islower() and (word[0].isupper() or (word.isalnum() and word[0].islower())) for word in words])
        if phrases:
            _join_phrases(reading, first, phrases)
        if lexicon.words[WordClass.DEGREE]:
            _drop_inner(reading, lexicon, first)
        if forenames := lexicon.all(WordClass.MAN, WordClass.WOMAN):
            _merge(reading, first, [(k, NICKNAMED) for k in range(first, len(low) - NICKNAMED) if _is_nicknamed(reading, k, forenames)])
        borders.append((first, len(starts)))
    reading.quoted = [-1] * len(starts)
    bodies = [block.span for block in blocks if block.role is not BlockRole.HEADLINE]
    for span, is_carried, is_lost in quotations(text, [block.span for block in blocks], lexicon.cues):
        if len(bodies) == 1 and _trim(text, bodies[0].start, bodies[0].end) == span.end and span.start == bodies[0].start:
            continue  # marks around a whole article are the export's, not the writer's
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        if is_lost:
            last = _lost_end(reading, lexicon, first, last)
        if last - first < (1 if is_carried else 2):
            continue
        if is_carried:
            reading.carried.add(len(reading.quotations))
        for begin, end in _around_tags(reading, lexicon, first, last):
            reading.quoted[begin:end] = [len(reading.quotations)] * (end - begin)
            reading.quotations.append((begin, end))
    for number, (block, (first, last)) in enumerate(zip(blocks, borders, strict=True)):
        if number == 0 and block.role is not BlockRole.HEADLINE and (body := _glued_headline(reading, lexicon, first, last)):
            reading.sentences.append(Sentence(first, body, number, True))
            first = body
        if last > first:
            _split(reading, lexicon, first, last, number, block.role is BlockRole.HEADLINE)
    return reading


def _join_phrases(reading: Reading, first: int, phrases: Joined) -> None:
    """Make one token of each phrase from token `first` on."""
    low = reading.low
    found: list[tuple[int, int]] = []
    after = first
    for index in [k for k in range(first, len(low) - 1) if low[k] in phrases and low[k + 1] in phrases[low[k]]]:
        if index < after:
            continue
        for phrase in phrases[low[index]][low[index + 1]]:
            size = len(phrase)
            if size == 2 or tuple(low[index : index + size]) == phrase:
                found.append((index, size))
                after = index + size
                break
    _merge(reading, first, found)


def _is_nicknamed(reading: Reading, k: int, forenames: frozenset[str]) -> bool:
    """Tell whether a nickname in quotation marks and a further name follow a forename: "Brian 'Dot' Holt"."""
    low, starts, ends = reading.low, reading.starts, reading.ends
    if low[k + 1] not in NICKNAME_MARKS or low[k + 3] not in NICKNAME_MARKS or low[k] not in forenames:
        return False
    is_tight = ends[k + 1] == starts[k + 2] and ends[k + 2] == starts[k + 3] and starts[k + 1] - ends[k] == 1 == starts[k + 4] - ends[k + 3]
    return is_tight and reading.capital[k] and reading.capital[k + 4]


def _merge(reading: Reading, first: int, found: Sequence[tuple[int, int]]) -> None:
    """Make one token each of some from token `first` on: where they begin, and how many tokens they are."""
    if not found:
        return
    low = reading.low
    for values in (reading.starts, reading.capital):
        _squeeze(values, first, found, keep_last=False)
    _squeeze(reading.ends, first, found, keep_last=True)
    merged: list[str] = []
    position = first
    for index, size in found:
        merged.extend(low[position:index])
        merged.append(" ".join(low[index : index + size]))
        position = index + size
    merged.extend(low[position:])
    low[first:] = merged


def _drop_inner(reading: Reading, lexicon: Lexicon, first: int) -> None:
    """Leave out, from token `first` on, the commas inside an office and the academic degrees after a name, which part nothing.

    "Menteri Politik, Hukum, dan Keamanan Rina Hartati, S.H., M.H., mengatakan": the commas after "Politik", "Hukum" and "Hartati".
    """
    low, capital = reading.low, reading.capital
    degrees = lexicon.words[WordClass.DEGREE]
    dropped: set[int] = set()
    for k in [k for k in range(first + 1, len(low) - 1) if low[k] == "," and capital[k - 1]]:
        if low[k + 1] in degrees and capital[k + 1]:
            has_stop = "." in low[k + 1] and k + 2 < len(low) and low[k + 2] == "." and reading.starts[k + 2] == reading.ends[k + 1]
            closes = has_stop and not (k + 3 < len(low) and (low[k + 3] in COMMAS or not capital[k + 3]))
            dropped.update(range(k, k + (3 if has_stop and not closes else 2)))
        elif capital[k + 1] and (inner := _listed(reading, lexicon, first, k)):
            dropped.update(k for k in inner if low[k] == ",")
            reading.listed.add(reading.starts[inner[-1]])
    if dropped:
        reading.inner.update(*(range(reading.starts[k], reading.ends[k]) for k in dropped))
        columns: tuple[list[Any], ...] = (reading.starts, reading.ends, low, capital)
        for values in columns:
            values[first:] = [value for k, value in enumerate(values[first:], first) if k not in dropped]


def _listed(reading: Reading, lexicon: Lexicon, first: int, comma: int) -> list[int]:
    """Return the commas from `comma` on of a list of what an office is for, and the "and" that ends it; none where it is no such list."""
    low, capital = reading.low, reading.capital
    heads = lexicon.all(WordClass.ROLE, WordClass.BODY)
    persons = lexicon.all(WordClass.ROLE, WordClass.TITLE, WordClass.FORENAME, WordClass.GIVEN, WordClass.PLACE)
    persons -= lexicon.words[WordClass.UNIT]  # "kuasa hukum", but "Bidang Hukum"
    begin = comma
    while begin > max(first, comma - LONGEST_OFFICE) and capital[begin - 1] and low[begin - 1] not in COMMAS:
        begin -= 1
    if begin == comma or not any(low[k] in heads for k in range(begin, comma - 1)) or low[comma - 1] in persons:
        return []
    commas, fields, k = [comma], [low[comma - 1]], comma + 1
    while len(commas) < LONGEST_LIST and k < len(low):
        is_last = low[k] in lexicon.words[WordClass.COORDINATOR]
        k += is_last
        if k >= len(low) or not capital[k] or low[k] in persons:
            return []
        fields.append(low[k])
        if is_last:
            return [*commas, k - 1] if sum(is_field(word, lexicon) for word in fields) >= LEAST_FIELDS else []
        k = next((m for m in range(k + 1, min(len(low), k + LONGEST_FIELD + 1)) if not capital[m]), k)
        if low[k] == ",":
            commas.append(k)
            k += 1
        elif low[k] not in lexicon.words[WordClass.COORDINATOR]:
            return []
    return []


def is_field(word: str, lexicon: Lexicon) -> bool:
    """Tell whether a word is a noun for what an office is for, by the language's list of them or by its beginning and ending."""
    if word in lexicon.all(WordClass.UNIT, WordClass.MEDIUM, WordClass.PRESS, WordClass.DOCUMENT):
        return True
    return is_shaped(word, lexicon)


def is_shaped(word: str, lexicon: Lexicon) -> bool:
    """Tell whether a word begins and ends like a noun for what is done or is so: "kegagalan", "pembangunan"."""
    shapes = (shape.partition("-") for shape in lexicon.words[WordClass.FIELD])
    return any(
        word.startswith(start) and word.endswith(end) and len(word) >= len(start) + len(end) + LEAST_STEM for start, _, end in shapes
    )


def _squeeze(values: list[Any], first: int, found: Sequence[tuple[int, int]], keep_last: bool) -> None:
    kept: list[Any] = []
    position = first
    for index, size in found:
        kept.extend(values[position:index])
        kept.append(values[index + size - 1 if keep_last else index])
        position = index + size
    kept.extend(values[position:])
    values[first:] = kept


def _expand(starts: list[int], ends: list[int], words: list[str], lexicon: Lexicon) -> None:
    """Write apostrophes one way, and split a pronoun from the verb that is contracted with it: "he’s" is "he" and "is"."""
    parts: dict[int, list[tuple[int, int, str]]] = {}
    for index in [index for index, word in enumerate(words) if ("'" in word or "’" in word) and len(word) > 2]:
        word = words[index] = words[index].replace("’", "'")
        cut = word.index("'")
        verb = lexicon.contractions.get(word[cut:].lower())
        if verb and word[:cut].lower() in lexicon.pronouns:
            middle = starts[index] + cut
            parts[index] = [(starts[index], middle, word[:cut]), (middle, ends[index], verb)]
    _take_apart(starts, ends, words, parts)


def _part(starts: list[int], ends: list[int], words: list[str], elided: frozenset[str]) -> None:
    """Write apostrophes one way, and set words that lost their vowel apart from those they are written onto: "qu’il" is "qu'" and "il"."""
    parts: dict[int, list[tuple[int, int, str]]] = {}
    for index in [index for index, word in enumerate(words) if "'" in word or "’" in word]:
        word = words[index] = words[index].replace("’", "'")
        cut = word.index("'") + 1
        if word[:cut].lower() in elided and cut < len(word):
            middle = starts[index] + cut
            parts[index] = [(starts[index], middle, word[:cut]), (middle, ends[index], word[cut:])]
    _take_apart(starts, ends, words, parts)


def _part_sentences(starts: list[int], ends: list[int], words: list[str]) -> None:
    """Split the tokens in which two sentences lost the space between them: "katanya.Lebih"."""
    found = {index: match.start(1) for index, word in enumerate(words) if "." in word and (match := LOST_SPACE.search(word))}
    parts: dict[int, list[tuple[int, int, str]]] = {}
    for index, at in found.items():
        word, start = words[index], starts[index]
        if ends[index] - start != len(word):
            continue  # letters and their marks stand apart
        stop = start + at
        parts[index] = [(start, stop, word[:at]), (stop, stop + 1, "."), (stop + 1, ends[index], word[at + 1 :])]
    _take_apart(starts, ends, words, parts)


def _unglue(starts: list[int], ends: list[int], words: list[str], lexicon: Lexicon) -> None:
    """Split the tokens in which a cue and the link after it are glued: "DilansirdetikTravel", "dilansirdetikNewsdariReuters"."""
    cuts = {index: cut for index, word in enumerate(words) if len(word) > 5 and not word[1:].islower() and (cut := _glued(word, lexicon))}
    parts: dict[int, list[tuple[int, int, str]]] = {}
    for index, cut in cuts.items():
        word, start = words[index], starts[index]
        parts[index] = [
            # The link's name counts as capitalised whatever its first letter ("detikTravel").
            (start + first, start + last, word[first].upper() + word[first + 1 : last] if number % 2 else word[first:last])
            for number, (first, last) in enumerate(pairwise((0, *cut, len(word))))
        ]
    _take_apart(starts, ends, words, parts)


def _take_apart(starts: list[int], ends: list[int], words: list[str], parts: Mapping[int, Sequence[tuple[int, int, str]]]) -> None:
    """Put parts (start, end, word) in the place of some tokens, given in order. One pass, however many they are."""
    if not parts:
        return
    columns: tuple[list[Any], ...] = (starts, ends, words)
    for column, values in enumerate(columns):
        apart: list[Any] = []
        position = 0
        for index, pieces in parts.items():
            apart.extend(values[position:index])
            apart.extend([piece[column] for piece in pieces])
            position = index + 1
        apart.extend(values[position:])
        values[:] = apart


def _glued(word: str, lexicon: Lexicon) -> tuple[int, ...]:
    """Return where the names begin and end to which cues are glued, in turn; nothing where no cue is."""
    folded = word.lower()
    for prefix in lexicon.glue:
        rest = word[len(prefix) :]
        is_name = (len(rest) > 3 and not rest.islower()) or (len(rest) > 1 and rest.isupper())
        is_short = len(prefix) < SHORT_GLUE and not (word.startswith(prefix) and rest[:1].isupper())  # "diHarian", not "DiMarco"
        if folded.startswith(prefix) and is_name and not is_short and not word.isupper():
            for glue in lexicon.glue:
                at = rest.find(glue, 2)
                if at > 0 and len(glue) >= SHORT_GLUE and rest[at - 1].islower() and rest[at + len(glue) :][:1].isupper():
                    return len(prefix), len(prefix) + at, len(prefix) + at + len(glue)
            end = max((at for at in range(2, len(rest)) if rest[at].isupper() and rest[at - 1].islower()), default=0)
            if end and rest[end:].lower() in lexicon.words[WordClass.TIME]:
                return len(prefix), len(prefix) + end  # "DilansirdetikTravelRabu"
            return (len(prefix),)
    return ()


def quotations(text: str, blocks: Sequence[Span], cues: Mapping[str, tuple[Cue, ...]]) -> list[tuple[Span, bool, bool]]:
    """Pair quotation marks by what stands on either side of them, whatever their shape; an unclosed one ends with its paragraph.

    A quotation over several paragraphs gives one span per paragraph, each with whether it carries on the one before without a new mark,
    and whether it was never closed. A stray mark never costs the rest of the article. `cues` tell a mark on the wrong side of its space.
    """
    found: list[tuple[Span, bool, bool]] = []
    opened: int | None = None
    opener = ""
    is_carried = False
    passed = -1  # the last mark that could only close, where nothing was open
    for number, block in enumerate(blocks):
        if opened is not None:
            # Left open in an earlier paragraph: this one repeats the mark, or carries on and closes it.
            again = MARK.match(text, block.start)
            repeats = (
                again is not None and again[0] != "”" and (not text[again.end() : again.end() + 1].isspace() or _opens(text, *again.span()))
            )
            opened = None if repeats else block.start
        is_carried = opened is not None
        for mark in MARK.finditer(text, block.start, block.end):
            at, end = mark.span()
            char = mark[0] if end - at == 1 else '"'
            before = text[at - 1] if at > block.start else " "
            after = text[end] if end < block.end else " "
            may_open = (before.isspace() or before in "([{-–—/:=") and not after.isspace()
            # In scripts without spaces a particle follows the closing mark at once.
            may_close = not before.isspace() and (not after.isalnum() or after >= FIRST_UNSPACED)
            loose = before.isspace() and after.isspace()
            if loose and _opens(text, at, end):
                may_open, may_close, loose = True, False, False
            if opened is None:
                if char in ALWAYS_CLOSES or (char == "”" and not may_open) or (loose and _closes(text, end, block.end)):
                    passed = at
                    continue  # a closing mark whose opening one is missing
                is_near = block.start <= passed and at - passed <= LONGEST_QUOTATION
                is_end = may_open and char == "”" and after.islower() and text[at - 2] in ",.?!"
                if is_end and (is_near or _is_tag_after(text, end, cues)):
                    # Both marks on the wrong side of their space: `yet.” We wait, ”she said`; or the first is missing.
                    if is_near:
                        found.append((Span(passed, end), False, False))
                    passed = -1
                    continue
                if may_open or loose or char in ALWAYS_OPENS or char == "“" or not may_close:
                    opened, opener, is_carried = at, char, False
                continue
            if (opener, char) in PAIRS and at - opened <= LONGEST_QUOTATION:
                found.append((Span(opened, end), is_carried, False))
                opened = None
                continue
            if at - opened > LONGEST_QUOTATION:
                opened, opener, is_carried = at, char, False
                continue
            # `”…, ”katanya`: the closing mark on the wrong side of its space
            is_misplaced = may_open and char == "”" and after.islower() and at - opened > 2 and text[at - 2] in ",.?!"
            closes = (
                may_close
                or loose
                or char in ALWAYS_CLOSES
                or (char == "”" and (is_misplaced or not may_open))
                or (opener == "„" and char in '“”"')
            )
            if (
                char in ALWAYS_OPENS
                or (may_open and not may_close and not is_misplaced and not (opener == "„" and char == "“"))
                or (char == "“" and opener == "“" and not may_close)
            ):
                # A second opening in one paragraph: the first was never closed. Where it ends nobody can tell, unless a sentence ends
                # right before: then two paragraphs of one quotation have lost the line between them.
                if before == " " and text[at - 2] in ENDS and at - opened > 2:
                    found.append((Span(opened, _trim(text, opened, at)), is_carried, True))
                opened, opener, is_carried = at, char, False
            elif closes or char in "”»«":
                found.append((Span(opened, end), is_carried, False))
                opened = None
        if opened is not None:
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            continues = following is not None and _continues(text, opener, blocks, number)
            stop = _trim(text, opened, block.end)
            if stop > opened + 1:
                found.append((Span(opened, stop), is_carried, not continues))
            if not continues:
                opened = None
    return found


def _is_tag_after(text: str, end: int, cues: Mapping[str, tuple[Cue, ...]]) -> bool:
    """Tell whether a cue that stands behind what was said follows a mark at once: `, ”ujar Rina`."""
    word = WORD.match(text, end)
    found = cues.get(word[0].lower(), ()) if word is not None else ()
    return any(cue.kind is CueClass.SUFFIXED or Order.CVS in cue.orders for cue in found)


def _glued_headline(reading: Reading, lexicon: Lexicon, first: int, last: int) -> int:
    """Return the token at which the body begins behind a headline that lost its line, or 0.

    The body begins with the two capitals that the headline began with ("Ana Field opens quay Mayor Ana Field said …"), or with an article
    written with a capital amid words in small letters ("… reacts to the offer The ministry of …").
    """
    low, capital = reading.low, reading.capital
    articles = lexicon.all(WordClass.DEFINITE, WordClass.INDEFINITE) & lexicon.words[WordClass.NOMINAL]
    if not articles:
        return 0
    linking = lexicon.all(
        WordClass.PREPOSITION,
        WordClass.LOCATIVE,
        WordClass.COORDINATOR,
        WordClass.BOUNDARY,
        WordClass.COMPLEMENTISER,
        WordClass.AUXILIARY,
        WordClass.NOMINAL,
        WordClass.VERB,
        WordClass.RELATIVE,
    )
    called = lexicon.all(WordClass.TITLE, WordClass.ROLE)
    repeats = first + 1 < last and capital[first] and capital[first + 1]
    for k in range(first + LEAST_HEADLINE, min(last - 2, first + LONGEST_HEADLINE)):
        before = low[k - 1]
        if low[k] in ENDS or reading.quoted[k] >= 0:
            return 0
        if not capital[k] or not before[-1].isalnum() or before in linking or before in lexicon.cues:
            continue
        if repeats and low[k : k + 2] == low[first : first + 2] and capital[k + 1]:
            while k > first + LEAST_HEADLINE and capital[k - 1] and low[k - 1] in called:
                k -= 1
            return k
        if low[k] in articles and not capital[k + 1]:
            return k
    return 0


def _around_tags(reading: Reading, lexicon: Lexicon, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a quotation around the tags that stand in it between dashes: "A - the mayor said - B" (setting `inner-tags`)."""
    low, starts, ends = reading.low, reading.starts, reading.ends
    dashes = [k for k in range(first + 1, last - 1) if low[k] in DASHES and starts[k] > ends[k - 1] and starts[k + 1] > ends[k]]
    if "inner-tags" not in lexicon.words[WordClass.SETTING]:
        dashes = []
    somebody = lexicon.all(WordClass.TITLE, WordClass.ROLE, WordClass.MEDIUM, WordClass.BODY, WordClass.INDEFINITE)
    begin = first
    for number in range(1, len(dashes)):
        closing = dashes[number]
        if not any(cue.kind is CueClass.SPEECH for k in (closing - 1, closing - 2) for cue in lexicon.cues.get(low[k], ())):
            continue
        near = [k for k in dashes[max(0, number - MOST_DASHES) : number] if begin <= k and closing - k <= LONGEST_INNER]
        opening = next((k for k in near if low[k + 1] in somebody or low[k + 1] in lexicon.pronouns), None)
        if opening is not None:
            yield begin, opening
            begin = closing + 1
    yield begin, last


def _lost_end(reading: Reading, lexicon: Lexicon, first: int, last: int) -> int:
    """Return where a quotation ends whose closing mark is lost: before the first sentence in it that names a speaker, or before its tag.

    Where that tag cannot be cut off, nothing is quoted, and the words are read like any others.
    """
    low, capital = reading.low, reading.capital
    persons = lexicon.all(WordClass.MALE, WordClass.FEMALE, WordClass.PERSON, WordClass.TITLE)
    begin = first + 1  # of the sentence that is looked at
    for k in range(first + 1, last):
        if low[k] in ENDS and k + 1 < last and capital[k + 1]:
            begin = k + 1
        cues = [cue for cue in lexicon.cues.get(low[k], ()) if cue.kind in SPEAKS and cue.confidence >= STRONG]
        size = next((len(cue.words) for cue in cues if tuple(low[k : k + len(cue.words)]) == cue.words), 0)
        if not size:
            continue
        before = k - 1
        while before > begin and (low[before] in lexicon.words[WordClass.AUXILIARY] or low[before] in COMMAS):
            before -= 1
        is_named = before >= begin and (capital[before] or low[before] in persons) and low[before] not in lexicon.words[WordClass.FIRST]
        after = k + size
        if not (is_named or (after < last and (capital[after] or low[after] in persons))):
            continue
        if begin > first + 1:
            return begin
        return next((c + 1 for c in range(k - 1, max(first, k - LONGEST_TAG), -1) if low[c] == ","), first)
    return last


def _continues(text: str, opener: str, blocks: Sequence[Span], number: int) -> bool:
    """Tell whether a quotation left open at the end of a paragraph goes on in the next ones."""
    repeated = MARK.match(text, blocks[number + 1].start)
    if repeated is not None:
        if text[repeated.end() : repeated.end() + 1].isspace():
            return opener not in "“„«"
        return repeated[0] in (opener, "“", '"', "„", "«", "''", "``")
    limit = blocks[number].end + LOOK_AHEAD
    for block in blocks[number + 1 :]:
        if block.start > limit:
            return False
        mark = MARK.search(text, block.start, min(block.end, limit))
        if mark:
            at, end = mark.span()
            before = text[at - 1] if at > block.start else " "
            after = text[end] if end < block.end else " "
            if at == block.start:
                return after.isspace() and opener != "“"
            if before.isspace() and after.isspace() and mark[0] != "”" and not _closes(text, end, block.end):
                # Either side of the mark is free: an odd number of marks means that the first one closes.
                return not _opens(text, at, end) and len(MARK.findall(text, block.start, block.end)) % 2 == 1
            return mark[0] == "”" or not (before.isspace() and not after.isspace())
    return False


def _opens(text: str, at: int, end: int) -> bool:
    """Tell whether a mark between two spaces opens a quotation: a colon or the paragraph's start before it, a capital after it."""
    before, after = text[max(0, at - 2) : at].rstrip(" "), text[end : end + 2].lstrip(" ")
    return before[-1:] in ("", ":", "\n") and after[:1].isupper()


def _closes(text: str, end: int, stop: int) -> bool:
    """Tell whether a mark between two spaces closes a quotation: punctuation or nothing follows."""
    after = text[end : min(end + 2, stop)].lstrip()
    return not after or after[0] in AFTER_CLOSING


def _trim(text: str, start: int, stop: int) -> int:
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return stop


def _split(reading: Reading, lexicon: Lexicon, first: int, last: int, paragraph: int, is_headline: bool) -> None:
    """Append the sentences of one paragraph. A quotation is never split; what follows it may still be its attribution."""
    low, capital, quoted = reading.low, reading.capital, reading.quoted
    abbreviations = lexicon.words[WordClass.ABBREVIATION]
    openers = lexicon.words[WordClass.OPENER]
    has_ordinals = "ordinal-dots" in lexicon.words[WordClass.SETTING]
    start = first
    starts, ends = reading.starts, reading.ends
    candidates: Iterable[int] = range(first, last - 1)
    if last - first <= LONGEST_SENTENCE:
        candidates = [
            k
            for k in candidates
            if low[k] in ENDS or starts[k + 1] - ends[k] > 1 or quoted[k] != quoted[k + 1] or (k > first and low[k - 1] in ENDS)
        ]
    for index in candidates:
        word = low[index]
        number = quoted[index]
        if index - start >= LONGEST_SENTENCE and (number < 0 or index - start >= 2 * LONGEST_SENTENCE):
            pass  # no writer's sentence: cut, so that the work on one stays bounded
        elif number >= 0:
            if reading.quotations[number][1] != index + 1:
                continue
            # The closing mark: a new sentence where the quotation ended one and no attribution follows. One that is lost leaves the stop.
            is_lost = word in ENDS
            if not (is_lost or low[index - 1] in ENDS) or not (capital[index + 1] or quoted[index + 1] >= 0):
                continue
            if not is_lost and _is_tag(reading, lexicon, index + 1, last):
                continue
        elif (
            starts[index + 1] - ends[index] > 1
            and capital[index + 1]
            and word not in COMMAS
            and quoted[index + 1] < 0
            and ends[index] not in reading.inner
        ):
            pass  # a gap in a scraped line: two lines glued
        elif (
            capital[index + 1]
            and low[index + 1] in openers
            and word[0].isalpha()
            and not (capital[index] or word in openers or is_headline)
            and (" " in low[index + 1] or (index + 2 < last and low[index + 2] == ","))
        ):
            pass  # "… jalan desa Sementara itu, …": a heading that lost its line
        elif MARK.fullmatch(word) and index > start and low[index - 1] in ENDS and capital[index + 1] and starts[index] == ends[index - 1]:
            pass  # the closing mark of a quotation whose opening one is missing
        elif word in ENDS:
            following = index + 1
            if starts[following] == ends[index] and quoted[following] < 0:
                continue  # "...", "3.pm", glued
            if word == "." and index > first:
                previous = low[index - 1]
                if previous in abbreviations or (capital[index - 1] and is_initials(previous)):
                    continue
                if has_ordinals and previous.isdigit() and len(previous) <= 2:
                    continue  # "am 22. August"
            if not (capital[following] or quoted[following] >= 0 or low[following][0] == low[following][0].upper()) and word == ".":
                continue
        else:
            continue
        reading.sentences.append(Sentence(start, index + 1, paragraph, is_headline))
        start = index + 1
    if last > start:
        reading.sentences.append(Sentence(start, last, paragraph, is_headline))


def is_initials(word: str) -> bool:
    """Tell whether a word, without its last full stop, is one letter or several with stops between: "p", "p.n"."""
    return len(word) % 2 == 1 and all(letter.isalpha() for letter in word[::2]) and all(mark == "." for mark in word[1::2])


def _is_tag(reading: Reading, lexicon: Lexicon, first: int, last: int) -> bool:
    """Tell whether the tokens after a quotation are its attribution: a short name and a cue with nothing said after it."""
    low, quoted = reading.low, reading.quoted
    for index in range(first, min(first + 9, last)):
        if low[index] in ENDS or quoted[index] >= 0:
            return False
        if low[index] in lexicon.cues and any(cue.orders for cue in lexicon.cues[low[index]]):
            following = index + 1
            if following + 1 < last and low[following] == "," and quoted[following + 1] >= 0 and low[first - 2] == ".":
                return False  # `"… yet." The mayor added, "We …"`: what follows is said
            return following >= last or low[following] in ENDS or low[following] == ","
    return False
