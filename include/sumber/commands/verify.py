"""Compare the tables of core and mart with what is promised of them: columns in order, types, keys, references, closed lists, counts.

As `score_sources` does after each publishing. Exit status 1 where a promise that fails is broken; the ledger (`sumber report`) has the
counts either way, and the Data Docs show each table.
"""

from __future__ import annotations

import argparse
import sys

from sumber.commands import pending
from sumber.pipeline import steps, terminal


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    pending.add_run(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the counts; 1 where a promise is broken."""
    current = pending.configured()
    with pending.reported():
        try:
            counts = steps.verify(current, pending.run_id(arguments))
        except steps.ContractError as error:
            print(f"sumber verify: {terminal.line(str(error))}", file=sys.stderr)
            return 1
    pending.show("verify", counts)
    return 0
