"""Print claims with their chains, source scores and row counts, from the published mart and the ledger."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sumber.commands import pending
from sumber.pipeline import frames, store, terminal

ENDS = {
    "primary": "named",
    "anonymous": "unnamed",
    "unattributed": "own narration",
    "missing": "not made out",
    "cycle": "cycle",
}
SOURCES_SHOWN = 20
NARROWEST = 100  # columns: a narrower table would only show fragments


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="tables for people, or one JSON object (default text)")
    parser.add_argument("--claims", type=pending.positive, default=40, metavar="N", help="most claims in the tables (default %(default)s)")


def run(arguments: argparse.Namespace) -> int:
    """Print the report."""
    current = pending.configured()
    with pending.reported(), store.transaction(current.url("etl")) as cursor:
        found = {name: frames.records(table) for name, table in store.report(cursor).items()}
        waiting = store.count_pending(cursor)
    if arguments.format == "json":
        print(terminal.to_json({**found, "pending": waiting}))
        return 0
    console = Console(highlight=False)
    if console.width < NARROWEST or not console.is_terminal:
        console = Console(highlight=False, width=max(console.width, 160) if not console.is_terminal else NARROWEST)
    _claims(console, found["claims"], arguments.claims)
    _scores(console, found["scores"])
    _steps(console, found["steps"], waiting)
    _rejections(console, found["rejections"])
    return 0


def _claims(console: Console, rows: Sequence[dict[str, Any]], most: int) -> None:
    table = Table(title="Claims and their chains", title_justify="left", box=box.SIMPLE_HEAD, show_lines=False, expand=True)
    table.add_column("claim", ratio=4)
    table.add_column("chain: what the reader sees ← … ← where it ends", ratio=6)
    table.add_column("originating outlet", ratio=2)
    table.add_column("ultimate source", ratio=3)
    table.add_column("ends", ratio=1, min_width=7)
    table.add_column("roots", justify="right", min_width=5)
    shown: list[int] = []
    for row in rows:
        is_new = row["claim_id"] not in shown
        if is_new and len(shown) == most:
            continue
        if is_new:
            shown.append(row["claim_id"])
        if not is_new and row["claim_id"] != shown[-1]:
            continue
        denied = " (denied)" if row["stance"] == "denies" else ""
        table.add_row(
            Text(_short(row["claim"], 110)) if is_new else Text(""),
            Text(terminal.visible(f"{row['chain'].replace(' <- ', ' ← ') or '(nobody is named)'}{denied}  [{row['article']}]")),
            Text(terminal.visible(row["originating_outlet"]) if row["originating_outlet"] != "(not stated)" else "–"),
            Text(_short(row["ultimate_source"], 60) if row["ultimate_source"] != "(none)" else "–"),
            ENDS[row["terminus"]],
            _bounds(row["roots_min"], row["roots_max"]) if is_new else "",
        )
    console.print(table)
    claims = len({row["claim_id"] for row in rows})
    articles = len({row["article"] for row in rows})
    ends = Counter(row["terminus"] for row in rows)
    told = ", ".join(f"{number} {ENDS[name]}" for name, number in ends.most_common())
    console.print(f"{claims} claims in {len(rows)} chains from {articles} articles; they end: {told or 'nowhere'}.")
    if claims > most:
        console.print(f"{claims - most} claims more: --claims {claims}")
    console.print()


def _scores(console: Console, rows: Sequence[dict[str, Any]]) -> None:
    table = Table(title="Sources", title_justify="left", box=box.SIMPLE_HEAD)
    for name in ("source", "kind", "ledger", "score", "90% interval"):
        table.add_column(name)
    table.add_column("roots", justify="right")
    table.add_column("grade")
    table.add_column("state")
    scored = [row for row in rows if not row["status"].startswith("not scored")]
    for row in scored[:SOURCES_SHOWN]:
        is_judged = row["score"] is not None
        table.add_row(
            Text(_short(row["source"], 50)),
            row["kind"],
            row["ledger"],
            f"{row['score']:.2f}" if is_judged else "–",
            f"{row['lower']:.2f} to {row['upper']:.2f}" if is_judged else "–",
            f"{row['roots']:.1f}",
            row["letter"] or "–",
            row["status"],
        )
    console.print(table)
    if len(scored) > SOURCES_SHOWN:
        console.print(f"and {len(scored) - SOURCES_SHOWN} more: `sumber source NAME` shows each")
    console.print(f"{len(rows) - len(scored)} get no score: private persons, unnamed sources and documents.\n")


def _steps(console: Console, rows: Sequence[dict[str, Any]], waiting: dict[str, int]) -> None:
    table = Table(title="Row counts of each step's latest run", title_justify="left", box=box.SIMPLE_HEAD)
    for name in ("step", "counted"):
        table.add_column(name)
    for name in ("in", "= out", "+ refused", "changed", "warnings", "pending"):
        table.add_column(name, justify="right")
    table.add_column("run")
    for row in rows:
        counts = (str(row[name]) for name in ("came_in", "went_out", "refused", "changed", "warned"))
        table.add_row(row["step"], row["unit"], *counts, str(waiting.get(row["step"], 0)), Text(row["run"]))
    console.print(table)


def _rejections(console: Console, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    table = Table(title="Refused", title_justify="left", box=box.SIMPLE_HEAD)
    for name in ("capture", "step", "rule", "reason", "raw value"):
        table.add_column(name)
    for row in rows[:20]:
        name = f"{row['name']} {row['record']}".strip()
        table.add_row(Text(_short(name, 60)), row["step"], row["rule"], Text(_short(row["reason"], 90)), Text(_short(row["value"], 50)))
    console.print(table)
    if len(rows) > 20:
        console.print(f"and {len(rows) - 20} more in core.rejection")


def _bounds(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"


def _short(text: str, most: int) -> str:
    line = terminal.visible(" ".join(text.split()))
    return line if len(line) <= most else line[: most - 1] + "…"
