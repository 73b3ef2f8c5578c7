"""Claims: which appearances report one utterance, which utterances make one claim, and which claims deny or contradict another.

Every appearance has an utterance and a claim of its own, with ids that depend on it alone. A merge only writes `canonical_id`. Whether two
appearances may be joined depends on the two alone; components are then built from the best pairs downwards, so that neither the order of
arrival nor the size of a batch matters as long as a component is grouped as a whole.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import combinations

from sumber.sourcing import identity, wire
from sumber.sourcing.model import (
    Act,
    Appearance,
    Article,
    Claim,
    ClaimRelation,
    ClaimRelationKind,
    Derivation,
    Position,
    Principals,
    SourceKind,
    Utterance,
    Value,
    ValueKind,
)

KEYS = 8
"""Terms under which a passage is filed. Two passages are compared when they share two of them."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """What `group` found: one utterance and one claim per appearance, sorted by id, and the relations between claims."""

    utterances: tuple[Utterance, ...]
    claims: tuple[Claim, ...]
    relations: tuple[ClaimRelation, ...]


@dataclass(frozen=True)
class Passage:
    """What is compared of one appearance. `keys` file it in an index; `speakers` are principals' keys, or types of unnamed sources."""

    article: Article
    appearance: Appearance
    text: str
    terms: Mapping[str, float]
    names: frozenset[str]
    figures: frozenset[str]
    negations: int
    values: tuple[Value, ...]
    speakers: frozenset[str]
    windows: wire.Windows

    @cached_property
    def claim_id(self) -> int:
        """Return the id of the passage's own claim."""
        return identity.of("claim", self.appearance.article_id, self.appearance.ordinal)

    @cached_property
    def utterance_id(self) -> int:
        """Return the id of the passage's own utterance."""
        return identity.of("utterance", self.appearance.article_id, self.appearance.ordinal)

    @property
    def is_affirmed(self) -> bool:
        """Whether the speaker stands for the content, rather than denying it."""
        return self.appearance.position is not Position.DENIES

    @property
    def is_named(self) -> bool:
        """Whether somebody is named as the speaker."""
        return any(speaker.startswith("named:") for speaker in self.speakers)

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """Return the ids of the most telling terms, by language: what an index files the passage under."""
        telling = sorted(self.terms, key=lambda term: (-self.terms[term], term))[:KEYS]
        return tuple(sorted(identity.of(self.article.lang, term) for term in telling))


def passage(article: Article, appearance: Appearance, registry: Principals, knowledge: wire.Knowledge) -> Passage:
    """Read one appearance of an article: what its speaker says, or the claim that is denied where that stands apart."""
    spans = (appearance.denied,) if appearance.denied else appearance.content
    text = " ".join(span.of(article.text) for span in spans)
    values = tuple(value for span in spans for value in wire.values(article.text, span, article.lang, knowledge))
    return Passage(
        article=article,
        appearance=appearance,
        text=text,
        terms=wire.terms(text, article.lang, knowledge),
        names=wire.name_stems(text),
        figures=frozenset(value.value for value in values),
        negations=wire.negations(text, article.lang, knowledge),
        values=values,
        speakers=_speakers(appearance, registry, article.published_at),
        windows=knowledge.windows,
    )


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
) -> Grouping:
    """Group the appearances of `articles` (by id) into utterances and claims, and relate claims.

    `derivations` are those between `articles`: two that carry one story say the same in fewer common words than strangers would.
    To group incrementally, pass the new articles with all that `may_join` links to them (`docs/chains.md`), each with all its appearances.
    """
    passages = sorted(
        (passage(articles[appearance.article_id], appearance, registry, knowledge) for appearance in appearances),
        key=lambda one: one.claim_id,
    )
    pairs = _candidates(passages)
    derivations = tuple(derivations)
    kin = frozenset(frozenset((one.derived_id, one.original_id)) for one in derivations)
    translated = _translated(passages, kin, knowledge)
    spoken = [(same_utterance(a, b, _is_kin(a, b, kin)), a, b) for a, b in pairs]
    utterances = _components(passages, _mutual([*spoken, *(edge for edge in translated if edge[1].speakers & edge[2].speakers)]))
    # A component is named by its smallest claim id; the smallest utterance id among its members names the utterance.
    spoken_as: dict[int, int] = {}
    for one, root in zip(passages, utterances, strict=True):
        spoken_as[root.claim_id] = min(one.utterance_id, spoken_as.get(root.claim_id, one.utterance_id))
    made = [(score or same_claim(a, b, _is_kin(a, b, kin)), a, b) for score, a, b in spoken]
    claims = _components(passages, _mutual([*made, *translated]))
    canonical = {one.claim_id: root.claim_id for one, root in zip(passages, claims, strict=True)}
    retracted = _retractions(passages, derivations, canonical, knowledge)
    settled = {(one.claim_id, one.other_id) for one in retracted}
    conflicting = [one for one in _contradictions(pairs) if not settled & {(one.claim_id, one.other_id), (one.other_id, one.claim_id)}]
    relations = sorted([*_denials(passages), *conflicting, *retracted], key=lambda one: (one.claim_id, one.relation, one.other_id))
    answers = _answers(passages, pairs, canonical, relations)
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


def _claim(one: Passage, canonical_id: int, answer: tuple[int, str, str | None] | None) -> Claim:
    slot, value, unit = answer or (None, None, None)
    return Claim(
        id=one.claim_id,
        canonical_id=canonical_id,
        utterance_id=one.utterance_id,
        article_id=one.appearance.article_id,
        ordinal=one.appearance.ordinal,
        text=one.text,
        is_affirmed=one.is_affirmed,
        slot=slot,
        value=value,
        unit=unit,
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
    if a.article.lang != b.article.lang or a.is_affirmed != b.is_affirmed or not wire.within(a.article, b.article, a.windows.utterance):
        return 0.0
    if not a.speakers & b.speakers or conflict(a, b):
        return 0.0
    needed = LIKE_KIN if is_kin else SAME_SPEAKER if a.is_named and b.is_named else LIKE_STRANGERS
    return _likeness(a, b, needed)


def same_claim(a: Passage, b: Passage, is_kin: bool = False) -> float:
    """Return how surely two passages make one claim, whoever says so, or 0. When in doubt, they stay apart."""
    if a.article.lang != b.article.lang or a.is_affirmed != b.is_affirmed or a.negations % 2 != b.negations % 2:
        return 0.0
    if conflict(a, b) or not wire.within(a.article, b.article, a.windows.claim):
        return 0.0
    return _likeness(a, b, LIKE_KIN if is_kin else LIKE_STRANGERS)


def may_join(a: Passage, b: Passage) -> bool:
    """Whether two passages could bear on each other's groups, be their articles kin or not.

    Articles that any two such passages link, directly or through others, are to be grouped together; no other article changes the result.
    """
    return bool(same_utterance(a, b, True) or same_claim(a, b, True) or same_question(a, b))


def _likeness(a: Passage, b: Passage, needed: float) -> float:
    """Return the Dice share of telling words that two passages have in common, or 0 where it is under `needed` or rests on names."""
    _, overlap, _ = _overlap(a.terms, b.terms)
    told = sum(min(weight, b.terms[term]) for term, weight in a.terms.items() if term in b.terms and term not in a.names & b.names)
    return overlap if overlap >= needed and told >= NAMES_ASIDE else 0.0


def _is_kin(a: Passage, b: Passage, kin: frozenset[frozenset[int]]) -> bool:
    return frozenset((a.article.id, b.article.id)) in kin


def conflict(a: Passage, b: Passage) -> bool:
    """Whether two passages give different figures: each has one that the other lacks."""
    return bool(a.figures - b.figures) and bool(b.figures - a.figures)


def _overlap(a: Mapping[str, float], b: Mapping[str, float]) -> tuple[float, float, float]:
    """Return the weight that two sets of terms share, as such, as a Dice share of both, and as a share of the smaller one."""
    shared = sum(min(weight, b[term]) for term, weight in a.items() if term in b)
    both, smaller = sum(a.values()) + sum(b.values()), min(sum(a.values()), sum(b.values()))
    return shared, (2 * shared / both if both else 0.0), (shared / smaller if smaller else 0.0)


# --- components ----------------------------------------------------------------------------------------------


def _candidates(passages: Sequence[Passage]) -> list[tuple[Passage, Passage]]:
    """Return the pairs that share two keys (one, where a passage has no more), smaller claim id first, sorted."""
    filed: dict[int, list[int]] = defaultdict(list)
    for position, one in enumerate(passages):
        for key in one.keys:
            filed[key].append(position)
    met: dict[tuple[int, int], int] = defaultdict(int)
    for positions in filed.values():
        for pair in combinations(positions, 2):
            met[pair] += 1
    needed = [min(2, len(one.keys)) for one in passages]
    return [(passages[a], passages[b]) for (a, b), count in sorted(met.items()) if count >= min(needed[a], needed[b])]


IN_TRANSLATION, ANCHORED = 0.5, 1.0
"""Share and weight of figures, days, names and common words that two passages of an article and its translation have in common."""


def _translated(
    passages: Sequence[Passage], kin: frozenset[frozenset[int]], knowledge: wire.Knowledge
) -> list[tuple[float, Passage, Passage]]:
    """Return (score, a, b) for the passages of an article and of its translation that may say the same."""
    by_article: dict[int, list[Passage]] = defaultdict(list)
    for one in passages:
        by_article[one.article.id].append(one)
    found = []
    for left, right in sorted(tuple(sorted(pair)) for pair in kin if len(pair) == 2):
        first, second = by_article[left], by_article[right]
        if not first or not second or first[0].article.lang == second[0].article.lang:
            continue
        langs = first[0].article.lang, second[0].article.lang
        read = {
            one.claim_id: wire.anchors(unicodedata.normalize("NFC", one.text), one.article.lang, knowledge) for one in (*first, *second)
        }
        for a in first:
            for b in second:
                if _apart(a, b):
                    continue
                shared, share = wire.shared_anchors(read[a.claim_id], read[b.claim_id], *langs)
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


def _components(passages: Sequence[Passage], edges: Iterable[tuple[float, Passage, Passage]]) -> list[Passage]:
    """Return for each passage the one with the smallest claim id in its component.

    Edges join from the surest downwards; one that would bring together what may not be (`_apart`) is left out.
    """
    root = {one.claim_id: one for one in passages}
    members = {one.claim_id: [one] for one in passages}
    for _, a, b in sorted(edges, key=lambda edge: (-edge[0], edge[1].claim_id, edge[2].claim_id)):
        left, right = root[a.claim_id], root[b.claim_id]
        if left.claim_id == right.claim_id:
            continue
        if any(_apart(x, y) for x in members[left.claim_id] for y in members[right.claim_id]):
            continue
        if right.claim_id < left.claim_id:
            left, right = right, left
        for one in members[right.claim_id]:
            root[one.claim_id] = left
        members[left.claim_id] += members.pop(right.claim_id)
    return [root[one.claim_id] for one in passages]


def _apart(a: Passage, b: Passage) -> bool:
    """Whether two passages may not be one: other figures, a denial and its claim, or two things that one article says apart."""
    if a.is_affirmed != b.is_affirmed or conflict(a, b):
        return True
    return a.article.id == b.article.id and not _likeness(a, b, SAME_ARTICLE)


SAME_ARTICLE = 0.5
"""Share of telling words from which an article says the same thing twice: in its headline and lead, for instance."""


# --- relations -----------------------------------------------------------------------------------------------


def _denials(passages: Sequence[Passage]) -> list[ClaimRelation]:
    """Link each denial to what it denies: the claim before it in its article that it shares most telling words with."""
    by_article: dict[int, list[Passage]] = defaultdict(list)
    for one in passages:
        by_article[one.appearance.article_id].append(one)
    found = []
    for members in by_article.values():
        members.sort(key=lambda one: (one.appearance.content[0].start, one.appearance.ordinal))
        for position, denial in enumerate(members):
            if denial.is_affirmed:
                continue
            before = members[:position]
            fit, index = max(((_denied(denial, other), index) for index, other in enumerate(before)), default=(0.0, 0))
            if fit <= 0:
                continue
            other = before[index]
            found.append(
                ClaimRelation(
                    claim_id=denial.claim_id,
                    relation=ClaimRelationKind.DENIES,
                    other_id=other.claim_id,
                    confidence=round(min(0.9, 0.5 + fit / 2), 3),
                    evidence=(denial.text, other.text),
                )
            )
    return found


def _denied(denial: Passage, other: Passage) -> float:
    """Return how well `other` fits as what is denied, or 0: affirmed by somebody else, and sharing telling words; accusations first.

    Who denies that something was not done denies nobody who says that it was.
    """
    if not other.is_affirmed or denial.negations % 2 != other.negations % 2:
        return 0.0
    if any(speaker in denial.speakers for speaker in other.speakers if speaker != "unnamed"):
        return 0.0
    shared, _, containment = _overlap(denial.terms, other.terms)
    if shared < 0.8:
        return 0.0
    return containment + (0.3 if other.appearance.act is Act.ACCUSE else 0.0)


def _contradictions(pairs: Sequence[tuple[Passage, Passage]]) -> list[ClaimRelation]:
    """Relate claims that give one question different figures: an update where one principal speaks twice, else a contradiction."""
    found = {}
    for a, b in pairs:
        if not same_question(a, b) or not conflict(a, b):
            continue
        if a.speakers & b.speakers and a.is_named and a.article.published_at and b.article.published_at:
            kind = ClaimRelationKind.UPDATES
            later, earlier = (a, b) if a.article.published_at >= b.article.published_at else (b, a)
        else:
            kind, later, earlier = ClaimRelationKind.CONTRADICTS, a, b
        found[later.claim_id, earlier.claim_id] = ClaimRelation(
            claim_id=later.claim_id,
            relation=kind,
            other_id=earlier.claim_id,
            confidence=0.6,
            evidence=(later.text, earlier.text),
        )
    return [found[key] for key in sorted(found)]


def _retractions(
    passages: Sequence[Passage], derivations: Iterable[Derivation], canonical: Mapping[int, int], knowledge: wire.Knowledge
) -> list[ClaimRelation]:
    """Relate what a labelled correction says instead to what it takes back.

    The correction is a later version of the same page, or is known to have been made from the other article. It takes back a figure that
    it gives anew, and says no more itself. What it merely leaves out is not retracted.
    """
    by_article: dict[int, list[Passage]] = defaultdict(list)
    for one in passages:
        by_article[one.article.id].append(one)
    found = {}
    for edge in derivations:
        later, earlier = by_article[edge.derived_id], by_article[edge.original_id]
        if not edge.is_directed or not later or not earlier or not wire.is_correction(later[0].article, knowledge):
            continue
        kept = {canonical[one.claim_id] for one in later}
        for old in earlier:
            if canonical[old.claim_id] in kept:
                continue
            for new in later:
                if same_question(new, old) and conflict(new, old):
                    found[new.claim_id, old.claim_id] = ClaimRelation(
                        claim_id=new.claim_id,
                        relation=ClaimRelationKind.RETRACTS,
                        other_id=old.claim_id,
                        confidence=0.8,
                        evidence=(new.text, old.text),
                    )
    return [found[key] for key in sorted(found)]


def same_question(a: Passage, b: Passage) -> bool:
    """Whether two passages answer one question, be it with different figures: alike in all but figures, and in what is counted."""
    if a.article.lang != b.article.lang or not a.values or not b.values or not wire.within(a.article, b.article, a.windows.claim):
        return False
    if [(value.kind, value.unit) for value in a.values] != [(value.kind, value.unit) for value in b.values]:
        return False
    shared, overlap, _ = _overlap(a.terms, b.terms)
    return shared >= 1.5 and overlap >= 0.6


def _answers(
    passages: Sequence[Passage], pairs: Sequence[tuple[Passage, Passage]], canonical: Mapping[int, int], relations: Sequence[ClaimRelation]
) -> dict[int, tuple[int, str, str | None]]:
    """Return (slot, value, unit) of each checkable claim: one figure, or yes and no where somebody denies.

    A slot is named by the smallest claim that answers its question, whatever the answer.
    """
    parent = {one.claim_id: canonical[one.claim_id] for one in passages}

    def top(claim_id: int) -> int:
        while parent[claim_id] != claim_id:
            claim_id = parent[claim_id]
        return claim_id

    def join(a: int, b: int) -> None:
        low, high = sorted((top(a), top(b)))
        parent[high] = low

    for a, b in pairs:
        if same_question(a, b):
            join(a.claim_id, b.claim_id)
    for relation in relations:
        if relation.relation is ClaimRelationKind.DENIES:
            join(relation.claim_id, relation.other_id)
    disputed = {top(relation.claim_id) for relation in relations if relation.relation is ClaimRelationKind.DENIES}
    answers: dict[int, tuple[int, str, str | None]] = {}
    for one in passages:
        slot = top(one.claim_id)
        if slot in disputed:
            answers[one.claim_id] = (slot, "yes" if one.is_affirmed else "no", None)
        elif len(figures := [value for value in one.values if value.kind is not ValueKind.DATE] or one.values) == 1:
            answers[one.claim_id] = (slot, figures[0].value, figures[0].unit)
    return answers
