"""Items of agencies: what is read in ninjs and NewsML-G2, what is refused, and that nothing is expanded."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sumber.pipeline import seeds
from sumber.sourcing import articles, newsitems, sources
from sumber.sourcing.layout import Layout
from sumber.sourcing.model import Article, Capture, CreditRole, MediaType, Refusal

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
BODY = "The port of Ostra closes for a week, its harbour master Lena Brandt said on Monday.\n\nThe work on the lock gates takes seven days."
NAR = "http://iptc.org/std/nar/2006-10-01/"


@lru_cache(maxsize=1)
def knowledge() -> tuple[Layout, sources.Registry]:
    return seeds.layout(SEEDS), seeds.registry(SEEDS)


def read(content: bytes) -> Article | Refusal:
    kind = newsitems.kind(content)
    assert kind is not None
    return articles.read(Capture(1, content, kind, NOON), *knowledge())


def article(content: bytes) -> Article:
    found = read(content)
    assert isinstance(found, Article), found
    return found


def ninjs(**changed: Any) -> bytes:
    item = {
        "uri": "urn:newsml:wire.example:1",
        "pubstatus": "usable",
        "language": "en",
        "headline": "Port closes",
        "body_text": BODY,
        **changed,
    }
    return json.dumps({key: value for key, value in item.items() if value is not None}).encode()


def newsml(content: str = "", meta: str = "", about: str = "", rights: str = "", root: str = "newsItem", before: str = "") -> bytes:
    held = content or f'<inlineData contenttype="text/plain">{BODY}</inlineData>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        f'<{root} xmlns="{NAR}" guid="urn:newsml:wire.example:1" version="1" xml:lang="en-US">'
        f"<rightsInfo>{rights}</rightsInfo><itemMeta>{meta}</itemMeta><contentMeta><headline>Port closes</headline>{about}</contentMeta>"
        f"<contentSet>{held}</contentSet></{root}>"
    ).encode()


def test_plain_bodies_of_ninjs_stay_as_they_are() -> None:
    found = article(ninjs(firstcreated="2026-05-04T10:00:00+07:00", versioncreated="2026-05-04T05:00:00Z"))
    assert found.text == f"Port closes\n\n{BODY}"
    assert (found.headline, found.lang, found.name, found.url) == ("Port closes", "en", "urn:newsml:wire.example:1", None)
    assert found.published_at == datetime(2026, 5, 4, 3, tzinfo=UTC)
    assert found.modified_at == datetime(2026, 5, 4, 5, tzinfo=UTC)


def test_markup_is_preferred_to_plain_text_and_pictures_are_left_out() -> None:
    found = article(
        ninjs(
            body_xhtml="<div><p>The port of Ostra<br/>closes for a week.</p><figure><figcaption>A ship</figcaption></figure>"
            "<p>The fair is put off.<br/> <br/>It was to open in May.</p></div>"
        )
    )
    assert found.text.splitlines()[2:] == ["The port of Ostra closes for a week.", "", "The fair is put off.", "", "It was to open in May."]


def test_credits_of_an_item() -> None:
    found = article(
        ninjs(
            byline="By Ana Flores", creditline="AFP", copyrightholder="dpa",
            associations={"main": {"type": "picture", "byline": "Jo Lind", "headline": "A ship"}},
            subject=[{"name": "ports"}, {"code": 1}, 7],
        )
    )  # fmt: skip
    assert {(credit.role, credit.name) for credit in found.credits} == {
        (CreditRole.OUTLET, "dpa"),
        (CreditRole.BYLINE, "Ana Flores"),
        (CreditRole.AGENCY, "AFP"),
    }
    assert found.tags == ("ports",)
    assert "ship" not in found.text


def test_an_embargo_is_when_an_item_is_published_and_a_note_of_correction_is_kept() -> None:
    found = article(ninjs(versioncreated="2026-05-04T05:00:00Z", embargoed="2026-05-05T00:00:00Z", ednote="Correction: the day is Monday"))
    assert found.published_at == datetime(2026, 5, 5, tzinfo=UTC)
    assert found.text.endswith("\n\nCorrection: the day is Monday")


def test_newsml_is_read_with_its_parties_and_times() -> None:
    found = article(
        newsml(
            rights="<copyrightHolder literal='x'><name>Reuters</name></copyrightHolder>",
            meta="<itemClass qcode='ninat:text'/><provider qcode='nprov:REUTERS'/><versionCreated>2026-05-04T05:00:00Z</versionCreated>"
            "<pubStatus uri='http://cv.iptc.org/newscodes/pubstatusg2/usable'/>",
            about="<by>By Ana Flores</by><creditline>Yonhap</creditline><dateline>OSTRA</dateline>",
        )
    )
    assert found.text == f"Port closes\n\n{BODY}"
    assert (found.lang, found.name, found.dateline) == ("en", "urn:newsml:wire.example:1", "OSTRA")
    assert found.published_at == datetime(2026, 5, 4, 5, tzinfo=UTC)
    assert [(credit.role, credit.name) for credit in found.credits] == [
        (CreditRole.OUTLET, "REUTERS"),
        (CreditRole.BYLINE, "Ana Flores"),
        (CreditRole.AGENCY, "Yonhap"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title>'
        "</head><body>{}</body></html></inlineXML>",
        '<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head>'
        "<hedline><hl1>x</hl1></hedline></body.head><body.content>{}</body.content></body></nitf></inlineXML>",
        '<remoteContent href="https://wire.example/1.jpg"/><inlineData contenttype="text/html">'
        "<![CDATA[<!DOCTYPE html><body>{}</body>]]></inlineData>",
    ],
    ids=["xhtml", "nitf", "data"],
)
def test_bodies_of_newsml(content: str) -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in BODY.split("\n\n"))
    assert article(newsml(content.format(paragraphs))).text == f"Port closes\n\n{BODY}"


def test_a_nitf_byline_names_the_writer_and_the_organisation() -> None:
    nitf = (
        '<inlineXML contenttype="application/nitf+xml"><nitf><body><body.head><byline>By <person>Ana Flores</person>'
        f"<byttl>AFP</byttl></byline></body.head><body.content><p>{BODY}</p></body.content></body></nitf></inlineXML>"
    )
    assert [(credit.role, credit.name) for credit in article(newsml(nitf)).credits] == [
        (CreditRole.BYLINE, "Ana Flores"),
        (CreditRole.AGENCY, "AFP"),
    ]


BOMB = '<!DOCTYPE newsItem [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE newsItem [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (ninjs(pubstatus="canceled"), "pubstatus"),
        (ninjs(pubstatus="withheld"), "pubstatus"),
        (ninjs(type="picture"), "no_article"),
        (ninjs(body_text=None), "no_body"),
        (ninjs(body_text=7, bodies=[{"value": None}, 3, "x"]), "no_body"),
        (ninjs(body_text="x\0" * 40), "nul"),
        (ninjs(body_xhtml="<p>\ud800" + BODY), "surrogate"),
        (ninjs(headline="\ud800"), "surrogate"),
        (ninjs(headline="x" * 3_000), "too_long"),
        (ninjs(uri="urn:" + "x" * 600), "too_long"),
        (newsml(meta="<pubStatus qcode='stat:canceled'/>"), "pubstatus"),
        (newsml(meta="<pubStatus qcode='stat:withheld'/>"), "pubstatus"),
        (newsml(meta="<itemClass qcode='ninat:video'/>"), "no_article"),
        (newsml(root="packageItem"), "no_article"),
        (newsml("<remoteContent href='https://wire.example/1'/>"), "no_body"),
        (newsml("<inlineXML/>"), "no_body"),
        (newsml("<inlineData>short</inlineData>", about="<headline/>"), "too_short"),
        (newsml()[:-20], "malformed"),
        (newsml("<a>" * 400 + "</a>" * 400), "malformed"),
        (newsml("<inlineData>&c;</inlineData>", before=BOMB), "doctype"),
        (newsml("<inlineData>&x;</inlineData>", before=OUTSIDE), "doctype"),
        # A comment that looks like the root must not hide a declaration from whoever looks for one before it.
        (newsml("<inlineData>&c;</inlineData>", before=f"<!-- <newsItem xmlns='{NAR}'> -->{BOMB}"), "doctype"),
        (newsml(before=f"<!-- <newsItem xmlns='{NAR}'> -->{BOMB}").replace(b'guid="', b'guid="&c;'), "doctype"),
        (newsml("<inlineData>&undeclared;</inlineData>"), "malformed"),
        (newsml() + b"\0", "encoding"),
        (f'<newsMessage xmlns="{NAR}"><itemSet/></newsMessage>'.encode(), "no_article"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(content: bytes, rule: str) -> None:
    refusal = read(content)
    assert isinstance(refusal, Refusal)
    assert refusal.rule == rule
    assert refusal.reason


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[" * 100_000, b'{"a":' * 100_000, b"plain words", b"<html><p>newsItem</p></html>", b"<newsItem/>", b"{}",
        b'{"uri": "x"}', b'{"id": "1", "lang": "en", "text": "a record", "uri": "x", "headlines": []}',
        b"<rss/>",
    ],
)  # fmt: skip
def test_what_is_no_item_is_not_taken_for_one(content: bytes) -> None:
    assert newsitems.kind(content) is None


def test_a_message_is_parted_into_items_that_are_read_alone() -> None:
    item = newsml()[newsml().index(b"<newsItem") :]
    message = b'<newsMessage xmlns="%s"><header/><itemSet>%s%s</itemSet></newsMessage>' % (
        NAR.encode(),
        item,
        item.replace(b"closes", b"opens"),
    )
    parts = newsitems.parts(message)
    assert not isinstance(parts, Refusal)
    assert [article(part).headline for part in parts] == ["Port closes", "Port opens"]
    alone = message.replace(item, b"", 1)
    assert newsitems.parts(alone) == [alone]
    assert isinstance(read(message), Refusal)


@settings(deadline=None, max_examples=60)  # other work on the machine must not fail it
@given(
    st.sampled_from([newsml(), ninjs(bodies=[{"value": f"<p>{BODY}</p>"}])]).flatmap(
        lambda item: st.builds(
            lambda cut, gone, junk: item[:cut] + junk + item[cut + gone :],
            st.integers(0, len(item)),
            st.integers(0, 40),
            st.binary(max_size=20),
        )
    ),
    st.sampled_from(newsitems.MEDIA_TYPES),
)
def test_no_content_raises(content: bytes, media_type: MediaType) -> None:
    newsitems.kind(content)
    newsitems.parts(content)
    found = articles.read(Capture(1, content, media_type, NOON), *knowledge())
    assert isinstance(found, Article) or found.reason


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
@settings(deadline=None, max_examples=60)
def test_no_type_of_any_property_raises(value: Any) -> None:
    keys = (
        *("pubstatus", "type", "headlines", "bodies", "by", "byline", "authors", "infosources", "creditline", "copyrightholder", "ednote"),
        *("firstcreated", "versioncreated", "embargoed", "language", "subject", "subjects", "uri", "standard"),
    )
    for key in keys:
        content = json.dumps({**json.loads(ninjs()), key: value}).encode()
        found = articles.read(Capture(1, content, MediaType.NINJS, NOON), *knowledge())
        assert isinstance(found, Article) or found.reason
