"""Body -> who says what: cue, speaker and content spans, and the rule that fired.

A shallow reading without a parser: sentences are cut at punctuation and closed-class words, cues are looked up in the language's lexicon,
and the construction decides who speaks and where content begins and ends. Every step looks at each token a bounded number of times.

`analyst` goes over the sentences; `verbs` (`second_verbs` in German; `no_reports`: what verbs do not report), `tags`, `relays` and
`nouns` read one construction each, `lone` reads what has no cue; they find who speaks with `subjects` and what is said with `contents`.
`combining` fits the cues of one sentence together, `kinds` makes the attribution of each. Here they are put together over
sentences. Each file adds its methods to the class of the one before, from `phrases` to `analyst`: one line of inheritance, so that the
whole can be compiled.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from sumber.sourcing import sentences, unspaced
from sumber.sourcing.cues.analyst import Analyst
from sumber.sourcing.cues.frames import PERHAPS_LABEL, CueMatch, Mention, Part
from sumber.sourcing.lexicons import Lexicon, WordClass
from sumber.sourcing.model import Article, Form, Gazetteer, NameHit, Span
from sumber.sourcing.sentences import Reading

SPLIT_RULES = frozenset({"content-cue-speaker", "content-speaker-cue"})
NAME = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")


def find(article: Article, lexicon: Lexicon, registry: Gazetteer) -> tuple[CueMatch, ...]:
    """Find every attribution in the claim-holding blocks of `article`, in text order.

    Raises nothing, on any text; spans always lie inside the article's text.
    """
    names = named(registry.find(article.text, article.lang), registry)
    return tuple(found for found in match(Analyst(sentences.read(article, lexicon), lexicon, names)) if found.content)


def named(hits: Iterable[NameHit], registry: Gazetteer) -> dict[int, int]:
    """Return where the registry's names start, each with where it ends if it is a news organisation's, else with 0."""
    return {hit.span.start: hit.span.end if registry.get(hit.key).kind.is_news else 0 for hit in hits}


def match(analyst: Analyst) -> tuple[CueMatch, ...]:
    """Find the attributions in a text already read, which `analyst` was given."""
    reading, lexicon = analyst.r, analyst.lexicon
    if "unspaced" in lexicon.words[WordClass.SETTING]:
        return _unspaced(reading, lexicon, analyst.names)
    found: list[CueMatch] = []
    for number, sentence in enumerate(reading.sentences):
        found.extend(analyst.sentence(number, sentence))
    found = _without_topics(reading, lexicon, found)
    if reading.carried:
        found = _with_carried(reading, found)
    if "split-quotation" in lexicon.words[WordClass.SETTING]:
        found = _with_sequels(found)
    return tuple(found)


def _without_topics(reading: Reading, lexicon: Lexicon, found: list[CueMatch]) -> list[CueMatch]:
    """Drop the labels before a colon that are not known for a speaker's, unless who they name speaks in the body.

    "Reed: Roads stay closed" goes with "Mayor Jane Reed said"; "Sena: Roads stay closed" does not go with "the mayor of Sena".
    """
    if not any(match.rule == PERHAPS_LABEL for match in found):
        return found
    nouns = lexicon.all(WordClass.ROLE, WordClass.BODY, WordClass.MEDIUM)
    titles = lexicon.words[WordClass.TITLE]
    speakers: list[tuple[str, ...]] = []
    for match in found:
        if match.rule not in (PERHAPS_LABEL, "label") and not match.is_headline:
            speakers += [tuple(NAME.findall(one.span.of(reading.text))) for one in match.mentions if one.part is Part.SPEAKER]

    def speaks(label: tuple[str, ...]) -> bool:
        name = label[1:] if label[0].lower() in titles else label
        for words in speakers:
            for k in range(len(words) - len(name) + 1):
                if words[k : k + len(name)] != name:
                    continue
                before = words[k - 1] if k else ""
                is_surname = k + 1 == len(words) and before[:1].isupper() and before.lower() not in nouns | titles
                if len(name) > 1 or is_surname or before.lower() in titles:
                    return True
        return False

    kept: list[CueMatch] = []
    for match in found:
        if match.rule == PERHAPS_LABEL:
            label = tuple(NAME.findall(match.mentions[0].span.of(reading.text)))
            if not label or not speaks(label):
                continue
            match = replace(match, rule="label")
        kept.append(match)
    return kept


def _unspaced(reading: Reading, lexicon: Lexicon, names: dict[int, int]) -> tuple[CueMatch, ...]:
    """Find the attributions of a text whose words are not set apart."""
    found: list[CueMatch] = []
    paragraphs: dict[int, tuple[int, int, int, bool]] = {}
    for number, sentence in enumerate(reading.sentences):
        first, _, _, _ = paragraphs.get(sentence.paragraph, (sentence.start, 0, number, sentence.is_headline))
        paragraphs[sentence.paragraph] = (first, sentence.end, number, sentence.is_headline)
    before: unspaced.Found | None = None
    for paragraph, (first, last, number, is_headline) in paragraphs.items():
        start, stop = reading.span(first, last)
        above, before = before, None
        for before in unspaced.find(reading, lexicon, names, start, stop, above):
            one = before
            found.append(
                CueMatch(
                    content=(one.content,),
                    cue=(one.cue,),
                    mentions=(
                        Mention(one.speaker, Part.SPEAKER, one.is_shared),
                        *([Mention(one.relayer, Part.RELAYER)] if one.relayer else []),
                        *([Mention(one.recipient, Part.RECIPIENT)] if one.recipient else []),
                    ),
                    form=Form.DIRECT if one.is_quoted else Form.INDIRECT,
                    rule="unspaced-quotation" if one.is_quoted else "unspaced",
                    act=one.kind.act,
                    position=one.kind.position,
                    sentence=number,
                    paragraph=paragraph,
                    confidence=one.kind.confidence,
                    is_headline=is_headline,
                )
            )
    return tuple(found)


def _with_sequels(found: list[CueMatch]) -> list[CueMatch]:
    """Join a quotation to the one that its speaker's tag interrupts: `"A," she said. "B."` in one paragraph is one utterance."""
    kept: list[CueMatch] = []
    for match in found:
        at = next((index for index in range(len(kept) - 1, -1, -1) if not kept[index].is_noun), 0)
        last = kept[at] if kept else None
        if (
            last is not None
            and match.rule == "quotation-alone"
            and last.rule in SPLIT_RULES
            and last.form is Form.DIRECT
            and last.paragraph == match.paragraph
            and match.sentence - last.sentence == 1
        ):
            kept[at] = replace(last, content=last.content + match.content)
            continue
        kept.append(match)
    return kept


def _with_carried(reading: Reading, found: list[CueMatch]) -> list[CueMatch]:
    """Put quotations that run over lines without a new mark back together: the pieces belong to the match that has a cue."""
    root: dict[int, int] = {}
    for number in sorted(reading.carried):
        root[number] = root.get(number - 1, number - 1)
    stretch: dict[int, Span] = {}
    piece_at: dict[int, int] = {}
    for number, (first, last) in enumerate(reading.quotations):
        top = root.get(number, number)
        span = reading.span(first, last)
        stretch[top] = Span(stretch[top].start if top in stretch else span.start, span.end)
        piece_at[span.start] = top
    several = set(root.values())
    starts = sorted(start for start, top in piece_at.items() if top in several)

    def tops_in(match: CueMatch) -> list[int]:
        return sorted(
            {piece_at[starts[k]] for span in match.content for k in range(bisect_left(starts, span.start), bisect_left(starts, span.end))}
        )

    tops_of = [tops_in(match) for match in found]
    owners: dict[int, int] = {}
    for index, (match, tops) in enumerate(zip(found, tops_of, strict=True)):
        for top in tops:
            if match.cue or top not in owners:
                owners[top] = index
    kept: list[CueMatch] = []
    for index, (match, tops) in enumerate(zip(found, tops_of, strict=True)):
        if not tops:
            kept.append(match)
        elif any(owners[top] != index for top in tops):
            if match.cue:
                kept.append(match)
        else:
            kept.append(replace(match, content=_union([*match.content, *(stretch[top] for top in tops)])))
    return kept


def _union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that overlap as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
