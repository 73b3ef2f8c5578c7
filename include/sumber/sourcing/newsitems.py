"""Bytes of an agency's news item -> its text and what the agency says of it. Formats: ninjs 1.x and 2.x, and NewsML-G2 (both by the IPTC).

Items are known by what is in them. Pictures, graphics and what else goes with a text (associations, media) are not read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from lxml import etree

from sumber.sourcing import pages
from sumber.sourcing.layout import Layout
from sumber.sourcing.model import Capture, Credit, CreditRole, MediaType, Origin, Refusal
from sumber.sourcing.pages import MAX_LENGTHS, Page

MEDIA_TYPES: Final = (MediaType.NINJS, MediaType.NEWSML)
MAX_LISTED = 50  # headlines, bodies, names in one list

_NAR = b"http://iptc.org/std/nar/2006-10-01/"
_ROOT = re.compile(rb"<(?:\w+:)?(?:newsMessage|newsItem|packageItem|conceptItem|knowledgeItem|planningItem|catalogItem)\b[^>]*")
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PROPERTIES = frozenset(
    ("versioncreated", "pubstatus", "headlines", "bodies", "representationtype", "contentcreated", "firstcreated", "usageterms")
)
_READABLE = frozenset(("text", "composite", "component"))
_MARKUP = re.compile(r"</?(?:p|div|section|article|body|br|h[1-6]|hl[12]|ul|ol|li|nitf|html)\b[^>]*>", re.IGNORECASE)
_BREAKS = re.compile(r"\v\s*\v\s*")  # U+000B stands for a line break in a paragraph
_BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "blockquote", "pre", "ul", "ol", "li", "table", "tr", "hr", "dl", "dt", "dd", "header"),
        *("footer", "h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "body", "body.content", "body.end", "block", "bq", "tagline"),
    )
)
# What goes with a text and is none: pictures with their captions, programs, and the head of a NITF body, which is read by itself.
_BESIDE = frozenset(("media", "figure", "figcaption", "aside", "script", "style", "head", "body.head", "title", "docdata", "object", "svg"))


def kind(content: bytes) -> MediaType | None:
    """Return what an agency's bytes are, None where they are no item or message of an agency. Never raises."""
    start = content[:4_096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<") and (root := _ROOT.search(start)) and _NAR in root[0]:
        return MediaType.NEWSML
    if start.startswith(b"{"):
        try:
            return MediaType.NINJS if is_ninjs(json.loads(content)) else None
        except (ValueError, RecursionError):
            return None
    return None


def is_ninjs(record: Any) -> bool:
    """Whether a JSON value is a ninjs object: it has an identifier (`guid` in Superdesk's), and properties that no record of ours has."""
    if not isinstance(record, dict) or "text" in record or not (record.get("uri") or record.get("guid")):
        return False
    standard = record.get("standard")
    is_named = isinstance(standard, dict) and standard.get("name") == "ninjs"
    return is_named or any(key in _PROPERTIES or str(key).startswith("body_") for key in record)


def parts(content: bytes) -> list[bytes] | Refusal:
    """Return the items of a NewsML-G2 message, each as a document of its own; of a single item, the bytes as they are. Never raises."""
    root = _parsed(content)
    if isinstance(root, Refusal):
        return root
    items = _items(root)
    return [content] if len(items) < 2 else [etree.tostring(item, encoding="utf-8", with_tail=False) for item in items]


def decode(capture: Capture, layout: Layout) -> Page | Refusal:
    """Return the text of an item, headline first, with its credits, times and language. Never raises on any content.

    Refused is what an agency withheld or cancelled, what is no text, and a message of several items.
    An item under embargo counts as published when that ends.
    """
    if not capture.content.strip():
        return Refusal("empty", "", "the capture holds nothing but white space")
    if len(capture.content) > pages.MAX_BYTES:
        return Refusal("too_large", str(len(capture.content)), f"the capture is larger than {pages.MAX_BYTES} bytes")
    item = _ninjs(capture.content) if capture.media_type is MediaType.NINJS else _newsml(capture.content)
    return item if isinstance(item, Refusal) else _page(item, layout)


@dataclass(frozen=True, slots=True)
class _Item:
    """What both formats say of a text, as printed: "" or nothing where they do not."""

    name: str
    lang: str
    headline: str
    body: str
    bylines: list[str]
    suppliers: list[str]  # of its credit line
    holder: str  # of the rights
    outlet: str
    note: str  # to editors
    created: str
    changed: str
    embargoed: str
    dateline: str
    tags: list[str]


# --- ninjs ---------------------------------------------------------------------------------------------------


def _ninjs(content: bytes) -> _Item | Refusal:
    try:
        record = json.loads(content)
    except (ValueError, RecursionError) as error:
        return Refusal("malformed", pages.excerpt(content[:200].decode("utf-8", "replace")), f"not JSON: {error}")
    if not isinstance(record, dict):
        return Refusal("malformed", type(record).__name__, "a ninjs item must be a JSON object")
    texts = {key: value for key, value in record.items() if isinstance(value, str)}
    if refusal := _unusable(record.get("pubstatus"), record.get("type")):
        return refusal
    headlines = [*_values(record.get("headlines")), texts.get("headline", "")]
    # Markup says where paragraphs end; a body without a type is judged by its content.
    bodies = [
        (str(one.get("contenttype") or ""), one["value"]) for one in _dicts(record.get("bodies")) if isinstance(one.get("value"), str)
    ]
    bodies += [("text/plain" if key == "body_text" else "", value) for key, value in texts.items() if key.startswith("body_")]
    bodies = [body for body in bodies if body[1].strip()]
    if not bodies:
        return Refusal("no_body", pages.excerpt(str(record.get("uri") or record.get("guid"))), "the item has no body")
    marked = [value for contenttype, value in bodies if contenttype != "text/plain" and _MARKUP.search(value)]
    body = _marked(marked[0]) if marked else bodies[0][1]
    if isinstance(body, Refusal):
        return body
    byline = texts.get("byline") or texts.get("by") or ""
    return _Item(
        name=texts.get("uri") or texts.get("guid") or "",
        lang=texts.get("language", ""),
        headline=next(filter(str.strip, headlines), ""),
        body=body,
        bylines=[byline] if byline.strip() else _names(record.get("authors")),
        suppliers=[texts.get("creditline", ""), *_names(record.get("infosources"))],
        holder=texts.get("copyrightholder", ""),
        outlet="",
        note=texts.get("ednote", ""),
        created=texts.get("firstcreated") or texts.get("contentcreated") or "",
        changed=texts.get("versioncreated", ""),
        embargoed=texts.get("embargoed", ""),
        dateline="",
        tags=_names(record.get("subjects") or record.get("subject")),
    )


def _dicts(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value[:MAX_LISTED] if isinstance(one, dict)] if isinstance(value, list) else []


def _names(value: Any) -> list[str]:
    return [name for one in _dicts(value) if isinstance(name := one.get("name"), str)]


def _values(value: Any) -> list[str]:
    """Return the texts of a list of headlines, the main one first."""
    found = [one for one in _dicts(value) if isinstance(one.get("value"), str)]
    return [one["value"] for one in sorted(found, key=lambda one: one.get("role") != "main")]


def _marked(text: str) -> str | Refusal:
    """Return the text of a body with markup, a line for each paragraph."""
    if refusal := pages.unfit(text):
        return refusal
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.LxmlError, ValueError) as error:
        return Refusal("malformed", pages.excerpt(text), f"not HTML: {error}")
    return "" if root is None else "\n\n".join(_paragraphs(root))


# --- NewsML-G2 -----------------------------------------------------------------------------------------------


def _newsml(content: bytes) -> _Item | Refusal:
    root = _parsed(content)
    if isinstance(root, Refusal):
        return root
    items = _items(root)
    if len(items) != 1:
        return Refusal("no_article", f"{len(items)} items", "a message must hold one item to be read as one article")
    item = items[0]
    if _local(item) != "newsItem":
        return Refusal("no_article", _local(item)[:200], "not a newsItem: it holds no text of its own")
    meta, about, content_set = (_first(item, name) for name in ("itemMeta", "contentMeta", "contentSet"))
    if refusal := _unusable(_code(_first(meta, "pubStatus")), _code(_first(meta, "itemClass"))):
        return refusal
    body, inner = _inline(content_set)
    if isinstance(body, Refusal):
        return body
    head = _first(inner, "body.head", deep=True)
    language = _first(about, "language")
    rights = _first(item, "rightsInfo")
    byline = _text(_first(about, "by")) or _byline(_first(head, "byline"))
    headlines = [*_all(about, "headline"), _first(head, "hl1", deep=True), _first(meta, "title")]
    return _Item(
        name=item.get("guid") or "",
        lang=(language.get("tag") if language is not None else None) or item.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        headline=next(filter(None, map(_text, headlines)), ""),
        body=body,
        bylines=[byline] if byline else list(map(_name, _all(about, "creator"))),
        suppliers=[_text(_first(about, "creditline")), *map(_name, _all(about, "infoSource"))],
        holder=_name(_first(rights, "copyrightHolder")),
        outlet=_name(_first(meta, "provider")),
        note=_text(_first(meta, "edNote")),
        created=_text(_first(meta, "firstCreated")) or _text(_first(about, "contentCreated")),
        changed=_text(_first(meta, "versionCreated")),
        embargoed=_text(_first(meta, "embargoed")),
        dateline=_text(_first(about, "dateline")) or _text(_first(head, "dateline")),
        tags=[_text(_first(one, "name")) for one in _all(about, "subject")],
    )


def _parsed(content: bytes) -> etree._Element | Refusal:
    """Parse XML without document type, entities and network. Expansion is refused before the parser could begin it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        return Refusal("encoding", content[:8].hex(" "), "the item is not in an encoding that extends ASCII, or holds a NUL")
    root = _ROOT.search(content)
    if found := _DECLARATION.search(content, 0, root.start() if root else len(content)):
        return Refusal("doctype", found[0].decode("ascii", "replace"), "the item declares a document type or entity")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True, recover=False
    )
    try:
        tree = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        return Refusal("malformed", pages.excerpt(content[:200].decode("utf-8", "replace")), f"not XML: {str(error)[:200]}")
    if tree.getroottree().docinfo.internalDTD is not None:
        return Refusal("doctype", "", "the item declares a document type or entity")
    return tree


def _items(root: etree._Element) -> list[etree._Element]:
    """Return the items of a message (of all its sets), or the item that the document is."""
    if _local(root) != "newsMessage":
        return [root]
    return [item for item_set in _all(root, "itemSet") for item in item_set if isinstance(item.tag, str)]


def _inline(content_set: etree._Element | None) -> tuple[str | Refusal, etree._Element | None]:
    """Return the text of the first content that holds one, and the element that it stands in."""
    refused: Refusal | None = None
    for held in () if content_set is None else content_set:
        if _local(held) == "inlineXML" and (text := "\n\n".join(_paragraphs(held))):
            return text, held
        if _local(held) == "inlineData" and (text := (held.text or "").strip()):
            is_plain = (held.get("contenttype") or "").strip().lower() == "text/plain" or not _MARKUP.search(text)
            body = text if is_plain else _marked(text)
            if body and isinstance(body, str):
                return body, None
            refused = body if isinstance(body, Refusal) else refused
    where = [one.get("href") or "" for one in _all(content_set, "remoteContent")]
    return refused or Refusal(
        "no_body", pages.excerpt(" ".join(where)), "the item holds no text" + (": it is elsewhere" if where else "")
    ), None


def _all(element: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if element is None else [child for child in element if _local(child) == name][:MAX_LISTED]


def _first(element: etree._Element | None, name: str, *, deep: bool = False) -> etree._Element | None:
    """Return the first child of that local name, or descendant where `deep`."""
    if element is None:
        return None
    return next((one for one in (element.iter() if deep else element) if one is not element and _local(one) == name), None)


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: etree._Element | None) -> str:
    return "" if element is None else " ".join(" ".join(map(str, element.itertext())).split())


def _byline(element: etree._Element | None) -> str:
    """Return a NITF byline, the writer's title or organisation behind a comma."""
    titles = [_text(one) for one in _all(element, "byttl")]
    whole = _text(element)
    for title in titles:
        whole = whole.replace(title, "", 1)
    return ", ".join(filter(None, [whole.strip(), *titles]))


def _name(element: etree._Element | None) -> str:
    """Return the printed name of a party: its name, its literal, or the last part of its code ("nprov:REUTERS")."""
    if element is None:
        return ""
    return _text(_first(element, "name")) or (element.get("literal") or "").strip() or _code(element)


def _code(element: etree._Element | None) -> str:
    """Return the part of a code behind its scheme: "canceled" of "stat:canceled", also where it is a whole address."""
    if element is None:
        return ""
    return re.split(r"[:/]", (element.get("qcode") or element.get("uri") or "").strip())[-1]


# --- both ----------------------------------------------------------------------------------------------------


def _unusable(status: Any, item_class: Any) -> Refusal | None:
    """Say why an item is not read: its status (IPTC NewsCodes "pubstatusg2") or its class ("ninature")."""
    if status and str(status).casefold() != "usable":
        return Refusal("pubstatus", pages.excerpt(str(status)), "the agency does not let this version of the item be used")
    if item_class and str(item_class).casefold() not in _READABLE:
        return Refusal("no_article", pages.excerpt(str(item_class)), "the item is no text")
    return None


def _paragraphs(root: etree._Element) -> list[str]:
    """Return the paragraphs below an element, white space made even; what only goes with the text is left out.

    One line break within a paragraph may only be where a line was full; two are an end.
    """
    found: list[str] = []
    open_words: list[str] = []
    beside = 0

    def close() -> None:
        lines = (" ".join(line.split()) for line in _BREAKS.split("".join(open_words)))
        found.extend(filter(None, lines))
        open_words.clear()

    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = _local(element).lower()
        if name in _BLOCKS:
            close()
        if event == "start":
            beside += name in _BESIDE
            if not beside:
                open_words.append("\v" if name == "br" else " " if name in ("td", "th") else "")
                open_words.append(element.text or "")
        else:
            beside -= name in _BESIDE
            if not beside and element is not root:
                open_words.append(element.tail or "")
    close()
    return found


def _page(item: _Item, layout: Layout) -> Page | Refusal:
    """Put an item together. Who supplied it by its credit line, and who holds the rights in it, are credited as such."""
    outlet = item.outlet or item.holder
    for key, value in (("id", item.name), ("title", item.headline), ("lang", item.lang), ("outlet", outlet)):
        if len(value) > MAX_LENGTHS[key]:
            return Refusal("too_long", pages.excerpt(value), f"{key} has {len(value)} characters, more than {MAX_LENGTHS[key]}")
    headline, body = " ".join(item.headline.split()), item.body.strip()
    credits = [Credit(CreditRole.BYLINE, name, None, Origin.BYLINE) for printed in item.bylines for name in pages.people(printed, layout)]
    suppliers = (name for printed in item.suppliers for name in pages.credited(printed, layout))
    credits += [Credit(CreditRole.ORIGINAL_OUTLET, name, None, Origin.CREDIT_LINE) for name in suppliers]
    note = " ".join(item.note.split())
    notes = [note] if len(note) <= pages.MAX_CORRECTION and layout.is_correction(note[:200]) else []
    return Page(
        text="\n\n".join(filter(None, ["" if body.startswith(headline) else headline, body, *notes])),
        url=item.name if item.name.startswith(("http://", "https://")) else None,
        outlet=outlet or None,
        lang=item.lang.split("-")[0].casefold() or None,
        published=_later(item.created or item.changed, item.embargoed),
        headline=headline or None,
        name=item.name or None,
        credits=tuple(credits),
        holders=(item.holder,) if item.holder else (),
        modified=item.changed if item.created and item.changed != item.created else None,
        tags=tuple(dict.fromkeys(filter(pages.is_tag, (" ".join(tag.split()) for tag in item.tags))))[: pages.MAX_TAGS],
        dateline=item.dateline or None,
    )


def _later(one: str, other: str) -> str | None:
    """Return the later of two times by ISO 8601; what cannot be read is not the later one."""
    return max((one, other), key=_moment) or None


def _moment(printed: str) -> datetime:
    try:
        moment = datetime.fromisoformat(printed.strip())
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
