"""Recognise copies, group claims and trace the chains of pending articles."""

from __future__ import annotations

import argparse

from sumber.commands import pending
from sumber.pipeline import steps


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    pending.configure(parser)


def run(arguments: argparse.Namespace) -> int:
    """Work off what is pending; print the counts."""
    return pending.work("trace", steps.trace, arguments)
