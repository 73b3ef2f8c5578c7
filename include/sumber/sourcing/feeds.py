"""Bytes of a feed -> entries: RSS, Atom, RDF and JSON feeds. Nothing is fetched, and no entity is expanded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import fastfeedparser

from sumber.sourcing.model import Refusal

MAX_BYTES = 10_000_000
MAX_ENTRIES = 5_000
MAX_TITLE = 500
MAX_URL = 2_000

# A document type is where entity bombs and external entities live, and no feed needs one. It stands before the root element.
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")


@dataclass(frozen=True, slots=True)
class Feed:
    """One row of `seeds/feeds.csv`: where an outlet announces its articles, and how often to look."""

    outlet: str
    url: str
    lang: str
    interval_minutes: int
    is_active: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One article that a feed announces; what the feed says of it is a hint for the reader of the page."""

    id: str
    url: str
    title: str | None
    published_at: datetime | None


def read(content: bytes, url: str) -> tuple[Entry, ...] | Refusal:
    """Return the entries of a feed in its own order, each address once; `url` is the feed's own, for relative links.

    Entries without an http address are left out. A feed is refused where it is empty, too large, holds a document type or entity
    declaration, or is no feed. Never raises on any content.
    """
    if not content.strip():
        return Refusal("empty", "", "the feed is empty")
    if len(content) > MAX_BYTES:
        return Refusal("too_large", str(len(content)), f"the feed is larger than {MAX_BYTES} bytes")
    if content.startswith(_WIDE_MARKS) or b"\x00" in content[:4_096]:
        # In two-byte encodings a document type would pass unseen.
        return Refusal("encoding", content[:8].hex(" "), "the feed is not in an encoding that extends ASCII")
    if match := _declaration(content):
        return Refusal("doctype", match[0].decode("ascii", "replace"), "the feed declares a document type or entity")
    try:
        parsed = fastfeedparser.parse(content, include_content=False, include_tags=False, include_media=False, include_enclosures=False)
    except Exception as error:
        # The parser promises ValueError only, but one hostile feed must not stop the rest whatever it trips over.
        return Refusal("malformed", _excerpt(content), f"not a feed: {type(error).__name__}: {str(error)[:200]}")
    return _entries(getattr(parsed, "entries", None) or (), url)


def _declaration(content: bytes) -> re.Match[bytes] | None:
    """Return a declaration where a parser would act on it: first thing after the prolog, or anywhere before the root element."""
    prolog = _PROLOG.match(content)
    root = _ROOT.search(content)
    return _DECLARATION.match(content, prolog.end() if prolog else 0) or _DECLARATION.search(content, 0, root.start() if root else 100_000)


def _entries(found: Iterable[Any], base: str) -> tuple[Entry, ...]:
    entries: dict[str, Entry] = {}
    for item in found:
        address = _address(item.get("link"), base)
        if address is None or address in entries:
            continue
        title = item.get("title")
        entries[address] = Entry(
            id=str(item.get("id") or address)[:MAX_URL],
            url=address,
            title=" ".join(title.split())[:MAX_TITLE] or None if isinstance(title, str) else None,
            published_at=_moment(item.get("published") or item.get("updated")),
        )
        if len(entries) >= MAX_ENTRIES:
            break
    return tuple(entries.values())


def _address(link: object, base: str) -> str | None:
    """Return an absolute http address, or None."""
    if not isinstance(link, str) or not link.strip() or len(link) > MAX_URL:
        return None
    try:
        address = urljoin(base, link.strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname and address.isprintable() and " " not in address else None


def _moment(printed: object) -> datetime | None:
    """Return the time that the parser made of a date, in UTC; None where there is none."""
    if not isinstance(printed, str):
        return None
    try:
        moment = datetime.fromisoformat(printed)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _excerpt(content: bytes) -> str:
    return content[:200].decode("utf-8", "replace").replace("\0", "\ufffd")
