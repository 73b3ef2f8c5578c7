"""Chains: an appearance's attributions, joined with how its article came about, from the outlet that the reader sees to the origin."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from math import prod
from typing import TYPE_CHECKING, Final, NamedTuple

from sumber.sourcing import identity
from sumber.sourcing.model import (
    AnonymousType,
    Appearance,
    Article,
    Attribution,
    Chain,
    Derivation,
    DerivationKind,
    Form,
    HopRelation,
    Origin,
    Principals,
    Scope,
    Source,
    SourceKind,
    Terminus,
)

if TYPE_CHECKING:
    from sumber.sourcing.claims import Grouping  # tracing needs no claims, and what they need takes long to import


def trace(article: Article, appearance: Appearance, registry: Principals, told_in: int | None = None) -> tuple[Chain, ...]:
    """Trace every branch of an appearance to its end.

    `told_in` is the article's story (`stories`), so that two copies of one text have one root; None where it is alone. Returns one chain
    per branch, in branch order, and a single unattributed one where the appearance has no attribution at all.
    """
    own = article.id if told_in is None else told_in
    numbers = sorted({hop.branch for hop in appearance.attributions}) or [0]
    return tuple(_branch(appearance, number, registry, own, article.published_at) for number in numbers)


def stories(derivations: Iterable[Derivation]) -> dict[int, int]:
    """Return the story of every article that a derivation touches: the smallest id among all that are tied to it."""
    parent: dict[int, int] = {}

    def top(number: int) -> int:
        while parent.setdefault(number, number) != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for derivation in derivations:
        low, high = sorted((top(derivation.derived_id), top(derivation.original_id)))
        parent[high] = low
    return {number: top(number) for number in sorted(parent)}


def superseded(derivations: Iterable[Derivation]) -> frozenset[int]:
    """Return the articles of which a later version is known."""
    return frozenset(one.original_id for one in derivations if one.kind is DerivationKind.REVISION and one.is_directed)


def _branch(appearance: Appearance, number: int, registry: Principals, told_in: int, at: datetime | None) -> Chain:
    hops, is_cycle = path(appearance.branch(number))
    ultimate = _ultimate(hops, appearance.form)
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
        root_key=root_key(ultimate, outlet, appearance.form, registry, told_in, at),
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


def _ultimate(hops: Sequence[Attribution], form: Form) -> Source | None:
    """Return the last source, or None where nobody made the claim but those who pass it on.

    That is so for what a credit covers, the outlet's own narration, and for "reportedly" in what an outlet was quoted from.
    """
    if not hops or hops[-1].origin.is_credit or (form is Form.AGENTLESS and hops[-1].relation is HopRelation.QUOTES):
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


def root_key(
    ultimate: Source | None, outlet: Source | None, form: Form, registry: Principals, told_in: int, at: datetime | None = None
) -> str:
    """Name the independent route to knowledge that a chain ends in: (principal, access event).

    `named:PRINCIPAL` for a named source: what it says at ten briefings, through ten spokespeople or through its own media is one voice.
    `through:OUTLET:STORY:WHO` for everybody else: unnamed sources and an outlet's own narration are tied to who got it first-hand and to
    the story, and never pooled with others. `unknown` stands for an outlet that cannot be made out. `at` dates the
    relations between sources.
    """
    if ultimate is not None and ultimate.kind is not SourceKind.ANONYMOUS and not ultimate.is_vague:
        principal = registry.principal(ultimate, at)
        if not principal.kind.is_news:
            return f"named:{principal.key}"
    through = registry.principal(outlet, at) if outlet is not None and not outlet.is_vague else None
    if ultimate is None and through is not None and not through.kind.is_news:
        return f"named:{through.key}"
    if ultimate is None:
        who = "missing" if form is Form.AGENTLESS else "narration"
    elif ultimate.is_vague:
        who = "missing"
    elif ultimate.kind is SourceKind.ANONYMOUS:
        who = f"anonymous {ultimate.anonymous_type or AnonymousType.OTHER} {identity.fold(ultimate.name)}"
    else:
        who = "narration"
    is_known = through is not None and who != "missing"
    return f"through:{through.key if through and is_known else 'unknown'}:{told_in}:{who}"


def confidence(hops: Sequence[Attribution]) -> float:
    """Return the confidence of a path, between 0 and 1; 0 for an empty one.

    Hops that one mechanism asserts stand or fall together (a sentence that was read wrongly is wrong for all its nodes), so the weakest
    counts; mechanisms err apart (a credit line, a sentence, another article), so their figures multiply.
    """
    if not hops:
        return 0.0
    by_origin = groupby(sorted(hops, key=lambda hop: hop.origin), key=lambda hop: hop.origin)
    return prod(min(hop.confidence for hop in group) for _, group in by_origin)


# --- vague sources, resolved through other articles ------------------------------------------------------------

COPY, UTTERANCE, CLAIM = 0.8, 0.7, 0.6
"""How far another article's naming is trusted: it carries the same copy, reports the same utterance, or only makes the same claim."""

REVIEWED = "review"
"""The rule of a hop that a person put behind a vague source."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """A vague source of one article, and whom another article names in its place.

    `vague_id` is the vague source's id, or None for a claim that its article gives to nobody ("reportedly"). `ordinals` are the appearances
    that it holds for; `evidence` are the naming ones, as (article id, ordinal): when one of them goes, it must be worked out again.
    """

    article_id: int
    vague_id: int | None
    ordinals: tuple[int, ...]
    named: Source
    confidence: float
    rule: str
    evidence: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's verdict on whom the vague source of one appearance stands for: `source`, or at least not `source`."""

    article_id: int
    ordinal: int
    source: Source
    is_right: bool


class _Naming(NamedTuple):
    """One appearance that names whom another one leaves vague. `newsroom` is the page that says so, `told_in` the story of its article."""

    trust: float
    rule: str
    named: Source
    evidence: tuple[int, int]
    newsroom: int
    told_in: int


def resolutions(
    articles: Mapping[int, Article],
    appearances: Iterable[Appearance],
    grouping: Grouping,
    derivations: Iterable[Derivation] = (),
    rulings: Iterable[Ruling] = (),
) -> tuple[Resolution, ...]:
    """Name vague sources through other articles that make the same claim and name theirs. Sorted; a pure function of what it is given.

    A name must fit what the vague source says of itself (a US newspaper is an outlet of the US), must not stand in the branch already, and
    must be the only one that most newsrooms give: two names that are equally well attested leave the source vague. Articles that carry one
    copy, and those of one outlet, are one newsroom's word. Of a page that was revised only the latest version is evidence.
    What people said (`rulings`, oldest first) of one passage holds for the vague source throughout the story, as namings do; the latest
    verdict wins.
    """
    ordered = sorted(appearances, key=lambda one: (one.article_id, one.ordinal))
    edges = tuple(derivations)
    known, replaced = stories(edges), superseded(edges)
    told_in = {one.article_id: known.get(one.article_id, one.article_id) for one in ordered}
    claim_of = {(claim.article_id, claim.ordinal): claim.canonical_id for claim in grouping.claims}
    utterance_of = {(one.article_id, one.ordinal): one.canonical_id for one in grouping.utterances}
    by_claim: dict[int, list[Appearance]] = defaultdict(list)
    for one in ordered:
        by_claim[claim_of[one.article_id, one.ordinal]].append(one)

    # A vague source is one throughout a story: what one of its passages shows, holds for all of them.
    namings: dict[tuple[int, str], set[_Naming]] = defaultdict(set)
    passages: dict[tuple[int, str], set[tuple[int, int | None, int]]] = defaultdict(set)
    ruled: dict[tuple[int, int], list[tuple[int, Ruling]]] = defaultdict(list)
    for number, ruling in enumerate(rulings):
        ruled[ruling.article_id, ruling.ordinal].append((number, ruling))
    said: dict[tuple[int, str], set[tuple[int, Ruling]]] = defaultdict(set)
    for one in ordered:
        place = one.article_id, one.ordinal
        for number in sorted({hop.branch for hop in one.attributions}):
            vague = vague_end(one, number)
            if vague is NOT_VAGUE:
                continue
            label = _label(vague, claim_of[place])
            group_key = told_in[one.article_id], label
            passages[group_key].add((one.article_id, vague.id if vague else None, one.ordinal))
            said[group_key].update(ruled[place])
            for other in by_claim[claim_of[place]]:
                # What a page no longer says is no evidence.
                if other.article_id == one.article_id or other.article_id in replaced:
                    continue
                is_copy = told_in[other.article_id] == told_in[one.article_id]
                is_utterance = utterance_of[other.article_id, other.ordinal] == utterance_of[place]
                trust, rule = (COPY, "same-copy") if is_copy else (UTTERANCE, "same-utterance") if is_utterance else (CLAIM, "same-claim")
                for named, sure in _named(other, articles[other.article_id], articles[one.article_id]):
                    if _fits(vague, named) and named.id not in {hop.source.id for hop in one.branch(number)}:
                        evidence = other.article_id, other.ordinal
                        newsroom, story_of = _newsroom(other), told_in[other.article_id]
                        namings[group_key].add(_Naming(trust * sure, rule, named, evidence, newsroom, story_of))
    found = []
    for group_key in sorted(passages):
        best = _best(namings[group_key], [ruling for _, ruling in sorted(said[group_key], key=lambda one: one[0])])
        if best:
            found += _resolved_passages(passages[group_key], best)
    return tuple(sorted(found, key=lambda one: (one.article_id, one.vague_id or 0, one.ordinals)))


def _label(vague: Source | None, claim_id: int) -> str:
    """Name what is sought, within a story: "US media" and "a US newspaper" are one; what gives no country goes by its words."""
    if vague is None:
        return f"claim {claim_id}"
    return f"media of {vague.country}" if vague.country else identity.fold(vague.name)


NOT_VAGUE: Final = Source(id=0, key="", name="", kind=SourceKind.ANONYMOUS)


def vague_end(appearance: Appearance, number: int) -> Source | None:
    """Return the vague news source of a branch, None where it has no source at all but should have one, or NOT_VAGUE."""
    hops = appearance.branch(number)
    vague = next((hop.source for hop in reversed(hops) if hop.source.is_vague and is_news(hop.source)), None)
    if vague is not None:
        return vague
    is_unsourced = appearance.form is Form.AGENTLESS and (not hops or hops[-1].origin.is_credit)
    return None if is_unsourced else NOT_VAGUE


def _named(appearance: Appearance, article: Article, seeker: Article) -> Iterator[tuple[Source, float]]:
    """Yield the originating outlets that an appearance names, with the confidence of the hop; the page itself only if it came first."""
    for number in sorted({hop.branch for hop in appearance.attributions}):
        outlet = next((hop for hop in reversed(appearance.branch(number)) if is_news(hop.source)), None)
        if outlet is None or outlet.source.is_vague or outlet.origin in (Origin.CREDIT_LINE, Origin.BYLINE):
            continue
        if outlet.origin is Origin.OUTLET and not _came_first(article, seeker):
            continue
        yield outlet.source, outlet.confidence


def _came_first(article: Article, seeker: Article) -> bool:
    return article.published_at is not None and seeker.published_at is not None and article.may_precede(seeker)


def _fits(vague: Source | None, named: Source) -> bool:
    if vague is None:
        return True
    if vague.country and named.country and vague.country != named.country:
        return False
    return not vague.kind.is_news or vague.kind is named.kind or vague.kind is SourceKind.OUTLET


def _newsroom(appearance: Appearance) -> int:
    """Return the outlet whose page an appearance stands on, or the article where the page does not say."""
    page = next((hop.source.id for hop in appearance.attributions if hop.origin is Origin.OUTLET), None)
    return appearance.article_id if page is None else page


def _best(namings: Iterable[_Naming], rulings: Sequence[Ruling]) -> tuple[_Naming, tuple[tuple[int, int], ...]] | None:
    """Return the naming that a person called right, or else one of the name that most newsrooms give and nobody called wrong.

    With all of its evidence; None where two are level.
    """
    latest = {ruling.source.id: ruling for ruling in rulings}
    right = next((ruling for ruling in reversed(rulings) if ruling.is_right and latest[ruling.source.id] is ruling), None)
    if right is not None:
        place = right.article_id, right.ordinal
        return _Naming(1.0, REVIEWED, right.source, place, right.article_id, right.article_id), (place,)
    support: dict[int, list[_Naming]] = defaultdict(list)
    for naming in namings:
        if naming.named.id not in latest:
            support[naming.named.id].append(naming)
    votes = {named: _voices(group) for named, group in support.items()}
    ranked = sorted(support, key=lambda named: (-votes[named], named))
    if not ranked or (len(ranked) > 1 and votes[ranked[0]] == votes[ranked[1]]):
        return None
    group = support[ranked[0]]
    strongest = max(group, key=lambda one: (one.trust, one.rule, one.evidence))
    return strongest, tuple(sorted({one.evidence for one in group}))


def _voices(namings: Iterable[_Naming]) -> int:
    """Count the newsrooms that speak for themselves: those who share a copy, and the articles of one outlet, are one voice."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def top(node: tuple[str, int]) -> tuple[str, int]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one in namings:
        parent[top(("newsroom", one.newsroom))] = top(("story", one.told_in))
    return len({top(node) for node in tuple(parent)})


def _resolved_passages(
    passages: Iterable[tuple[int, int | None, int]], best: tuple[_Naming, tuple[tuple[int, int], ...]]
) -> list[Resolution]:
    naming, evidence = best
    ordinals: dict[tuple[int, int | None], set[int]] = defaultdict(set)
    for article_id, vague_id, ordinal in passages:
        ordinals[article_id, vague_id].add(ordinal)
    return [
        Resolution(article_id, vague_id, tuple(sorted(found)), naming.named, round(naming.trust, 4), naming.rule, evidence)
        for (article_id, vague_id), found in ordinals.items()
    ]


def resolved(appearance: Appearance, found: Iterable[Resolution]) -> Appearance:
    """Return an appearance with a `resolved_as` hop behind each vague source that `found` names; its own hops stay, numbered anew."""
    mine = [one for one in found if one.article_id == appearance.article_id and appearance.ordinal in one.ordinals]
    if not mine:
        return appearance
    hops: list[Attribution] = []
    for number in sorted({hop.branch for hop in appearance.attributions}):
        branch = list(appearance.branch(number))
        vague = vague_end(appearance, number)
        for one in mine:
            if vague is NOT_VAGUE or one.vague_id != (vague.id if vague else None):
                continue
            after = len(branch) if vague is None else 1 + max(place for place, hop in enumerate(branch) if hop.source.id == vague.id)
            naming = Attribution(
                branch=number,
                hop=after,
                source=one.named,
                relation=HopRelation.RESOLVED_AS,
                origin=Origin.REVIEW if one.rule == REVIEWED else Origin.OTHER_ARTICLE,
                scope=Scope.ARTICLE,
                rule=one.rule,
                confidence=one.confidence,
            )
            branch = [*branch[:after], naming, *branch[after:]]
        hops += [replace(hop, hop=place) for place, hop in enumerate(branch)]
    return replace(appearance, attributions=tuple(hops))


# --- roots ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Roots:
    """How many independent routes to knowledge stand behind the chains of one claim, at least and at most.

    `is_one_anonymous` flags a claim that rests on one unnamed source and nothing else.
    """

    minimum: int
    maximum: int
    is_one_anonymous: bool


_THROUGH = re.compile(r"through:(.*):(\d+):([^:]*)")


def roots(chains: Iterable[Chain]) -> Roots:
    """Count the roots of one claim's chains.

    Named principals are certain: each is one. What comes through one outlet is one root at least, and one per story at most. What comes
    through an outlet that cannot be made out may be any of the others': it counts at most, or where nobody else is left.
    """
    keys = sorted({chain.root_key for chain in chains})
    named = {key for key in keys if key.startswith("named:")}
    # Keys of outlets that the registry does not hold have a colon of their own ("outlet:northern courier").
    through = [match.groups() for key in keys if (match := _THROUGH.fullmatch(key))]
    routes = {(outlet, told_in) for outlet, told_in, _ in through}
    known = {outlet for outlet, _ in routes if outlet != "unknown"}
    return Roots(
        minimum=max(len(named) + len(known), 1 if keys else 0),
        maximum=len(named) + len(routes),
        is_one_anonymous=not named and len(routes) == 1 and any(who.startswith("anonymous ") for _, _, who in through),
    )
