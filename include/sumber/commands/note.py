"""Override a source's score, record a source's reply, withdraw or list such notes.

A note is logged with who and why and stands beside the machine's value, which stays visible and unchanged.
"""

from __future__ import annotations

import argparse
import getpass

from sumber.commands import pending
from sumber.commands.exchange import InputError
from sumber.pipeline import frames, notes, terminal


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True)
    override = actions.add_parser("override", help="record what you hold the score to be")
    override.add_argument("name", metavar="NAME", help="the source: name, alias or key")
    override.add_argument("--score", type=float, required=True, metavar="S", help="0 to 1")
    override.add_argument("--reason", required=True, metavar="TEXT")
    override.add_argument("--reviewer", default=getpass.getuser(), metavar="NAME", help="default: your account's name")
    reply = actions.add_parser("reply", help="record what the source answers")
    reply.add_argument("name", metavar="NAME", help="the source: name, alias or key")
    reply.add_argument("--text", required=True, metavar="TEXT", help="its words")
    reply.add_argument("--by", required=True, metavar="NAME", help="who replies for the source")
    withdraw = actions.add_parser("withdraw", help="withdraw a note")
    withdraw.add_argument("id", type=int, metavar="ID")
    withdraw.add_argument("--reason", required=True, metavar="TEXT")
    withdraw.add_argument("--reviewer", default=getpass.getuser(), metavar="NAME", help="default: your account's name")
    show = actions.add_parser("list", help="list the notes on a source, or all")
    show.add_argument("name", nargs="?", metavar="NAME", help="the source: name, alias or key")


def run(arguments: argparse.Namespace) -> int:
    """Do what the action says."""
    current = pending.configured()
    try:
        with pending.reported():
            match arguments.action:
                case "override":
                    number, key = notes.submit(current, arguments.name, arguments.score, arguments.reviewer, arguments.reason)
                    terminal.show(f"note {number}: {key} overridden to {arguments.score:.2f}; the machine's value stays beside it")
                case "reply":
                    number, key = notes.submit(current, arguments.name, None, arguments.by, arguments.text)
                    terminal.show(f"note {number}: reply of {key} recorded")
                case "withdraw":
                    notes.withdraw(current, arguments.id, arguments.reviewer, arguments.reason)
                    print(f"note {arguments.id} withdrawn")
                case _:
                    for row in frames.records(notes.listing(current, arguments.name)):
                        what = "reply" if row["score"] is None else f"override {row['score']:.2f}"
                        state = f" [withdrawn by {row['withdrawn_by']}: {row['withdrawn_reason']}]" if row["withdrawn_at"] else ""
                        note = f"{row['id']} {row['noted_on']} {row['source_key']}: {what} by {row['reviewer']}: {row['reason']}{state}"
                        print(terminal.line(note))
    except notes.NoteError as error:
        raise InputError(str(error)) from error
    return 0
