"""Chains for other systems: W3C PROV (PROV-DM, 2013), as PROV-JSON or PROV-JSONLD."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import prov
from prov.constants import PROV
from prov.identifier import Identifier, Namespace
from prov.model import ProvDerivation, ProvDocument, ProvElement, ProvRelation

from sumber.pipeline import terminal
from sumber.sourcing.model import Appearance, Article, Attribution, Derivation, DerivationKind, HopRelation, Source, SourceKind

SUMBER = Namespace("sumber", "urn:sumber:")
HELD_BY_SOURCE = frozenset({HopRelation.TOLD, HopRelation.OBSERVED, HopRelation.POOLED, HopRelation.CITES_DOCUMENT})
FIRST_HAND = ("primary", "anonymous")


class ExportError(Exception):
    """What would be exported is no valid PROV; the message is one line."""


@dataclass(frozen=True, slots=True)
class Made:
    """Which versions of the method attributed and traced a chain, and when readers first saw each."""

    attributed_version: str
    attributed_at: datetime
    method_version: str
    opened_at: datetime


def prov_text(
    article: Article,
    appearance: Appearance,
    chains: Sequence[Mapping[str, Any]],
    derivations: Sequence[Derivation],
    made: Made,
    form: str,
) -> str:
    """Return one appearance with its chains as PROV in the serialisation `form` ("jsonld" or "json"). Raises ExportError.

    What is returned has been checked (`validate`) and read back: it holds what was to be said, and nothing else.
    """
    document = to_prov(article, appearance, chains, derivations, made)
    validate(document)
    stream = io.StringIO()
    try:
        document.serialize(stream, format=form)
        text = terminal.to_json(json.loads(stream.getvalue()))
        back = ProvDocument.deserialize(content=text, format=form)
    except (prov.Error, ValueError) as error:
        raise ExportError(f"it cannot be written as {form}: {error}") from error
    if back != document:
        raise ExportError(f"read back from {form}, it says something else")
    return text


def to_prov(
    article: Article, appearance: Appearance, chains: Sequence[Mapping[str, Any]], derivations: Sequence[Derivation], made: Made
) -> ProvDocument:
    """Return one appearance with its hops as a PROV document.

    The article and each node's version of the passage are entities, derived from one another towards the origin; sources are agents to whom
    their version is attributed; where a chain ends at a source with direct knowledge, the last version is what the passage has as primary
    source. What the machine asserts (rule, origin, scope, confidence) are attributes of the versions; its two activities, attributing and
    tracing, made the passage and the chains out of the article.
    """
    document = ProvDocument()
    document.add_namespace(SUMBER)
    place = f"{article.id}/{appearance.ordinal}"
    page = document.entity(f"sumber:article/{article.id}", _page(article))
    passage = document.entity(
        f"sumber:appearance/{place}",
        {
            "prov:type": SUMBER["Appearance"],
            "prov:value": " … ".join(span.of(article.text) for span in appearance.content),
            "sumber:start": appearance.content[0].start,
            "sumber:end": appearance.content[-1].end,
            "sumber:stance": str(appearance.stance),
        },
    )
    document.wasQuotedFrom(passage, page)
    attributing = document.activity(f"sumber:attributing/{article.id}", endTime=made.attributed_at)
    tracing = document.activity(f"sumber:tracing/{article.id}", endTime=made.opened_at)
    for activity, method_version in ((attributing, made.attributed_version), (tracing, made.method_version)):
        method = document.agent(
            f"sumber:method/{method_version}",
            {"prov:type": PROV["SoftwareAgent"], "prov:label": f"Sumber, method {method_version}"},
        )
        document.wasAssociatedWith(activity, method)
    document.used(attributing, page)
    document.wasGeneratedBy(passage, attributing)
    document.used(tracing, passage)
    for chain in chains:
        number, nearer = chain["branch"], passage
        for hop in appearance.branch(number):
            agent = document.agent(f"sumber:source/{hop.source.id}", _described(hop.source))
            version = document.entity(f"sumber:version/{place}/{number}/{hop.hop}", _asserted(hop))
            document.wasAttributedTo(version, agent)
            if hop.relation in HELD_BY_SOURCE:
                document.wasQuotedFrom(nearer, version)
            else:
                document.wasDerivedFrom(nearer, version)
            nearer = version
        if chain["terminus"] in FIRST_HAND:
            document.hadPrimarySource(passage, nearer)
        path = document.entity(
            f"sumber:chain/{place}/{number}",
            {
                "prov:type": SUMBER["Chain"],
                "sumber:terminus": chain["terminus"],
                "sumber:root": chain["root_key"],
                "sumber:confidence": chain["confidence"],
            },
        )
        document.wasGeneratedBy(path, tracing)
        document.wasDerivedFrom(path, passage)
    for one in derivations:
        derived = document.entity(f"sumber:article/{one.derived_id}")
        original = document.entity(f"sumber:article/{one.original_id}")
        if one.kind is DerivationKind.REVISION and one.is_directed:
            document.wasRevisionOf(derived, original)
        elif one.is_directed:
            document.wasDerivedFrom(derived, original)
        else:
            document.alternateOf(derived, original)
    return document.unified()


def validate(document: ProvDocument) -> None:
    """Raise ExportError where a document breaks what PROV-CONSTRAINTS (2013) asks of the statements used here.

    Every name that a relation uses is declared, no entity is an activity too, and nothing is derived from itself, in however many steps.
    """
    kinds: dict[str, set[str]] = {}
    for element in document.get_records(ProvElement):
        kinds.setdefault(str(element.identifier), set()).add(element.get_type().localpart)
    # An agent may be an entity or an activity too; entities and activities are disjoint (constraint 55).
    if torn := sorted(name for name, found in kinds.items() if {"Entity", "Activity"} <= found):
        raise ExportError(f"{torn[0]} is an entity and an activity at once")
    made_from: dict[str, set[str]] = {}
    for relation in document.get_records(ProvRelation):
        names = [str(value) for _, value in relation.formal_attributes if value is not None and not isinstance(value, datetime)]
        if missing := [name for name in names if name not in kinds]:
            raise ExportError(f"{missing[0]} is used and never declared")
        if isinstance(relation, ProvDerivation):
            made_from.setdefault(names[0], set()).add(names[1])
    if around := _circle(made_from):
        raise ExportError(f"{around} is derived from itself")


def _circle(edges: Mapping[str, Iterable[str]]) -> str | None:
    """Return a node from which one can walk back to itself, None where there is none."""
    left = {node: set(others) for node, others in edges.items()}
    while ends := {node for node, others in left.items() if not others & left.keys()}:
        left = {node: others for node, others in left.items() if node not in ends}
    return min(left, default=None)


def _page(article: Article) -> dict[str | Identifier, Any]:
    described: dict[str | Identifier, Any] = {"prov:type": SUMBER["Article"], "prov:label": article.headline or article.name or ""}
    if article.url:
        described["sumber:url"] = article.url
    if article.published_at:
        described["sumber:published"] = article.published_at
    return described


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
