"""Chains for other systems: W3C PROV (PROV-DM, 2013), as PROV-JSON or PROV-JSONLD."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prov.constants import PROV
from prov.identifier import Identifier, Namespace
from prov.model import ProvDocument

from sumber.sourcing.model import Appearance, Article, Attribution, Derivation, DerivationKind, HopRelation, Source, SourceKind

SUMBER = Namespace("sumber", "urn:sumber:")
HELD_BY_SOURCE = frozenset({HopRelation.TOLD, HopRelation.OBSERVED, HopRelation.POOLED, HopRelation.CITES_DOCUMENT})


def to_prov(article: Article, appearance: Appearance, derivations: Sequence[Derivation]) -> ProvDocument:
    """Return one appearance with its hops as a PROV document.

    The article and each news organisation's version of the passage are entities, derived from one another towards the origin; sources are
    agents to whom their version is attributed; the last version of a branch is what the article's passage has as primary source. What the
    machine asserts (rule, origin, scope, confidence) are attributes of the relation's entities.
    """
    document = ProvDocument()
    document.add_namespace(SUMBER)
    page = document.entity(
        f"sumber:article/{article.id}", {"prov:type": SUMBER["Article"], "prov:label": article.headline or article.name or ""}
    )
    passage = document.entity(
        f"sumber:appearance/{article.id}/{appearance.ordinal}",
        {
            "prov:type": SUMBER["Appearance"],
            "prov:value": " … ".join(span.of(article.text) for span in appearance.content),
            "sumber:start": appearance.content[0].start,
            "sumber:end": appearance.content[-1].end,
            "sumber:stance": str(appearance.stance),
        },
    )
    document.wasQuotedFrom(passage, page)
    for number in sorted({hop.branch for hop in appearance.attributions}):
        nearer = passage
        for hop in appearance.branch(number):
            agent = document.agent(f"sumber:source/{hop.source.id}", _described(hop.source))
            version = document.entity(
                f"sumber:version/{article.id}/{appearance.ordinal}/{number}/{hop.hop}",
                _asserted(hop),
            )
            document.wasAttributedTo(version, agent)
            if hop.relation in HELD_BY_SOURCE:
                document.wasQuotedFrom(nearer, version)
            else:
                document.wasDerivedFrom(nearer, version)
            nearer = version
        document.hadPrimarySource(passage, nearer)
    for one in derivations:
        derived = document.entity(f"sumber:article/{one.derived_id}")
        original = document.entity(f"sumber:article/{one.original_id}")
        if one.kind is DerivationKind.REVISION:
            document.wasRevisionOf(derived, original)
        elif one.is_directed:
            document.wasDerivedFrom(derived, original)
        else:
            document.alternateOf(derived, original)
    return document.unified()


def _described(source: Source) -> dict[str | Identifier, Any]:
    kind = PROV["Person"] if source.kind is SourceKind.PERSON else PROV["Organization"]
    described: dict[str | Identifier, Any] = {"prov:type": kind, "prov:label": source.name, "sumber:kind": str(source.kind)}
    return {**described, "sumber:country": source.country} if source.country else described


def _asserted(hop: Attribution) -> dict[str | Identifier, Any]:
    return {
        "prov:type": SUMBER["Version"],
        "sumber:relation": str(hop.relation),
        "sumber:origin": str(hop.origin),
        "sumber:scope": str(hop.scope),
        "sumber:rule": hop.rule,
        "sumber:confidence": hop.confidence,
    }
