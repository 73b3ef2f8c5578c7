"""Feeds and pages on a real web server of the test's own, from the poll to the article."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any

import pytest
from archive import ask, run_step

from sumber.pipeline import fetch, polling, settings
from sumber.pipeline.fetch import Fetcher, HostState, Policy
from sumber.sourcing.feeds import Feed

Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """A web server whose pages are functions of the request's headers; it counts what it is asked."""

    pages: dict[str, Callable[[Mapping[str, str]], Reply]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    agents: set[str] = field(default_factory=set)
    moments: list[float] = field(default_factory=list)  # when each request came
    port: int = 0

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def serve(self, path: str, body: str | bytes, kind: str = "text/html", **headers: str) -> None:
        """Serve a fixed body with an ETag made of it, and 304 to whoever has it."""
        content = body.encode() if isinstance(body, str) else body
        tag = f'"{hash(content)}"'

        def reply(sent: Mapping[str, str]) -> Reply:
            if sent.get("If-None-Match") == tag:
                return 304, {"ETag": tag}, b""
            return 200, {"Content-Type": kind, "ETag": tag, **headers}, content

        self.pages[path] = reply

    def answer(self, path: str, status: int, body: bytes = b"", **headers: str) -> None:
        self.pages[path] = lambda _: (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)

    def feed(self, path: str, *pages: str, at: str = "Mon, 04 May 2026 10:00:00 GMT") -> None:
        items = "".join(f"<item><title>T</title><link>{self.at(page)}</link><pubDate>{at}</pubDate></item>" for page in pages)
        self.serve(path, f'<?xml version="1.0"?><rss version="2.0"><channel><title>N</title>{items}</channel></rss>', "application/rss+xml")


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            served.moments.append(time.monotonic())
            served.asked[self.path] += 1
            served.agents.add(self.headers.get("User-Agent", ""))
            page = served.pages.get(self.path)
            status, headers, body = page(self.headers) if page else (404, {}, b"")
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield served
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def polled(current: settings.Settings, site: Site) -> Callable[..., polling.Tally]:
    """A function that polls feeds of the site once, without its pauses."""
    policy = Policy(
        contact="desk@news.example", allowed_hosts=frozenset({f"127.0.0.1:{site.port}"}), pause=0.0, retries=1, read_seconds=1.0,
        total_seconds=2.0, most_bytes=200_000,
    )  # fmt: skip

    async def lookup(host: str, port: int) -> list[str]:
        return {"inner.example": ["10.0.0.7"], "mixed.example": ["93.184.215.14", "169.254.169.254"]}.get(host) or await fetch.resolve(
            host, port
        )

    def poll(*paths: str, **changed: Any) -> polling.Tally:
        def make(states: Mapping[str, HostState]) -> Fetcher:
            return Fetcher(replace(policy, **changed), states, lookup=lookup)

        registry = [Feed("Northern Courier", site.at(path), "en", 15, True, "") for path in paths]
        return polling.run(current, registry, "test", fetcher=make)

    return poll


def page(text: str) -> str:
    said = (
        f"<p>{text}, the harbour master Lena Brandt said on Monday.</p>" + "<p>The work on the lock gates takes seven days in all.</p>" * 4
    )
    return f"<!DOCTYPE html><html><head><title>Port</title></head><body><article><h1>Port of Ostra</h1>{said}</article></body></html>"


def announce(site: Site, pages: int) -> None:
    """Serve a feed of so many pages, each other than the rest."""
    site.feed("/feed", *[f"/{number}" for number in range(pages)])
    for number in range(pages):
        site.serve(f"/{number}", page(f"The port closes for {number} days"))


def due_again(current: settings.Settings) -> None:
    """Let an hour and a day pass, as far as the queue of pages and feeds is concerned."""
    ask(current, "UPDATE core.feed_entry SET next_fetch_at = now() - interval '1 minute' WHERE next_fetch_at IS NOT NULL")
    ask(current, "UPDATE core.feed_state SET next_poll_at = now() - interval '1 minute'")


def test_a_feed_becomes_articles_and_nothing_is_fetched_twice(
    current: settings.Settings, site: Site, polled: Callable[..., polling.Tally]
) -> None:
    site.feed("/feed", "/a", "/b")
    site.serve("/a", page("The port closes for a week"))
    site.pages["/b"] = lambda _: (
        200,
        {"Content-Type": "text/html", "Content-Encoding": "gzip"},
        gzip.compress(page("The fair is put off").encode()),
    )
    tally = polled("/feed")
    assert (tally.feeds, tally.announced, tally.captured, tally.failed) == (1, 2, 2, 0)
    assert run_step(current, "read", "test").went_out == 2
    assert ask(current, "SELECT outlet, count(*) FROM core.article GROUP BY outlet") == [("Northern Courier", 2)]
    assert site.agents == {"Sumber/0.1 (+desk@news.example)"}
    assert polled("/feed").attempts == 0, "neither the feed nor its pages are due"
    due_again(current)
    again = polled("/feed")
    assert (again.unchanged, again.captured, again.failed) == (2, 0, 0), "the feed and /a are unchanged, /b has the same bytes"
    assert ask(current, "SELECT status, count(*) FROM raw.fetch GROUP BY status ORDER BY status") == [(200, 4), (304, 2)]
    assert site.asked["/robots.txt"] == 1


def test_a_changed_page_is_a_new_capture_and_a_new_version(
    current: settings.Settings, site: Site, polled: Callable[..., polling.Tally]
) -> None:
    site.feed("/feed", "/a")
    site.serve("/a", page("The port closes for 7 days"))
    polled("/feed")
    site.serve("/a", page("Correction: The port closes for 9 days"))
    site.feed("/feed", "/a", at="Mon, 04 May 2026 13:00:00 GMT")
    ask(current, "UPDATE core.feed_state SET next_poll_at = now() - interval '1 minute'")
    assert polled("/feed").captured == 1, "announced anew, it is due before its hour"
    run_step(current, "read", "test")
    assert ask(current, "SELECT count(*), count(DISTINCT url) FROM core.article WHERE closed_at IS NULL") == [(2, 1)]


def test_an_address_may_give_an_item_of_an_agency(current: settings.Settings, site: Site, polled: Callable[..., polling.Tally]) -> None:
    site.feed("/feed", "/1.json", "/2")
    item = {"uri": "urn:wire:1", "pubstatus": "usable", "language": "en", "headline": "Port closes", "body_xhtml": page("The port closes")}
    site.serve("/1.json", json.dumps(item), "application/json")
    nar = "http://iptc.org/std/nar/2006-10-01/"
    status = '<itemMeta><pubStatus qcode="stat:canceled"/></itemMeta>'
    site.serve("/2", f'<newsMessage xmlns="{nar}"><itemSet><newsItem>{status}</newsItem></itemSet></newsMessage>', "text/xml")
    assert polled("/feed").captured == 2
    counts = run_step(current, "read", "test")
    assert (counts.went_out, counts.refused) == (1, 1)
    assert ask(current, "SELECT rule FROM core.rejection") == [("pubstatus",)]


def test_what_fails_is_written_down_and_the_rest_goes_on(
    current: settings.Settings, site: Site, polled: Callable[..., polling.Tally]
) -> None:
    def slow(_: Mapping[str, str]) -> Reply:
        time.sleep(3)
        return 200, {"Content-Type": "text/html"}, b"late"

    bomb = gzip.compress(b"\0" * 5_000_000)
    site.feed("/feed", "/fine", "/error", "/slow", "/large", "/bomb", "/cut", "/pdf", "/gone", "/loop", "/out", "/inner", "/mixed", "/file")
    site.serve("/fine", page("The port closes for a week"))
    site.answer("/error", 500)
    site.pages["/slow"] = slow
    site.serve("/large", "<html>" + "x" * 300_000)
    site.answer("/bomb", 200, bomb, Content_Type="text/html", Content_Encoding="gzip")
    site.answer("/cut", 200, gzip.compress(page("cut").encode())[:-20], Content_Type="text/html", Content_Encoding="gzip")
    site.serve("/pdf", b"%PDF-1.7 ...", "text/html")
    site.answer("/gone", 410)
    site.answer("/loop", 302, Location="/loop")
    site.answer("/out", 302, Location=f"http://127.0.0.1:{site.port + 1}/x")
    site.answer("/inner", 301, Location="http://inner.example/latest/meta-data")
    site.answer("/mixed", 302, Location="http://mixed.example/")
    site.answer("/file", 302, Location="file:///etc/passwd")
    tally = polled("/feed", "/none")
    assert (tally.captured, tally.answered, tally.failed) == (1, 2, 13)
    failures = dict(ask(current, "SELECT url, coalesce(failure, status::text) FROM raw.fetch"))
    said = {address.removeprefix(site.at("")): failure for address, failure in failures.items()}
    assert said["/error"] == "500" and site.asked["/error"] == 2, "asked once more"
    assert "timeout" in said["/slow"].lower() or "longer than" in said["/slow"]
    assert said["/large"] == said["/bomb"] == "larger than 200,000 bytes"
    assert "ends too early" in said["/cut"]
    assert "redirected more than 5 times" in said["/loop"]
    assert "not public" in said["/out"] and "not public" in said["/inner"] and "not public" in said["/mixed"]
    assert "scheme" in said["/file"]
    assert said["/gone"] == "410" and said["/none"] == "404"
    assert ask(current, "SELECT rule FROM core.rejection WHERE step = 'poll'") == [("no_text",)]
    never = ask(current, "SELECT count(*) FROM core.feed_entry WHERE next_fetch_at IS NULL")
    assert never == [(1,)], "only what is gone is not tried again"


def test_hosts_that_ask_to_wait_are_left_alone(current: settings.Settings, site: Site, polled: Callable[..., polling.Tally]) -> None:
    site.answer("/feed", 429, Retry_After="7200")
    site.feed("/other", "/a")
    tally = polled("/feed", "/other", connections=1)
    assert tally.answered <= 1
    asked = sum(site.asked.values())
    ask(current, "UPDATE core.feed_state SET next_poll_at = now() - interval '1 minute'")
    polled("/feed", "/other")
    assert sum(site.asked.values()) == asked, "the next run remembers it"
    due = ask(current, "SELECT next_poll_at FROM core.feed_state WHERE url = %s", site.at("/feed"))[0][0]
    assert due - datetime.now(UTC) > timedelta(minutes=110)


@pytest.mark.parametrize(
    ("robots", "apart"), [("", 0.1), ("User-agent: *\nCrawl-delay: 0.2\n", 0.2), ("User-agent: *\nCrawl-delay: 60\n", 0.3)]
)
def test_a_host_is_asked_for_one_thing_at_a_time_as_far_apart_as_it_wants(
    site: Site, polled: Callable[..., polling.Tally], robots: str, apart: float
) -> None:
    site.serve("/robots.txt", robots, "text/plain")
    site.feed("/feed", "/a", "/b", "/c")
    for path in ("/a", "/b", "/c"):
        site.serve(path, page(f"The port closes for {ord(path[1])} days"))
    assert polled("/feed", pause=0.1, longest_pause=0.3).captured == 3
    gaps = [later - earlier for earlier, later in pairwise(site.moments)]
    # A busy machine makes the gaps longer, never shorter. The first is that between robots.txt, which says how long to wait, and the feed.
    assert len(gaps) == 4 and min(gaps[1:]) >= apart


def test_robots_txt_is_followed(current: settings.Settings, site: Site, polled: Callable[..., polling.Tally]) -> None:
    site.serve("/robots.txt", "User-agent: sumber\nDisallow: /closed\n\nUser-agent: *\nDisallow: /\n", "text/plain")
    site.feed("/feed", "/closed/a", "/open/b")
    site.serve("/open/b", page("The port closes for a week"))
    tally = polled("/feed")
    assert tally.captured == 1 and site.asked["/closed/a"] == 0
    assert ask(current, "SELECT failure FROM raw.fetch WHERE url = %s", site.at("/closed/a")) == [("robots.txt does not allow it",)]


def test_a_host_without_readable_robots_txt_is_not_asked(
    current: settings.Settings, site: Site, polled: Callable[..., polling.Tally]
) -> None:
    site.answer("/robots.txt", 503)
    site.feed("/feed", "/a")
    assert polled("/feed").answered == 0 and site.asked["/feed"] == 0


def test_a_feed_that_keeps_failing_is_paused_and_a_person_resumes_it(
    current: settings.Settings, site: Site, polled: Callable[..., polling.Tally]
) -> None:
    site.serve("/feed", "<!DOCTYPE lolz [<!ENTITY a 'b'>]><rss/>", "application/rss+xml")
    sentences = []
    for _ in range(polling.PAUSED_AFTER):
        sentences += polled("/feed").paused
        due_again(current)
    assert len(sentences) == 1 and "12 polls in a row" in sentences[0]
    assert polled("/feed").feeds == 0
    assert ask(current, "SELECT paused_by FROM core.feed_state") == [("Sumber",)]


def test_without_a_contact_nobody_is_asked(current: settings.Settings, site: Site) -> None:
    with pytest.raises(settings.SettingsError, match="SUMBER_CONTACT"):
        polling.run(current, [Feed("N", site.at("/feed"), "en", 15, True, "")], "test")
    assert polling.run(current, [Feed("N", site.at("/feed"), "en", 15, False, "off")], "test") == polling.Tally()
    assert not site.asked


def test_what_a_run_does_not_reach_is_left_to_the_next(
    current: settings.Settings, site: Site, polled: Callable[..., polling.Tally], monkeypatch: pytest.MonkeyPatch
) -> None:
    announce(site, 30)
    monkeypatch.setattr(polling, "PAGE_SECONDS", 0.5)
    first = polled("/feed", pause=0.1)
    assert 0 < first.captured < 30 and first.left == 30 - first.captured
    monkeypatch.setattr(polling, "PAGE_SECONDS", 30.0)
    assert polled("/feed").captured == first.left


def test_a_run_takes_what_is_due_in_portions_until_nothing_is(
    current: settings.Settings, site: Site, polled: Callable[..., polling.Tally], monkeypatch: pytest.MonkeyPatch
) -> None:
    announce(site, 7)
    monkeypatch.setattr(polling, "PAGES_AT_ONCE", 3)
    assert polled("/feed", pause=0.0).captured == 7


def sitemap(site: Site, *pages: str, at: datetime | None = None) -> str:
    dated = f"<lastmod>{(at or datetime.now(UTC)).isoformat()}</lastmod>"
    return f"<urlset>{''.join(f'<url><loc>{site.at(page)}</loc>{dated}</url>' for page in pages)}</urlset>"


def index(*sitemaps: str, at: datetime | None = None) -> str:
    dated = f"<lastmod>{at.isoformat()}</lastmod>" if at else ""
    return f"<sitemapindex>{''.join(f'<sitemap><loc>{url}</loc>{dated}</sitemap>' for url in sitemaps)}</sitemapindex>"


def test_the_sitemaps_of_an_index_are_polled_like_feeds(
    current: settings.Settings, site: Site, polled: Callable[..., polling.Tally]
) -> None:
    site.serve("/index", index(site.at("/sections"), site.at("/news"), "http://elsewhere.example/news"), "text/xml")
    site.serve("/sections", index(site.at("/sport.gz")), "text/xml")
    site.serve("/sport.gz", gzip.compress(sitemap(site, "/b").encode()), "application/x-gzip")
    site.serve("/news", sitemap(site, "/a"), "text/xml")
    for path in ("/a", "/b"):
        site.serve(path, page(f"The port closes for {ord(path[1])} days"))
    tally = polled("/index")
    assert (tally.feeds, tally.announced, tally.captured, tally.failed) == (4, 2, 2, 0)
    assert ask(current, "SELECT DISTINCT feed_url, outlet FROM core.feed_entry") == [(site.at("/index"), "Northern Courier")]
    assert polled("/index").attempts == 0, "nothing is due"
    due_again(current)
    again = polled("/index")
    assert (again.feeds, again.unchanged, again.captured, again.failed) == (4, 6, 0, 0), "each sitemap and page is asked for conditionally"
    # What the index does not list any more is forgotten, and what only that listed; what is new is polled at once.
    site.serve("/index", index(site.at("/news"), site.at("/late")), "text/xml")
    site.serve("/late", sitemap(site, "/c"), "text/xml")
    site.serve("/c", page("The fair is put off"))
    ask(current, "UPDATE core.feed_state SET next_poll_at = now() - interval '1 minute'")
    assert polled("/index").captured == 1
    listed = ask(current, "SELECT url, listed_by FROM core.feed_state WHERE listed_by IS NOT NULL ORDER BY url")
    assert listed == [(site.at("/late"), site.at("/index")), (site.at("/news"), site.at("/index"))]
    assert polled().feeds == 0, "without its feed in the registry no sitemap is polled"


def test_of_an_index_only_what_is_news_is_taken(
    current: settings.Settings, site: Site, polled: Callable[..., polling.Tally], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "SITEMAPS_FOLLOWED", 2)
    old = datetime.now(UTC) - timedelta(days=30)
    site.serve("/archive", index(site.at("/2025.xml"), at=old), "text/xml")
    site.serve("/index", index(*(site.at(f"/{number}.xml") for number in range(4))), "text/xml")
    site.serve("/0.xml", sitemap(site, "/old", at=old), "text/xml")
    site.serve("/1.xml", f"<urlset><url><loc>{site.at('/undated')}</loc></url></urlset>", "text/xml")
    tally = polled("/archive", "/index")
    assert (tally.announced, site.asked["/2025.xml"], site.asked["/2.xml"]) == (0, 0, 0)
    assert ask(current, "SELECT name, rule FROM core.rejection") == [(site.at("/archive"), "sitemap_index")]
    # Indexes that list each other or ever deeper ones end.
    site.serve("/deep0", index(site.at("/deep1"), site.at("/deep0")), "text/xml")
    for number in range(1, 6):
        site.serve(f"/deep{number}", index(site.at(f"/deep{number + 1}"), site.at("/deep0")), "text/xml")
    assert polled("/deep0").feeds == 3 and site.asked["/deep3"] == 0


def test_a_sitemap_in_a_private_network_is_not_asked_for(
    current: settings.Settings, site: Site, polled: Callable[..., polling.Tally]
) -> None:
    # The same site by name, and by a redirect.
    site.serve("/index", index(f"http://127.0.0.1:{site.port + 1}/latest", site.at("/moved")), "text/xml")
    site.answer("/moved", 302, Location="http://inner.example/latest")
    tally = polled("/index")
    assert (tally.feeds, tally.failed, tally.announced) == (3, 2, 0)
    failures = ask(current, "SELECT failure FROM raw.fetch WHERE failure IS NOT NULL")
    assert len(failures) == 2 and all("not public" in failure for (failure,) in failures)
