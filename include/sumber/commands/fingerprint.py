"""Hash the business columns of every table, to show that a re-run changed nothing.

Run ledgers, generations and the times at which the system did something are left out. The last line covers all tables.
"""

from __future__ import annotations

import argparse
import hashlib
import json

from sumber.commands import pending
from sumber.pipeline import frames, store


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default text")


def run(arguments: argparse.Namespace) -> int:
    """Print a hash per table and one over all."""
    current = pending.configured()
    with pending.reported(), store.transaction(current.url("etl")) as cursor:
        rows = frames.records(store.fingerprint(cursor))
    whole = hashlib.sha256("\n".join(f"{row['name']} {row['records']} {row['digest']}" for row in rows).encode()).hexdigest()
    if arguments.format == "json":
        print(json.dumps({"fingerprint": whole, "tables": {row["name"]: row["digest"] for row in rows}}, indent=1))
        return 0
    for row in rows:
        print(f"{row['name']:24} {row['records']:>9}  {row['digest']}")
    print(f"{'fingerprint':24} {'':>9}  {whole}")
    return 0
