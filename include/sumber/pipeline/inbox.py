"""Folders and files -> captures: the bytes of each article, untouched, and what the file itself says of it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import logging
import os
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from sumber.pipeline import terminal
from sumber.sourcing import identity, newsitems, pages
from sumber.sourcing.model import Capture, MediaType, Refusal

log = logging.getLogger(__name__)

MEDIA_TYPES = {".txt": MediaType.PLAIN, ".html": MediaType.HTML, ".htm": MediaType.HTML}
MAX_BYTES = 20_000_000  # of one capture: no article is larger, and every batch is held in memory
SUFFIXES = (*MEDIA_TYPES, ".json", ".xml", ".jsonl", ".jsonl.gz", ".csv", ".parquet", ".warc", ".warc.gz")
MAX_RATIO = 200  # of decompressed to compressed bytes: text packs to a fifth, in the extreme to a fiftieth
COLUMNS = ("id", "lang", "text")
OPTIONAL_COLUMNS = ("url", "outlet", "published_at", "title")
ROWS_AT_ONCE = 8  # of a Parquet file: each may be as large as a capture, and reading more at once is hardly faster
HINTS = ("url", "outlet", "lang", "title")


class Unread(NamedTuple):
    """A file or line that cannot be stored, under the id and name that its capture would have had."""

    capture_id: int
    name: str
    refusal: Refusal


@dataclass(slots=True)
class Position:
    """Where reading is: the file, and where it holds many records the share of it (0 to 1) that was read."""

    name: str = ""
    share: Callable[[], float] | None = None

    def __str__(self) -> str:
        return f"{self.share():.0%} of {terminal.line(self.name)}" if self.share else terminal.line(self.name)


def read(place: Path, captured_at: datetime, position: Position | None = None) -> Iterator[Capture | Unread]:
    """Yield a capture for each `.txt` and `.html` file, and for each record of the files that hold many (`SUFFIXES`).

    An agency's items (ninjs, NewsML-G2) are known by what is in them, whatever their files are called. A folder is searched with the
    folders below it. Files of records are streamed. `place` may also be one such file. Order is that of the paths; hidden files and other
    kinds are passed over, links to elsewhere too. `position` is kept at what is read.
    Raises FileNotFoundError where there is no such place.
    """
    if not (place.is_file() or place.is_dir()):
        raise FileNotFoundError(f"{place}: no such file or folder")
    position = position or Position()
    for path in [place] if place.is_file() else _files(place):
        name = _name(path, place)
        kind = path.name.lower()
        position.name, position.share = name, None
        if kind.endswith((".jsonl", ".jsonl.gz")):
            yield from _lines(path, name, captured_at, position)
        elif kind.endswith(".csv"):
            yield from _rows(path, name, captured_at, position)
        elif kind.endswith(".parquet"):
            yield from _columns(path, name, captured_at, position)
        elif kind.endswith((".warc", ".warc.gz")):
            yield from _responses(path, name, position)
        elif kind.endswith(SUFFIXES) or _is_item(path):
            yield from _whole(path, name, captured_at)
        else:
            log.info("capture: %s passed over: none of %s", terminal.line(name), ", ".join(SUFFIXES))
        position.share = None  # of a file that is closed now


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


def _is_item(path: Path) -> bool:
    """Whether a file that is called like none of `SUFFIXES` holds an item of an agency."""
    try:
        with path.open("rb") as file:
            start = file.read(4_096)
            if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"<", b"{"):
                return False
            return newsitems.kind(start + file.read(MAX_BYTES - len(start))) is not None
    except OSError:
        return False


def _whole(path: Path, name: str, captured_at: datetime) -> Iterator[Capture | Unread]:
    """Yield the capture of a file that is one article, or one for each item or record of a message or list of them."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        yield Unread(capture_id(b"", name), name, Refusal("unreadable", name, error.strerror or str(error)))
        return
    if size > MAX_BYTES:
        yield Unread(capture_id(b"", name), name, _too_large(size))
    elif not content:
        yield Unread(capture_id(b"", name), name, Refusal("empty", "", "the file holds nothing"))
    elif (kind := newsitems.kind(content)) is MediaType.NEWSML:
        yield from _message(content, name, captured_at)
    elif kind is MediaType.NINJS:
        yield _record(content, name, captured_at)
    elif media_type := MEDIA_TYPES.get(path.suffix.lower()):
        yield Capture(id=capture_id(content, name), content=content, media_type=media_type, captured_at=captured_at, name=name)
    elif path.suffix.lower() == ".json":
        yield from _list(content, name, captured_at)
    else:
        yield Unread(
            capture_id(b"", name), name, Refusal("no_article", pages.excerpt(content[:200].decode("utf-8", "replace")), "not NewsML-G2")
        )


def _message(content: bytes, name: str, captured_at: datetime) -> Iterator[Capture | Unread]:
    """Yield a capture for each item of a NewsML-G2 message."""
    parts = newsitems.parts(content)
    if isinstance(parts, Refusal):
        yield Unread(capture_id(b"", name), name, parts)
        return
    for number, part in enumerate(parts, 1):
        place = f"{name}:{number}" if len(parts) > 1 else name
        yield Capture(id=capture_id(part, place), content=part, media_type=MediaType.NEWSML, captured_at=captured_at, name=place)


def _list(content: bytes, name: str, captured_at: datetime) -> Iterator[Capture | Unread]:
    """Yield the capture of a record or ninjs item in a `.json` file, or one for each of a list of them."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        yield Unread(
            capture_id(b"", name), name, Refusal("malformed", pages.excerpt(content[:200].decode("utf-8", "replace")), f"not JSON: {error}")
        )
        return
    if not isinstance(found, list):
        yield _record(content, name, captured_at)
        return
    if not found:
        yield Unread(capture_id(b"", name), name, Refusal("empty", "", "the list holds nothing"))
    for number, record in enumerate(found, 1):
        yield _record(json.dumps(record).encode(), f"{name}:{number}", captured_at)


def _lines(path: Path, name: str, captured_at: datetime, position: Position) -> Iterator[Capture | Unread]:
    """Yield one capture per line; a line that is no record is kept as it is, for `articles.read` to refuse."""
    try:
        with _opened(path, position) as lines:
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
    except (OSError, EOFError, zlib.error) as error:
        yield Unread(capture_id(b"", name), name, Refusal("unreadable", name, getattr(error, "strerror", None) or str(error)))


def _opened(path: Path, position: Position) -> io.BufferedReader:
    """Open a file of records. One that is compressed ends with an OSError where it grows as no text does."""
    file = path.open("rb")
    size = max(1, path.stat().st_size)
    position.share = lambda: file.raw.tell() / size
    return io.BufferedReader(_Inflated(file)) if path.suffix.lower() == ".gz" else file


class _Inflated(io.RawIOBase):
    """The decompressed bytes of a gzip file, as long as they are in proportion to the compressed ones read."""

    def __init__(self, packed: io.BufferedReader) -> None:
        self._packed = packed
        self._unpacked = gzip.GzipFile(fileobj=self._packed)
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        some = self._unpacked.read1(len(buffer))
        self._given += len(some)
        if self._given > MAX_BYTES and self._given > MAX_RATIO * self._packed.tell():
            raise OSError(_cut(self._given))
        buffer[: len(some)] = some
        return len(some)

    def close(self) -> None:
        self._unpacked.close()
        self._packed.close()
        super().close()


class _Forward:
    """A stream that tells where it is and goes forward only."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream, self._place = stream, 0

    def read(self, size: int = -1) -> bytes:
        some = self._stream.read1(size)  # what can be read before damage is not lost with it
        self._place += len(some)
        return some

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = 0) -> int:
        if (offset, whence) not in ((0, 1), (self._place, 0)):
            raise io.UnsupportedOperation("seek")
        return self._place

    def close(self) -> None:
        self._stream.close()


def _rows(path: Path, name: str, captured_at: datetime, position: Position) -> Iterator[Capture | Unread]:
    """Yield one capture per row of a CSV file in UTF-8 whose first row names the columns of articles.jsonl, kept as such a record.

    A row with more or fewer fields than columns is refused; a file that lacks a column, or is not UTF-8 from some row on, is refused there.
    """
    number = held = 0

    def bounded(lines: IO[str]) -> Iterator[str]:
        nonlocal held
        while line := lines.readline(MAX_BYTES + 1):
            held += len(line)
            if held > MAX_BYTES:
                raise ValueError(f"a row is longer than {MAX_BYTES:,} characters")
            yield line

    # The limit is the process's: other readers keep theirs, and `bounded` keeps rows short.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    try:
        with io.TextIOWrapper(_opened(path, position), encoding="utf-8-sig", newline="") as lines:
            rows = csv.reader(bounded(lines), strict=True)
            columns = [column.strip() for column in next(rows, [])]
            if missing := [column for column in COLUMNS if column not in columns]:
                yield Unread(capture_id(b"", name), name, _no_columns(missing, columns))
                return
            for number, row in enumerate(rows, 2):
                held = 0
                place = f"{name}:{number}"
                if len(row) == len(columns):
                    fields = dict(zip(columns, row, strict=True))
                    record = {key: fields[key] or None for key in (*COLUMNS, *OPTIONAL_COLUMNS) if key in fields}
                    yield _record(json.dumps(record, ensure_ascii=False).encode(), place, captured_at)
                elif row:
                    reason = f"{len(row)} fields in {len(columns)} columns"
                    yield Unread(capture_id(b"", place), place, Refusal("malformed", ",".join(row)[:200], reason))
    except (OSError, ValueError, csv.Error) as error:
        # What follows in the file cannot be told apart any more.
        place = f"{name}:{number + 1}" if number else name
        rule = "unreadable" if isinstance(error, OSError) else "malformed"
        yield Unread(capture_id(b"", place), place, Refusal(rule, place, f"read up to here: {getattr(error, 'strerror', None) or error}"))


def _columns(path: Path, name: str, captured_at: datetime, position: Position) -> Iterator[Capture | Unread]:
    """Yield one capture per row of a Parquet file with the columns of articles.jsonl, kept as such a record; a few rows are held at a time.

    Times may be strings, timestamps or dates; one without a zone stays without. Other columns are not read.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        reason = "Parquet is read where the extra parquet is installed: make setup EXTRAS=parquet"
        yield Unread(capture_id(b"", name), name, Refusal("unreadable", name, reason))
        return
    number = given = 0
    try:
        size = path.stat().st_size
        metadata = parquet.read_metadata(path)
        schema = metadata.schema.to_arrow_schema()
        if missing := [column for column in COLUMNS if schema.names.count(column) != 1]:
            yield Unread(capture_id(b"", name), name, _no_columns(missing, schema.names))
            return
        wanted = [column for column in (*COLUMNS, *OPTIONAL_COLUMNS) if schema.names.count(column) == 1]
        if refusal := _bomb(metadata, wanted):
            yield Unread(capture_id(b"", name), name, refusal)
            return
        with parquet.ParquetFile(path, metadata=metadata, buffer_size=1_000_000, pre_buffer=False) as file:
            position.share = lambda: number / max(1, metadata.num_rows)
            for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=wanted, use_threads=False):
                for row in range(batch.num_rows):
                    number += 1
                    found = _row({column: batch.column(column)[row] for column in wanted}, f"{name}:{number}", captured_at)
                    given += len(found.content) if isinstance(found, Capture) else 0
                    if given > MAX_BYTES and given > MAX_RATIO * size:
                        raise OSError(_cut(given))
                    yield found
            if not number:
                yield Unread(capture_id(b"", name), name, Refusal("empty", "", "the file holds no row"))
    except (OSError, ValueError, MemoryError, pyarrow.ArrowException) as error:
        # What follows in the file cannot be told apart any more.
        place = f"{name}:{number + 1}" if number else name
        yield Unread(capture_id(b"", place), place, Refusal("unreadable", place, f"read up to here: {str(error)[:200]}"))


def _bomb(metadata: Any, wanted: Sequence[str]) -> Refusal | None:
    """Refuse a Parquet file of which a column grows, unpacked, as no text does."""
    for group in range(metadata.num_row_groups):
        for number in range(metadata.num_columns):
            column = metadata.row_group(group).column(number)
            packed, unpacked = column.total_compressed_size, column.total_uncompressed_size
            if column.path_in_schema in wanted and unpacked > MAX_BYTES and unpacked > MAX_RATIO * packed:
                reason = f"column {column.path_in_schema} holds more than {MAX_RATIO} times what the file does"
                return Refusal("too_large", f"{unpacked} bytes", reason)
    return None


def _row(row: Mapping[str, Any], place: str, captured_at: datetime) -> Capture | Unread:
    record: dict[str, str | None] = {}
    for column, scalar in row.items():
        try:
            value = scalar.as_py()
        except (ValueError, OverflowError) as error:
            return Unread(capture_id(b"", place), place, Refusal("malformed", column, f"{column}: {str(error)[:200]}"))
        value = value.isoformat() if isinstance(value, date) else value
        value = str(value) if column == "id" and isinstance(value, int) else value
        if not (value is None or isinstance(value, str)):
            return Unread(capture_id(b"", place), place, Refusal("malformed", str(scalar.type)[:200], f"{column} is no text"))
        record[column] = value or None
    content = json.dumps(record, ensure_ascii=False).encode()
    return (
        _record(content, place, captured_at)
        if len(content) <= MAX_BYTES
        else Unread(capture_id(b"", place), place, _too_large(len(content)))
    )


def _no_columns(missing: Sequence[str], columns: Sequence[str]) -> Refusal:
    reason = f"no column {', '.join(missing)}; columns are {', '.join(COLUMNS)} and, where known, {', '.join(OPTIONAL_COLUMNS)}"
    return Refusal("columns", ",".join(columns)[:200], reason)


def _responses(path: Path, name: str, position: Position) -> Iterator[Capture | Unread]:
    """Yield a capture for each web page that a WARC file (ISO 28500) holds as the answer to a request, under its address and time.

    Answers that are no page are refused; records that are no answers (requests, metadata, visits that found nothing new) are passed over.
    """
    # Few runs read an archive, and the library is needed for nothing else.
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    number = 1
    try:
        with _opened(path, position) as stream:
            # Its own decoding gives up the rest of the archive where one body is damaged.
            answers = ArchiveIterator(_Forward(stream), record_types=WarcRecordType.response, parse_http=True)
            for answer in answers:
                place = f"{name}:{number}"
                outcome = _page(answer, place)
                yield outcome if isinstance(outcome, Capture) else Unread(capture_id(b"", place), place, outcome)
                number += 1
            if number == 1:
                yield Unread(capture_id(b"", name), name, Refusal("empty", "", "the archive holds no answer"))
    except (OSError, EOFError, ValueError, zlib.error) as error:
        # What follows in the file cannot be told apart any more.
        place = f"{name}:{number}"
        yield Unread(capture_id(b"", place), place, Refusal("unreadable", place, f"read up to here: {str(error)[:200]}"))


def _page(answer: Any, place: str) -> Capture | Refusal:
    """Return the capture of one answer of an archive, or why it is none. Raises what the stream below raises."""
    url = (answer.headers.get("WARC-Target-URI") or "").strip("<> ")
    if not url.startswith(("http://", "https://")) or len(url) > pages.MAX_LENGTHS["url"] or not _is_storable(url):
        return Refusal("url", url[:200].encode("ascii", "backslashreplace").decode(), "not a web address")
    status = answer.http_headers.status_code if answer.http_headers else None
    if status != 200:
        return Refusal("status", str(status), f"{url}: no answer with status 200")
    media_type = (answer.http_content_type or "").strip().lower()
    if media_type not in ("text/html", "application/xhtml+xml"):
        return Refusal("no_article", media_type[:200], f"{url}: not a web page")
    moment = answer.record_date
    if moment is None:
        return Refusal("date", str(answer.headers.get("WARC-Date"))[:200], f"{url}: the record has no time that can be read")
    announced = answer.content_length
    content = answer.reader.read(MAX_BYTES + 1)
    if len(content) < min(announced, MAX_BYTES):
        return Refusal("cut", f"{len(content)} of {announced} bytes", f"{url}: the record ends before its length")
    if len(content) <= MAX_BYTES and content.startswith(b"\x1f\x8b"):
        try:
            content = zlib.decompressobj(31).decompress(content, MAX_BYTES + 1)
        except zlib.error as error:
            return Refusal("encoding", "gzip", f"{url}: {error}")
    else:
        coding = answer.http_headers.get("Transfer-Encoding") or answer.http_headers.get("Content-Encoding")
        # Archives often keep these headers and store the body decoded.
        if coding and b"<" not in content.lstrip()[:1_000].split(b"\n", 1)[0]:
            return Refusal("encoding", str(coding)[:200], f"{url}: the page is stored in a coding that is not undone")
    if len(content) > MAX_BYTES:
        return _too_large(len(content))
    if not content.strip():
        return Refusal("empty", "", f"{url}: the page holds nothing")
    return Capture(
        id=capture_id(content, url),
        content=content,
        media_type=MediaType.HTML,
        captured_at=moment if moment.tzinfo else moment.replace(tzinfo=UTC),
        url=url,
        name=place,
    )


def _record(line: bytes, place: str, captured_at: datetime) -> Capture:
    """Return the capture of a JSON record, or of a ninjs item; what is neither is kept for `articles.read` to refuse."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    known = record if isinstance(record, dict) else {}
    is_ninjs = newsitems.is_ninjs(record)
    hints = {} if is_ninjs else {key: value for key in HINTS if isinstance(value := known.get(key), str) and value and _is_storable(value)}
    name = known.get("uri") or known.get("guid") if is_ninjs else known.get("id")
    name = name if isinstance(name, str) and 0 < len(name) <= pages.MAX_LENGTHS["id"] and _is_storable(name) else place
    return Capture(
        id=capture_id(line, hints.get("url") or name),
        content=line,
        media_type=MediaType.NINJS if is_ninjs else MediaType.JSON,
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


def _cut(given: int) -> str:
    return f"cut after {given:,} bytes: more than {MAX_RATIO} times what the archive holds"


def _too_large(size: int) -> Refusal:
    return Refusal("too_large", f"{size} bytes", f"larger than {MAX_BYTES:,} bytes")


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
