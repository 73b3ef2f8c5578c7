"""Store captures from files and queue them to be read.

A folder is searched, with the folders below it, for .txt, .html, .json, .jsonl, .jsonl.gz, .csv and .parquet files;
each line or row of the last four is one article record. Of .warc and .warc.gz files the web pages are taken.
An agency's items in ninjs or NewsML-G2 are known by what is in them, whatever their files are called.
A capture that is already stored stays as it is.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sumber.commands import pending
from sumber.pipeline import steps


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("inbox", nargs="?", type=Path, help="folder or file (default: the inbox of the settings, SUMBER_INBOX)")
    parser.add_argument("--dry-run", action="store_true", help="say what would be stored, store nothing")
    pending.add_run(parser)


def run(arguments: argparse.Namespace) -> int:
    """Store the captures; print the counts."""
    current = pending.configured()
    with pending.reported():
        counts = steps.capture(current, arguments.inbox, pending.run_id(arguments), dry_run=arguments.dry_run)
    pending.show("ingest", counts)
    return 0
