"""Judge the last day of each outlet and feed against its own history: volume, parts read, language, copies, attributions, age, refusals.

What collapsed is told to the webhook of the settings once. A feed whose pages are refused as never before is paused.
"""

from __future__ import annotations

import argparse

from sumber.commands import pending
from sumber.pipeline import steps


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    pending.add_run(parser)


def run(arguments: argparse.Namespace) -> int:
    """Watch once; print the counts."""
    current = pending.configured()
    with pending.reported():
        counts = steps.watch(current, pending.run_id(arguments))
    pending.show("watch", counts)
    return 0
