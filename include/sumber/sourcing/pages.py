"""Bytes of a capture -> decoded text, with what its record or page metadata says of it; or why it cannot be read. Nothing is fetched."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sumber.sourcing.layout import DENSE, Layout, fold_line
from sumber.sourcing.model import Capture, Credit, CreditRole, MediaType, Origin, Refusal

MAX_BYTES = 20_000_000
MAX_ELEMENTS = 50_000  # of a page: the extractor's time grows with the square of their number, and news pages have some thousands
MAX_LINKED = 10_000  # values of a page's JSON-LD that are looked at
# Code points of what a record or page says of itself. A longer value is no name, and an index cannot hold it; languages by RFC 5646, 4.4.1.
MAX_LENGTHS = {"id": 500, "lang": 35, "url": 2_000, "outlet": 300, "published_at": 100, "title": 2_000}
MIN_LETTERS = 30  # below it a page is a stub, an error message or a picture
MAX_REPLACED = 0.02  # share of U+FFFD from which a text counts as broken
MAX_CONTROLS = 0.01  # share of control characters from which bytes count as binary

_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Page:
    """The decoded text of a capture, with what its record or metadata says of it."""

    text: str
    url: str | None = None
    outlet: str | None = None
    lang: str | None = None
    published: str | None = None
    headline: str | None = None
    name: str | None = None
    credits: tuple[Credit, ...] = ()


def decode(capture: Capture, layout: Layout) -> Page | Refusal:
    """Return the text of a capture, unchanged for plain text and records; extracted for HTML. Never raises on any content."""
    if not capture.content.strip():
        return Refusal("empty", "", "the capture holds nothing but white space")
    if len(capture.content) > MAX_BYTES:
        return Refusal("too_large", str(len(capture.content)), f"the capture is larger than {MAX_BYTES} bytes")
    match capture.media_type:
        case MediaType.JSON:
            return _record(capture.content)
        case MediaType.HTML:
            return _html(capture.content, capture.url, layout)
        case MediaType.PLAIN:
            text = _text(capture.content)
            return text if isinstance(text, Refusal) else Page(text)


def _text(content: bytes) -> str | Refusal:
    """Decode plain text: UTF-8, or UTF-16 behind a byte order mark. The mark itself is not part of the text."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        value = content[max(0, error.start - 8) : error.start + 8].hex(" ")
        return Refusal("undecodable", value, f"not {error.encoding} at byte {error.start}: {error.reason}")


def _record(content: bytes) -> Page | Refusal:
    """Read one record of the exchange format: id, lang, url, outlet, published_at, title, text."""
    try:
        record = json.loads(content)
    except (ValueError, RecursionError) as error:
        return Refusal("malformed", excerpt(content.decode("utf-8", "replace")), f"not a JSON record: {error}")
    if not isinstance(record, dict):
        return Refusal("malformed", type(record).__name__, "a record must be a JSON object")
    values: dict[str, str | None] = {}
    for key in ("id", "lang", "url", "outlet", "published_at", "title", "text"):
        value = record.get(key)
        if value is not None and not isinstance(value, str):
            return Refusal("malformed", excerpt(f"{key}={value!r}"), f"{key} must be a string")
        if value is not None and len(value) > MAX_LENGTHS.get(key, MAX_BYTES):
            return Refusal("too_long", excerpt(value), f"{key} has {len(value)} characters, more than {MAX_LENGTHS[key]}")
        values[key] = value
    if values["text"] is None:
        return Refusal("malformed", excerpt(content.decode("utf-8", "replace")), "the record has no text")
    return Page(
        text=values["text"],
        url=values["url"],
        outlet=values["outlet"],
        lang=values["lang"],
        published=values["published_at"],
        headline=values["title"],
        name=values["id"],
    )


def excerpt(text: str) -> str:
    """Return the beginning of a text in a form that any store keeps: no NUL, no lone surrogate."""
    return text[:200].encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def unfit(text: str) -> Refusal | None:
    """Say why a decoded text cannot be an article, if so."""
    if not text.strip():
        return Refusal("empty", "", "the text holds nothing but white space")
    if (position := text.find("\0")) >= 0:
        return Refusal("nul", excerpt(repr(text[max(0, position - 20) : position + 20])), f"a NUL character at offset {position}")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return Refusal("surrogate", excerpt(repr(text[error.start])), f"a lone surrogate at offset {error.start}")
    controls = len(_CONTROLS.findall(text))
    if controls > MAX_CONTROLS * len(text) and controls > 2:
        return Refusal("binary", excerpt(repr(text[:60])), f"{controls} control characters in {len(text)}")
    replaced = text.count("\ufffd")
    if replaced > MAX_REPLACED * len(text) and replaced > 2:
        return Refusal("broken_encoding", excerpt(text), f"{replaced} replacement characters in {len(text)}")
    # One sign of a script without spaces says as much as several letters.
    letters = sum(3 if DENSE.match(sign[0]) else 1 for sign in islice(_LETTER.finditer(text), MIN_LETTERS))
    if letters < MIN_LETTERS:
        return Refusal("too_short", excerpt(text.strip()), f"{letters} letters, fewer than {MIN_LETTERS}")
    return None


# --- HTML ----------------------------------------------------------------------------------------------------

_BLOCK_TAGS = frozenset(("p", "div", "li", "td", "span", "strong", "em", "b", "i", "address", "cite", "small", "time", "a", "figcaption"))
_LINKED_DATA_TYPES = frozenset(("NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "LiveBlogPosting", "AnalysisNewsArticle"))


def _html(content: bytes, url: str | None, layout: Layout) -> Page | Refusal:
    """Extract the article of an HTML page: body by trafilatura, the rest from JSON-LD and meta elements; nothing is fetched.

    The text that comes out is headline, body, and those short lines of the page that trafilatura leaves out; what they are is told later.
    """
    import trafilatura
    from lxml import etree

    if (position := content.find(b"\0")) >= 0 and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return Refusal("nul", content[max(0, position - 8) : position + 8].hex(" "), f"a NUL byte at {position}")
    try:
        tree = trafilatura.load_html(content)
    except (ValueError, LookupError, etree.LxmlError) as error:
        return Refusal("malformed", excerpt(content[:200].decode("utf-8", "replace")), f"not HTML: {error}")
    if tree is None:
        return Refusal("malformed", excerpt(content[:200].decode("utf-8", "replace")), "not HTML")
    if next(islice(tree.iter(), MAX_ELEMENTS, None), None) is not None:
        return Refusal("too_complex", excerpt(content[:200].decode("utf-8", "replace")), f"the page has more than {MAX_ELEMENTS} elements")
    short_lines = _short_lines(tree, layout)
    metadata = _metadata(tree, layout)
    # Damaged markup leaves paragraphs in paragraphs, which the extractor joins in time that grows with the square of their number.
    for paragraph in tree.iter("p"):
        for outer in paragraph.iterancestors("p"):
            outer.tag = "div"
    try:
        extracted = trafilatura.bare_extraction(tree, url=url, fast=True, include_comments=False, with_metadata=False)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, etree.LxmlError) as error:
        # A page that trips the extractor must not stop the batch; the class of error is in the reason.
        return Refusal("extractor", excerpt(content[:200].decode("utf-8", "replace")), f"{type(error).__name__}: {error}")
    body = getattr(extracted, "text", None) or ""
    if not body.strip():
        return Refusal("no_body", excerpt(metadata.headline or ""), "no article text was found in the page")
    head = [metadata.headline] if metadata.headline and fold_line(metadata.headline) not in map(fold_line, body.split("\n", 3)[:2]) else []
    present = set(map(fold_line, body.splitlines()))
    tail = [line for line in short_lines if fold_line(line) not in present]
    parts = ["\n".join(head), body, "\n".join(tail)]
    return Page(
        text="\n\n".join(part for part in parts if part),
        url=metadata.url or url,
        outlet=metadata.outlet,
        lang=metadata.lang,
        published=metadata.published,
        headline=metadata.headline,
        credits=metadata.credits,
    )


class _Metadata(NamedTuple):
    url: str | None
    outlet: str | None
    lang: str | None
    published: str | None
    headline: str | None
    credits: tuple[Credit, ...]


def _metadata(tree: Any, layout: Layout) -> _Metadata:
    """Read what the page says of itself: JSON-LD first, then meta elements, then the title element."""
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if name and element.get("content"):
            metas.setdefault(name.casefold(), str(element.get("content")).strip())
    linked = _linked_data(tree)
    credits = []
    for key, role in (("author", CreditRole.BYLINE), ("editor", CreditRole.EDITOR)):
        credits += [Credit(role, name, None, Origin.BYLINE) for name in _names_of(linked.get(key), layout)]
    if not credits and layout.is_name(metas.get("author", "")):
        credits.append(Credit(CreditRole.BYLINE, metas["author"], None, Origin.BYLINE))
    for key in ("isBasedOn", "sourceOrganization", "creditText"):
        credits += [Credit(CreditRole.ORIGINAL_OUTLET, name, None, Origin.CREDIT_LINE) for name in _names_of(linked.get(key), layout)]
    canonical = next((str(link.get("href")) for link in tree.iter("link") if link.get("rel") == "canonical" and link.get("href")), None)
    title = next((" ".join(element.text_content().split()) for element in tree.iter("h1")), "")
    return _Metadata(
        url=_short("url", canonical if canonical and canonical.startswith(("http://", "https://")) else None),
        outlet=_short("outlet", next(iter(_names_of(linked.get("publisher"), layout)), None) or metas.get("og:site_name")),
        lang=_short("lang", (tree.get("lang") or "").split("-")[0].casefold()),
        published=_string(linked.get("datePublished")) or metas.get("article:published_time") or metas.get("datepublished"),
        headline=_short("title", _string(linked.get("headline")) or metas.get("og:title") or title),
        credits=tuple(credits),
    )


def _short(key: str, value: str | None) -> str | None:
    """Return a value of a page's metadata; None where there is none, or where it is too long to be what it claims."""
    return value if value and len(value) <= MAX_LENGTHS[key] else None


def _linked_data(tree: Any) -> Mapping[str, Any]:
    """Return the first JSON-LD object of the page that describes an article; {} where there is none."""
    for element in tree.iter("script"):
        if (element.get("type") or "").casefold() != "application/ld+json":
            continue
        try:
            found = json.loads(element.text or "")
        except (ValueError, RecursionError):
            continue
        queue = deque([found])
        for _ in range(MAX_LINKED):
            if not queue:
                break
            item = queue.popleft()
            if isinstance(item, list):
                queue.extendleft(reversed(item[:50]))
            elif isinstance(item, dict):
                types = item.get("@type")
                if _LINKED_DATA_TYPES & set(map(str, types if isinstance(types, list) else [types])):
                    return item
                if isinstance(item.get("@graph"), list):
                    queue.extendleft(reversed(item["@graph"][:50]))
    return {}


def _names_of(value: Any, layout: Layout) -> tuple[str, ...]:
    """Return the printed names in a JSON-LD value: a string, an object with a name, or a list of them."""
    items = value if isinstance(value, list) else [value]
    names = [item.get("name") if isinstance(item, dict) else item for item in items[:10]]
    return tuple(name.strip() for name in names if isinstance(name, str) and layout.is_name(name.strip()))


def _string(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _short_lines(tree: Any, layout: Layout) -> list[str]:
    """Return the short lines that say who wrote, supplied or photographed, in order, each once: the extractor leaves many out."""
    lines: dict[str, None] = {}
    for element in tree.iter():
        if element.tag not in _BLOCK_TAGS or len(element) > 6:
            continue
        line = " ".join(element.text_content()[:400].split())
        if 3 <= len(line) <= 160 and (layout.is_credit_line(line) or (element.tag == "figcaption" and layout.photo_tail.search(line))):
            lines.setdefault(line)
    return list(lines)[:100]


# --- addresses -----------------------------------------------------------------------------------------------

# Parameters that say how a reader came, not what is read.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|ref|ref_src|source|cmpid|ocid|amp|smid|s_cid|_ga|yclid", re.IGNORECASE
)


def canonical(url: str | None) -> str | None:
    """Return a page's address without tracking parameters, fragment, default port and mobile or AMP host; None where it is not http."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").casefold(), parts.port
    except ValueError:
        return None
    if parts.scheme.casefold() not in ("http", "https") or not host:
        return None
    for prefix in ("amp.", "m.", "mobile."):
        if host.startswith(prefix) and host.count(".") >= 2:
            host = host.removeprefix(prefix)
    if port and port not in (80, 443):
        host = f"{host}:{port}"
    path = re.sub(r"/amp/?$", "/", parts.path) if parts.path.rstrip("/").endswith("/amp") else parts.path
    query = urlencode([(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(key)])
    return urlunsplit((parts.scheme.casefold(), host, path or "/", query, ""))


def host(url: str) -> str | None:
    """Return the host of an address without www, or None."""
    if not url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None
