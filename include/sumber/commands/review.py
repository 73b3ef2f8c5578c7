"""Record, withdraw or list a person's verdicts on attributions.

A verdict is anchored to the article's bytes and to the quoted text. It wins over the machine whenever the article is attributed, which
`attribute-pending`, `trace` and `publish` do next, and it can be withdrawn.
"""

from __future__ import annotations

import argparse
import getpass

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sumber.commands import pending
from sumber.commands.exchange import InputError
from sumber.pipeline import frames, reviews, seeds, settings, store, terminal
from sumber.sourcing import identity
from sumber.sourcing.model import SourceKind

PLAIN_WIDTH = 160  # columns of a table that goes to a file or a pipe


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True)
    submit = actions.add_parser("submit", help="record a verdict")
    submit.add_argument("--article", required=True, metavar="NAME", help="file name, record id, URL, or SHA-256 of the bytes")
    submit.add_argument("--quote", required=True, metavar="TEXT", help="the passage as printed")
    submit.add_argument("--before", default="", metavar="TEXT", help="the text right before it, where it occurs more than once")
    submit.add_argument("--after", default="", metavar="TEXT", help="the text right after it, where it occurs more than once")
    submit.add_argument(
        "--verdict",
        required=True,
        choices=[str(one) for one in reviews.Verdict],
        help="confirm; reject: the passage attributes nothing; override: its ultimate source is --source",
    )
    submit.add_argument("--source", metavar="NAME", help="the right ultimate source: name, alias or key")
    submit.add_argument("--kind", choices=[str(one) for one in SourceKind], help="its kind, where the registry does not hold it")
    submit.add_argument("--reason", required=True, metavar="TEXT")
    submit.add_argument("--reviewer", default=getpass.getuser(), metavar="NAME", help="default: your account's name")
    withdraw = actions.add_parser("withdraw", help="withdraw a verdict")
    withdraw.add_argument("id", type=int, metavar="ID")
    withdraw.add_argument("--reason", required=True, metavar="TEXT")
    withdraw.add_argument("--reviewer", default=getpass.getuser(), metavar="NAME", help="default: your account's name")
    actions.add_parser("list", help="list every verdict")


def run(arguments: argparse.Namespace) -> int:
    """Do what the action says."""
    current = pending.configured()
    try:
        with pending.reported():
            match arguments.action:
                case "submit":
                    number = reviews.submit(current, _review(arguments, current))
                    print(f"review {number} recorded; its article is pending again")
                case "withdraw":
                    reviews.withdraw(current, arguments.id, arguments.reviewer, arguments.reason)
                    print(f"review {arguments.id} withdrawn; its article is pending again")
                case _:
                    _print(current)
    except reviews.ReviewError as error:
        raise InputError(str(error)) from error
    return 0


def _review(arguments: argparse.Namespace, current: settings.Settings) -> reviews.Review:
    with store.transaction(current.url("app")) as cursor:
        places = frames.records(store.find_captures(cursor, arguments.article))
    hashes = sorted({row["sha256"] for row in places})
    if len(hashes) != 1:
        what = "no article is called" if not hashes else f"{len(hashes)} different articles are called"
        raise InputError(f"{what} {arguments.article!r}")
    if (arguments.verdict == reviews.Verdict.OVERRIDE) != (arguments.source is not None):
        raise InputError("--source belongs to --verdict override, and to no other")
    key = name = kind = None
    if arguments.source is not None:
        known = seeds.load(current.seeds).registry
        source = known.get(arguments.source) if known.record(arguments.source) else known.named(arguments.source, "")
        if source is None and arguments.kind is None:
            raise InputError(f"the registry does not hold {arguments.source!r}: say what it is with --kind")
        kind = source.kind if source else SourceKind(arguments.kind)
        key = source.key if source else f"{kind}:{identity.fold(arguments.source)}"
        name = source.name if source else arguments.source
    return reviews.Review(
        article_sha256=hashes[0],
        quote=arguments.quote,
        verdict=reviews.Verdict(arguments.verdict),
        reviewer=arguments.reviewer,
        reason=arguments.reason,
        prefix=arguments.before,
        suffix=arguments.after,
        source_key=key,
        source_name=name,
        source_kind=kind,
    )


def _print(current: settings.Settings) -> None:
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("id", no_wrap=True)
    for name in ("article", "quote", "verdict", "reviewer", "reason", "state"):
        table.add_column(name, overflow="fold")
    for row in frames.records(reviews.listing(current)):
        verdict = row["verdict"] if not row["source_name"] else f"{row['verdict']}: {row['source_name']}"
        state = f"withdrawn by {row['withdrawn_by']}: {row['withdrawn_reason']}" if row["withdrawn_at"] else "holds"
        cells = (str(row["id"]), row["article"] or row["article_sha256"][:12], row["quote"], verdict, row["reviewer"], row["reason"], state)
        table.add_row(*(Text(terminal.visible(cell)) for cell in cells))
    console = Console(highlight=False)
    (console if console.is_terminal else Console(highlight=False, width=PLAIN_WIDTH)).print(table)
