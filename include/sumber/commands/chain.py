"""Show the provenance chain of one appearance: every branch, every hop, and the characters that each rests on.

ID is the number that `sumber report --format json` gives as appearance_id, and the mart too. With --as-of the chain as it was then: what
was read, attributed and traced at that time. Which utterances and claims are one is kept as of today only.
"""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sumber.commands import pending
from sumber.commands.exchange import InputError
from sumber.pipeline import export, frames, store, terminal, tracing
from sumber.sourcing.model import Appearance, Article, Attribution, Derivation

PROV_FORMATS = {"prov": "jsonld", "prov-json": "json"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("id", type=int, metavar="ID", help="id of the appearance")
    parser.add_argument(
        "--format",
        choices=("text", "json", *PROV_FORMATS),
        default="text",
        help="text for people, json, prov (W3C PROV-JSONLD) or prov-json (default text)",
    )
    parser.add_argument(
        "--as-of",
        type=moment,
        metavar="TIME",
        help="show the chain as it was then: an ISO 8601 time, of UTC where it names no zone (default now)",
    )


def moment(text: str) -> datetime:
    """Return the time that `text` gives in ISO 8601. Raises ArgumentTypeError."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no ISO 8601 time") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def run(arguments: argparse.Namespace) -> int:
    """Print the chain."""
    current, at = pending.configured(), arguments.as_of
    with pending.reported(), store.transaction(current.url("etl")) as cursor:
        found = store.find_appearance(cursor, arguments.id, at) if 0 <= arguments.id < 2**63 else None
        if found is None:
            raise InputError(f"no traced appearance has the id {arguments.id}" if at is None else f"none had the id {arguments.id} at {at}")
        number, ordinal = found
        articles, appearances = tracing.load(cursor, store.load_traced(cursor, [number], at))
        chains = frames.records(store.load_chains(cursor, number, ordinal, at))
        relations = frames.records(store.load_relations(cursor, chains[0]["own_claim_id"], at))
        derivations = [
            one for one in frames.derivations(store.load_derivations(cursor, [number])) if number in (one.derived_id, one.original_id)
        ]
        names = {row["id"]: row["name"] for row in frames.records(store.load_articles(cursor, _others(number, derivations)))}
    article = articles[number]
    appearance = next(one for one in appearances if one.ordinal == ordinal)
    match arguments.format:
        case "text":
            _print(article, appearance, chains, relations, derivations, names)
        case "json":
            print(terminal.to_json(_record(article, appearance, chains, relations, derivations, names)))
        case name:
            text = io.StringIO()
            export.to_prov(article, appearance, derivations).serialize(text, format=PROV_FORMATS[name])
            print(terminal.to_json(json.loads(text.getvalue())))
    return 0


def _others(number: int, derivations: Sequence[Derivation]) -> list[int]:
    return sorted({one.derived_id if one.original_id == number else one.original_id for one in derivations})


def _hop(article: Article, hop: Attribution) -> dict[str, Any]:
    return {
        "hop": hop.hop,
        "source": hop.source.name,
        "kind": str(hop.source.kind),
        "role": hop.source.role,
        "anonymous_type": str(hop.source.anonymous_type) if hop.source.anonymous_type else None,
        "relation": str(hop.relation),
        "origin": str(hop.origin),
        "scope": str(hop.scope),
        "rule": hop.rule,
        "confidence": hop.confidence,
        "cue": [[*span, span.of(article.text)] for span in hop.cue],
        "mention": [*hop.mention, hop.mention.of(article.text)] if hop.mention else None,
    }


def _record(
    article: Article,
    appearance: Appearance,
    chains: Sequence[Mapping[str, Any]],
    relations: Sequence[Mapping[str, Any]],
    derivations: Sequence[Derivation],
    names: Mapping[int, str],
) -> dict[str, Any]:
    kept = (
        "branch",
        "originating_outlet",
        "ultimate_source",
        "supplying_agency",
        "terminus",
        "root_key",
        "confidence",
        "claim_id",
        "utterance_id",
    )
    return {
        "article": {"id": article.id, "name": article.name, "url": article.url, "lang": article.lang, "published_at": article.published_at},
        "ordinal": appearance.ordinal,
        "content": [[*span, span.of(article.text)] for span in appearance.content],
        "form": str(appearance.form),
        "act": str(appearance.act),
        "position": str(appearance.position) if appearance.position else None,
        "stance": str(appearance.stance),
        "denied": [*appearance.denied, appearance.denied.of(article.text)] if appearance.denied else None,
        "is_ascribed": appearance.is_ascribed,
        "branches": [
            {**{key: chain[key] for key in kept}, "hops": [_hop(article, hop) for hop in appearance.branch(chain["branch"])]}
            for chain in chains
        ],
        "relations": [dict(row) for row in relations],
        "derivations": [
            {
                "article": names.get(_others(article.id, [one])[0]),
                "kind": str(one.kind),
                "direction": _direction(article.id, one),
                "confidence": one.confidence,
                "evidence": list(one.evidence),
            }
            for one in derivations
        ],
    }


def _direction(number: int, one: Derivation) -> str:
    if not one.is_directed:
        return "not known"
    return "made from it" if one.derived_id == number else "it was made from this one"


def _print(
    article: Article,
    appearance: Appearance,
    chains: Sequence[Mapping[str, Any]],
    relations: Sequence[Mapping[str, Any]],
    derivations: Sequence[Derivation],
    names: Mapping[int, str],
) -> None:
    where = ", ".join(f"{span.start}–{span.end}" for span in appearance.content)
    terminal.show(f"{article.name or article.id}, characters {where}: {appearance.form} speech, {appearance.stance}")
    terminal.show(f"  {' … '.join(span.of(article.text) for span in appearance.content)}\n")
    for chain in chains:
        if len(chains) > 1:
            terminal.show(f"branch {chain['branch']}{f' ({appearance.operator})' if appearance.operator else ''}")
        for hop in appearance.branch(chain["branch"]):
            said = " … ".join(span.of(article.text) for span in hop.cue)
            mention = f"“{hop.mention.of(article.text)}” at {hop.mention.start}–{hop.mention.end}" if hop.mention else "inferred"
            arrow = "  " if hop.hop == 0 else "← "
            role = f", {hop.source.role}" if hop.source.role and hop.source.role != hop.source.name else ""
            terminal.show(f"  {'  ' * hop.hop}{arrow}{hop.source.name}{role} ({hop.source.kind})")
            cue = f", cue “{said}”" if said else ""
            how = f"{hop.relation}, from {hop.origin}, {hop.scope} scope"
            terminal.show(f"  {'  ' * hop.hop}     {how}: {mention}{cue}; {hop.rule}, {hop.confidence:.2f}")
        terminal.show(f"  originating outlet: {chain['originating_outlet'] or 'none named'}")
        terminal.show(f"  ultimate source:    {chain['ultimate_source'] or 'the narration of the outlet itself'}")
        terminal.show(f"  supplying agency:   {chain['supplying_agency'] or 'none'}")
        terminal.show(f"  ends: {chain['terminus']}; root: {chain['root_key']}; confidence {chain['confidence']:.2f}\n")
    for row in relations:
        verb = row["relation"] if row["is_subject"] else f"other way round, {row['relation']}"
        terminal.show(f"  {verb}: {row['other_text']} [{row['article']}]")
    for one in derivations:
        other = _others(article.id, [one])[0]
        how = f"{one.kind}, direction {_direction(article.id, one)}, {one.confidence:.2f}"
        terminal.show(f"  same copy: {names.get(other) or other} ({how}): {one.evidence[0]}")
