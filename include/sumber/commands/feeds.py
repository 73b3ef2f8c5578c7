"""List the feeds and how they do; pause one, or resume it.

Without an action: one line per feed of seeds/feeds.csv, with when it was polled, when it is due again, and why it failed or is paused;
below them the sitemaps that indexes among them list.
"""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sumber.commands import pending
from sumber.commands.exchange import InputError
from sumber.pipeline import frames, seeds, store, terminal
from sumber.sourcing.feeds import Feed


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    actions.add_parser("list", help="how each feed does (default)")
    pause = actions.add_parser("pause", help="poll a feed no longer")
    pause.add_argument("url", help="address of the feed, as in seeds/feeds.csv")
    pause.add_argument("--reason", required=True, help="why, for those who find it paused")
    pause.add_argument("--by", default=getpass.getuser(), help="who pauses it (default: %(default)s)")
    resume = actions.add_parser("resume", help="poll a paused feed again, at once")
    resume.add_argument("url", help="address of the feed")


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked; print one line per feed, or what was done."""
    current, now = pending.configured(), datetime.now(UTC)
    with pending.reported():
        registry = {feed.url: feed for feed in seeds.load(current.seeds).feeds}
        with store.transaction(current.url("etl")) as cursor:
            states = {row["url"]: row for row in frames.records(store.load_feed_states(cursor))}
            if arguments.action == "pause":
                if arguments.url not in registry and arguments.url not in states:
                    raise InputError(f"{arguments.url} is neither in seeds/feeds.csv nor a sitemap that a feed there lists")
                store.pause_feed(cursor, arguments.url, arguments.by, arguments.reason, now)
                print(f"paused: {arguments.url}")
            elif arguments.action == "resume":
                if not store.resume_feed(cursor, arguments.url, now):
                    raise InputError(f"{arguments.url} is not paused")
                print(f"resumed: {arguments.url}")
            else:
                for url, feed in registry.items():
                    print(terminal.line(line(feed, states.get(url))))
                for url, state in states.items():
                    if state["listed_by"] and url not in registry:
                        print(terminal.line(f"listed by {state['listed_by']}  {url}  {how(state)}"))
    return 0


def line(feed: Feed, state: Mapping[str, Any] | None) -> str:
    """Return how one feed does, in one line."""
    return f"{feed.outlet}  {feed.url}  {how(state) if feed.is_active else f'inactive: {feed.reason}'}"


def how(state: Mapping[str, Any] | None) -> str:
    """Return how polling goes, in words; `state` is a row of `core.feed_state`, None where there is none."""
    if state is None or (state["polled_at"] is None and state["paused_at"] is None):
        return "not polled yet"
    if state["paused_at"]:
        return f"paused since {state['paused_at']:%Y-%m-%d %H:%M} by {state['paused_by']}: {state['paused_reason']}"
    if state["failure"]:
        return f"failed {state['failures']} times in a row, due {state['next_poll_at']:%Y-%m-%d %H:%M}: {state['failure']}"
    return f"polled {state['polled_at']:%Y-%m-%d %H:%M}, due {state['next_poll_at']:%Y-%m-%d %H:%M}"
