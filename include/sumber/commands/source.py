"""Show one source: its state on each ledger, the evidence that adds up to its score, and where it stands in chains."""

from __future__ import annotations

import argparse
from typing import Any

from sumber.commands import pending
from sumber.commands.exchange import InputError
from sumber.pipeline import frames, store, terminal


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("name", metavar="NAME", help="name, alias or key")
    parser.add_argument("--as-of", type=pending.day, metavar="DAY", help="the score of that day (default: the latest)")
    parser.add_argument(
        "--without",
        type=int,
        nargs="+",
        default=[],
        metavar="CLAIM",
        help="say what each score would be without the checks of these claims",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default text")


def run(arguments: argparse.Namespace) -> int:
    """Print the source; the first match where a name has several, with the others' keys."""
    current = pending.configured()
    with pending.reported(), store.transaction(current.url("etl")) as cursor:
        matches = frames.records(store.find_sources(cursor, arguments.name))
        if not matches:
            raise InputError(f"no source is called {arguments.name!r}")
        one = matches[0]
        found = {name: frames.records(table) for name, table in store.load_source(cursor, one["id"], one["key"], arguments.as_of).items()}
        for row in found["scores"]:
            place = (one["key"], row["ledger"], row["day"], row["known_at"])
            row["evidence"] = frames.records(store.load_evidence(cursor, *place))
            row["slices"] = frames.records(store.load_slices(cursor, *place))
            row["without"] = _without(row["evidence"], arguments.without)
        claims = store.claims_under_root(cursor, frames.root_id(f"named:{one['key']}"))
        found["notes"] = [row for row in frames.records(store.list_notes(cursor, one["key"])) if row["withdrawn_at"] is None]
    checked = {piece["claim_id"] for row in found["scores"] for piece in row["evidence"]}
    if missing := [claim for claim in arguments.without if claim not in checked]:
        raise InputError(f"no score of {one['key']} rests on claim {missing[0]}")
    if arguments.format == "json":
        print(terminal.to_json({"source": one, "others": [row["key"] for row in matches[1:]], "claims": claims, **found}))
        return 0
    _print(one, matches[1:], claims, found, arguments.without)
    return 0


def _without(evidence: list[dict[str, Any]], claims: list[int]) -> float | None:
    """Return what the evidence would add up to without the checks of some claims; None where nothing is left out."""
    kept = [row for row in evidence if row["claim_id"] not in claims]
    if len(kept) == len(evidence):
        return None
    return float(sum(row["weight"] * row["outcome"] for row in kept) / sum(row["weight"] for row in kept))


def _print(
    one: dict[str, Any], others: list[dict[str, Any]], claims: list[int], found: dict[str, list[dict[str, Any]]], without: list[int]
) -> None:
    country = f", {one['country']}" if one["country"] else ""
    terminal.show(f"{one['name']} ({one['kind']}{country}; key {one['key']}{'' if one['is_known'] else ', not in the registry'})")
    uses = found["uses"][0]
    terminal.show("  in chains: " + ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in uses.items()))
    if claims:
        terminal.show(f"  claims that go back to it as a root: {len(claims)}")
    for row in found["relations"]:
        terminal.show(f"  {row['subject']} {row['relation'].replace('_', ' ')} {row['object']}: {row['evidence']}")
    for row in found["scores"]:
        terminal.show(f"\n{row['ledger']}, {row['day']} as known on {row['known_at']}{' (provisional)' if row['is_provisional'] else ''}")
        _print_score(row, without)
    for note in found["notes"]:
        what = "reply by the source" if note["score"] is None else f"override to {note['score']:.2f}"
        terminal.show(f"\n{what}, {note['noted_on']}, {note['reviewer']}: {note['reason']}")
    if not found["scores"]:
        terminal.show("  no score yet: run `python -m sumber score`")
    if others:
        terminal.show(f"\nalso called so: {', '.join(row['key'] for row in others[:10])}")


def _print_score(row: dict[str, Any], without: list[int]) -> None:
    if row["score"] is None:
        terminal.show(f"  {row['status']}")
        if row["checks"]:
            print(f"  {row['checks']} checks, {row['external']} from outside, {row['roots']:.1f} independent roots")
    else:
        print(f"  {row['score']:.2f}, 90% interval {row['lower']:.2f} to {row['upper']:.2f}, {row['roots']:.1f} independent roots")
        if row["ledger"] == "originator":
            terminal.show(f"  Admiralty {row['letter'] or 'F: the checks from outside do not place it'}")
    for name, value in row["components"].items():
        terminal.show(f"  {name.replace('_', ' ')}: {value:.2f}")
    for piece in row["evidence"]:
        dated = f" {piece['dated']}" if piece["dated"] else ""
        claim = f" claim {piece['claim_id']} ({piece['root_key']})" if piece["claim_id"] is not None else ""
        weighed = f"outcome {piece['outcome']:.2f}, weight {piece['weight']:.2f}"
        terminal.show(f"  {piece['effect']:+.3f} {piece['basis']}{dated}{claim}: {weighed} {piece['reason']}")
    if row["score"] is not None:
        print(f"  = {sum(piece['effect'] for piece in row['evidence']):.3f}")
        if row["without"] is not None:
            print(f"  without {'claim' if len(without) == 1 else 'claims'} {', '.join(map(str, without))}: {row['without']:.2f}")
    for part in row["slices"]:
        dimension = "language" if part["dimension"] == "lang" else part["dimension"]
        terminal.show(f"  {dimension} {part['value']}: {part['score']:.2f} ({part['roots']:.1f} roots, pulled to the score)")
