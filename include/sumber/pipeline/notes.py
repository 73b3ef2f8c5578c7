"""What people say of a source's score: overrides by a reviewer and replies by the source. The machine's value stays beside them."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd

from sumber.pipeline import frames, store
from sumber.pipeline.settings import Settings
from sumber.sourcing import identity


class NoteError(Exception):
    """A note that cannot be taken; the message is one line."""


def submit(settings: Settings, name: str, score: float | None, reviewer: str, reason: str, at: datetime | None = None) -> tuple[int, str]:
    """Store an override (with a score) or a reply (without) on the source that `name` (key, name or alias) means; return id and key.

    Raises NoteError where no source or several are called so, or a part is missing.
    """
    if score is not None and not 0 <= score <= 1:
        raise NoteError(f"score {score} is not a number from 0 to 1")
    if not reviewer.strip() or not reason.strip():
        raise NoteError("a note needs who says so and why")
    at = at or datetime.now(UTC)
    with store.transaction(settings.url("app")) as cursor:
        key = _key(store.find_sources(cursor, name), name)
        number = identity.of("note", key, str(score), reviewer, reason, at.isoformat())
        row = {"source_key": key, "score": score, "reviewer": reviewer, "reason": reason, "noted_on": at.date()}
        store.save_note(cursor, {**row, "id": number, "submitted_at": at})
    return number, key


def withdraw(settings: Settings, number: int, by: str, reason: str, at: datetime | None = None) -> None:
    """Withdraw a note; a replay as of an earlier time still knows it. Raises NoteError where it is unknown or already withdrawn."""
    with store.transaction(settings.url("app")) as cursor:
        if not 0 <= number < 2**63 or not store.withdraw_note(cursor, number, by, reason, at or datetime.now(UTC)):
            raise NoteError(f"note {number} is unknown or was withdrawn before")


def listing(settings: Settings, name: str | None = None) -> pd.DataFrame:
    """Return the notes on one source, or all, newest first, withdrawn ones included. Raises NoteError as `submit` does."""
    with store.transaction(settings.url("app")) as cursor:
        return store.list_notes(cursor, None if name is None else _key(store.find_sources(cursor, name), name))


def _key(matches: pd.DataFrame, name: str) -> str:
    found = frames.records(matches)
    exact = [row["key"] for row in found if row["key"] == name] or [row["key"] for row in found]
    if len(exact) != 1:
        raise NoteError(f"no source is called {name!r}" if not exact else f"several sources are called {name!r}: {', '.join(exact[:10])}")
    return str(exact[0])
