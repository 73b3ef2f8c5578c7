"""Fidelity: whether what an outlet passes on is what the article says that it was made from.

In: the passages (`claims.Passage`) of two articles, one made from the other. Out: which passages are the same, and whether figures,
position, attribution and hedges were kept. A loss is only stated where it is clear: cutting, converting a figure or leaving a speaker out
is no distortion, and where the two passages are cut differently nothing is said.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sumber.sourcing import identity, values, wire
from sumber.sourcing.claims import Passage, Stand
from sumber.sourcing.model import Appearance, Principals, Source, SourceKind

SAME = 0.5
"""Share of telling words (between languages: of figures, days and names) from which passages of a text and its copy are the same one."""

CLEAR = 0.7
"""Share from which the two are cut so much alike that what one lacks was left out."""

ANCHORED = 1.0
"""Weight of the figures, days and names that a passage and its translation must share."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What one relayed passage kept of the passage that it was made from. None: the feature does not occur, or it is not clear."""

    ordinal: int
    original_ordinal: int
    figures: bool | None
    position: bool | None
    attribution: bool | None
    hedges: bool | None


def compare(derived: Sequence[Passage], original: Sequence[Passage], registry: Principals, knowledge: wire.Knowledge) -> tuple[Kept, ...]:
    """Pair the passages of an article with those of the one that it was made from, each with its best, and compare; sorted by ordinal."""
    if not derived or not original:
        return ()
    article = original[0].article
    elsewhere = frozenset(f"{number.value.normalize():f}" for number in wire.numbers(article.text, article.lang, knowledge))
    is_translated = derived[0].article.lang != article.lang
    anchors = {
        id(one): wire.anchors(unicodedata.normalize("NFC", one.wording.text), one.article.lang, knowledge)
        for one in (*derived, *original)
        if is_translated
    }
    alike = [(_translated(a, b, anchors) if is_translated else _likeness(a, b), a, b) for a in derived for b in original]
    best: dict[tuple[str, int], float] = {}
    for share, a, b in alike:
        for place in (("derived", a.appearance.ordinal), ("original", b.appearance.ordinal)):
            best[place] = max(share, best.get(place, 0.0))
    # A passage that the text holds twice is paired with the first of the two.
    found: dict[int, Kept] = {}
    taken: set[int] = set()
    for share, a, b in sorted(alike, key=lambda one: (one[1].appearance.ordinal, one[2].appearance.ordinal)):
        mine, theirs = a.appearance.ordinal, b.appearance.ordinal
        if share < SAME or mine in found or theirs in taken or share < max(best["derived", mine], best["original", theirs]):
            continue
        taken.add(theirs)
        figures, attribution = _figures(a, b, elsewhere), _attribution(a, b, registry)
        found[mine] = Kept(mine, theirs, figures, _position(a, b, share), attribution, _hedges(a, b, share))
    return tuple(found[ordinal] for ordinal in sorted(found))


def _likeness(a: Passage, b: Passage) -> float:
    """Return the share of both passages' telling words that they have in common."""
    mine, theirs = a.wording, b.wording
    both = mine.weight + theirs.weight
    return 2 * sum(min(weight, theirs.terms[term]) for term, weight in mine.terms.items() if term in theirs.terms) / both if both else 0.0


def _translated(a: Passage, b: Passage, anchors: Mapping[int, tuple[wire.Anchor, ...]]) -> float:
    """Return the share of figures, days and names that a passage and one in another language have in common."""
    shared, share = wire.shared_anchors(anchors[id(a)], anchors[id(b)], a.article.lang, b.article.lang)
    return share if shared >= ANCHORED else 0.0


def _figures(a: Passage, b: Passage, elsewhere: frozenset[str]) -> bool | None:
    """Whether each figure is the origin's, be it rounded; not clear where one was added or stands elsewhere in the origin."""
    mine, theirs = a.given.figures, b.given.figures
    if not mine:
        return None
    strange = [one for one in mine if not any(one.kind is other.kind and values.can_hold(one, other) for other in theirs)]
    if not strange:
        return True
    is_alike = [(one.kind, one.unit) for one in mine] == [(one.kind, one.unit) for one in theirs]
    return False if is_alike and any(one.value not in elsewhere for one in strange) else None


def _position(a: Passage, b: Passage, share: float) -> bool | None:
    if Stand.NOTED in (a.stand, b.stand):
        return None
    if a.stand is not b.stand:
        return False
    if a.article.lang != b.article.lang or a.wording.negations % 2 == b.wording.negations % 2:
        return True
    return False if share >= CLEAR else None


def _hedges(a: Passage, b: Passage, share: float) -> bool | None:
    if not b.appearance.hedges:
        return None
    return True if a.appearance.hedges else False if share >= CLEAR and a.article.lang == b.article.lang else None


def _attribution(a: Passage, b: Passage, registry: Principals) -> bool | None:
    """Whether both lay it to the same voice; a body and a person of it may be one, so only two of a kind can be told apart."""
    mine, theirs = (_speakers(one.appearance, registry, one.article.published_at) for one in (a, b))
    if not mine or not theirs:
        return None
    named, origin = ([source for source in some if _is_named(source)] for some in (mine, theirs))
    if not named and not origin:
        return True
    if not named or not origin:
        return False
    if any(_is_one(x, y) for x in named for y in origin):
        return True
    return False if any(x.kind is y.kind is SourceKind.PERSON or (x.is_known and y.is_known) for x in named for y in origin) else None


def _speakers(appearance: Appearance, registry: Principals, at: datetime | None) -> list[Source]:
    """Return the principals of those at the ends of a passage's branches, news organisations and credits left out."""
    last = {hop.branch: hop for hop in sorted(appearance.attributions, key=lambda hop: (hop.branch, hop.hop))}
    return [registry.principal(hop.source, at) for hop in last.values() if not hop.origin.is_credit and not hop.source.kind.is_news]


def _is_named(source: Source) -> bool:
    return source.kind is not SourceKind.ANONYMOUS and not source.is_vague


def _is_one(a: Source, b: Source) -> bool:
    words, others = set(identity.fold(a.name).split()), set(identity.fold(b.name).split())
    return a.key == b.key or words <= others or others <= words
