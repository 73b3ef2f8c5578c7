"""Feeds: what comes out of RSS, Atom, RDF and JSON, and what is refused."""

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sumber.sourcing import feeds
from sumber.sourcing.model import Refusal

BASE = "https://paper.example/rss.xml"

RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Paper</title><link>https://paper.example/</link>
<item><title> Two
  lines </title><link>https://paper.example/1</link><guid>g-1</guid><pubDate>Tue, 12 May 2026 14:30:00 +0700</pubDate></item>
<item><title>Again</title><link>https://paper.example/1</link></item>
<item><title>Relative</title><link>/2</link></item>
<item><title>No link</title></item>
<item><title>Not the web</title><link>javascript:alert(1)</link></item>
</channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title>
<entry><title>One</title><id>urn:1</id><link href="https://paper.example/1"/><updated>2026-05-12T14:30:00+07:00</updated></entry></feed>"""

RDF = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://paper.example/"><title>Paper</title><link>https://paper.example/</link></channel>
<item rdf:about="https://paper.example/1"><title>One</title><link>https://paper.example/1</link><dc:date>2026-05-12T07:30:00Z</dc:date></item></rdf:RDF>"""

JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Paper",
 "items": [{"id": "1", "url": "https://paper.example/1", "title": "One", "date_published": "2026-05-12T14:30:00+07:00"}]}"""


def test_rss_entries_keep_order_and_come_once_per_address():
    entries = feeds.read(RSS, BASE)
    assert not isinstance(entries, Refusal)
    assert [entry.url for entry in entries] == ["https://paper.example/1", "https://paper.example/2"]
    assert entries[0].title == "Two lines"
    assert entries[0].id == "g-1"
    assert entries[0].published_at == datetime(2026, 5, 12, 7, 30, tzinfo=UTC)
    assert entries[1].published_at is None


@pytest.mark.parametrize("content", [ATOM, RDF, JSON], ids=["atom", "rdf", "json"])
def test_other_kinds_of_feed(content):
    entries = feeds.read(content, BASE)
    assert not isinstance(entries, Refusal)
    assert [(entry.url, entry.title, entry.published_at) for entry in entries] == [
        ("https://paper.example/1", "One", datetime(2026, 5, 12, 7, 30, tzinfo=UTC))
    ]


NEWS_SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?>
<!-- made nightly -->
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://paper.example/1 </loc><image:image><image:loc>https://paper.example/1.jpg</image:loc><image:title>Pic</image:title></image:image>
<news:news><news:publication><news:name>Paper</news:name><news:language>vi-VN</news:language></news:publication>
<news:publication_date>2026-05-12T14:30:00+07:00</news:publication_date><news:title>One &amp;
 two</news:title></news:news></url>
<url><loc>https://paper.example/1</loc></url>
<url><loc>/2?a=1&b=2</loc><lastmod>0001-01-01T00:00:00+07:00</lastmod></url>
<url><loc>ftp://paper.example/3</loc></url><url/>
</urlset>"""


def test_a_news_sitemap_gives_title_time_and_language():
    entries = feeds.read(NEWS_SITEMAP, BASE)
    assert not isinstance(entries, Refusal)
    assert entries[0] == feeds.Entry(
        "https://paper.example/1", "https://paper.example/1", "One & two", datetime(2026, 5, 12, 7, 30, tzinfo=UTC), "vi"
    )
    # An ampersand that is not escaped and a time before all time cost neither their page nor the others.
    assert [(entry.url.partition("?")[0], entry.published_at, entry.lang) for entry in entries[1:]] == [
        ("https://paper.example/2", None, None)
    ]


def test_of_a_long_sitemap_the_newest_pages_are_kept(monkeypatch):
    monkeypatch.setattr(feeds, "MAX_ENTRIES", 2)
    listed = "".join(f"<url><loc>https://paper.example/{day}</loc><lastmod>2026-05-{day:02}</lastmod></url>" for day in (3, 9, 1, 7))
    entries = feeds.read(f"<urlset>{listed}<url><loc>https://paper.example/x</loc></url></urlset>".encode(), BASE)
    assert not isinstance(entries, Refusal)
    assert [(entry.url, entry.published_at) for entry in entries] == [
        ("https://paper.example/9", datetime(2026, 5, 9, tzinfo=UTC)),
        ("https://paper.example/7", datetime(2026, 5, 7, tzinfo=UTC)),
    ]


INDEX = b"""<sm:sitemapindex xmlns:sm="http://www.sitemaps.org/schemas/sitemap/0.9">
<sm:sitemap><sm:loc>undated.xml</sm:loc></sm:sitemap>
<sm:sitemap><sm:loc>https://paper.example/old.xml</sm:loc><sm:lastmod>2025-01-01</sm:lastmod></sm:sitemap>
<sm:sitemap><sm:loc>https://paper.example/new.xml</sm:loc><sm:lastmod>2026-05-12T14:30:00+07:00</sm:lastmod></sm:sitemap>
<sm:sitemap><sm:loc>https://paper.example/old.xml</sm:loc></sm:sitemap>
<sm:sitemap><sm:loc>file:///etc/passwd</sm:loc></sm:sitemap><sm:sitemap/></sm:sitemapindex>"""


def test_an_index_of_sitemaps_gives_each_once_the_latest_first():
    assert feeds.read(INDEX, BASE) == feeds.Index(
        (
            feeds.Sitemap("https://paper.example/new.xml", datetime(2026, 5, 12, 7, 30, tzinfo=UTC)),
            feeds.Sitemap("https://paper.example/old.xml", datetime(2025, 1, 1, tzinfo=UTC)),
            feeds.Sitemap("https://paper.example/undated.xml", None),
        )
    )


@pytest.mark.parametrize("content", [RSS, NEWS_SITEMAP, INDEX], ids=["rss", "sitemap", "index"])
def test_a_packed_file_is_read_like_the_file_in_it(content):
    assert feeds.read(gzip.compress(content), BASE) == feeds.read(content, BASE)


BOMB = b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (RSS.replace(b"<rss", BOMB + b"<rss", 1), "doctype"),
        (b"<!-- <rss -->" + BOMB + RSS[RSS.index(b"<rss") :], "doctype"),
        (BOMB + NEWS_SITEMAP[NEWS_SITEMAP.index(b"<urlset") :], "doctype"),
        (b"<!-- <urlset> -->" + BOMB + NEWS_SITEMAP[NEWS_SITEMAP.index(b"<urlset") :], "doctype"),
        (b"<!doctype html><html><body>Not found</body></html>", "doctype"),
        (b"<html><body>Not found</body></html>", "malformed"),
        (RSS.decode().encode("utf-16"), "encoding"),
        (b"\x00\x01\x02", "encoding"),
        (b"plain words", "malformed"),
        (b"[" * 100_000, "malformed"),
        (b" " + b"x" * feeds.MAX_BYTES, "too_large"),
        (gzip.compress(b"<urlset>" + b" " * 2 * feeds.MAX_BYTES), "too_large"),
        (b"\x1f\x8b and no archive", "encoding"),
        (gzip.compress(BOMB + b"<sitemapindex/>"), "doctype"),
    ],
)
def test_what_is_no_feed_is_refused_with_its_reason(content, rule):
    refusal = feeds.read(content, BASE)
    assert isinstance(refusal, Refusal)
    assert refusal.rule == rule
    assert refusal.reason


def test_a_doctype_quoted_inside_an_entry_is_no_declaration():
    quoted = RSS.replace(b"<title>Relative</title>", b"<title>R</title><description><![CDATA[<!DOCTYPE html><p>x</p>]]></description>")
    entries = feeds.read(quoted, BASE)
    assert not isinstance(entries, Refusal)
    assert len(entries) == 2


@pytest.mark.parametrize("damage", [b"<a:b:c>x</a:b:c>", b"<a:>x</a:>", b"<:a>x</:a>", b"<x:1y>z</x:1y>"])
def test_a_damaged_tag_costs_no_page_of_a_sitemap(damage):
    page = b"<url><loc>https://news.example/a</loc>" + damage + b"</url>"
    entries = feeds.read(b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' + page + b"</urlset>", BASE)
    assert [entry.url for entry in entries] == ["https://news.example/a"]


@settings(deadline=None)  # other work on the machine must not fail it
@given(
    st.binary(max_size=400)
    | st.builds(
        lambda feed, cut, junk: feed[:cut] + junk + feed[cut:],
        st.sampled_from([RSS, NEWS_SITEMAP, INDEX]),
        st.integers(0, len(NEWS_SITEMAP)),
        st.binary(max_size=20),
    )
)
def test_no_content_raises(content):
    result = feeds.read(content, BASE)
    if not isinstance(result, Refusal):
        listed = result.sitemaps if isinstance(result, feeds.Index) else result
        assert all(one.url.startswith(("http://", "https://")) for one in listed)
