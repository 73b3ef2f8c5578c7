"""Bytes of a capture -> decoded text, with what its record or page metadata says of it; or why it cannot be read. Nothing is fetched."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from tld import get_fld

from sumber.sourcing.layout import DENSE, Layout, LayoutKind, fold_line
from sumber.sourcing.model import Capture, Credit, CreditRole, MediaType, Origin, Refusal

MAX_BYTES = 20_000_000
MAX_ELEMENTS = 50_000  # of a page: the extractor's time grows with the square of their number, and news pages have some thousands
MAX_LINKED = 10_000  # values of a page's JSON-LD that are looked at
# Code points of what a record or page says of itself. A longer value is no name, and an index cannot hold it; languages by RFC 5646, 4.4.1.
MAX_LENGTHS = {"id": 500, "lang": 35, "url": 2_000, "outlet": 300, "published_at": 100, "title": 2_000}
MAX_TAGS = 30
MAX_TAG = 100  # code points
MAX_CORRECTION = 1_000  # code points of a note that says what was wrong
MIN_LETTERS = 30  # below it a page is a stub, an error message or a picture
MAX_REPLACED = 0.02  # share of U+FFFD from which a text counts as broken
MAX_CONTROLS = 0.01  # share of control characters from which bytes count as binary

_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Page:
    """The decoded text of a capture, with what its record or metadata says of it.

    `holders` are those who are named as holders of the copyright or providers of the page: agencies among them supplied the text.
    """

    text: str
    url: str | None = None
    outlet: str | None = None
    lang: str | None = None
    published: str | None = None
    headline: str | None = None
    name: str | None = None
    credits: tuple[Credit, ...] = ()
    holders: tuple[str, ...] = ()
    modified: str | None = None
    tags: tuple[str, ...] = ()
    dateline: str | None = None


def decode(capture: Capture, layout: Layout) -> Page | Refusal:
    """Return the text of a page, record or plain text: extracted for HTML, else unchanged. Never raises on any content."""
    if not capture.content.strip():
        return Refusal("empty", "", "the capture holds nothing but white space")
    if len(capture.content) > MAX_BYTES:
        return Refusal("too_large", str(len(capture.content)), f"the capture is larger than {MAX_BYTES} bytes")
    if capture.media_type is MediaType.JSON:
        return _record(capture.content)
    if capture.media_type is MediaType.HTML:
        return _html(capture.content, capture.url, layout)
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
_NOTE_TAGS = ("p", "div", "li", "aside", "section", "span", "em", "small")
# Articles by schema.org 29: NewsArticle with its kinds, and what else prints news.
_LINKED_DATA_TYPES = frozenset(
    (
        *("NewsArticle", "AnalysisNewsArticle", "AskPublicNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle"),
        *("ReportageNewsArticle", "ReviewNewsArticle", "Article", "Report", "BlogPosting", "LiveBlogPosting"),
    )
)


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
    if tree.xpath("count(descendant-or-self::*)") > MAX_ELEMENTS:
        return Refusal("too_complex", excerpt(content[:200].decode("utf-8", "replace")), f"the page has more than {MAX_ELEMENTS} elements")
    _undo_layout(tree)
    shown = "".join(tree.xpath(_SHOWN, smart_strings=False))
    short_lines = _short_lines(tree, layout)
    metadata, corrections = _metadata(tree, url, layout)
    corrections = [
        *(_corrections(tree, layout) if layout.mentions_correction(shown) else ()),
        *(note for note in corrections if layout.is_correction(note)),
    ]
    # Damaged markup leaves paragraphs in paragraphs, which the extractor joins in time that grows with the square of their number.
    for paragraph in tree.iter("p"):
        for outer in paragraph.iterancestors("p"):
            outer.tag = "div"
    try:
        extracted = trafilatura.bare_extraction(
            tree,
            url=url,
            fast=True,
            include_comments=False,
            with_metadata=False,
            config=_extraction(len(DENSE.findall(shown)) > _DENSE_SHARE * len(shown)),
        )
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, etree.LxmlError) as error:
        # A page that trips the extractor must not stop the batch; the class of error is in the reason.
        return Refusal("extractor", excerpt(content[:200].decode("utf-8", "replace")), f"{type(error).__name__}: {error}")
    body = getattr(extracted, "text", None) or ""
    if not body.strip():
        return Refusal("no_body", excerpt(metadata.headline or ""), "no article text was found in the page")
    head = [metadata.headline] if metadata.headline and fold_line(metadata.headline) not in map(fold_line, body.split("\n", 3)[:2]) else []
    present = set(map(fold_line, body.splitlines()))
    tail = [line for line in short_lines if fold_line(line) not in present]
    folded = fold_line(body)
    notes = [note for note in dict.fromkeys(corrections) if fold_line(note) not in folded]
    parts = ["\n".join(head), body, "\n".join(tail), "\n".join(notes)]
    return replace(metadata, text="\n\n".join(part for part in parts if part))


_CELLS = frozenset(("table", "tbody", "thead", "tfoot", "tr", "td", "th"))
_HOLDS_TEXT = ".//p | .//h1 | .//h2 | .//h3 | .//li | .//hr | .//table | .//article | .//form"
_SHOWN = "descendant::text()[not(parent::script or parent::style or parent::noscript)]"
_DENSE_SHARE = 0.2  # of a page's signs, from which it is in a script of syllables or words: menus and white space take their part


def _undo_layout(tree: Any) -> None:
    """Turn tables that only place things into plain divisions, and the posts of a live blog into parts of one article, in place.

    A table of figures holds neither paragraphs nor headings. The extractor prints any table as one, and takes one <article> of several.
    """
    placing = [table for table in tree.iter("table") if table.xpath(_HOLDS_TEXT)]
    for table in placing:
        for element in (table, *(part for part in table.iter(*_CELLS) if next(part.iterancestors("table"), None) is table)):
            element.tag = "div"
            element.attrib.clear()
    said = (script.text or "" for script in tree.iter("script") if (script.get("type") or "").casefold() == "application/ld+json")
    if any("LiveBlogPosting" in text for text in said) or tree.xpath("boolean(.//*[contains(@itemtype, 'LiveBlogPosting')])"):
        for post in tree.iter("article"):
            post.tag = "div"
            post.attrib.clear()


@lru_cache(maxsize=2)
def _extraction(is_dense: bool) -> Any:
    """Return the extractor's settings. It mistrusts what is shorter than 250 letters, which are 80 signs of a dense script."""
    from trafilatura.settings import use_config

    config = use_config()
    if is_dense:
        for name in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE"):
            config.set("DEFAULT", name, str(config.getint("DEFAULT", name) // 3))
    return config


def _metadata(tree: Any, url: str | None, layout: Layout) -> tuple[Page, list[str]]:
    """Return what the page says of itself, without its text, and its notes of correction: JSON-LD first, then meta and title elements.

    `url` is where the page was found; None where that is not known.
    """
    metas: dict[str, str] = {}
    listed: list[str] = []
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").casefold()
        if value := str(element.get("content") or "").strip():
            metas.setdefault(name, value)
            if name == "article:tag":
                listed.append(value)
    linked = _linked_data(tree)
    article = linked.article
    credits = []
    for key, role in (("author", CreditRole.BYLINE), ("editor", CreditRole.EDITOR)):
        names = [name for printed in linked.names(article.get(key)) for name in people(printed, layout)]
        credits += [Credit(role, name, None, Origin.BYLINE) for name in names]
    if not credits:
        printed = next((metas[key] for key in ("author", "article:author", "byl", "dc.creator", "parsely-author") if key in metas), "")
        names = people(printed, layout) or _marked_authors(tree, layout)
        credits += [Credit(CreditRole.BYLINE, name, None, Origin.BYLINE) for name in names]
    originals = [*linked.makers(article.get("isBasedOn"), url), *linked.names(article.get("sourceOrganization"))]
    suppliers = [name for name in originals if layout.is_name(name) or _is_host(name)]
    suppliers += [name for printed in linked.names(article.get("creditText")) for name in credited(printed, layout)]
    credits += [Credit(CreditRole.ORIGINAL_OUTLET, name, None, Origin.CREDIT_LINE) for name in suppliers]
    title = next((" ".join(element.text_content().split()) for element in tree.iter("h1")), "")
    keywords = article.get("keywords") or metas.get("news_keywords") or metas.get("keywords")
    tags = [*listed, *(keywords if isinstance(keywords, list) else str(keywords or "").split(","))]
    page = Page(
        text="",
        url=_short("url", _address(tree, metas.get("og:url"), url)) or url,
        outlet=_short(
            "outlet",
            next(filter(layout.is_name, linked.names(article.get("publisher"))), None)
            or metas.get("og:site_name")
            or _titled_site(tree, title, layout),
        ),
        lang=_short("lang", (tree.get("lang") or "").split("-")[0].casefold()),
        published=_string(article.get("datePublished"))
        or metas.get("article:published_time")
        or metas.get("datepublished")
        or _marked_date(tree, layout),
        headline=_short("title", _string(article.get("headline")) or metas.get("og:title") or title),
        credits=tuple(credits),
        holders=tuple(filter(layout.is_name, [*linked.names(article.get("copyrightHolder")), *linked.names(article.get("provider"))])),
        modified=_string(article.get("dateModified")) or metas.get("article:modified_time") or metas.get("datemodified"),
        tags=tuple(dict.fromkeys(tag for tag in (" ".join(str(tag).split()) for tag in tags) if is_tag(tag)))[:MAX_TAGS],
    )
    notes = (" ".join(note.split()) for note in linked.texts(article.get("correction")))
    return page, [note for note in notes if len(note) <= MAX_CORRECTION]


_TITLE_BREAK = re.compile(r"\s*(?:[|·•«»—–]|::|\s-\s)\s*")


def _titled_site(tree: Any, heading: str, layout: Layout) -> str | None:
    """Return the site's name in a <title> such as "Heading | Name", where `heading` is the page's own; None where it has none."""
    title = " ".join((tree.findtext(".//title") or "").split())
    if not heading or not title.startswith(heading):
        return None
    parts = [part for part in _TITLE_BREAK.split(f"{title[len(heading) :]} ") if part]
    name = parts[-1].strip() if parts else ""
    return name if _TITLE_BREAK.match(title[len(heading) :]) and layout.is_name(name) else None


_AUTHOR_MARKS = frozenset(("author", "authors", "byline", "by", "autor", "auteur", "penulis", "writer", "reporter"))
_MARK = re.compile(r"[^a-z]+")
LONG_PARAGRAPH = 80  # code points
HEAD_PARAGRAPHS = 3  # the head of an article is looked for up to its third long paragraph
MAX_HEAD_LINE = 80  # code points of a byline or date
_DATED = re.compile(r"\b\d{1,2}\b.{1,20}\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b.{1,6}\b\d{1,2}\b")  # a day and a year, in a language not told


def _head(tree: Any) -> Iterator[Any]:
    """Yield the elements from the first heading to the third long paragraph of a page; from the beginning where it has no heading."""
    heading = next(tree.iter("h1"), None)
    is_reached = heading is None
    paragraphs = 0
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        is_reached = is_reached or element is heading
        paragraphs += element.tag == "p" and len(element.text_content()) >= LONG_PARAGRAPH
        if paragraphs >= HEAD_PARAGRAPHS:
            return
        if is_reached and element.tag not in ("script", "style", "html", "body"):
            yield element


def _marked_authors(tree: Any, layout: Layout) -> list[str]:
    """Return the names in the first element of a page's head that is marked as its author: rel, itemprop, or a word of its class."""
    for element in _head(tree):
        marks = {*_MARK.split((element.get("class") or "").casefold()), element.get("rel"), element.get("itemprop")}
        if marks & _AUTHOR_MARKS:
            text = " ".join(element.text_content().split())
            names = [name for name in people(text, layout) if " " in name or DENSE.search(name)] if len(text) <= MAX_HEAD_LINE else []
            if names:
                return names
    return []


def _marked_date(tree: Any, layout: Layout) -> str | None:
    """Return the first date of a page's head: of a <time> element, else of a short line; None where it has none."""
    lang = (tree.get("lang") or "").split("-")[0].casefold()
    for element in _head(tree):
        if element.tag == "time" and element.get("datetime"):
            return str(element.get("datetime"))
        text = " ".join(element.text_content()[: MAX_HEAD_LINE + 1].split()) if element.tag in (*_BLOCK_TAGS, "font") else ""
        if 8 <= len(text) <= MAX_HEAD_LINE and (layout.dates(lang).find(text, layout, lang) if lang else _DATED.search(text)):
            return text
    return None


def is_tag(text: str) -> bool:
    """Whether a text is short enough for a tag, and can be stored."""
    # A lone surrogate in a tag shall not cost the article.
    return 0 < len(text) <= MAX_TAG and text == excerpt(text)


def _short(key: str, value: str | None) -> str | None:
    """Return a value of a page's metadata; None where there is none, or where it is too long to be what it claims."""
    return value if value and len(value) <= MAX_LENGTHS[key] else None


def _address(tree: Any, stated: str | None, url: str | None) -> str | None:
    """Return the address that a page gives as its own, in a link element, else in `stated`; None where there is none to be trusted.

    Trusted is an address on the same site as `url`, where the page was found, that is not merely the site's front page: anybody can claim
    another's, and templates are often wrong.
    """
    links = (str(link.get("href") or "") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").casefold().split())
    for claimed in (next(links, ""), stated or ""):
        try:
            address = urljoin(url or "", claimed.strip()) if claimed.strip() else ""
        except ValueError:
            continue
        if not address.startswith(("http://", "https://")):
            continue
        if url is None or (site(address) == site(url) is not None and not (_is_front(address) and not _is_front(url))):
            return address
    return None


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


class _LinkedData(NamedTuple):
    """The JSON-LD of a page: the first object that describes an article ({} where there is none), and what carries an `@id`, by it."""

    article: Mapping[str, Any]
    nodes: Mapping[str, Mapping[str, Any]]

    def items(self, value: Any) -> Iterator[Any]:
        """Yield the values of a property, references followed: one or a list, ten at most."""
        for item in value[:10] if isinstance(value, list) else [value]:
            if isinstance(item, dict) and isinstance(item.get("@id"), str) and "name" not in item:
                yield {**self.nodes.get(item["@id"], {}), **item}
            else:
                yield item

    def names(self, value: Any) -> list[str]:
        """Return the printed names in a value: a string, an object with a name, or a list of them."""
        found = [item.get("name") if isinstance(item, dict) else item for item in self.items(value)]
        return [" ".join(name.split()) for name in found if isinstance(name, str) and name.strip() and "://" not in name]

    def texts(self, value: Any) -> list[str]:
        """Return the texts in a value: a string, or an object with a text."""
        found = [item.get("text") or item.get("description") if isinstance(item, dict) else item for item in self.items(value)]
        return [text for text in found if isinstance(text, str) and text.strip() and "://" not in text[:10]]

    def makers(self, value: Any, url: str | None) -> list[str]:
        """Return who made the works in a value: their publisher or author, else the host of their address, unless it is the page's own."""
        found: list[str] = []
        for item in self.items(value):
            if isinstance(item, dict):
                makers = (self.names(item.get(key)) for key in ("publisher", "provider", "sourceOrganization", "author"))
                named = next(filter(None, makers), [])
                address = item.get("url") or item.get("@id")
                # A work's own name is its title; only an organisation's is a name.
                named = named or (self.names(item) if "Organization" in str(item.get("@type")) else [])
            else:
                named, address = ([] if "://" in str(item) else self.names(item)), item
            elsewhere = isinstance(address, str) and "://" in address and site(address) != site(url or "")
            found += named or ([name] if elsewhere and (name := host(str(address))) else [])
        return found


def _linked_data(tree: Any) -> _LinkedData:
    """Read the JSON-LD of a page, in the order of the page."""
    article: Mapping[str, Any] = {}
    nodes: dict[str, Mapping[str, Any]] = {}
    left = MAX_LINKED
    for element in tree.iter("script"):
        if (element.get("type") or "").casefold() != "application/ld+json":
            continue
        try:
            found = json.loads(element.text or "")
        except (ValueError, RecursionError):
            continue
        queue = deque([found])
        while queue and left:
            left -= 1
            item = queue.popleft()
            if isinstance(item, list):
                queue.extendleft(reversed(item[:50]))
            elif isinstance(item, dict):
                types = item.get("@type")
                if not article and _LINKED_DATA_TYPES & set(map(str, types if isinstance(types, list) else [types])):
                    article = item
                if isinstance(item.get("@id"), str) and "name" in item:
                    nodes.setdefault(item["@id"], item)
                if isinstance(item.get("@graph"), list):
                    queue.extendleft(reversed(item["@graph"][:50]))
    return _LinkedData(article, nodes)


_LIST = re.compile(r"\s*[,;|/&]\s*")


def people(printed: str, layout: Layout) -> list[str]:
    """Return the names of a byline as metadata print it: "By Name and Name", "Name, Agency"; nothing for an address or a sentence."""
    first, _, rest = printed.partition(" ")
    if rest and layout.labels.get(fold_line(first)) is LayoutKind.BYLINE:
        printed = rest
    names = []
    for part in _LIST.split(printed[:300]):
        whole = [part] if layout.is_name(part) else layout.name_break.split(part)
        names += [name.strip() for name in whole if "://" not in name and layout.is_name(name.strip())]
    return names


def credited(printed: str, layout: Layout) -> list[str]:
    """Return the names of a credit as metadata print it: "Reuters", "Source: Reuters"; nothing where it credits a picture."""
    label, colon, value = printed.replace("：", ":").partition(":")
    words = printed.split()
    phrase = next((count for count in range(min(4, len(words)), 0, -1) if fold_line(" ".join(words[:count])) in layout.credit_phrases), 0)
    if phrase and not colon:
        return people(" ".join(words[phrase:]), layout)
    if colon and layout.labels.get(fold_line(label)) is not LayoutKind.CREDIT:
        return []
    return people(value.strip() if colon else printed, layout)


def _is_host(name: str) -> bool:
    return " " not in name and host(name) == name


def _string(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


# Labels of credits and pictures end with the first three signs, a credit in brackets with the last: most elements need no closer look.
_TELLING = f"descendant-or-self::*[count(*) <= 6][{' or '.join(f'contains(., {sign!r})' for sign in ':：/)')}]"


def _short_lines(tree: Any, layout: Layout) -> list[str]:
    """Return the short lines that say who wrote, supplied or photographed, in order, each once: the extractor leaves many out."""
    lines: dict[str, None] = {}
    for element in tree.xpath(_TELLING):
        if element.tag not in _BLOCK_TAGS:
            continue
        is_caption = element.tag == "figcaption" or "caption" in (element.get("class") or "").casefold()
        for printed in _broken(element):
            line = " ".join(printed[:400].split())
            if 3 <= len(line) <= 160 and (layout.is_credit_line(line) or (is_caption and layout.photo_tail.search(line))):
                lines.setdefault(line)
    return list(lines)[:100]


def _broken(element: Any) -> list[str]:
    """Return the text of an element, one piece for each of its lines: <br> ends one."""
    if not any(child.tag == "br" for child in element):
        return [element.text_content()]
    pieces = [element.text or ""]
    for child in element:
        pieces += ["\n" if child.tag == "br" else child.text_content(), child.tail or ""]
    return "".join(pieces).split("\n")


def _corrections(tree: Any, layout: Layout) -> list[str]:
    """Return the paragraphs that a label of corrections begins, each once: the extractor takes many for furniture."""
    notes: dict[str, None] = {}
    for element in tree.iter(*_NOTE_TAGS):
        if len(element) <= 20 and layout.is_correction(element.text_content()[:200].lstrip()):
            note = " ".join(element.text_content()[: MAX_CORRECTION + 1].split())
            if len(note) <= MAX_CORRECTION and not any(note in other or other in note for other in notes):
                notes.setdefault(note)
        if len(notes) >= 10:
            break
    return list(notes)


# --- addresses -----------------------------------------------------------------------------------------------

# Parameters that say how a reader came or how the page is shown, not what is read.
_TRACKING = re.compile(
    r"utm_\w+|at_(?:campaign|medium|format|link_\w+|ptr_\w+)|ns_(?:campaign|mchannel|source|linkname|fee)|wt[._]mc\w*|_hs(?:enc|mi)|hsctatracking"
    r"|gad_\w+|gaa_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|ttclid|twclid|li_fat_id|yclid|ysclid|igshid|igsh|mc_[ce]id|mkt_tok|_ga|_gl"
    r"|guccounter|guce_\w+|ref|ref_src|ref_url|source|cmpid|icid|ncid|ocid|xtor|s_cid|smid|amp|outputtype|zarsrc",
    re.IGNORECASE,
)
_AMP_CACHE = re.compile(r"/(?:[a-z]/)?(?:s/)?([^/]+\.[^/]+/.*)")
_AMP_PATH = re.compile(r"/amp/?$|\.amp(?=(?:\.html?)?$)")
_SHOWN_BY = re.compile(r"(?:amp|m|mobile|touch|wap)\.(?=[^.]+\.[^.])")


def canonical(url: str | None) -> str | None:
    """Return a page's address without tracking parameters, fragment, default port, mobile or AMP host; None where it is not http.

    An address in an AMP cache or viewer becomes that of the page in it.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").casefold(), parts.port
    except ValueError:
        return None
    if parts.scheme.casefold() not in ("http", "https") or not host:
        return None
    is_viewer = host.removeprefix("www.").startswith("google.") and parts.path.startswith("/amp/")
    if is_viewer or host.endswith(".cdn.ampproject.org"):
        held = _AMP_CACHE.fullmatch(parts.path.removeprefix("/amp") if is_viewer else parts.path)
        if held:
            return canonical(urlunsplit(("https", *held[1].partition("/")[::2], parts.query, "")))
    host = _SHOWN_BY.sub("", host, count=1) if _SHOWN_BY.match(host) else host
    if port and port not in (80, 443):
        host = f"{host}:{port}"
    path = _AMP_PATH.sub(lambda match: "/" if match[0].startswith("/") else "", parts.path)
    query = urlencode([(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(key)])
    return urlunsplit((parts.scheme.casefold(), host, path or "/", query, ""))


def site(url: str) -> str | None:
    """Return the registrable domain of an address by the public suffix list; its host where it has none, None where it has no host."""
    try:
        return get_fld(url, fail_silently=True, fix_protocol=True) or host(url)
    except ValueError:
        return None


def host(url: str) -> str | None:
    """Return the host of an address without www, or None."""
    if not url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None
