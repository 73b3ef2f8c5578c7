"""Files that commands read and write: validated input, whole-or-nothing output, progress."""

from __future__ import annotations

import errno
import json
import logging
import os
import re
import secrets
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn, TextIO, TypeVar

from sumber.sourcing import identity
from sumber.sourcing.model import Capture, MediaType

log = logging.getLogger(__name__)

T = TypeVar("T")

PROGRESS_EVERY = 1000
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class InputError(Exception):
    """Bad input; the message is one line that names the place and the reason."""


def read_articles(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of an articles.jsonl (`-` is standard input). Raises InputError naming file and line.

    Each record has strings under id, lang and text; url, outlet, published_at and title are strings or None. Ids are unique.
    """
    seen: set[str] = set()
    name = "standard input" if str(path) == "-" else str(path)
    try:
        with sys.stdin.buffer if str(path) == "-" else path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                record = _record(line, f"{name}:{number}")
                if record["id"] in seen:
                    raise InputError(f"{name}:{number}: id {record['id']!r} appears twice")
                seen.add(record["id"])
                yield record
    except OSError as error:
        raise InputError(f"{name}: {error.strerror}") from error


def _record(line: bytes, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: not UTF-8 ({error.reason} at byte {error.start})") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON ({error})") from error
    if not isinstance(record, dict):
        raise InputError(f"{where}: each line must be a JSON object")
    for key in ("id", "lang", "text"):
        if not isinstance(record.get(key), str):
            raise InputError(f"{where}: {key!r} must be a string")
    for key in ("url", "outlet", "published_at", "title"):
        if not isinstance(record.setdefault(key, None), str | None):
            raise InputError(f"{where}: {key!r} must be a string or null")
    for key in ("id", "lang", "url", "outlet", "published_at", "title"):
        if record[key] and not record[key].isascii() and (bad := _SURROGATE.search(record[key])):
            raise InputError(f"{where}: {key!r} holds a lone surrogate at offset {bad.start()}, which no UTF-8 file can hold")
    return record


def capture(record: Mapping[str, Any]) -> Capture:
    """Return a record of `read_articles` as a capture; its id and time of arrival depend on the record's id alone."""
    return Capture(
        id=identity.of("capture", record["id"]),
        content=json.dumps(record).encode(),
        media_type=MediaType.JSON,
        captured_at=datetime(1970, 1, 1, tzinfo=UTC),
        url=record["url"],
        outlet=record["outlet"],
        lang=record["lang"],
        name=record["id"],
    )


@contextmanager
def writing(path: Path) -> Iterator[TextIO]:
    """Open `path` (`-` is standard output) for text; the file appears whole when the block ends well, and not at all otherwise.

    A device or a pipe is written to as it is, never replaced; of a link, the file that it leads to is.
    """
    if str(path) == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    if path.is_dir():
        raise InputError(f"{path}: cannot write there ({os.strerror(errno.EISDIR)})")
    if path.exists() and not path.is_file():
        with _refusing(path), path.open("w", encoding="utf-8", newline="") as out:
            yield out
        return
    # Named before it is made, so that a signal finds nothing between the two.
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    with _ended_in_order(), _refusing(path):
        try:
            with temporary.open("x", encoding="utf-8", newline="") as out:
                yield out
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Turn what the system says against writing to `path` into InputError; a reader that has gone is no error of the path."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"{path}: cannot write there ({error.strerror})") from error


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Turn the signals that ask the process to end into SystemExit, so that what was begun is removed first."""

    def end(number: int, _: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def with_progress(items: Iterable[T], what: str) -> Iterator[T]:
    """Pass `items` through, showing progress: a live counter on a terminal, a log line every thousand elsewhere."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import track

        yield from track(items, description=what, console=Console(stderr=True), total=None)
        return
    count = 0
    for count, item in enumerate(items, 1):
        yield item
        if count % PROGRESS_EVERY == 0:
            log.info("%s: %d done", what, count)
    log.info("%s: %d in all", what, count)
