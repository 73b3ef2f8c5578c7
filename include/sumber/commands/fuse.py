"""Weigh conflicting values and score sources in a claims table.

claims.csv     columns source, object, value, and optionally time (ISO date): one row says that `source` gives `value` for `object`.
groups.csv     columns source, group: known groups of dependent sources; a group is one voice, however many rows it has.
truths.csv     columns object, value, belief (0 to 1): every offered value; an object's beliefs add up to at most 1.
scores.csv     columns source, score, lower, upper, roots: expected accuracy with a 90% interval; on how many objects shared with others.
               A source that shares too few objects with others cannot be judged and has no row; the log says how many those are.

Without --daily all rows are weighed together; a source's later row on an object replaces its earlier one, and old rows fade in its score.
"""

from __future__ import annotations

import argparse
import csv
import io
import logging
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from sumber.commands.exchange import InputError, with_progress, writing
from sumber.sourcing import reliability

log = logging.getLogger(__name__)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--claims", type=Path, required=True, metavar="CSV", help="the claims table; - is standard input")
    parser.add_argument("--groups", type=Path, metavar="CSV", help="known groups of dependent sources")
    parser.add_argument("--daily", action="store_true", help="replay day by day (needs the time column): each day rests on the days before")
    parser.add_argument("--out-truths", type=Path, required=True, metavar="CSV", help="beliefs; - is standard output")
    parser.add_argument("--out-scores", type=Path, required=True, metavar="CSV", help="source scores; - is standard output")


def run(arguments: argparse.Namespace) -> int:
    """Read the tables, fuse them and write both results. Raises InputError naming file and line."""
    if str(arguments.out_truths) == str(arguments.out_scores) == "-":
        raise InputError("--out-truths and --out-scores cannot both go to standard output")
    if arguments.out_truths.resolve() == arguments.out_scores.resolve():
        raise InputError(f"--out-truths and --out-scores are both {arguments.out_truths}: one would replace the other")
    rows = _statements(arguments.claims)
    # Reading takes a second per 300,000 rows: worth a live counter on a terminal, not a log line every thousand rows elsewhere.
    statements = list(with_progress(rows, "claims read") if sys.stderr.isatty() else rows)
    if arguments.daily and any(statement.time is None for statement in statements):
        raise InputError(f"{arguments.claims}: --daily needs a time in every row")
    groups = _groups(arguments.groups) if arguments.groups else {}
    unheard = sorted(groups.keys() - {statement.source for statement in statements})
    if unheard:
        log.warning("%d grouped sources make no claim, %r first", len(unheard), unheard[0])
    log.info("weighing %d claims", len(statements))
    fusion = reliability.replay(statements, groups) if arguments.daily else reliability.fuse(statements, groups)
    with writing(arguments.out_truths) as truths_file, writing(arguments.out_scores) as scores_file:
        truths = csv.writer(truths_file, lineterminator="\n")
        truths.writerow(["object", "value", "belief"])
        truths.writerows([truth.object, truth.value, f"{truth.belief:.6f}"] for truth in fusion.truths)
        scores = csv.writer(scores_file, lineterminator="\n")
        scores.writerow(["source", "score", "lower", "upper", "roots"])
        scores.writerows([s.source, f"{s.score:.6f}", f"{s.lower:.6f}", f"{s.upper:.6f}", f"{s.roots:.1f}"] for s in fusion.scores)
    log.info("%d beliefs, %d scores; %d sources cannot be judged", len(fusion.truths), len(fusion.scores), len(fusion.unjudged))
    return 0


def _statements(path: Path) -> Iterator[reliability.Statement]:
    for where, row in _rows(path, ("source", "object", "value")):
        yield reliability.Statement(row["source"], row["object"], row["value"], _time(row.get("time"), where))


def _time(raw: str | None, where: str) -> date | None:
    if not raw:
        return None
    try:
        return datetime.fromisoformat(raw).date()
    except ValueError as error:
        raise InputError(f"{where}: time {raw!r} is not an ISO date such as 2026-11-22") from error


def _groups(path: Path) -> dict[str, str]:
    groups: dict[str, str] = {}
    for where, row in _rows(path, ("source", "group")):
        if groups.setdefault(row["source"], row["group"]) != row["group"]:
            raise InputError(f"{where}: source {row['source']!r} is already in group {groups[row['source']]!r}")
    return groups


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (place, row) for each row of a CSV with at least the `needed` columns, none of them empty. Raises InputError."""
    name = "standard input" if str(path) == "-" else str(path)
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        table = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
        header = table.fieldnames or []
        missing = [column for column in needed if column not in header]
        if missing:
            raise InputError(f"{name}:1: missing column {', '.join(missing)} (found: {', '.join(header) or 'nothing'})")
        if twice := sorted({column for column in header if header.count(column) > 1}):
            raise InputError(f"{name}:1: column {', '.join(twice)} appears twice")
        for row in table:
            where = f"{name}:{table.line_num}"
            if None in row:
                raise InputError(f"{where}: more fields than the header has")
            for column in needed:
                if not row[column]:
                    raise InputError(f"{where}: {column} is {'missing' if row[column] is None else 'empty'}")
            yield where, row
    except OSError as error:
        raise InputError(f"{name}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError(f"{name}:{line}: not UTF-8 ({error.reason})") from error
    except csv.Error as error:
        raise InputError(f"{name}:{table.reader.line_num}: not CSV ({error})") from error
