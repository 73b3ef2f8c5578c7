"""Score sources for a day: today from what is known now, or a past day as known at its end or at a later time."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime

from sumber.commands import pending
from sumber.commands.exchange import InputError
from sumber.pipeline import steps


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--day", type=date.fromisoformat, metavar="DAY", help="the day to score (default: the day of --known-at)")
    parser.add_argument("--known-at", type=datetime.fromisoformat, metavar="TIME", help="only what was known then counts (default: now)")
    pending.add_run(parser)


def run(arguments: argparse.Namespace) -> int:
    """Score; print the counts."""
    known_at: datetime = arguments.known_at or datetime.now(UTC)
    known_at = known_at.replace(tzinfo=UTC) if known_at.tzinfo is None else known_at.astimezone(UTC)
    day = arguments.day or known_at.date()
    if day > known_at.date():
        raise InputError(f"--day {day} is after --known-at {known_at.date()}")
    current = pending.configured()
    with pending.reported():
        counts = steps.score(current, day, known_at, pending.run_id(arguments))
    pending.show("score", counts)
    return 0
