"""Attribute the claims of pending articles, through the attribution gate."""

from __future__ import annotations

import argparse

from sumber.commands import pending
from sumber.pipeline import steps


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    pending.configure(parser)


def run(arguments: argparse.Namespace) -> int:
    """Work off what is pending; print the counts."""
    return pending.work("attribute", steps.attribute, arguments)
