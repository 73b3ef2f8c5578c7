"""Chains: an appearance's attributions, joined with how its article came about, from the outlet that the reader sees to the origin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import prod

from sumber.sourcing import identity
from sumber.sourcing.model import (
    AnonymousType,
    Appearance,
    Article,
    Attribution,
    Chain,
    Derivation,
    Form,
    Origin,
    Principals,
    Source,
    SourceKind,
    Terminus,
)


def trace(article: Article, appearance: Appearance, registry: Principals, derivations: Iterable[Derivation] = ()) -> tuple[Chain, ...]:
    """Trace every branch of an appearance to its end.

    `derivations` are those that touch the article; they decide its story, so that two copies of one text have one root. Returns one chain
    per branch, in branch order, and a single unattributed one where the appearance has no attribution at all.
    """
    told_in = story(article.id, derivations)
    numbers = sorted({hop.branch for hop in appearance.attributions}) or [0]
    return tuple(_branch(appearance, number, registry, told_in) for number in numbers)


def story(article_id: int, derivations: Iterable[Derivation]) -> int:
    """Return the smallest id among an article and all that carry its copy, over any number of the derivations given."""
    neighbours: dict[int, set[int]] = {}
    for derivation in derivations:
        neighbours.setdefault(derivation.derived_id, set()).add(derivation.original_id)
        neighbours.setdefault(derivation.original_id, set()).add(derivation.derived_id)
    reached, waiting = {article_id}, [article_id]
    while waiting:
        for neighbour in sorted(neighbours.get(waiting.pop(), set()) - reached):
            reached.add(neighbour)
            waiting.append(neighbour)
    return min(reached)


def _branch(appearance: Appearance, number: int, registry: Principals, told_in: int) -> Chain:
    hops, is_cycle = path(appearance.branch(number))
    ultimate = _ultimate(hops)
    outlet = next((hop.source for hop in reversed(hops) if is_news(hop.source)), None)
    return Chain(
        article_id=appearance.article_id,
        ordinal=appearance.ordinal,
        branch=number,
        nodes=tuple(hop.source for hop in hops),
        originating_outlet=outlet,
        ultimate_source=ultimate,
        supplying_agency=next(
            (hop.source for hop in hops if hop.source.kind is SourceKind.AGENCY and hop.origin is not Origin.OUTLET),
            None,
        ),
        terminus=_terminus(ultimate, appearance.form, is_cycle),
        root_key=root_key(ultimate, outlet, registry, told_in),
        confidence=confidence(hops),
    )


def path(hops: Sequence[Attribution]) -> tuple[tuple[Attribution, ...], bool]:
    """Return the hops of one branch with each source once, and whether the branch came back to a source that it had left.

    Neighbouring hops to one source are one node: an outlet that cites its own earlier report, or a credit repeated in the text. The hop
    nearer to the origin is kept, since it says more about the claim than the credit does. A source that comes back after another one
    closes a cycle; the path ends before it.
    """
    kept: list[Attribution] = []
    seen: set[int] = set()
    for hop in hops:
        if kept and kept[-1].source.id == hop.source.id:
            # The page stays the page, whatever its text says of itself.
            if kept[-1].origin is not Origin.OUTLET:
                kept[-1] = hop
            continue
        if hop.source.id in seen:
            return tuple(kept), True
        seen.add(hop.source.id)
        kept.append(hop)
    return tuple(kept), False


def is_news(source: Source) -> bool:
    """Whether a node is a news organisation, named or vague ("US media")."""
    return source.kind.is_news or source.anonymous_type is AnonymousType.MEDIA


def _ultimate(hops: Sequence[Attribution]) -> Source | None:
    """Return the last source, unless it is a credit for the article as a whole: then the claim is the outlet's own narration."""
    if not hops or hops[-1].origin.is_credit:
        return None
    return hops[-1].source


def _terminus(ultimate: Source | None, form: Form, is_cycle: bool) -> Terminus:
    if is_cycle:
        return Terminus.CYCLE
    if ultimate is None:
        return Terminus.MISSING if form is Form.AGENTLESS else Terminus.UNATTRIBUTED
    if ultimate.is_vague:
        return Terminus.MISSING
    return Terminus.ANONYMOUS if ultimate.kind is SourceKind.ANONYMOUS else Terminus.PRIMARY


def root_key(ultimate: Source | None, outlet: Source | None, registry: Principals, told_in: int) -> str:
    """Name the independent route to knowledge that a chain ends in: (principal, access event).

    A named source is one root wherever it speaks: what it says at ten briefings or through ten spokespeople is its principal's one voice.
    An unnamed source, and an outlet's own narration, are tied to who got it first-hand and to the story, and never pooled with others.
    """
    if ultimate is not None and ultimate.kind is not SourceKind.ANONYMOUS and not ultimate.is_vague:
        return f"named:{registry.principal(ultimate).key}"
    through = registry.principal(outlet).key if outlet is not None and not outlet.is_vague else "unknown"
    if ultimate is None:
        return f"narration:{through}" if through != "unknown" else f"narration:unknown:{told_in}"
    kind = ultimate.anonymous_type or AnonymousType.OTHER
    return f"anonymous:{through}:{told_in}:{kind}:{identity.fold(ultimate.name)}"


def confidence(hops: Sequence[Attribution]) -> float:
    """Return the confidence of a path, between 0 and 1; 0 for an empty one.

    Hops that one mechanism asserts stand or fall together (a sentence that was read wrongly is wrong for all its nodes), so the weakest
    counts; mechanisms err apart (a credit line, a sentence, another article), so their figures multiply.
    """
    if not hops:
        return 0.0
    by_origin = groupby(sorted(hops, key=lambda hop: hop.origin), key=lambda hop: hop.origin)
    return prod(min(hop.confidence for hop in group) for _, group in by_origin)
