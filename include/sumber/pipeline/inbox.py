"""Folders and files -> captures: the bytes of each article, untouched, and what the file itself says of it."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sumber.pipeline import terminal
from sumber.sourcing import identity, pages
from sumber.sourcing.model import Capture, MediaType, Refusal

log = logging.getLogger(__name__)

MEDIA_TYPES = {".txt": MediaType.PLAIN, ".html": MediaType.HTML, ".htm": MediaType.HTML, ".jsonl": MediaType.JSON}
MAX_BYTES = 20_000_000  # of one capture: no article is larger, and every batch is held in memory
HINTS = ("url", "outlet", "lang", "title")


class Unread(NamedTuple):
    """A file or line that cannot be stored, under the id and name that its capture would have had."""

    capture_id: int
    name: str
    refusal: Refusal


def read(place: Path, captured_at: datetime) -> Iterator[Capture | Unread]:
    """Yield a capture for each `.txt` and `.html` file, and for each line of each `.jsonl` file, of a folder and the folders below it.

    `place` may also be one such file. Order is that of the paths; hidden files and other kinds are passed over, links to elsewhere too.
    Raises FileNotFoundError where there is no such place.
    """
    if not place.exists():
        raise FileNotFoundError(f"{place}: no such file or folder")
    for path in [place] if place.is_file() else _files(place):
        name = _name(path, place)
        media_type = MEDIA_TYPES.get(path.suffix.lower())
        if media_type is None:
            log.info("capture: %s passed over: not .txt, .html or .jsonl", terminal.line(name))
        elif media_type is MediaType.JSON:
            yield from _lines(path, name, captured_at)
        else:
            yield _whole(path, name, media_type, captured_at)


def _files(folder: Path) -> Iterator[Path]:
    inside = folder.resolve()
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root) / name
            if name.startswith("."):
                continue
            # A link out of the inbox would show the pipeline's own files, its passwords among them, as an article.
            if path.is_file() and path.resolve().is_relative_to(inside):
                yield path
            else:
                log.info("capture: %s passed over: no file of this folder", terminal.line(_name(path, folder)))


def _name(path: Path, place: Path) -> str:
    """Return the path below the inbox, in a form that a database can hold."""
    shown = path.name if path == place else path.relative_to(place).as_posix()
    return os.fsencode(shown).decode("utf-8", "backslashreplace")


def _whole(path: Path, name: str, media_type: MediaType, captured_at: datetime) -> Capture | Unread:
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        return Unread(capture_id(b"", name), name, Refusal("unreadable", name, error.strerror or str(error)))
    if size > MAX_BYTES:
        return Unread(capture_id(b"", name), name, _too_large(size))
    if not content:
        return Unread(capture_id(b"", name), name, Refusal("empty", "", "the file holds nothing"))
    return Capture(id=capture_id(content, name), content=content, media_type=media_type, captured_at=captured_at, name=name)


def _lines(path: Path, name: str, captured_at: datetime) -> Iterator[Capture | Unread]:
    """Yield one capture per line; a line that is no record is kept as it is, for `articles.read` to refuse."""
    try:
        with path.open("rb") as lines:
            number = 0
            while line := lines.readline(MAX_BYTES + 1):
                number += 1
                place = f"{name}:{number}"
                if len(line) > MAX_BYTES:
                    size = len(line)
                    while line and not line.endswith(b"\n"):
                        line = lines.readline(MAX_BYTES)
                        size += len(line)
                    yield Unread(capture_id(b"", place), place, _too_large(size))
                elif line.strip():
                    yield _record(line.strip(), place, captured_at)
    except OSError as error:
        yield Unread(capture_id(b"", name), name, Refusal("unreadable", name, error.strerror or str(error)))


def _record(line: bytes, place: str, captured_at: datetime) -> Capture:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    known = record if isinstance(record, dict) else {}
    hints = {key: value for key in HINTS if isinstance(value := known.get(key), str) and value and _is_storable(value)}
    name = known.get("id")
    name = name if isinstance(name, str) and 0 < len(name) <= pages.MAX_LENGTHS["id"] and _is_storable(name) else place
    return Capture(
        id=capture_id(line, hints.get("url") or name),
        content=line,
        media_type=MediaType.JSON,
        captured_at=captured_at,
        url=hints.get("url"),
        outlet=hints.get("outlet"),
        lang=hints.get("lang"),
        headline=hints.get("title"),
        name=name,
    )


def capture_id(content: bytes, address: str) -> int:
    """Return the id of a capture: the same bytes from the same address (URL, else file name or record id) are one capture."""
    return identity.of("capture", identity.sha256(content), address)


def _too_large(size: int) -> Refusal:
    return Refusal("too_large", f"{size} bytes", f"larger than {MAX_BYTES:,} bytes")


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
