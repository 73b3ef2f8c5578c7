"""Poll the feeds that are due and fetch the pages that they announce.

The feeds are those of seeds/feeds.csv that are active. Pages become captures, pending to be read. SUMBER_CONTACT must name a page or an
e-mail address: hosts find it in their logs. SUMBER_ALLOWED_HOSTS names hosts that may be asked though they are not public.
"""

from __future__ import annotations

import argparse

from sumber.commands import pending
from sumber.pipeline import steps


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    pending.add_run(parser)


def run(arguments: argparse.Namespace) -> int:
    """Poll once; print the counts."""
    current = pending.configured()
    with pending.reported():
        counts = steps.poll(current, pending.run_id(arguments))
    pending.show("poll", counts)
    return 0
