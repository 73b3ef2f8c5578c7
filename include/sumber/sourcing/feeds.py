"""Bytes of a feed -> entries, or the sitemaps that an index lists. Nothing is fetched, and no entity is expanded.

Read are RSS, Atom, RDF and JSON feeds, news sitemaps, sitemaps, and indexes of sitemaps, as they are or packed with gzip.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from sumber.sourcing.model import Refusal

MAX_BYTES = 10_000_000
MAX_ENTRIES = 5_000
MAX_TITLE = 500
MAX_URL = 2_000

# A document type is where entity bombs and external entities live, and no feed needs one. It stands before the root element.
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|channel|urlset|sitemapindex)\b", re.IGNORECASE)
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.ASCII)
_GZIP = b"\x1f\x8b"
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
    lang: str | None = None  # where the announcement itself names one


@dataclass(frozen=True, slots=True)
class Sitemap:
    """One sitemap that an index lists, and when it changed last, where the index says so."""

    url: str
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Index:
    """An index of sitemaps: each sitemap once, the latest changed first, those without a time behind them in the order of the index."""

    sitemaps: tuple[Sitemap, ...]


def read(content: bytes, url: str) -> tuple[Entry, ...] | Index | Refusal:
    """Return the entries of a feed in its own order, each address once; `url` is the feed's own, for relative links.

    Entries without an http address are left out; of a sitemap or index with more than `MAX_ENTRIES` the newest are kept. A feed is refused
    where it is empty, too large (as it came or unpacked), holds a document type or entity declaration, or is no feed. Never raises.
    Sitemaps are read by sitemaps.org protocol 0.9 and Google's news extension 0.9.
    """
    if content.startswith(_GZIP):
        # The protocol lets a sitemap be a packed file, which no header of the answer announces.
        try:
            content = zlib.decompressobj(wbits=31).decompress(content, MAX_BYTES + 1)
        except zlib.error as error:
            return Refusal("encoding", "gzip", f"the feed cannot be unpacked: {error}")
    if not content.strip():
        return Refusal("empty", "", "the feed is empty")
    if len(content) > MAX_BYTES:
        return Refusal("too_large", str(len(content)), f"the feed is larger than {MAX_BYTES} bytes")
    if content.startswith(_WIDE_MARKS) or b"\x00" in content[:4_096]:
        # In two-byte encodings a document type would pass unseen.
        return Refusal("encoding", content[:8].hex(" "), "the feed is not in an encoding that extends ASCII")
    if match := _declaration(content):
        return Refusal("doctype", match[0].decode("ascii", "replace"), "the feed declares a document type or entity")
    prolog = _PROLOG.match(content)
    if _SITEMAP.match(content, prolog.end() if prolog else 0):
        return _sitemap(content, url)
    import fastfeedparser  # whoever only reads the registry of feeds does not wait for it

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


def _sitemap(content: bytes, base: str) -> tuple[Entry, ...] | Index | Refusal:
    # One stray ampersand is common and must not cost the other pages.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        return Refusal("malformed", _excerpt(content), f"not a sitemap: {type(error).__name__}: {str(error)[:200]}")
    if root is None or not isinstance(root.tag, str):
        return Refusal("malformed", _excerpt(content), "not a sitemap: no root element")
    if root.getroottree().docinfo.internalDTD is not None:
        return Refusal("doctype", _excerpt(content), "the feed declares a document type or entity")
    listed = [(fields, _moment(fields.get("publication_date") or fields.get("lastmod"))) for fields in map(_fields, root)]
    if len(listed) > MAX_ENTRIES or _local(root) == "sitemapindex":
        listed.sort(key=lambda one: one[1] or datetime.min.replace(tzinfo=UTC), reverse=True)
    if _local(root) == "sitemapindex":
        sitemaps: dict[str, Sitemap] = {}
        for fields, moment in listed[:MAX_ENTRIES]:
            if address := _address(fields.get("loc"), base):
                sitemaps.setdefault(address, Sitemap(address, moment))
        return Index(tuple(sitemaps.values()))
    entries: dict[str, Entry] = {}
    for fields, moment in listed:
        address = _address(fields.get("loc"), base)
        if address is None or address in entries:
            continue
        language = _LANGUAGE.fullmatch(fields.get("language", "").lower())
        entries[address] = Entry(
            id=address,
            url=address,
            title=" ".join(fields.get("title", "").split())[:MAX_TITLE] or None,
            published_at=moment,
            lang=language[1] if language else None,
        )
        if len(entries) >= MAX_ENTRIES:
            break
    return tuple(entries.values())


def _fields(listed: etree._Element) -> dict[str, str]:
    """Return the texts of one `url` or `sitemap` by local name: its own, and those of its `news:news` (pictures have titles too)."""
    fields: dict[str, str] = {}
    for child in listed:
        name = _local(child)
        inner = [child] if name in ("loc", "lastmod") else list(child.iter()) if name == "news" else []
        for one in inner:
            if one.text and one.text.strip():
                fields.setdefault(_local(one), one.text.strip())
    return fields


def _local(element: etree._Element) -> str:
    # Not by QName, which raises on the names that a recovering parser lets through.
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


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
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _excerpt(content: bytes) -> str:
    return content[:200].decode("utf-8", "replace").replace("\0", "\ufffd")
