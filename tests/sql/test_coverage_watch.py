"""The last day is counted per outlet and feed, kept, judged against the days before, told once; a feed that went bad is paused."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from archive import ARTICLES, NOON, ask, run_step, write

from sumber.pipeline import alerts, frames, inbox, polling, settings, steps, store
from sumber.sourcing.model import Capture, MediaType

FEED = "https://north.example/feed"
COUNTED = """
SELECT outlet, articles, with_headline, with_date, with_body, with_credit, complete, copies, attributed, unattributed, langs, run
FROM core.outlet_day ORDER BY outlet
"""
REMEMBER = """
INSERT INTO core.outlet_day (
    day, outlet, articles, with_headline, with_date, with_body, with_credit, complete, copies, attributed, unattributed, langs,
    hours_old, run
)
SELECT %s, %s, n, n, n, n, n, n, 0, n, 0, jsonb_build_object('en', n), 1, 'earlier' FROM (SELECT %s::integer AS n) AS number
"""


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    sentences: list[str] = []
    monkeypatch.setattr(alerts, "tell", lambda _, sentence: sentences.append(sentence))
    return sentences


def remember(current: settings.Settings, outlet: str, articles: int, days: int = 10) -> None:
    """Write earlier days of an outlet on which every article had all parts."""
    for back in range(1, days + 1):
        ask(current, REMEMBER, NOON.date() - timedelta(days=back), outlet, articles)


def test_the_last_day_is_counted_as_read_and_a_second_run_replaces_it(current: settings.Settings, tmp_path: Path, told: list[str]) -> None:
    names = {"a-north.txt": "Northern Courier", "c-denial.txt": "Ostra Evening", "d-quiet.txt": "Northern Courier"}
    lines = [json.dumps({"id": name, "lang": "en", "text": ARTICLES[name], "outlet": outlet}) for name, outlet in names.items()]
    steps.capture(current, write(tmp_path / "press", {"a.jsonl": "\n".join(lines)}), "first", captured_at=NOON)
    for name in ("read", "attribute"):
        run_step(current, name, "first")
    for run in ("watch 1", "watch 2"):
        counts = steps.watch(current, run, NOON + timedelta(hours=3))
        assert (counts.came_in, counts.refused) == (2, 0)
        rows = ask(current, COUNTED)
        assert [row[0] for row in rows] == ["Northern Courier", "Ostra Evening"]
        # Two articles: one whole, and a quiet one with a short body, no credit and nobody who says anything.
        assert rows[0][1:] == (2, 2, 2, 1, 1, 1, 0, 2, 1, {"en": 2}, run)
    assert steps.watch(current, "later", NOON + timedelta(hours=30)).came_in == 2, "silent outlets are watched"
    assert ask(current, "SELECT sum(articles) FROM core.outlet_day WHERE run = 'later'") == [(0,)]
    assert told == []


def test_what_collapsed_is_told_once(current: settings.Settings, told: list[str]) -> None:
    remember(current, "Northern Courier", 40)
    remember(current, "Small Herald", 2)
    for run in ("watch 1", "watch 2"):
        counts = steps.watch(current, run, NOON)
        assert (counts.came_in, counts.went_out, counts.refused) == (2, 1, 1)
    assert len(told) == 1
    assert told[0].startswith("Northern Courier: less than a fifth")
    assert ask(current, "SELECT failed FROM core.outlet_day WHERE day = %s ORDER BY outlet", NOON.date()) == [(["volume_kept"],), ([],)]
    steps.watch(current, "next day", NOON + timedelta(days=1))
    assert len(told) == 1


def arrive(current: settings.Settings, texts: list[str], hours_ago: int) -> None:
    """Store pages of the feed as polling does, and read them."""
    captures, at = [], NOON - timedelta(hours=hours_ago)
    for number, text in enumerate(texts):
        url = f"https://north.example/{hours_ago}/{number}"
        captures.append(Capture(inbox.capture_id(text.encode(), url), text.encode(), MediaType.PLAIN, at, url, "Northern Courier", "en"))
        ask(
            current,
            "INSERT INTO core.feed_entry (url, feed_url, outlet, lang, found_at) VALUES (%s, %s, 'Northern Courier', 'en', %s)",
            url, FEED, at,
        )  # fmt: skip
    with store.transaction(current.url("etl")) as cursor:
        store.save_captures(cursor, *frames.of_captures(captures))
    run_step(current, "read", f"{hours_ago} hours ago")


def test_a_feed_whose_pages_are_refused_as_never_before_is_paused_until_they_are_mended(
    current: settings.Settings, told: list[str]
) -> None:
    paused = "SELECT url, paused_by FROM core.feed_state WHERE paused_at IS NOT NULL"
    good = [f"{ARTICLES['a-north.txt']!s}\n{number}\n" for number in range(12)]
    arrive(current, [*good, "Subscribe to read."], hours_ago=30)
    steps.watch(current, "yesterday", NOON - timedelta(days=1))
    assert ask(current, "SELECT announced, captures, refused FROM core.feed_day") == [(13, 13, 1)]
    arrive(current, [f"Subscribe to read. {number}" for number in range(11)], hours_ago=2)
    with store.transaction(current.url("etl")) as cursor:
        # Another feed is polled as ever.
        store.save_feed_states(
            cursor,
            frames.frame(
                [dict.fromkeys(polling.FEED_STATE_COLUMNS) | {"url": "https://south.example/feed", "next_poll_at": NOON, "failures": 0}],
                polling.FEED_STATE_COLUMNS,
            ),
        )
    for run in ("watch 1", "watch 2"):
        counts = steps.watch(current, run, NOON)
        assert counts.refused == 1
        assert ask(current, paused) == [(FEED, "Sumber")]
    assert [sentence.split(":")[0:2] for sentence in told] == [["https", "//north.example/feed is paused"]]
    assert ask(current, "SELECT feed_url, failed FROM core.feed_day WHERE day = %s", NOON.date()) == [(FEED, ["refused_few"])]
    # Resumed without a remedy it is paused again; with the refusals closed it goes on.
    for closed, expected in ((False, [(FEED, "Sumber")]), (True, [])):
        if closed:
            ask(current, "UPDATE core.rejection SET closed_at = now()")
        with store.transaction(current.url("etl")) as cursor:
            assert store.resume_feed(cursor, FEED, NOON)
        steps.watch(current, f"closed {closed}", NOON)
        assert ask(current, paused) == expected
