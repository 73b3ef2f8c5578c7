"""Record, import, withdraw or list checks of claims: how true what a passage claims turned out.

A check is anchored to the article's bytes and to the quoted text, so that it survives re-runs; `score` finds the claim that stands there.
Who said it is another question: that is what `review` is for. A check says whether the proposition holds, whoever asserts or denies it.

outcomes.csv   columns article, quote, truth, kind, checked_on, reviewer, reason, and optionally evidence, before, after: as the options of
               `submit`. All rows are stored or none; rows that hold already are not stored twice.
"""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sumber.commands import pending
from sumber.commands.exchange import InputError
from sumber.pipeline import frames, outcomes, settings, store, tables, terminal
from sumber.sourcing.reliability import Check

PLAIN_WIDTH = 160  # columns of a table that goes to a file or a pipe
WORDS = {"true": 1.0, "false": 0.0}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True)
    submit = actions.add_parser("submit", help="record one check")
    submit.add_argument("--article", required=True, metavar="NAME", help="file name, record id, URL, or SHA-256 of the bytes")
    submit.add_argument("--quote", required=True, metavar="TEXT", help="the passage as printed, or most of it")
    submit.add_argument("--before", default="", metavar="TEXT", help="the text right before it, where it occurs more than once")
    submit.add_argument("--after", default="", metavar="TEXT", help="the text right after it, where it occurs more than once")
    submit.add_argument("--truth", required=True, metavar="T", help="true, false, or a number from 0 (false) to 1 (true)")
    submit.add_argument(
        "--kind",
        required=True,
        choices=[str(one) for one in outcomes.KINDS],
        help="review: your verdict; document: a record settles it; resolution: what was predicted came or did not; "
        "retraction: its source withdrew it after others' evidence",
    )
    submit.add_argument("--checked-on", type=pending.day, default=None, metavar="DAY", help="day of the check (default: today, UTC)")
    submit.add_argument("--reason", required=True, metavar="TEXT")
    submit.add_argument("--evidence", metavar="URL", help="where the evidence can be read; a document needs it")
    submit.add_argument("--reviewer", default=getpass.getuser(), metavar="NAME", help="default: your account's name")
    load = actions.add_parser("import", help="record the checks of a CSV file")
    load.add_argument("table", type=Path, metavar="CSV", help="see above for the columns")
    withdraw = actions.add_parser("withdraw", help="withdraw a check")
    withdraw.add_argument("id", type=int, metavar="ID")
    withdraw.add_argument("--reason", required=True, metavar="TEXT")
    withdraw.add_argument("--reviewer", default=getpass.getuser(), metavar="NAME", help="default: your account's name")
    actions.add_parser("list", help="list every check")


def run(arguments: argparse.Namespace) -> int:
    """Do what the action says."""
    current = pending.configured()
    with pending.reported(), _refused():
        match arguments.action:
            case "submit":
                number = outcomes.submit(current, _given(arguments, current))
                print(f"outcome {number} recorded; `score` counts it from its day on")
            case "import":
                numbers = _import(arguments.table, current)
                print(f"{len(set(numbers))} outcomes recorded or already there; `score` counts each from its day on")
            case "withdraw":
                outcomes.withdraw(current, arguments.id, arguments.reviewer, arguments.reason)
                print(f"outcome {arguments.id} withdrawn")
            case _:
                _print(current)
    return 0


@contextmanager
def _refused() -> Iterator[None]:
    try:
        yield
    except (outcomes.OutcomeError, tables.TableError) as error:
        raise InputError(str(error)) from error


def _given(arguments: argparse.Namespace, current: settings.Settings) -> outcomes.Finding:
    truth = WORDS.get(arguments.truth)
    with store.transaction(current.url("app")) as cursor:
        return outcomes.Finding(
            article_sha256=pending.article_sha256(cursor, arguments.article),
            quote=arguments.quote,
            truth=tables.share(arguments.truth, "truth", "--truth") if truth is None else truth,
            kind=Check(arguments.kind),
            checked_on=arguments.checked_on or datetime.now(UTC).date(),
            reviewer=arguments.reviewer,
            reason=arguments.reason,
            evidence_url=arguments.evidence or None,
            prefix=arguments.before,
            suffix=arguments.after,
        )


def _import(path: Path, current: settings.Settings) -> list[int]:
    needed = ("article", "quote", "truth", "kind", "checked_on", "reviewer", "reason")
    findings: list[tuple[str, outcomes.Finding]] = []
    with store.transaction(current.url("app")) as cursor:
        for where, row in tables.rows(path, needed, ("evidence", "before", "after")):
            if row["kind"] not in set(outcomes.KINDS):
                raise InputError(f"{where}: kind {row['kind']!r} is none of {', '.join(outcomes.KINDS)}")
            try:
                day = date.fromisoformat(row["checked_on"])
            except ValueError as error:
                raise InputError(f"{where}: checked_on {row['checked_on']!r} is not a day like 2023-09-05") from error
            word = WORDS.get(row["truth"].strip().lower())
            findings.append(
                (
                    where,
                    outcomes.Finding(
                        article_sha256=pending.article_sha256(cursor, row["article"], f"{where}: "),
                        quote=row["quote"],
                        truth=tables.share(row["truth"], "truth", where) if word is None else word,
                        kind=Check(row["kind"]),
                        checked_on=day,
                        reviewer=row["reviewer"],
                        reason=row["reason"],
                        evidence_url=row["evidence"] or None,
                        prefix=row["before"],
                        suffix=row["after"],
                    ),
                )
            )
    return outcomes.submit_rows(current, findings)


def _print(current: settings.Settings) -> None:
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("id", no_wrap=True)
    for name in ("article", "quote", "truth", "checked on", "reviewer", "reason", "state"):
        table.add_column(name, overflow="fold")
    for row in frames.records(outcomes.listing(current)):
        state = f"withdrawn by {row['withdrawn_by']}: {row['withdrawn_reason']}" if row["withdrawn_at"] else "holds"
        reason = f"{row['kind']}: {row['reason']}{' ' + row['evidence_url'] if row['evidence_url'] else ''}"
        article = row["article"] or row["article_sha256"][:12]
        cells = (str(row["id"]), article, row["quote"], f"{row['truth']:g}", str(row["checked_on"]), row["reviewer"], reason, state)
        table.add_row(*(Text(terminal.visible(cell)) for cell in cells))
    console = Console(highlight=False)
    (console if console.is_terminal else Console(highlight=False, width=PLAIN_WIDTH)).print(table)
