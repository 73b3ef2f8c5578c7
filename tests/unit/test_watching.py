"""The last day against its own history: what collapses is seen, what drifts or is too little to judge by is not."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sumber.pipeline import checks, frames, watching

TODAY = date(2026, 5, 20)


def outlet(articles: int, **counts: Any) -> dict[str, Any]:
    """Counts of one day: every article whole, attributed and in Indonesian, an hour old, but for what is given."""
    whole = dict.fromkeys((*watching.PARTS, "attributed"), articles)
    plain = {"copies": 0, "unattributed": 0, "langs": {"id": articles}, "hours_old": 1.0}
    return {"outlet": "Kabar Randu", "articles": articles, **whole, **plain, **counts}


def history(day: dict[str, Any], days: int = 28) -> list[dict[str, Any]]:
    return [{**day, "day": TODAY - timedelta(days=back)} for back in range(days, 0, -1)]


def measured(now: dict[str, Any], before: list[dict[str, Any]]) -> dict[str, Any]:
    return watching.measure_outlet(now, before, TODAY)


def broken(measures: dict[str, Any], docs: Path) -> dict[str, str]:
    """Return the rules that measures break, with their severity."""
    suite = "outlets" if "outlet" in measures else "feeds"
    columns = watching.OUTLET_MEASURES if suite == "outlets" else watching.FEED_MEASURES
    gated = checks.watched(suite, frames.frame([measures], columns), "test", docs)
    return dict(zip(gated.refusals["rule"], gated.refusals["severity"], strict=True))


def test_a_day_like_the_others_measures_as_usual() -> None:
    measures = measured(outlet(40), history(outlet(40)))
    assert {name: value for name, value in measures.items() if name != "outlet"} == {
        **dict.fromkeys([name for name in measures if name.endswith("_kept")], 1.0),
        "copies_rise": 0.0,
        "hours_rise": 0.0,
    }


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (outlet(40), {}),
        (outlet(7), {"volume_kept": "fail"}),
        (outlet(0, langs={}, hours_old=None), {"volume_kept": "fail"}),
        (outlet(20, with_date=15, complete=15), {}),  # drift
        (outlet(40, with_date=12, complete=12), {"dates_kept": "warn", "complete_kept": "fail"}),
        (outlet(40, with_credit=0, complete=0), {"credits_kept": "warn", "complete_kept": "fail"}),
        (outlet(40, langs={"id": 5, "en": 35}), {"language_kept": "warn"}),
        (outlet(40, copies=30), {"copies_few": "warn"}),
        (outlet(40, unattributed=40), {"attributed_kept": "warn"}),
        (outlet(40, attributed=0), {}),  # not attributed yet
        (outlet(40, hours_old=120.0), {"fresh": "warn"}),
    ],
)
def test_what_collapses_breaks_its_rule(now: dict[str, Any], expected: dict[str, str], tmp_path: Path) -> None:
    assert broken(measured(now, history(outlet(40))), tmp_path) == expected


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (outlet(0), history(outlet(40), days=6)),  # new
        (outlet(0), history(outlet(4))),  # small
        (outlet(0), history(outlet(40), days=28)[::4]),  # most of its days are silent
        (outlet(40, with_credit=0, complete=0), history(outlet(40, with_credit=4, complete=4))),  # its pages name nobody
        (outlet(4, with_date=0, complete=0), history(outlet(4))),
        (outlet(9), []),
    ],
)
def test_too_little_to_judge_by_is_not_judged(now: dict[str, Any], before: list[dict[str, Any]], tmp_path: Path) -> None:
    assert broken(measured(now, before), tmp_path) == {}


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ((30, 30, 2), {}),
        ((30, 30, 28), {"refused_few": "fail"}),
        ((30, 8, 8), {}),  # few
        ((2, 0, 0), {"announced_kept": "warn"}),
    ],
)
def test_a_feed_is_measured_against_its_own_refusals(now: tuple[int, int, int], expected: dict[str, str], tmp_path: Path) -> None:
    counts = [dict(zip(watching.FEED_COUNTS, ("https://uji.example/feed", *one), strict=True)) for one in (now, (30, 30, 3))]
    assert broken(watching.measure_feed(counts[0], history(counts[1]), TODAY), tmp_path) == expected


def test_nothing_to_watch_is_nothing_to_judge(tmp_path: Path) -> None:
    gated = checks.watched("feeds", frames.frame([], watching.FEED_MEASURES), "test", tmp_path)
    assert gated.accepted.empty
    assert isinstance(gated.refusals, pd.DataFrame)
    assert gated.data_docs == ""
