"""Work again on what was refused, after a fix: exactly the captures and articles behind open rejections become pending for their step.

A rejection stays open until its step accepts the record or refuses it anew. What else is pending for these steps is worked off too.
What replaying accepts waits for the steps after it: attribute-pending, trace.
"""

from __future__ import annotations

import argparse

from sumber.commands import pending
from sumber.pipeline import steps


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--rule", metavar="R", help="rejections by this rule")
    parser.add_argument("--step", choices=("read", "attribute", "trace"), help="rejections of this step")
    pending.add_chosen(parser)
    parser.add_argument("--dry-run", action="store_true", help="say how many there are, write nothing")
    pending.add_batch_size(parser)
    pending.add_run(parser)


def run(arguments: argparse.Namespace) -> int:
    """Replay what is chosen; print the counts. Raises InputError."""
    pending.require_some_days(arguments)
    chosen = steps.Chosen(arguments.rule, arguments.step, arguments.outlet, arguments.since, arguments.until)
    current = pending.configured()
    with pending.reported():
        done = steps.replay(current, chosen, pending.run_id(arguments), pending.OWNER, arguments.batch_size, arguments.dry_run)
    print(
        f"replay: {done.chosen} chosen = {done.accepted} accepted + {done.refused} refused anew + {done.left} left; {done.lost} not stored"
    )
    return 0
