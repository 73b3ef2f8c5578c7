"""Compare the stored chains with what walking their edges gives, hop by hop: as many, each the same.

Without arguments of the stories that were touched since the last check that found nothing wrong, as `attribute_claims` does after each
tracing; with --all of every story. Exit status 1 where they disagree; the ledger (`sumber report`) has the counts either way. What to do
then is in docs/operations.md.
"""

from __future__ import annotations

import argparse
import sys

from sumber.commands import pending
from sumber.pipeline import steps, terminal


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--all", action="store_true", help="every story, touched or not")
    pending.add_run(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the counts; 1 where chains and edges disagree."""
    current = pending.configured()
    with pending.reported():
        try:
            counts = steps.check(current, pending.run_id(arguments), arguments.all)
        except steps.DisagreementError as error:
            print(f"sumber check: {terminal.line(str(error))}", file=sys.stderr)
            return 1
    pending.show("check", counts)
    return 0
