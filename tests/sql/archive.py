"""A small archive, and ways to run the pipeline's steps over it without Airflow: what the tests beside this file share."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sumber.pipeline import frames, settings, steps, store

DAY = date(2026, 5, 20)
NOON = datetime(2026, 5, 20, 12, tzinfo=UTC)

# One story in two papers, by way of one agency; a denial; a page that names nobody; and one that is no article.
ARTICLES = {
    "a-north.txt": (
        "Northern Courier\n\nPort of Ostra to close for a week\n\nMay 4, 2026\n\n"
        "OSTRA (Reuters) - The port of Ostra will close for 7 days, the harbour master Lena Brandt said on Monday.\n\n"
        '"We have to mend the lock gates," Brandt told reporters. The work will cost 3 million euros, she said.\n\n'
        "Two officials at the ministry of transport said the repair had been delayed for years.\n\n(Reuters)\n"
    ),
    "b-south.txt": (
        "Southern Herald\n\nOstra harbour shuts for repairs\n\nMay 5, 2026\n\n"
        "The port of Ostra will close for 7 days, the harbour master Lena Brandt said on Monday, Reuters reported.\n\n"
        '"We have to mend the lock gates," Brandt told reporters. The work will cost 3 million euros, she said.\n\nSource: Reuters\n'
    ),
    "c-denial.txt": (
        "Ostra Evening\n\nMinistry denies delay\n\nMay 6, 2026\n\n"
        "The ministry of transport denied that the repair of the port of Ostra had been delayed for years.\n\n"
        'A spokesman for the ministry, Karl Ahlgren, said: "Every repair was done when it was due."\n'
    ),
    "d-quiet.txt": "Northern Courier\n\nA quiet day in the harbour\n\nMay 7, 2026\n\nGulls sat on the lock gates and nobody came by.\n",
    "e-broken.txt": b"\x00\x01\x02\xff\xfe no article at all \x9d",
}


def write(folder: Path, articles: dict[str, str | bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in articles.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def run_step(current: settings.Settings, name: str, run: str, size: int = 2000) -> steps.Counts:
    """Work off all that is pending for a step, as one owner."""
    function = {"read": steps.read_articles, "attribute": steps.attribute, "trace": steps.trace}[name]
    done = []
    while batches := steps.lease(current, name, "tester", size):
        done += [function(current, batch, run) for batch in batches]
    return steps.total(one.as_dict() for one in done)


def run_all(current: settings.Settings, inbox: Path, run: str = "test", size: int = 2000) -> dict[str, steps.Counts]:
    """Run every step once; return their counts."""
    found = {"capture": steps.capture(current, inbox, run, captured_at=NOON)}
    for name in ("read", "attribute", "trace"):
        found[name] = run_step(current, name, run, size)
    found["score"] = steps.score(current, DAY, NOON, run)
    found["publish"] = steps.publish(current, run)
    return found


def fingerprint(current: settings.Settings) -> dict[str, str]:
    """Return the hash of each table's business columns."""
    with store.transaction(current.url("etl")) as cursor:
        rows = frames.records(store.fingerprint(cursor))
    return {row["name"]: f"{row['records']} {row['digest']}" for row in rows}


def ask(current: settings.Settings, statement: str, *values: Any, role: str = "owner") -> list[tuple[Any, ...]]:
    """Run one statement; return its rows, none where it has no result."""
    with store.transaction(current.url(role)) as cursor:
        cursor.execute(statement, values or None)
        return list(cursor.fetchall()) if cursor.description else []


def empty(current: settings.Settings) -> None:
    """Remove every row, that of the migrations apart."""
    tables = ask(current, "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname IN ('raw', 'core', 'mart')")
    ask(current, f"TRUNCATE {', '.join(name for (name,) in tables if name != 'core.migration')}")


def in_child(task: Callable[[], None]) -> int:
    """Run `task` in a forked process; return the signal that ended it, 0 where it ended well."""
    child = os.fork()
    if child == 0:
        try:
            task()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, "the child failed instead of being killed"
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
