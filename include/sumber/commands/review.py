"""Record, withdraw or list a person's verdicts.

A verdict is on the attribution of a passage, on whether two passages are one utterance or one claim, or on whom a vague source ("US media")
stands for. It is anchored to the article's bytes and to the quoted text. It wins over the machine whenever the article is attributed
and traced, which `attribute-pending`, `trace` and `publish` do next, and it can be withdrawn.

  sumber chain --find "lock gates"                        the ids of passages
  sumber review submit --appearance ID --verdict reject --reason TEXT
  sumber review submit --article NAME --quote TEXT --verdict override --source NAME --reason TEXT
  sumber review submit --appearance ID --other-appearance ID --verdict same_claim --reason TEXT
  sumber review submit --appearance ID --verdict stands_for --source "The New York Times" --reason TEXT
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
    _add_passage(submit, "", "the passage")
    _add_passage(submit, "other-", "of two passages, the other one")
    submit.add_argument(
        "--verdict",
        required=True,
        choices=[str(one) for one in reviews.Verdict],
        help="confirm; reject: the passage attributes nothing; override: its ultimate source is --source; same_utterance, same_claim and "
        "their opposites: of two passages (one utterance is one claim too); stands_for, not_stands_for: its vague source means --source",
    )
    submit.add_argument("--source", metavar="NAME", help="the source that the verdict names: name, alias or key")
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
                    print(f"review {number} recorded; what it concerns is pending again")
                case "withdraw":
                    reviews.withdraw(current, arguments.id, arguments.reviewer, arguments.reason)
                    print(f"review {arguments.id} withdrawn; what it concerns is pending again")
                case _:
                    _print(current)
    except reviews.ReviewError as error:
        raise InputError(str(error)) from error
    return 0


def _add_passage(parser: argparse.ArgumentParser, prefix: str, what: str) -> None:
    """Add the arguments that say which passage is meant."""
    group = parser.add_argument_group(what)
    group.add_argument(f"--{prefix}appearance", type=int, metavar="ID", help="by its id, instead of the following")
    group.add_argument(f"--{prefix}article", metavar="NAME", help="file name, record id, URL, or SHA-256 of the bytes")
    group.add_argument(f"--{prefix}quote", metavar="TEXT", help="the passage as printed")
    group.add_argument(f"--{prefix}before", default="", metavar="TEXT", help="the text right before it, where it occurs more than once")
    group.add_argument(f"--{prefix}after", default="", metavar="TEXT", help="the text right after it, where it occurs more than once")


def _anchor(arguments: argparse.Namespace, current: settings.Settings, prefix: str) -> reviews.Anchor | None:
    """Return the passage that the arguments mean, None where they mean none."""
    number, place, quote, before, after = (
        getattr(arguments, f"{prefix}{name}") for name in ("appearance", "article", "quote", "before", "after")
    )
    option = f"--{prefix.replace('_', '-')}"
    if number is not None:
        if place or quote or before or after:
            raise InputError(f"{option}appearance says which passage is meant: leave the other arguments for it out")
        return reviews.anchor(current, number)
    if place is None and quote is None:
        return None
    if place is None or quote is None:
        raise InputError(f"{option}article and {option}quote belong together")
    with store.transaction(current.url("app")) as cursor:
        return reviews.Anchor(pending.article_sha256(cursor, place), quote, before, after)


def _review(arguments: argparse.Namespace, current: settings.Settings) -> reviews.Review:
    verdict = reviews.Verdict(arguments.verdict)
    here, there = _anchor(arguments, current, ""), _anchor(arguments, current, "other_")
    if here is None:
        raise InputError("say which passage is meant: --appearance ID, or --article NAME and --quote TEXT")
    if verdict.is_on_two != (there is not None):
        raise InputError(
            f"--verdict {verdict} is about "
            + ("two passages: say which the other one is" if verdict.is_on_two else "one passage: leave the other one out")
        )
    if verdict.names_a_source != (arguments.source is not None):
        raise InputError(f"--verdict {verdict} {'needs' if verdict.names_a_source else 'goes without'} --source")
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
        article_sha256=here.sha256,
        quote=here.quote,
        verdict=verdict,
        reviewer=arguments.reviewer,
        reason=arguments.reason,
        prefix=here.prefix,
        suffix=here.suffix,
        source_key=key,
        source_name=name,
        source_kind=kind,
        other_sha256=there.sha256 if there else None,
        other_quote=there.quote if there else None,
        other_prefix=there.prefix if there else "",
        other_suffix=there.suffix if there else "",
    )


def _print(current: settings.Settings) -> None:
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("id", no_wrap=True)
    for name in ("article", "quote", "verdict", "reviewer", "reason", "state"):
        table.add_column(name, overflow="fold")
    for row in frames.records(reviews.listing(current)):
        verdict = row["verdict"] if not row["source_name"] else f"{row['verdict']}: {row['source_name']}"
        state = f"withdrawn by {row['withdrawn_by']}: {row['withdrawn_reason']}" if row["withdrawn_at"] else "holds"
        article, quote = row["article"] or row["article_sha256"][:12], row["quote"]
        if row["other_sha256"]:
            article += f"\nand {row['other_article'] or row['other_sha256'][:12]}"
            quote += f"\nand {row['other_quote']}"
        cells = (str(row["id"]), article, quote, verdict, row["reviewer"], row["reason"], state)
        table.add_row(*(Text(terminal.visible(cell)) for cell in cells))
    console = Console(highlight=False)
    (console if console.is_terminal else Console(highlight=False, width=PLAIN_WIDTH)).print(table)
