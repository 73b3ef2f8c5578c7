"""CSV tables that a user supplies: checked against the columns that are needed, every error with file and line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

MAX_BYTES = 50_000_000


class TableError(Exception):
    """A table that cannot be used; the message is one line that names file and line."""


def rows(path: Path, needed: tuple[str, ...], optional: tuple[str, ...] = ()) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (place, row) for each row; the `needed` columns are there and filled, `optional` ones are "" where they are not.

    Raises TableError for what is no such table, and for a file larger than 50 MB.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise TableError(f"{path}: {error.strerror}") from error
    if len(raw) > MAX_BYTES:
        raise TableError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise TableError(f"{path}:{line}: not UTF-8 ({error.reason})") from error
    if "\0" in text:
        raise TableError(f"{path}:{text[: text.index(chr(0))].count(chr(10)) + 1}: holds NUL")
    table = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        header = table.fieldnames or []
        if missing := [column for column in needed if column not in header]:
            raise TableError(f"{path}:1: missing column {', '.join(missing)} (found: {', '.join(header) or 'nothing'})")
        if unknown := [column for column in header if column not in (*needed, *optional) or header.count(column) > 1]:
            raise TableError(f"{path}:1: column {', '.join(unknown)} is unknown or there twice (known: {', '.join((*needed, *optional))})")
        for row in table:
            where = f"{path}:{table.line_num}"
            if None in row or None in row.values():
                raise TableError(f"{where}: {'more' if None in row else 'fewer'} fields than the header has")
            for column in needed:
                if not row[column].strip():
                    raise TableError(f"{where}: {column} is empty")
            yield where, {column: row.get(column, "") for column in (*needed, *optional)}
    except csv.Error as error:
        raise TableError(f"{path}:{table.reader.line_num}: not CSV ({error})") from error


def share(raw: str, column: str, where: str) -> float:
    """Return a number from 0 to 1. Raises TableError."""
    try:
        number = float(raw)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise TableError(f"{where}: {column} {raw!r} is not a number from 0 to 1")
    return number
