"""Feeds that are due -> the pages that they announce -> captures. What is stored of a page, an attempt or a host is stored as it comes.

A feed may be an index of sitemaps: what it lists is polled like a feed from then on, for the feed of the registry that leads there.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sumber.pipeline import fetch, frames, inbox, store, terminal
from sumber.pipeline.fetch import Answer, Fetcher, HostState, Request
from sumber.pipeline.settings import Settings, SettingsError
from sumber.sourcing import feeds, identity, newsitems, pages
from sumber.sourcing.feeds import Feed
from sumber.sourcing.model import Capture, MediaType, Refusal

log = logging.getLogger(__name__)

REVISITS: Final = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))  # after which a page is looked at again, for corrections
RETRIES: Final = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))
LONGEST_BACK_OFF: Final = timedelta(hours=24)
PAUSED_AFTER: Final = 12  # failed polls in a row: two days and more, with the back-off
FEED_SECONDS, PAGE_SECONDS = 240.0, 420.0  # of one run, together under the 14 minutes that a run may take
PAGES_AT_ONCE: Final = 2_000
STORED_AT_ONCE: Final = 100
TAKEN_FOR: Final = timedelta(minutes=30)
WATCHDOG: Final = "Sumber"
DEEPEST: Final = 2  # indexes of sitemaps below each other: the protocol knows one, and some sites have two
SITEMAPS_FOLLOWED: Final = 50  # of an index: the latest changed
NEWS_AGE: Final = timedelta(
    days=7
)  # an index leads to an outlet's archive too: older sitemaps and pages, and pages without a time, stay there

SIGNATURES: Final = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"PK\x03\x04", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"\x00\x00\x00", "a recording"),
    (b"ID3", "a recording"),
)


@dataclass(slots=True)
class Tally:
    """What one poll did. Attempts are of feeds and pages: each answered, failed, or its content was refused."""

    feeds: int = 0  # and sitemaps that they lead to
    attempts: int = 0
    answered: int = 0
    unchanged: int = 0
    failed: int = 0
    announced: int = 0  # pages that are new, or announced anew
    captured: int = 0  # captures that are new
    left: int = 0  # taken and not reached in time
    paused: list[str] = field(default_factory=list)  # sentences for whoever is alerted


def policy(settings: Settings) -> fetch.Policy:
    """Return how to fetch. Raises SettingsError where no contact is set: who fetches says who they are."""
    if not settings.contact:
        raise SettingsError("SUMBER_CONTACT is not set: a page or e-mail address that hosts find in their logs is needed to poll feeds")
    return fetch.Policy(contact=settings.contact, allowed_hosts=settings.allowed_hosts)


def run(
    settings: Settings, registry: Iterable[Feed], run_id: str, *, fetcher: Callable[[Mapping[str, HostState]], Fetcher] | None = None
) -> Tally:
    """Poll the feeds of `registry` that are due and fetch the pages that are due; store all of it as it comes.

    `fetcher` makes the fetcher from what is remembered of hosts (default: one with the settings' policy). Raises SettingsError.
    """
    active = [feed for feed in registry if feed.is_active]
    if fetcher is None:
        if not active:
            return Tally()
        rules = policy(settings)
        fetcher = lambda states: Fetcher(rules, states)  # noqa: E731 - a default for a parameter
    return asyncio.run(_run(settings, active, run_id, fetcher))


async def _run(settings: Settings, active: Sequence[Feed], run_id: str, make: Callable[[Mapping[str, HostState]], Fetcher]) -> Tally:
    url, tally = settings.url("etl"), Tally()
    with store.transaction(url) as cursor:
        states = {row["url"]: row for row in frames.records(store.load_feed_states(cursor))}
        known = {row["origin"]: HostState(**row) for row in frames.records(store.load_host_states(cursor))}
    async with make(known) as fetcher:
        loop = asyncio.get_running_loop()
        asked: set[str] = set()
        end = loop.time() + FEED_SECONDS
        # An index that was just read has made due what it lists.
        while loop.time() < end and (due := _due(active, states, datetime.now(UTC), asked)):
            asked |= due.keys()
            requests = [Request(one, polled.state.get("etag"), polled.state.get("last_modified")) for one, polled in due.items()]
            waiting: list[Answer] = []
            async for answer in fetcher.all(requests, end - loop.time()):
                waiting.append(answer)
                if len(waiting) >= STORED_AT_ONCE:
                    _store_feeds(url, due, waiting, tally, run_id)
                    waiting = []
            _store_feeds(url, due, waiting, tally, run_id)
            with store.transaction(url) as cursor:
                states = {row["url"]: row for row in frames.records(store.load_feed_states(cursor))}
        left: set[str] = set()
        end = loop.time() + PAGE_SECONDS
        while loop.time() < end and (entries := _take_pages(url)):
            left |= entries.keys()
            waiting = []
            pages = [Request(row["url"], row["etag"], row["last_modified"]) for row in entries.values()]
            async for answer in fetcher.all(pages, end - loop.time()):
                left.discard(answer.url)
                waiting.append(answer)
                if len(waiting) >= STORED_AT_ONCE:
                    _store_pages(url, entries, waiting, tally, run_id)
                    waiting = []
            _store_pages(url, entries, waiting, tally, run_id)
        with store.transaction(url) as cursor:
            store.free_feed_entries(cursor, sorted(left), datetime.now(UTC))
            changed = [state for origin, state in sorted(fetcher.states.items()) if state != known.get(origin)]
            store.save_host_states(cursor, frames.frame(map(asdict, changed), ("origin", "robots", "robots_at", "held_until")))
    tally.left = len(left)
    return tally


def _take_pages(url: str) -> dict[str, dict[str, Any]]:
    """Return pages that are due, by address, at most so many; nobody else takes them for a while."""
    now = datetime.now(UTC)
    with store.transaction(url) as cursor:
        return {row["url"]: row for row in frames.records(store.take_feed_entries(cursor, now, now + TAKEN_FOR, PAGES_AT_ONCE))}


@dataclass(frozen=True, slots=True)
class _Polled:
    """A feed of the registry, or a sitemap that it leads to; `depth` is how many indexes stand above, `state` what is stored of it."""

    feed: Feed  # of the registry
    depth: int
    state: Mapping[str, Any]


def _due(active: Sequence[Feed], states: Mapping[str, Mapping[str, Any]], now: datetime, asked: Set[str]) -> dict[str, _Polled]:
    """Return what is due by address and was not `asked` yet: feeds of the registry and the sitemaps that they lead to, none paused."""
    running = {feed.url: feed for feed in active if not (states.get(feed.url) or {}).get("paused_at")}
    due = {}
    for url in {**running, **states}:
        state = states.get(url) or {}
        if url in asked or (state and (state["paused_at"] or state["next_poll_at"] > now)):
            continue
        above, depth = url, 0
        while above not in running and depth < DEEPEST and (listed_by := (states.get(above) or {}).get("listed_by")):
            above, depth = listed_by, depth + 1
        if above in running:
            due[url] = _Polled(running[above], depth, state)
    return due


# --- feeds ---------------------------------------------------------------------------------------------------


def _store_feeds(url: str, due: Mapping[str, _Polled], answers: Sequence[Answer], tally: Tally, run_id: str) -> None:
    """Store what feeds answered: their state, the pages that they announce, the attempts; pause those that keep failing."""
    rows, entries, refusals, paused = [], {}, [], []
    listed: dict[str, list[str]] = {}
    for answer in answers:
        feed, before = due[answer.url].feed, due[answer.url].state
        failure = answer.failure or (None if answer.is_answered else f"status {answer.status}")
        if answer.status == 200:
            read = feeds.read(answer.content or b"", answer.url)
            found = followed(read, due[answer.url].depth, answer) if isinstance(read, feeds.Index) else read
            if isinstance(found, Refusal):
                failure = f"{found.rule}: {found.reason}"
                refusals.append(
                    frames.rejection("poll", inbox.capture_id(b"", answer.url), answer.url, found.rule, found.value, found.reason)
                )
            elif isinstance(found, feeds.Index):
                listed[answer.url] = [one.url for one in found.sitemaps]
            else:
                oldest = answer.attempted_at - NEWS_AGE if due[answer.url].depth else None
                news = (one for one in found if oldest is None or (one.published_at and one.published_at >= oldest))
                entries.update({one.url: _entry(feed, one, answer.attempted_at) for one in news})
        failures = int(before.get("failures") or 0) + 1 if failure else 0
        rows.append(
            {
                "url": answer.url,
                # A feed that could not be read is asked for anew in full.
                "etag": None if failure else answer.etag or (before.get("etag") if answer.status == 304 else None),
                "last_modified": None
                if failure
                else answer.last_modified or (before.get("last_modified") if answer.status == 304 else None),
                "polled_at": answer.attempted_at,
                "next_poll_at": next_poll(answer, timedelta(minutes=feed.interval_minutes), failures),
                "failures": failures,
                "failure": failure,
            }
        )
        if failure:
            log.warning("poll: %s: %s", terminal.line(answer.url), terminal.line(failure))
        if answer.moved_to and answer.is_answered:
            log.warning("poll: %s has moved for good to %s: mend the registry", terminal.line(answer.url), terminal.line(answer.moved_to))
        if failures >= PAUSED_AFTER:
            reason = f"{failures} polls in a row gave nothing, the last one: {failure}"
            paused.append((answer.url, reason))
    _count(tally, answers, len(refusals))
    tally.feeds += len(answers)
    with store.transaction(url) as cursor:
        store.save_feed_states(cursor, frames.frame(rows, FEED_STATE_COLUMNS))
        for index, sitemaps in listed.items():
            store.replace_listed_sitemaps(cursor, index, sitemaps, datetime.now(UTC))
        tally.announced += store.save_feed_entries(cursor, frames.frame(entries.values(), FEED_ENTRY_COLUMNS))
        store.save_fetches(cursor, _fetches(answers, {}), run_id)
        store.save_rejections(cursor, "poll", frames.of_rejections(refusals), [inbox.capture_id(b"", one.url) for one in answers], run_id)
        for address, reason in paused:
            store.pause_feed(cursor, address, WATCHDOG, reason, datetime.now(UTC))
            tally.paused.append(f"{address} is paused: {reason}")


def followed(index: feeds.Index, depth: int, answer: Answer) -> feeds.Index | Refusal:
    """Return an index of the sitemaps that are polled: on its own site, not older than news, of these the latest `SITEMAPS_FOLLOWED`."""
    count = len(index.sitemaps)
    if depth >= DEEPEST:
        return Refusal("sitemap_index", str(count), f"an index of sitemaps below {DEEPEST} others is not followed")
    own = pages.site(answer.url)
    near = [one for one in index.sitemaps if pages.site(one.url) == own]
    late = [one for one in near if one.changed_at is None or one.changed_at >= answer.attempted_at - NEWS_AGE]
    if not late:
        days = NEWS_AGE.days
        return Refusal("sitemap_index", str(count), f"none of its {count} sitemaps is on its own site and changed in the last {days} days")
    if len(late) < count or count > SITEMAPS_FOLLOWED:
        log.info(
            "poll: %s lists %d sitemaps: %d elsewhere, %d older than news, %d followed",
            terminal.line(answer.url), count, count - len(near), len(near) - len(late), min(len(late), SITEMAPS_FOLLOWED),
        )  # fmt: skip
    return feeds.Index(tuple(late[:SITEMAPS_FOLLOWED]))


FEED_STATE_COLUMNS = ("url", "etag", "last_modified", "polled_at", "next_poll_at", "failures", "failure")
FEED_ENTRY_COLUMNS = ("url", "feed_url", "outlet", "lang", "headline", "published_at", "found_at")
FETCHED_COLUMNS = ("url", "fetched_at", "next_fetch_at", "visits", "failures", "etag", "last_modified", "failure")
FETCH_COLUMNS = ("id", "url", "attempted_at", "status", "etag", "last_modified", "size", "capture_id", "failure")


def next_poll(answer: Answer, interval: timedelta, failures: int) -> datetime:
    """Return when a feed is due again: after its interval, later with each failure in a row, and never before the host allows."""
    wait: timedelta = min(interval * 2 ** min(failures, 10), max(LONGEST_BACK_OFF, interval))
    return max(answer.attempted_at + wait, answer.retry_after or answer.attempted_at)


def _entry(feed: Feed, one: feeds.Entry, at: datetime) -> dict[str, Any]:
    return {
        "url": one.url, "feed_url": feed.url, "outlet": feed.outlet, "lang": one.lang or feed.lang, "headline": one.title,
        "published_at": one.published_at, "found_at": at,
    }  # fmt: skip


# --- pages ---------------------------------------------------------------------------------------------------


def _store_pages(url: str, entries: Mapping[str, Mapping[str, Any]], answers: Sequence[Answer], tally: Tally, run_id: str) -> None:
    """Store what pages answered: captures, attempts, refusals, and when to come back."""
    captures: dict[str, Capture] = {}
    refusals, rows = [], []
    for answer in answers:
        entry = entries[answer.url]
        failure = answer.failure or (None if answer.is_answered else f"status {answer.status}")
        if answer.status == 200:
            outcome = captured(answer, entry)
            if isinstance(outcome, Capture):
                captures[answer.url] = outcome
            else:
                failure = f"{outcome.rule}: {outcome.reason}"
                number = inbox.capture_id(b"", answer.url)
                refusals.append(frames.rejection("poll", number, answer.url, outcome.rule, outcome.value, outcome.reason))
        visits, failures = (int(entry["visits"]), int(entry["failures"]) + 1) if failure else (int(entry["visits"]) + 1, 0)
        is_same = answer.status == 304
        rows.append(
            {
                "url": answer.url,
                "fetched_at": answer.attempted_at,
                "next_fetch_at": next_fetch(answer, visits, failures),
                "visits": visits,
                "failures": failures,
                "etag": None if failure else answer.etag or (entry["etag"] if is_same else None),
                "last_modified": None if failure else answer.last_modified or (entry["last_modified"] if is_same else None),
                "failure": failure,
            }
        )
    _count(tally, answers, len(refusals))
    with store.transaction(url) as cursor:
        tally.captured += store.save_captures(cursor, *frames.of_captures({one.id: one for one in captures.values()}.values()))
        store.save_fetches(cursor, _fetches(answers, {address: one.id for address, one in captures.items()}), run_id)
        store.save_fetched_entries(cursor, frames.frame(rows, FETCHED_COLUMNS))
        store.save_rejections(cursor, "poll", frames.of_rejections(refusals), [inbox.capture_id(b"", one.url) for one in answers], run_id)


def next_fetch(answer: Answer, visits: int, failures: int) -> datetime | None:
    """Return when a page is due again: some times for corrections, some times after failures, never when it is gone."""
    if answer.status in (404, 410):
        return None
    steps = RETRIES if failures else REVISITS
    number = (failures or visits) - 1
    if number >= len(steps):
        return None
    return max(answer.attempted_at + steps[number], answer.retry_after or answer.attempted_at)


def captured(answer: Answer, entry: Mapping[str, Any]) -> Capture | Refusal:
    """Return the capture of a page, or why its content is none. What the bytes are decides, not what the header says."""
    content = answer.content or b""
    if not content.strip():
        return Refusal("empty", "", "the page holds nothing")
    for signature, what in SIGNATURES:
        if content.startswith(signature):
            return Refusal("no_text", answer.media_type or "", f"the address gives {what}")
    media_type = newsitems.kind(content) or _page_type(content, answer)
    if media_type is None:
        return Refusal("no_article", answer.media_type or "", "neither a web page, plain text nor an item of an agency")
    return Capture(
        id=inbox.capture_id(content, answer.url),
        content=content,
        media_type=media_type,
        captured_at=answer.attempted_at,
        url=answer.url,
        outlet=entry["outlet"],
        lang=entry["lang"],
        published_at=entry["published_at"],
        headline=entry["headline"],
    )


def _page_type(content: bytes, answer: Answer) -> MediaType | None:
    """Return whether bytes are a web page or plain text; None where they are neither."""
    start = content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<!--")) or b"<html" in start or b"<body" in start:
        return MediaType.HTML
    stated = {"text/plain": MediaType.PLAIN, "text/html": MediaType.HTML, "application/xhtml+xml": MediaType.HTML}
    return stated.get(answer.media_type or "")


def _count(tally: Tally, answers: Sequence[Answer], refused: int) -> None:
    answered = sum(one.is_answered for one in answers)
    tally.attempts += len(answers)
    tally.answered += answered - refused
    tally.failed += len(answers) - answered + refused
    tally.unchanged += sum(one.status == 304 for one in answers)


def _fetches(answers: Iterable[Answer], made: Mapping[str, int]) -> Any:
    return frames.frame(
        [
            {
                "id": identity.of("fetch", one.url, one.attempted_at.isoformat()),
                "url": one.url,
                "attempted_at": one.attempted_at,
                "status": one.status,
                "etag": one.etag,
                "last_modified": one.last_modified,
                "size": len(one.content) if one.content is not None else None,
                "capture_id": made.get(one.url),
                "failure": one.failure,
            }
            for one in answers
        ],
        FETCH_COLUMNS,
    )
