"""Show one source: its state on each ledger, the evidence that adds up to its score, and where it stands in chains."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from sumber.commands import pending
from sumber.commands.exchange import InputError
from sumber.pipeline import frames, store, terminal


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("name", metavar="NAME", help="name, alias or key")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DAY", help="the score of that day (default: the latest)")
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
            row["evidence"] = frames.records(store.load_evidence(cursor, one["key"], row["ledger"], row["day"], row["known_at"]))
    if arguments.format == "json":
        print(terminal.to_json({"source": one, "others": [row["key"] for row in matches[1:]], **found}))
        return 0
    _print(one, matches[1:], found)
    return 0


def _print(one: dict[str, Any], others: list[dict[str, Any]], found: dict[str, list[dict[str, Any]]]) -> None:
    country = f", {one['country']}" if one["country"] else ""
    terminal.show(f"{one['name']} ({one['kind']}{country}; key {one['key']}{'' if one['is_known'] else ', not in the registry'})")
    uses = found["uses"][0]
    terminal.show("  in chains: " + ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in uses.items()))
    for row in found["relations"]:
        terminal.show(f"  {row['subject']} {row['relation'].replace('_', ' ')} {row['object']}: {row['evidence']}")
    for row in found["scores"]:
        terminal.show(f"\n{row['ledger']}, {row['day']} as known on {row['known_at']}{' (provisional)' if row['is_provisional'] else ''}")
        if row["score"] is None:
            terminal.show(f"  {row['status']}")
        else:
            grade = f", grade {row['letter']}" if row["letter"] else ""
            print(
                f"  {row['score']:.2f}, 90% interval {row['lower']:.2f} to {row['upper']:.2f}, {row['roots']:.1f} independent roots{grade}"
            )
        for name, value in row["components"].items():
            terminal.show(f"  {name.replace('_', ' ')}: {value:.2f}")
        for piece in row["evidence"]:
            claim = f" claim {piece['claim_id']}" if piece["claim_id"] is not None else ""
            weighed = f"outcome {piece['outcome']:.2f}, weight {piece['weight']:.2f}"
            terminal.show(f"  {piece['effect']:+.3f} {piece['basis']}{claim}: {weighed} {piece['reason']}")
    if not found["scores"]:
        terminal.show("  no score yet: run `python -m sumber score`")
    if others:
        terminal.show(f"\nalso called so: {', '.join(row['key'] for row in others[:10])}")
