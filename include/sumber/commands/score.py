"""Score sources for a day, or for each of several: today from what is known now, or past days as known then or at a later time."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sumber.commands import pending
from sumber.commands.exchange import InputError
from sumber.pipeline import steps, tables


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--day", type=pending.day, metavar="DAY", help="the day to score (default: the day of --known-at)")
    parser.add_argument("--from", dest="since", type=pending.day, metavar="DAY", help="score each day from this one to --day")
    parser.add_argument("--known-at", type=pending.moment, metavar="TIME", help="only what was known then counts (default: now)")
    parser.add_argument(
        "--ratings", type=Path, metavar="CSV", help="ratings of your own as weak priors: source, score, imputed (default: SUMBER_RATINGS)"
    )
    pending.add_run(parser)


def run(arguments: argparse.Namespace) -> int:
    """Score; print the counts."""
    known_at: datetime = arguments.known_at or datetime.now(UTC)
    day = arguments.day or known_at.date()
    if day > known_at.date():
        raise InputError(f"--day {day} is after --known-at {known_at.date()}")
    current = pending.configured()
    if arguments.ratings:
        current = replace(current, ratings=arguments.ratings)
    with pending.reported():
        try:
            counts = steps.score_days(current, arguments.since or day, day, known_at, pending.run_id(arguments))
        except (steps.DaysError, tables.TableError) as error:
            raise InputError(str(error)) from error
    pending.show("score", counts)
    return 0
