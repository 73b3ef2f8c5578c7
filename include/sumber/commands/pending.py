"""What the commands that work off the queue share: arguments, and the loop over batches."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import repeat
from multiprocessing import get_context

import psycopg2
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - a type, named like one

from sumber.commands.exchange import InputError
from sumber.pipeline import frames, settings, steps, store, terminal

# The command line is one owner: a run that was killed gets its batches back when it is started again.
OWNER = "command line"
BATCH_SIZE = 2000

Step = Callable[[settings.Settings, int, str], steps.Counts]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: batch size, processes, run id, and what to work on again."""
    add_batch_size(parser)
    parser.add_argument("--processes", type=positive, default=1, metavar="N", help="batches worked on side by side (default %(default)s)")
    add_run(parser)
    again = parser.add_argument_group("working again on what is done")
    again.add_argument("--all", action="store_true", help="every article, and what was refused before it became one")
    add_chosen(again)


def add_batch_size(parser: argparse.ArgumentParser) -> None:
    """Add the argument that says how many items are worked on at once."""
    parser.add_argument("--batch-size", type=positive, default=BATCH_SIZE, metavar="N", help="items per batch (default %(default)s)")


def add_chosen(parser: argparse._ActionsContainer) -> None:
    """Add the arguments that choose articles by day and outlet."""
    parser.add_argument("--from", dest="since", type=day, metavar="DAY", help="articles published on or after this day (UTC)")
    parser.add_argument("--to", dest="until", type=day, metavar="DAY", help="articles published before this day (UTC)")
    parser.add_argument("--outlet", metavar="NAME", help="articles of this outlet")


def add_run(parser: argparse.ArgumentParser) -> None:
    """Add the argument that names the run in the ledger."""
    parser.add_argument("--run", metavar="ID", help="name of the run in the ledger (default: the time of its start)")


def work(step: str, function: Step, arguments: argparse.Namespace) -> int:
    """Work off all that is pending for a step; print the counts. Raises InputError."""
    require_some_days(arguments)
    run = run_id(arguments)
    current = configured()
    with reported():
        if arguments.all or arguments.since or arguments.until or arguments.outlet:
            steps.requeue(current, step, arguments.since, arguments.until, arguments.outlet)
        done: list[steps.Counts] = []
        with _workers(arguments.processes) as each:
            while batches := steps.lease(current, step, OWNER, arguments.batch_size):
                done += each(function, repeat(current), batches, repeat(run))
    show(step, steps.total(one.as_dict() for one in done))
    return 0


@contextmanager
def _workers(processes: int) -> Iterator[Callable[..., Iterable[steps.Counts]]]:
    """Yield a `map` that works in so many processes, or in this one. They are new ones: nothing that is open here is open there."""
    if processes == 1:
        yield map
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), terminal.log_lines) as pool:
        yield pool.map


def show(step: str, counts: steps.Counts) -> None:
    """Print one step's counts in one line."""
    print(f"{step}: {counts.came_in} in = {counts.went_out} out + {counts.refused} refused; {counts.changed} changed")


def run_id(arguments: argparse.Namespace) -> str:
    """Return the run's name in the ledger."""
    return str(arguments.run or f"command line {datetime.now(UTC).isoformat(timespec='milliseconds')}")


def configured() -> settings.Settings:
    """Return the settings. Raises InputError."""
    try:
        return settings.current()
    except settings.SettingsError as error:
        raise InputError(str(error)) from error


class reported:  # noqa: N801 - reads like a keyword where it is used
    """Turns what a user can mend (settings, seeds, the database, a missing place) into one line."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        """Raise InputError for what a user can mend."""
        match error:
            case settings.SettingsError() | store.LeaseLostError() | FileNotFoundError() | PermissionError():
                raise InputError(str(error)) from error
            case psycopg2.errors.UndefinedTable() | psycopg2.errors.InvalidSchemaName():
                raise InputError("the database has no tables yet: run `python -m sumber migrate`") from error
            case psycopg2.OperationalError(pgcode=None):
                raise InputError(f"the database cannot be reached, or broke off: {' '.join(str(error).split())}") from error
            case psycopg2.ProgrammingError(pgcode=None):
                # The driver's own words quote the address, password included.
                raise InputError("the database's address cannot be understood: write postgresql://ROLE:PASSWORD@HOST:PORT/news") from None
            case psycopg2.OperationalError() | psycopg2.errors.InsufficientPrivilege():
                raise InputError(f"the database refused: {' '.join(str(error).split())}") from error
            case BrokenProcessPool():
                raise InputError(
                    "one of the processes was ended from outside, for want of memory perhaps: run it again, it goes on"
                ) from error
            case UnicodeEncodeError():
                raise InputError(f"{error.object!r} is not text that UTF-8 can hold") from error


def positive(text: str) -> int:
    """Return a number of at least 1, for an argument."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def day(text: str) -> date:
    """Return a day, for an argument."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2023-09-05") from None


def moment(text: str) -> datetime:
    """Return a time, for an argument; one without a zone is UTC."""
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"{text!r} is not a time like 2023-09-05T12:00Z") from None


def article_sha256(cursor: Cursor, place: str, where: str = "") -> str:
    """Return the SHA-256 of the one article that is called `place`: file name, record id, URL, or the SHA-256 itself.

    Raises InputError where no article is, or several are: the versions of a page that has changed share its name and address.
    `where` begins the message.
    """
    found = frames.records(store.find_captures(cursor, place))
    if not found:
        raise InputError(f"{where}no article is called {place!r}")
    captured: dict[str, str] = {row["sha256"]: f"{row['captured_at'].astimezone(UTC):%Y-%m-%d %H:%M} UTC" for row in found}
    if len(captured) > 1:
        told = ", ".join(f"{sha256} (captured {when})" for sha256, when in captured.items())
        raise InputError(f"{where}{len(captured)} different articles are called {place!r}: give the SHA-256 of one: {told}")
    return next(iter(captured))


def require_some_days(arguments: argparse.Namespace) -> None:
    """Raise InputError where no day is both on or after --from and before --to."""
    if arguments.since and arguments.until and arguments.since >= arguments.until:
        raise InputError(f"no day is on or after {arguments.since} and before {arguments.until}: --to is the first day left out")
