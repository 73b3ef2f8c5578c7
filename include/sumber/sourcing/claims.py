"""Claims: which appearances report one utterance, which utterances make one claim, and which claims deny or contradict another.

Every appearance has an utterance and a claim of its own, with ids that depend on it alone. A merge only writes `canonical_id`. Whether two
appearances may be joined depends on the two alone; components are then built from the best pairs downwards, so that neither the order of
arrival nor the size of a batch matters as long as a component is grouped as a whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache

import numpy as np

from sumber.sourcing import identity, values, wire
from sumber.sourcing.model import (
    Act,
    Appearance,
    Article,
    Cited,
    Claim,
    ClaimRelation,
    ClaimRelationKind,
    Derivation,
    Position,
    Principals,
    SourceKind,
    Span,
    Utterance,
    Value,
    ValueKind,
)
from sumber.sourcing.values import Aspect, Given

KEYS, SHARED_KEYS = 8, 2
"""Terms under which a passage is filed, and how many of them two passages must share to be compared."""

CROWD = 200
"""A key under which more passages than this are filed within the window before a day tells nothing on that day."""


Place = tuple[int, int]
"""Article id and ordinal of an appearance."""

FOREIGN_KEYS = 6
"""Further keys of a passage with a named speaker and figures, under which the same words in another language are found."""


class Stand(StrEnum):
    """How a passage stands to its content. Passages with different stands are never one."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    NOTED = "noted"  # in the note of a correction, which may repeat what was wrong


@dataclass(frozen=True, slots=True)
class Grouping:
    """What `group` found: one utterance and one claim per appearance, sorted by id, and the relations between claims."""

    utterances: tuple[Utterance, ...]
    claims: tuple[Claim, ...]
    relations: tuple[ClaimRelation, ...]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What people said of pairs of passages, each as (smaller, larger) claim id: these are one, and those are not."""

    together: frozenset[tuple[int, int]] = frozenset()
    apart: frozenset[tuple[int, int]] = frozenset()


NO_VERDICTS = Verdicts()

SAID = 2.0
"""Score of a pair that a person joined: surer than any likeness."""


@dataclass(frozen=True, eq=False)
class Wording:
    """What the words of a passage alone give to compare: one for all copies of it. Each thing is read when it is first asked for.

    `parts` are the passage's spans, each as a stretch of its article with all that can bear on it, and its start and end therein.
    """

    parts: tuple[tuple[str, int, int], ...]
    lang: str
    knowledge: wire.Knowledge

    @cached_property
    def text(self) -> str:
        """Return the passage's text."""
        return " ".join(stretch[start:end] for stretch, start, end in self.parts)

    @cached_property
    def terms(self) -> Mapping[str, float]:
        """Return the telling words as stems with their weights."""
        return wire.terms(self.text, self.lang, self.knowledge)

    @cached_property
    def weight(self) -> float:
        """Return the weight of all terms."""
        return sum(self.terms.values())

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the stems of words with a capital."""
        return wire.name_stems(self.text)

    @cached_property
    def negations(self) -> int:
        """Return how often the passage turns what it says round."""
        return wire.negations(self.text, self.lang, self.knowledge)

    @cached_property
    def anchors(self) -> tuple[wire.Anchor, ...]:
        """Return what survives translation."""
        return wire.anchors(unicodedata.normalize("NFC", self.text), self.lang, self.knowledge)

    @cached_property
    def keys(self) -> frozenset[int]:
        """Return the ids of the most telling terms, by language."""
        telling = sorted(self.terms, key=lambda term: (-self.terms[term], term))[:KEYS]
        return frozenset(wire.id_of(self.lang, term) for term in telling)

    @cached_property
    def undated(self) -> tuple[tuple[int, Value], ...]:
        """Return (part, value) for the values of the passage, their spans in the part's stretch; times count from no day."""
        return self.values_at(None)

    def values_at(self, at: date | None) -> tuple[tuple[int, Value], ...]:
        """Return what `undated` does, with "last year" counted from a day."""
        found = [
            (place, value)
            for place, (stretch, start, end) in enumerate(self.parts)
            for value in values.read(stretch, Span(start, end), self.lang, self.knowledge, at)
        ]
        stretch, start, end = self.parts[-1]
        behind = values.time_behind(stretch, Span(start, end), self.lang, self.knowledge, at)
        return (*found, (len(self.parts) - 1, behind)) if behind is not None else tuple(found)

    @cached_property
    def given(self) -> Given:
        """Return `undated` by what they answer."""
        return self.given_of(self.undated)

    def given_of(self, found: Iterable[tuple[int, Value]]) -> Given:
        """Return values by what they answer."""
        return values.given([value for _, value in found], self._mentioned, self.knowledge.places)

    @cached_property
    def _mentioned(self) -> tuple[values.Place, ...]:
        return tuple(
            place for stretch, start, end in self.parts for place in values.places(stretch, Span(start, end), self.lang, self.knowledge)
        )


WORDINGS_KEPT = 20_000
"""Wordings of passages that are remembered: copies share theirs."""


@lru_cache(maxsize=WORDINGS_KEPT)
def _wording(parts: tuple[tuple[str, int, int], ...], lang: str, knowledge: wire.Knowledge) -> Wording:
    return Wording(parts, lang, knowledge)


@dataclass(frozen=True)
class Passage:
    """What is compared of one appearance. `keys` file it in an index; `speakers` are principals' keys, or types of unnamed sources."""

    article: Article
    appearance: Appearance
    wording: Wording
    stand: Stand
    speakers: frozenset[str]
    knowledge: wire.Knowledge

    @cached_property
    def claim_id(self) -> int:
        """Return the id of the passage's own claim."""
        return identity.of("claim", self.appearance.article_id, self.appearance.ordinal)

    @cached_property
    def utterance_id(self) -> int:
        """Return the id of the passage's own utterance."""
        return identity.of("utterance", self.appearance.article_id, self.appearance.ordinal)

    @property
    def windows(self) -> wire.Windows:
        """Return how far apart in time passages may lie to be compared."""
        return self.knowledge.windows

    @property
    def is_named(self) -> bool:
        """Whether somebody is named as the speaker."""
        return bool(self.named)

    @cached_property
    def named(self) -> frozenset[str]:
        """Return the speakers that are named."""
        return frozenset(speaker for speaker in self.speakers if speaker.startswith("named:"))

    @cached_property
    def _told(self) -> tuple[tuple[int, Value], ...]:
        own = self.wording.undated
        if self.article.published_at and any(value.relative for _, value in own):
            return self.wording.values_at(self.article.published_at.date())
        return own

    @cached_property
    def given(self) -> Given:
        """Return the values that the passage gives, by what they answer; their spans tell nothing."""
        return self.wording.given if self._told is self.wording.undated else self.wording.given_of(self._told)

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Return the values that the passage gives, in order, with their spans in the article."""
        shifts = [span.start - start for span, (_, start, _) in zip(content_of(self.appearance), self.wording.parts, strict=True)]
        return tuple(
            replace(value, span=Span(value.span.start + shifts[place], value.span.end + shifts[place])) for place, value in self._told
        )

    @cached_property
    def anchors(self) -> tuple[wire.Anchor, ...]:
        """Return what survives translation, where a named speaker gives figures."""
        return self.wording.anchors if self.named and any(char.isdigit() for char in self.wording.text) else ()

    @cached_property
    def foreign(self) -> tuple[wire.Anchor, ...]:
        """Return the anchors by which another language's passage of the same speaker is recognised; none without a firm one."""
        telling = [one for one in self.anchors if one.weight >= TELLING]
        return tuple(telling) if any(one.is_firm for one in telling) else ()

    @cached_property
    def keys(self) -> frozenset[int]:
        """Return the ids of the most telling terms, by language: what an index files the passage under."""
        found = self.wording.keys
        # A passage of one word only is found by that word alone: further keys would ask for two.
        if len(found) > 1 and self.foreign:
            spelt = [(not one.is_firm, -one.weight, key) for one in self.foreign for key in one.keys if key.startswith(SPELT_ALIKE)]
            return found | {identity.of("said", speaker, key) for _, _, key in sorted(spelt)[:FOREIGN_KEYS] for speaker in self.named}
        return found

    @cached_property
    def needed(self) -> int:
        """Return how many keys another passage must share; it is enough where either needs no more."""
        return min(SHARED_KEYS, len(self.keys))

    @cached_property
    def day(self) -> int:
        """Return the day under which an index files the passage."""
        return wire.day_of(self.article)

    @cached_property
    def place(self) -> Place:
        """Return article id and ordinal."""
        return self.appearance.article_id, self.appearance.ordinal


def content_of(appearance: Appearance) -> tuple[Span, ...]:
    """Return the spans of what an appearance is about: of the claim that is denied where that stands apart from the content."""
    return (appearance.denied,) if appearance.denied else appearance.content


TELLING = 0.5
"""Weight from which an anchor tells two passages of one speaker apart from what the speaker says elsewhere."""

SPELT_ALIKE = ("number ", "day ", "concept ")
"""Families of anchors that are the same in every language."""


def passage(article: Article, appearance: Appearance, registry: Principals, knowledge: wire.Knowledge) -> Passage:
    """Read one appearance of an article: what its speaker says, or the claim that is denied where that stands apart."""
    parts = []
    for span in content_of(appearance):
        first = max(0, span.start - values.REACH)
        parts.append((article.text[first : span.end + values.REACH_BEHIND], span.start - first, span.end - first))
    return Passage(
        article=article,
        appearance=appearance,
        wording=_wording(tuple(parts), article.lang, knowledge),
        stand=_stand(article, appearance, knowledge),
        speakers=_speakers(appearance, registry, article.published_at),
        knowledge=knowledge,
    )


def passages(
    articles: Mapping[int, Article], appearances: Iterable[Appearance], registry: Principals, knowledge: wire.Knowledge
) -> list[Passage]:
    """Read appearances of `articles` (by id) with all that grouping asks of each, which is otherwise left until it is asked."""
    found = [passage(articles[one.article_id], one, registry, knowledge) for one in appearances]
    for one in found:
        for thing in ("keys", "given", "claim_id", "utterance_id"):
            getattr(one, thing)
    return found


def _stand(article: Article, appearance: Appearance, knowledge: wire.Knowledge) -> Stand:
    if wire.in_correction(article, appearance.content[0], knowledge):
        return Stand.NOTED
    return {Position.DENIES: Stand.DENIED, Position.RETRACTS: Stand.WITHDRAWN}.get(appearance.position or Position.CONFIRMS, Stand.AFFIRMED)


def _speakers(appearance: Appearance, registry: Principals, at: datetime | None) -> frozenset[str]:
    last = {hop.branch: hop for hop in sorted(appearance.attributions, key=lambda hop: (hop.branch, hop.hop))}
    found = set()
    for hop in last.values():
        if hop.origin.is_credit:
            continue
        if hop.source.kind is SourceKind.ANONYMOUS or hop.source.is_vague:
            found.add("unnamed")
        else:
            found.add(f"named:{registry.principal(hop.source, at).key}")
    return frozenset(found or {"unnamed"})


def group(
    articles: Mapping[int, Article],
    appearances: Iterable[Appearance],
    registry: Principals,
    knowledge: wire.Knowledge,
    derivations: Iterable[Derivation] = (),
    of_utterances: Verdicts = NO_VERDICTS,
    of_claims: Verdicts = NO_VERDICTS,
) -> Grouping:
    """Group the appearances of `articles` (by id) into utterances and claims, and relate claims.

    `derivations` are those between `articles`: two that carry one story say the same in fewer common words than strangers would.
    What people said of utterances and of claims wins over likeness. `appearances` are taken for all that there is.
    """
    passages = [passage(articles[appearance.article_id], appearance, registry, knowledge) for appearance in appearances]
    days = max(knowledge.windows.utterance, knowledge.windows.claim).days
    crowded = wire.crowded(Counter((key, one.day) for one in passages for key in one.keys), days, CROWD)
    return group_passages(passages, knowledge, derivations, crowded, of_utterances, of_claims)


def group_passages(
    passages: Iterable[Passage],
    knowledge: wire.Knowledge,
    derivations: Iterable[Derivation],
    crowded: frozenset[tuple[int, int]],
    of_utterances: Verdicts = NO_VERDICTS,
    of_claims: Verdicts = NO_VERDICTS,
) -> Grouping:
    """Group passages, each article's all or none, with what `may_join` links to them (`docs/chains.md`), as `group` does all that there is.

    `crowded` are the (key, day) under which so many are filed in the archive that they tell nothing.
    """
    passages = sorted(passages, key=lambda one: one.claim_id)
    derivations = tuple(derivations)
    kin = frozenset((min(pair), max(pair)) for pair in ((one.derived_id, one.original_id) for one in derivations))
    pairs = _candidates(passages, kin, crowded)
    translated = _translated(passages, kin)
    alike = [pair for pair in pairs if _are_alike(pair[0], pair[1])]
    spoken = [(same_utterance(a, b, is_kin), a, b) for a, b, is_kin in alike]
    voiced = [*spoken, *(edge for edge in translated if edge[1].speakers & edge[2].speakers)]
    utterances = _components(passages, _ruled(passages, voiced, of_utterances), of_utterances)
    # A component is named by its smallest claim id; the smallest utterance id among its members names the utterance.
    spoken_as: dict[int, int] = {}
    for one, root in zip(passages, utterances, strict=True):
        spoken_as[root.claim_id] = min(one.utterance_id, spoken_as.get(root.claim_id, one.utterance_id))
    made = [(score or same_claim(a, b, is_kin), a, b) for (score, _, _), (a, b, is_kin) in zip(spoken, alike, strict=True)]
    claims = _components(passages, _ruled(passages, [*made, *translated], of_claims), of_claims)
    canonical = {one.claim_id: root.claim_id for one, root in zip(passages, claims, strict=True)}
    corrected = _corrections(passages, derivations, canonical, knowledge)
    settled = {(one.claim_id, one.other_id) for one in corrected}
    asked = [(aspect, a, b) for a, b, is_kin in alike if (aspect := same_question(a, b, is_kin)) is not None]
    conflicting = [
        one
        for one in _contradictions(asked)
        if not settled & {(one.claim_id, one.other_id), (one.other_id, one.claim_id)} and canonical[one.claim_id] != canonical[one.other_id]
    ]
    withdrawn = [one for one in _withdrawals(passages, pairs, canonical) if (one.claim_id, one.other_id) not in settled]
    relations = sorted(
        [*_denials(passages, pairs), *conflicting, *corrected, *withdrawn], key=lambda one: (one.claim_id, one.relation, one.other_id)
    )
    answers = _answers(passages, [(a, b) for _, a, b in asked], canonical, relations)
    return Grouping(
        utterances=tuple(
            sorted(
                (
                    Utterance(
                        id=one.utterance_id,
                        canonical_id=spoken_as[root.claim_id],
                        article_id=one.appearance.article_id,
                        ordinal=one.appearance.ordinal,
                        speaker="; ".join(sorted(one.speakers)),
                        act=one.appearance.act,
                        position=one.appearance.position,
                    )
                    for one, root in zip(passages, utterances, strict=True)
                ),
                key=lambda utterance: utterance.id,
            )
        ),
        claims=tuple(_claim(one, canonical[one.claim_id], answers.get(one.claim_id)) for one in passages),
        relations=tuple(relations),
    )


def _claim(one: Passage, canonical_id: int, answer: Answer | None) -> Claim:
    return Claim(
        id=one.claim_id,
        canonical_id=canonical_id,
        utterance_id=one.utterance_id,
        article_id=one.appearance.article_id,
        ordinal=one.appearance.ordinal,
        text=one.wording.text,
        is_affirmed=one.stand in (Stand.AFFIRMED, Stand.NOTED),
        slot=answer.slot if answer else None,
        value=answer.value if answer else None,
        unit=answer.unit if answer else None,
        value_kind=answer.kind if answer else None,
        places=tuple(sorted({value.value for value in one.given.places})),
        valid_times=tuple(sorted({values.as_interval(value) for value in one.given.times})),
        values=one.values,
    )


# --- verdicts on pairs ---------------------------------------------------------------------------------------


LIKE_KIN, LIKE_STRANGERS = 0.34, 0.55
"""Share of both passages' telling words from which two passages say the same: between articles of one story, and between strangers."""

SAME_SPEAKER = 0.45
"""The same between strangers where one named principal speaks."""

NAMES_ASIDE = 1.2
"""Weight of words other than names that two passages must share."""


def same_utterance(a: Passage, b: Passage, is_kin: bool = False) -> float:
    """Return how surely two passages report one speech act, or 0: the same speaker, near in time, in much the same words.

    `is_kin` tells whether their articles carry one story.
    """
    if a.stand is not b.stand or not _are_near(a, b, a.windows.utterance, is_kin):
        return 0.0
    if not a.speakers & b.speakers:
        return 0.0
    needed = LIKE_KIN if is_kin else SAME_SPEAKER if a.is_named and b.is_named else LIKE_STRANGERS
    score = _likeness(a, b, needed) if a.article.lang == b.article.lang else _across_languages(a, b)
    return score if score and not conflict(a, b) else 0.0


def same_claim(a: Passage, b: Passage, is_kin: bool = False) -> float:
    """Return how surely two passages make one claim, whoever says so, or 0. When in doubt, they stay apart."""
    if a.article.lang != b.article.lang or a.stand is not b.stand or not _are_near(a, b, a.windows.claim, is_kin):
        return 0.0
    score = _likeness(a, b, LIKE_KIN if is_kin else LIKE_STRANGERS)
    return score if score and a.wording.negations % 2 == b.wording.negations % 2 and not conflict(a, b) else 0.0


def may_join(a: Passage, b: Passage) -> bool:
    """Whether two passages could bear on each other's groups or relations, be their articles kin or not.

    Articles that any two such passages link, directly or through others, are to be grouped together; no other article changes the result.
    """
    is_one = _are_alike(a, b) and (same_utterance(a, b, True) or same_claim(a, b, True) or same_question(a, b, True))
    return bool(is_one or answers(a, b) or answers(b, a))


def _are_alike(a: Passage, b: Passage) -> bool:
    """Whether two passages share words enough to be one, or to answer one question; of two languages, other things decide."""
    return a.article.lang != b.article.lang or _common(a.wording, b.wording)[0] >= LIKE_KIN


ABROAD, ANCHORED_ABROAD = 0.6, 1.4
"""Share and weight of anchors that two passages of one named speaker in two languages have in common, their articles being no translations
of each other: more than in translations, since nothing else ties the two."""


def _across_languages(a: Passage, b: Passage) -> float:
    """Return how surely one named speaker said two passages of different languages at once, or 0: figures, names and polarity agree."""
    if not a.named & b.named or a.wording.negations % 2 != b.wording.negations % 2:
        return 0.0
    keys = {key for one in b.foreign if one.is_firm for key in one.keys}
    if not any(one.is_firm and keys.intersection(one.keys) for one in a.foreign):
        return 0.0
    shared, share = wire.shared_anchors(a.anchors, b.anchors, a.article.lang, b.article.lang)
    return share if share >= ABROAD and shared >= ANCHORED_ABROAD else 0.0


def _likeness(a: Passage, b: Passage, needed: float) -> float:
    """Return the Dice share of telling words that two passages have in common, or 0 where it is under `needed` or rests on names."""
    overlap, told = _common(a.wording, b.wording)
    return overlap if overlap >= needed and told >= NAMES_ASIDE else 0.0


PAIRS_KEPT = 50_000
"""Pairs of wordings of which is remembered what they share: each is asked about for an utterance, a claim and a question, copies often."""


@lru_cache(maxsize=PAIRS_KEPT)
def _common(a: Wording, b: Wording) -> tuple[float, float]:
    """Return the Dice share of telling words that two passages have in common, and the weight of those that are no names in both."""
    shared = [(min(a.terms[term], b.terms[term]), term in a.names and term in b.names) for term in sorted(a.terms.keys() & b.terms.keys())]
    both = a.weight + b.weight
    return 2 * sum(weight for weight, _ in shared) / both if both else 0.0, sum(weight for weight, is_name in shared if not is_name)


def _are_near(a: Passage, b: Passage, window: timedelta, is_kin: bool) -> bool:
    """Whether two passages lie near enough in time. A page without a date is as old as the copies of its text may be."""
    return wire.within(a.article, b.article, window) or (is_kin and wire.is_undated(a.article, b.article))


def conflict(a: Passage, b: Passage) -> bool:
    """Whether two passages give figures, times or places that cannot both hold: each has one that fits none of the other's."""
    return bool(differing(a, b))


def differing(a: Passage, b: Passage) -> frozenset[Aspect]:
    """Return on what two passages disagree."""
    return _differing(a.given, b.given, a.knowledge)


@lru_cache(maxsize=PAIRS_KEPT)
def _differing(a: Given, b: Given, knowledge: wire.Knowledge) -> frozenset[Aspect]:
    return values.differing(a, b, knowledge.places)


@lru_cache(maxsize=PAIRS_KEPT)
def _overlap(a: Wording, b: Wording) -> tuple[float, float, float]:
    """Return the weight of the terms that two passages share, as such, as a Dice share of both, and as a share of the smaller one."""
    shared = sum(min(weight, b.terms[term]) for term, weight in a.terms.items() if term in b.terms)
    both, smaller = a.weight + b.weight, min(a.weight, b.weight)
    return shared, (2 * shared / both if both else 0.0), (shared / smaller if smaller else 0.0)


# --- components ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Index:
    """What is filed under the keys of some passages.

    `keys` has positions in `places`, of which `needed` tells how many keys another passage must share. `crowded` holds the (key, day) that
    tell nothing; `keys` leaves their passages out.
    """

    keys: wire.Filed
    places: Sequence[Place]
    needed: wire.Numbers
    crowded: frozenset[tuple[int, int]]


def index(passages: Sequence[Passage], full: frozenset[tuple[int, int]]) -> Index:
    """File passages; `full` are the (key, day) that are crowded."""
    rows = [(key, one.day, place) for place, one in enumerate(passages) for key in one.keys if (key, one.day) not in full]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    needed = np.array([one.needed for one in passages], dtype=np.int64)
    return Index(wire.Filed(table[:, 0], table[:, 1], table[:, 2]), [one.place for one in passages], needed, full)


def meetings(passages: Sequence[Passage], filed: Index) -> Iterator[tuple[Place, Place]]:
    """Yield (place of one of `passages`, place of another one) for those worth comparing: they share two keys, or one that has no more."""
    for own, others in zip(passages, _met(passages, filed), strict=True):
        for other in others.tolist():
            if filed.places[other] != own.place:
                yield own.place, filed.places[other]


def _met(passages: Iterable[Passage], filed: Index) -> Iterator[wire.Numbers]:
    """Yield, for each passage, the positions in `filed.places` of those that it meets, which may be itself."""
    met: dict[tuple[frozenset[int], int], wire.Numbers] = {}
    for own in passages:
        # Copies lie under the same keys.
        if (own.keys, own.day) not in met:
            days = max(own.windows.utterance, own.windows.claim).days
            others, counts = filed.keys.sharing((key for key in own.keys if (key, own.day) not in filed.crowded), own.day, days)
            met[own.keys, own.day] = others[counts >= np.minimum(filed.needed[others], own.needed)]
        yield met[own.keys, own.day]


def _candidates(
    passages: Sequence[Passage], kin: frozenset[tuple[int, int]], crowded: frozenset[tuple[int, int]]
) -> list[tuple[Passage, Passage, bool]]:
    """Return the pairs worth comparing, in the order of `passages`, which is that of claim ids, and whether their articles are kin.

    Passages of kin need not meet in the index: where everybody has the same words, it tells nothing.
    """
    found: set[tuple[int, int]] = set()
    for number, others in enumerate(_met(passages, index(passages, crowded))):
        found.update((number, other) for other in others[others.searchsorted(number, "right") :].tolist())
    by_article: dict[int, list[tuple[int, Passage]]] = defaultdict(list)
    for number, one in enumerate(passages):
        by_article[one.article.id].append((number, one))
    for left, right in kin:
        for first, a in by_article[left]:
            for second, b in by_article[right]:
                if len(a.keys & b.keys) >= min(a.needed, b.needed):
                    found.add((first, second) if first < second else (second, first))
    pairs = ((passages[first], passages[second]) for first, second in sorted(found))
    return [(a, b, (min(a.article.id, b.article.id), max(a.article.id, b.article.id)) in kin) for a, b in pairs]


IN_TRANSLATION, ANCHORED = 0.5, 1.0
"""Share and weight of figures, days, names and common words that two passages of an article and its translation have in common."""


def _translated(passages: Sequence[Passage], kin: frozenset[tuple[int, int]]) -> list[tuple[float, Passage, Passage]]:
    """Return (score, a, b) for the passages of an article and of its translation that may say the same."""
    by_article: dict[int, list[Passage]] = defaultdict(list)
    for one in passages:
        by_article[one.article.id].append(one)
    found = []
    for left, right in sorted(kin):
        first, second = by_article[left], by_article[right]
        if not first or not second or first[0].article.lang == second[0].article.lang:
            continue
        langs = first[0].article.lang, second[0].article.lang
        for a in first:
            for b in second:
                if _apart(a, b):
                    continue
                shared, share = wire.shared_anchors(a.wording.anchors, b.wording.anchors, *langs)
                if share >= IN_TRANSLATION and shared >= ANCHORED:
                    found.append((share, a, b) if a.claim_id < b.claim_id else (share, b, a))
    return found


def _mutual(edges: Iterable[tuple[float, Passage, Passage]]) -> list[tuple[float, Passage, Passage]]:
    """Return the edges that are the best of both their ends between the two articles: a story's passages resemble each other."""
    sure = [edge for edge in edges if edge[0] > 0]
    best: dict[tuple[int, int], float] = {}
    for score, a, b in sure:
        for one, other in ((a, b), (b, a)):
            place = one.claim_id, other.article.id
            best[place] = max(score, best.get(place, 0.0))
    return [(score, a, b) for score, a, b in sure if score == best[a.claim_id, b.article.id] == best[b.claim_id, a.article.id]]


def _ruled(
    passages: Sequence[Passage], edges: Iterable[tuple[float, Passage, Passage]], verdicts: Verdicts
) -> list[tuple[float, Passage, Passage]]:
    """Return the edges that join: mutual ones of pairs that nobody took apart, and those that people drew."""
    by_claim = {one.claim_id: one for one in passages}
    drawn = [(SAID, by_claim[a], by_claim[b]) for a, b in sorted(verdicts.together) if a in by_claim and b in by_claim]
    return [*_mutual(edge for edge in edges if (edge[1].claim_id, edge[2].claim_id) not in verdicts.apart), *drawn]


@dataclass(slots=True)
class _Component:
    """Passages that are joined so far, with what decides whether others may join them."""

    smallest: Passage
    stand: Stand
    given: dict[tuple[object, ...], Passage]  # one passage for each different set of values
    by_article: dict[int, list[Passage]]

    def is_apart(self, other: _Component) -> bool:
        """Whether some member may not be one with some member of the other component, as `_apart` says of two passages."""
        if self.stand is not other.stand or any(conflict(a, b) for a in self.given.values() for b in other.given.values()):
            return True
        return any(
            not _likeness(a, b, SAME_ARTICLE)
            for article_id in self.by_article.keys() & other.by_article.keys()
            for a in self.by_article[article_id]
            for b in other.by_article[article_id]
        )

    def take(self, other: _Component) -> None:
        """Add the members of another component."""
        self.given |= other.given
        for article_id, members in other.by_article.items():
            self.by_article.setdefault(article_id, []).extend(members)
        self.smallest = min(self.smallest, other.smallest, key=lambda one: one.claim_id)


def _component(one: Passage) -> _Component:
    told = (*one.given.figures, *one.given.times, *one.given.places)
    values_given = tuple((value.kind, value.value, value.unit, value.bound, value.step, value.relative) for value in told)
    return _Component(one, one.stand, {(values_given, one.given.mentioned): one}, {one.article.id: [one]})


def _components(
    passages: Sequence[Passage], edges: Iterable[tuple[float, Passage, Passage]], verdicts: Verdicts = NO_VERDICTS
) -> list[Passage]:
    """Return for each passage the one with the smallest claim id in its component.

    Edges join from the surest downwards; one that would bring together what may not be (`_apart`) is left out. What a person joined is
    kept apart only by another verdict.
    """
    of = {one.claim_id: _component(one) for one in passages}
    said_apart = [(a, b) for a, b in sorted(verdicts.apart) if a in of and b in of]
    for score, a, b in sorted(edges, key=lambda edge: (-edge[0], edge[1].claim_id, edge[2].claim_id)):
        large, small = of[a.claim_id], of[b.claim_id]
        if large is small or (score < SAID and large.is_apart(small)):
            continue
        if any((of[x] is large and of[y] is small) or (of[x] is small and of[y] is large) for x, y in said_apart):
            continue
        if len(large.by_article) < len(small.by_article):
            large, small = small, large
        large.take(small)
        for members in small.by_article.values():
            for one in members:
                of[one.claim_id] = large
    return [of[one.claim_id].smallest for one in passages]


def _apart(a: Passage, b: Passage) -> bool:
    """Whether two passages may not be one: other figures, times or places, a denial and its claim, or what one article says apart."""
    if a.stand is not b.stand or conflict(a, b):
        return True
    return a.article.id == b.article.id and not _likeness(a, b, SAME_ARTICLE)


SAME_ARTICLE = 0.5
"""Share of telling words from which an article says the same thing twice: in its headline and lead, for instance."""


# --- relations -----------------------------------------------------------------------------------------------


ELSEWHERE = 0.6
"""Share of the smaller passage's telling words from which a denial answers what another article says."""


def _relation(kind: ClaimRelationKind, one: Passage, other: Passage, confidence: float, asked: Aspect | None = None) -> ClaimRelation:
    """Return a relation with its evidence: both passages, the cues of what speaks against the other, and the values of what is asked."""
    cited = [Cited(each.article.id, span) for each in (one, other) for span in content_of(each.appearance)]
    cues: set[Span] = set()
    if one.stand in (Stand.DENIED, Stand.WITHDRAWN):
        # What is denied may stand apart from the words that say so ("fake news").
        cues = {*one.appearance.content, *(span for hop in one.appearance.attributions for span in hop.cue)}
    told = {(each.article.id, value.span) for each in (one, other) for value in each.values if asked and values.aspect(value.kind) is asked}
    cited += [Cited(one.article.id, span) for span in sorted(cues)] + [Cited(*place) for place in sorted(told)]
    return ClaimRelation(
        claim_id=one.claim_id,
        relation=kind,
        other_id=other.claim_id,
        confidence=round(confidence, 3),
        evidence=(one.wording.text, other.wording.text),
        cited=tuple(dict.fromkeys(cited)),
    )


def _denials(passages: Sequence[Passage], pairs: Sequence[tuple[Passage, Passage, bool]]) -> list[ClaimRelation]:
    """Link each denial to what it denies: the claim before it in its article that it shares most telling words with.

    One whose article does not say what is denied answers the claim of another article, published no later, that it shares most words with.
    """
    found = []
    answered: set[int] = set()
    for members in _by_article(passages).values():
        for position, denial in enumerate(members):
            if denial.stand is not Stand.DENIED:
                continue
            before = members[:position]
            fit, index = max(((_denied(denial, other), index) for index, other in enumerate(before)), default=(0.0, 0))
            if fit <= 0:
                continue
            answered.add(denial.claim_id)
            found.append(_relation(ClaimRelationKind.DENIES, denial, before[index], min(0.9, 0.5 + fit / 2)))
    best: dict[int, tuple[float, int, Passage, Passage]] = {}
    for one, two, _ in pairs:
        for denial, other in ((one, two), (two, one)):
            if denial.stand is Stand.DENIED and denial.claim_id not in answered and answers(denial, other):
                fit = _denied(denial, other)
                best[denial.claim_id] = max(
                    best.get(denial.claim_id, (0.0, 0, denial, other)), (fit, -other.claim_id, denial, other), key=_fit
                )
    found += [_relation(ClaimRelationKind.DENIES, denial, other, min(0.8, 0.3 + fit / 2)) for fit, _, denial, other in best.values()]
    return found


def _fit(scored: tuple[float, int, Passage, Passage]) -> tuple[float, int]:
    return scored[:2]


def _by_article(passages: Iterable[Passage]) -> dict[int, list[Passage]]:
    """Return the passages of each article in the order in which they stand."""
    found: dict[int, list[Passage]] = defaultdict(list)
    for one in sorted(passages, key=lambda one: (one.appearance.content[0].start, one.appearance.ordinal)):
        found[one.article.id].append(one)
    return found


def answers(answer: Passage, other: Passage) -> bool:
    """Whether a denial or a withdrawal answers what another article says: much of the same words, published no later than the answer.

    A denial answers what somebody else stands for, a withdrawal what its own speaker said.
    """
    if answer.stand not in (Stand.DENIED, Stand.WITHDRAWN):
        return False
    if answer.article.id == other.article.id or answer.article.lang != other.article.lang or other.stand is not Stand.AFFIRMED:
        return False
    if not other.article.may_precede(answer.article) or not wire.within(answer.article, other.article, answer.windows.claim):
        return False
    if answer.stand is Stand.DENIED:
        return _denied(answer, other) > 0 and _overlap(answer.wording, other.wording)[2] >= ELSEWHERE and not conflict(answer, other)
    return _withdrawn(answer, other) >= ELSEWHERE


def _denied(denial: Passage, other: Passage) -> float:
    """Return how well `other` fits as what is denied, or 0: affirmed by somebody else, and sharing telling words; accusations first.

    Who denies that something was not done denies nobody who says that it was.
    """
    if other.stand is not Stand.AFFIRMED or other.named & denial.speakers or denial.wording.negations % 2 != other.wording.negations % 2:
        return 0.0
    shared, _, containment = _overlap(denial.wording, other.wording)
    if shared < 0.8:
        return 0.0
    return containment + (0.3 if other.appearance.act is Act.ACCUSE else 0.0)


def _withdrawn(withdrawal: Passage, other: Passage) -> float:
    """Return how well `other` fits as what is taken back, or 0: its own speaker said it, in much the same words, with no other figures."""
    if other.stand is not Stand.AFFIRMED or not withdrawal.named & other.named or conflict(withdrawal, other):
        return 0.0
    shared, _, containment = _overlap(withdrawal.wording, other.wording)
    return containment if shared >= 0.8 else 0.0


def _withdrawals(
    passages: Sequence[Passage], pairs: Sequence[tuple[Passage, Passage, bool]], canonical: Mapping[int, int]
) -> list[ClaimRelation]:
    """Relate what a speaker takes back to what the same speaker said, in the same article or in one published no later.

    Of one claim the passage that fits best is taken back, however many articles carry it. A withdrawal without content of its own
    ("withdrew the remark") refers to what its speaker said last before it in the article.
    """
    best: dict[tuple[int, int], tuple[float, int, Passage, Passage]] = {}

    def consider(fit: float, withdrawal: Passage, other: Passage) -> None:
        place = withdrawal.claim_id, canonical[other.claim_id]
        scored = fit, -other.claim_id, withdrawal, other
        best[place] = max(best.get(place, scored), scored, key=_fit)

    for members in _by_article(passages).values():
        for position, one in enumerate(members):
            if one.stand is not Stand.WITHDRAWN:
                continue
            fits = [(fit, other) for other in members if (fit := _withdrawn(one, other)) >= ELSEWHERE]
            said = [other for other in members[:position] if other.stand is Stand.AFFIRMED and other.named & one.named]
            if not fits and said and one.wording.weight < 2 * NAMES_ASIDE:
                fits = [(0.0, said[-1])]
            for fit, other in fits:
                consider(fit, one, other)
    for a, b, _ in pairs:
        for one, other in ((a, b), (b, a)):
            if one.stand is Stand.WITHDRAWN and answers(one, other):
                consider(_withdrawn(one, other), one, other)
    return [_relation(ClaimRelationKind.RETRACTS, one, other, min(0.9, 0.5 + fit / 2)) for fit, _, one, other in best.values()]


def _contradictions(answered: Sequence[tuple[Aspect, Passage, Passage]]) -> list[ClaimRelation]:
    """Relate claims that give one question different answers: an update where one principal speaks twice, else a contradiction."""
    found = {}
    for asked, a, b in answered:
        if a.stand is not Stand.AFFIRMED or b.stand is not Stand.AFFIRMED or not conflict(a, b):
            continue
        first, second = a.article.published_at, b.article.published_at
        if a.named & b.named and first and second and first != second:
            later, earlier = (a, b) if first > second else (b, a)
            relation = _relation(ClaimRelationKind.UPDATES, later, earlier, 0.6, asked)
        else:
            relation = _relation(ClaimRelationKind.CONTRADICTS, a, b, 0.6, asked)
        found[relation.claim_id, relation.other_id] = relation
    return [found[key] for key in sorted(found)]


def _corrections(
    passages: Sequence[Passage], derivations: Iterable[Derivation], canonical: Mapping[int, int], knowledge: wire.Knowledge
) -> list[ClaimRelation]:
    """Relate what a labelled correction says instead, or what its note says of the mistake, to what it takes back.

    The correction is a later version of the same page, or is known to have been made from the other article. It takes back what it says no
    more itself: an answer that it gives anew, or a statement that its note repeats. What it merely leaves out is not retracted.
    """
    by_article = _by_article(passages)
    found = {}
    for edge in derivations:
        later, earlier = by_article.get(edge.derived_id, []), by_article.get(edge.original_id, [])
        if not edge.is_directed or not later or not earlier or not wire.is_correction(later[0].article, knowledge):
            continue
        kept = {canonical[one.claim_id] for one in later if one.stand is not Stand.NOTED}
        for old in earlier:
            if canonical[old.claim_id] in kept or old.stand is not Stand.AFFIRMED:
                continue
            for new in later:
                asked = same_question(new, old, True)
                is_anew = asked is not None and conflict(new, old)
                if is_anew or (new.stand is Stand.NOTED and _repeats(new, old)):
                    found[new.claim_id, old.claim_id] = _relation(
                        ClaimRelationKind.RETRACTS, new, old, 0.8 if is_anew else 0.7, asked if is_anew else None
                    )
    return [found[key] for key in sorted(found)]


def _repeats(note: Passage, old: Passage) -> bool:
    """Whether the note of a correction is about what the earlier version said: in the same language, in much the same words."""
    shared, _, containment = _overlap(note.wording, old.wording)
    return note.article.lang == old.article.lang and shared >= NAMES_ASIDE and containment >= ELSEWHERE


ALIKE_BUT_FOR_ANSWERS = 0.6
"""Dice share of telling words from which two passages answer one question."""


def same_question(a: Passage, b: Passage, is_kin: bool = False) -> Aspect | None:
    """Return what two passages both answer, be it with different figures, times or places; None where they answer no common question.

    They are alike in all but the answer. Place and time are part of a question of how many: two figures for two places are no answers to
    one question. A time or a place is the answer only where neither gives a figure; recurrent events happen at other times and places, so
    that different times must come from one story (`is_kin`) or one named speaker, different places from one story.
    """
    if a.article.lang != b.article.lang or not _are_near(a, b, a.windows.claim, is_kin):
        return None
    shared, overlap, _ = _overlap(a.wording, b.wording)
    if shared < 1.5 or overlap < ALIKE_BUT_FOR_ANSWERS or not a.wording.undated or not b.wording.undated:
        return None
    apart = differing(a, b)
    if a.given.figures or b.given.figures:
        is_one = [(value.kind, value.unit) for value in a.given.figures] == [(value.kind, value.unit) for value in b.given.figures]
        return Aspect.FIGURE if is_one and apart <= {Aspect.FIGURE} else None
    if a.given.times and len(a.given.times) == len(b.given.times):
        is_one = apart <= {Aspect.TIME} and (not apart or is_kin or bool(a.named & b.named))
        return Aspect.TIME if is_one else None
    if a.given.places and b.given.places and apart <= {Aspect.PLACE} and (not apart or is_kin):
        return Aspect.PLACE
    return None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a claim answers: which question, and how; `kind` is None for yes and no."""

    slot: int
    value: str
    unit: str | None
    kind: ValueKind | None


def _answers(
    passages: Sequence[Passage],
    asked: Sequence[tuple[Passage, Passage]],
    canonical: Mapping[int, int],
    relations: Sequence[ClaimRelation],
) -> dict[int, Answer]:
    """Return the answer of each checkable claim: one figure or time, a place where it is disputed, or yes and no where somebody denies.

    A slot is named by the smallest claim that answers its question, whatever the answer.
    """
    slots = _Slots(passages, canonical)
    # The surest pairs first: a passage without a place must not bring two places into one question.
    alike = [(_overlap(a.wording, b.wording)[1], a, b) for a, b in asked]
    for _, a, b in sorted(alike, key=lambda one: (-one[0], one[1].claim_id, one[2].claim_id)):
        slots.join(a.claim_id, b.claim_id)
    for relation in relations:
        if relation.relation is ClaimRelationKind.DENIES:
            slots.join(relation.claim_id, relation.other_id, is_denial=True)
    denied = {slots.top(relation.claim_id) for relation in relations if relation.relation is ClaimRelationKind.DENIES}
    disputed = {
        slots.top(relation.claim_id)
        for relation in relations
        if relation.relation in (ClaimRelationKind.CONTRADICTS, ClaimRelationKind.UPDATES, ClaimRelationKind.RETRACTS)
    }
    found: dict[int, Answer] = {}
    given: dict[int, list[tuple[int, Value]]] = defaultdict(list)
    for one in passages:
        slot = slots.top(one.claim_id)
        if slot in denied and one.stand in (Stand.AFFIRMED, Stand.DENIED):
            found[one.claim_id] = Answer(slot, "yes" if one.stand is Stand.AFFIRMED else "no", None, None)
        elif one.stand is not Stand.WITHDRAWN:
            places = one.given.places if slot in disputed else ()
            if len(answer := one.given.figures or one.given.times or places) == 1:
                given[slot].append((one.claim_id, answer[0]))
    for slot, told in given.items():
        for claim_id, value in _settled(told):
            found[claim_id] = Answer(slot, value.value, value.unit, value.kind)
    return found


def _settled(told: Sequence[tuple[int, Value]]) -> list[tuple[int, Value]]:
    """Return the answers to one question with each rounded or coarser one replaced by the finer one that alone it can stand for.

    "About 200" beside 198 is no other answer; beside 198 and 205 it stays what it is.
    """
    finest = {(value.kind, value.value, value.unit): value for _, value in told if _is_exact(value)}
    settled = []
    for claim_id, value in told:
        meant = [one for one in finest.values() if one.kind is value.kind and values.can_hold(value, one)] if not _is_exact(value) else []
        settled.append((claim_id, meant[0] if len(meant) == 1 else value))
    return settled


def _is_exact(value: Value) -> bool:
    if value.kind is ValueKind.DATE:
        return bool(EXACT_DAY.fullmatch(value.value))
    return value.kind is ValueKind.PLACE or (value.bound is None and value.step == "0")


EXACT_DAY = re.compile(r"(?:\d{4}|-)-\d\d-\d\d")


class _Slots:
    """Claims by the question that they answer. Questions with other places or times are kept apart."""

    def __init__(self, passages: Sequence[Passage], canonical: Mapping[int, int]) -> None:
        self._parent = {one.claim_id: canonical[one.claim_id] for one in passages}
        self._members: dict[int, dict[tuple[object, ...], Passage]] = defaultdict(dict)
        for one in passages:
            kind = (bool(one.given.figures), frozenset(value.value for value in (*one.given.times, *one.given.places)), one.given.mentioned)
            self._members[self.top(one.claim_id)].setdefault(kind, one)

    def top(self, claim_id: int) -> int:
        while self._parent[claim_id] != claim_id:
            claim_id = self._parent[claim_id]
        return claim_id

    def join(self, a: int, b: int, is_denial: bool = False) -> None:
        low, high = sorted((self.top(a), self.top(b)))
        if low == high:
            return
        if not is_denial:
            for one in self._members[low].values():
                if any(_other_question(one, other) for other in self._members[high].values()):
                    return
        self._parent[high] = low
        for kind, one in self._members.pop(high).items():
            self._members[low].setdefault(kind, one)


def _other_question(a: Passage, b: Passage) -> bool:
    """Whether two passages ask how many of different times or places."""
    return bool(a.given.figures and b.given.figures) and bool(differing(a, b) - {Aspect.FIGURE})
