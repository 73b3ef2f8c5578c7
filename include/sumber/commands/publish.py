"""Publish the mart: bring its tables up to date with core, in one transaction."""

from __future__ import annotations

import argparse

from sumber.commands import pending
from sumber.pipeline import steps


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    pending.add_run(parser)


def run(arguments: argparse.Namespace) -> int:
    """Publish; print the counts."""
    current = pending.configured()
    with pending.reported():
        counts = steps.publish(current, pending.run_id(arguments))
    pending.show("publish", counts)
    return 0
