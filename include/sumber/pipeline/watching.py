"""What came in over the last day, per outlet and feed -> measures against its own history, for the suites `outlets` and `feeds`.

A measure is None where there is too little to judge by, and a rule says nothing then. History is what earlier days wrote to
`core.outlet_day` and `core.feed_day`; days on which nothing came are zeros in it.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import pandas as pd
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - a type, named like one

from sumber.pipeline import frames, store

DAY: Final = timedelta(days=1)
HISTORY: Final = timedelta(days=28)
ENOUGH_DAYS: Final = 7  # of history, before a volume is usual
ENOUGH_A_DAY: Final = 5  # articles: below it a quiet day is no collapse
ENOUGH_BEFORE: Final = 50  # articles of history, before a share is usual
ENOUGH_REFUSED: Final = 10  # captures of a feed, before their refusals say something
USUAL: Final = 0.3  # share of articles from which a part is usual for an outlet: many print no byline
PARTS: Final = ("with_headline", "with_date", "with_body", "with_credit", "complete")

OUTLET_COUNTS: Final = ("outlet", "articles", *PARTS, "copies", "attributed", "unattributed", "langs", "hours_old")
FEED_COUNTS: Final = ("feed_url", "announced", "captures", "refused")
OUTLET_MEASURES: Final = (
    *("outlet", "volume_kept", "headlines_kept", "dates_kept", "bodies_kept", "credits_kept", "complete_kept"),
    *("language_kept", "copies_rise", "attributed_kept", "hours_rise"),
)
FEED_MEASURES: Final = ("feed_url", "announced_kept", "refused_rise")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Watched:
    """The last day of outlets or feeds: what was counted (one row each), the same rows' measures, and what each broke lately."""

    counts: pd.DataFrame
    measures: pd.DataFrame
    broken: Mapping[str, frozenset[str]]


def outlets(cursor: Cursor, at: datetime) -> Watched:
    """Count the articles captured in the 24 hours before `at` by outlet, those that fell silent included, and measure them."""
    now = {row["outlet"]: row for row in frames.records(store.count_outlets(cursor, at - DAY, at))}
    earlier = _by_name(frames.records(store.load_outlet_days(cursor, at.date() - HISTORY, at.date())), "outlet", "articles")
    silent: dict[str, Any] = dict.fromkeys(OUTLET_COUNTS, 0) | {"langs": {}, "hours_old": None}
    counts = [now.get(name) or {**silent, "outlet": name} for name in sorted({*now, *earlier})]
    measures = [measure_outlet(row, _before(earlier.get(row["outlet"], ()), at.date()), at.date()) for row in counts]
    rows = [{**row, "langs": frames.to_json(row["langs"])} for row in counts]
    return Watched(frames.frame(rows, OUTLET_COUNTS), frames.frame(measures, OUTLET_MEASURES), _broken(earlier, at.date()))


def feeds(cursor: Cursor, at: datetime) -> Watched:
    """Count what came of each feed in the 24 hours before `at`, and measure it."""
    now = {row["feed_url"]: row for row in frames.records(store.count_feeds(cursor, at - DAY, at))}
    earlier = _by_name(frames.records(store.load_feed_days(cursor, at.date() - HISTORY, at.date())), "feed_url", "announced")
    counts = [now.get(name) or {"feed_url": name, "announced": 0, "captures": 0, "refused": 0} for name in sorted({*now, *earlier})]
    measures = [measure_feed(row, _before(earlier.get(row["feed_url"], ()), at.date()), at.date()) for row in counts]
    return Watched(frames.frame(counts, FEED_COUNTS), frames.frame(measures, FEED_MEASURES), _broken(earlier, at.date()))


def measure_outlet(now: Row, before: Sequence[Row], day: date) -> dict[str, Any]:
    """Return an outlet's measures (`OUTLET_MEASURES`) from its counts of the last day and its rows of the days before `day`.

    `*_kept` is a share, or a number, divided by what is usual: 1 where nothing changed. `*_rise` is a difference from what is usual.
    """
    kept = {name: _kept(now, before, part) for name, part in zip(OUTLET_MEASURES[2:7], PARTS, strict=True)}
    spoken: Counter[str] = Counter()
    for row in before:
        spoken.update(row["langs"])
    main = max(sorted(spoken), key=lambda lang: spoken[lang], default="")
    in_main = [{"articles": row["articles"], "main": row["langs"].get(main, 0)} for row in (now, *before)]
    assigned = [{"articles": row["attributed"], "attributions": row["attributed"] - row["unattributed"]} for row in (now, *before)]
    ages = [row["hours_old"] for row in before if row["hours_old"] is not None]
    old = now["hours_old"]
    return {
        "outlet": now["outlet"],
        "volume_kept": _volume(now, before, "articles", day),
        **kept,
        "language_kept": _kept(in_main[0], in_main[1:], "main"),
        "copies_rise": _rise(now, before, "copies", "articles", ENOUGH_A_DAY, ENOUGH_BEFORE),
        "attributed_kept": _kept(assigned[0], assigned[1:], "attributions"),
        "hours_rise": old - statistics.median(ages) if old is not None and len(ages) >= ENOUGH_DAYS else None,
    }


def measure_feed(now: Row, before: Sequence[Row], day: date) -> dict[str, Any]:
    """Return a feed's measures (`FEED_MEASURES`), as `measure_outlet` does."""
    return {
        "feed_url": now["feed_url"],
        "announced_kept": _volume(now, before, "announced", day),
        "refused_rise": _rise(now, before, "refused", "captures", ENOUGH_REFUSED, ENOUGH_REFUSED),
    }


def _volume(now: Row, before: Sequence[Row], what: str, day: date) -> float | None:
    """Return a number divided by the median of the days before; None where these are few, or few articles came on them."""
    if not before:
        return None
    days = min((day - before[0]["day"]).days, HISTORY.days)
    numbers = [row[what] for row in before]
    usual = statistics.median([*numbers, *[0] * (days - len(numbers))])
    return now[what] / usual if days >= ENOUGH_DAYS and usual >= ENOUGH_A_DAY else None


def _kept(now: Row, before: Sequence[Row], part: str) -> float | None:
    """Return the share of articles with a part, divided by the usual one; None where articles are few or the part is not usual."""
    usual = _share(before, part, "articles", ENOUGH_BEFORE)
    share = _share([now], part, "articles", ENOUGH_A_DAY)
    return share / usual if share is not None and usual is not None and usual >= USUAL else None


def _rise(now: Row, before: Sequence[Row], part: str, whole: str, enough: int, enough_before: int) -> float | None:
    usual, share = _share(before, part, whole, enough_before), _share([now], part, whole, enough)
    return share - usual if share is not None and usual is not None else None


def _share(rows: Sequence[Row], part: str, whole: str, enough: int) -> float | None:
    total = sum(row[whole] for row in rows)
    return float(sum(row[part] for row in rows) / total) if total >= enough else None


def _by_name(rows: Iterable[Row], key: str, number: str) -> dict[str, list[Row]]:
    """Return the rows of each name in order; without the names that had nothing on any of the days."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return {name: some for name, some in found.items() if any(row[number] for row in some)}


def _before(rows: Iterable[Row], day: date) -> list[Row]:
    return [row for row in rows if row["day"] < day]


def _broken(earlier: Mapping[str, Sequence[Row]], day: date) -> dict[str, frozenset[str]]:
    """Return the rules that each broke today already or yesterday: whoever is told was told."""
    return {name: frozenset(rule for row in rows if row["day"] >= day - DAY for rule in row["failed"]) for name, rows in earlier.items()}
