"""Each rule of the gates refuses (or warns about) a bad row and lets a good one pass."""

from __future__ import annotations

import logging
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sumber.pipeline import checks

CAPTURED = datetime(2026, 5, 2, 12, tzinfo=UTC)
LIMITS = checks.Limits(languages=frozenset({"en", "id"}))
TEXT = "The harbour master said on Friday that the ferry would sail again next week. " * 4
GOOD_ARTICLE: dict[str, Any] = {
    "capture_id": 7,
    "outlet": "Harbour Post",
    "lang": "en",
    "text": TEXT,
    "published_at": CAPTURED - timedelta(hours=3),
    "captured_at": CAPTURED,
}
# rule -> what makes a good article break it, and which other rules the same row then breaks too
BAD_ARTICLES: dict[str, tuple[dict[str, Any], set[str]]] = {
    "id_present": ({"id": None}, set()),
    "id_unique": ({"id": 1}, set()),
    "capture_present": ({"capture_id": None}, set()),
    "captured_at_present": ({"captured_at": None}, set()),
    "text_long_enough": ({"text": "   Subscribe to read.   "}, {"text_not_a_teaser"}),
    "text_short_enough": ({"text": "ferry " * 200_000}, set()),
    "text_not_a_teaser": ({"text": TEXT[:150]}, set()),
    "encoding_readable": ({"text": TEXT.replace("e", "\ufffd")}, {"encoding_clean"}),
    "encoding_clean": ({"text": TEXT + "\ufffd"}, set()),
    "characters_storable": ({"text": TEXT + "\0"}, set()),
    "language_known": ({"lang": None}, set()),
    "language_supported": ({"lang": "fi"}, set()),
    "outlet_present": ({"outlet": "  "}, set()),
    "published_present": ({"published_at": None}, set()),
    "published_readable": ({"published_at": "the day after the fair"}, {"published_present"}),
    "published_plausible": ({"published_at": datetime(1066, 10, 14, tzinfo=UTC)}, set()),
    "published_before_capture": ({"published_at": CAPTURED + timedelta(days=40)}, {"published_zone_certain"}),
    "published_zone_certain": ({"published_at": CAPTURED + timedelta(hours=7)}, set()),
    "capture_once": ({"sha256": "0001"}, set()),
}
BATCH_RULES = {"batch_outlets", "batch_dates"}


def frame_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame({column: pd.Series([row[column] for row in rows], dtype=object) for column in rows[0]})


def article(number: int, **changes: Any) -> dict[str, Any]:
    return {"id": number, "sha256": f"{number:04}"} | GOOD_ARTICLE | changes


@pytest.fixture(scope="module")
def gated_articles(tmp_path_factory: pytest.TempPathFactory) -> tuple[pd.DataFrame, checks.Gated]:
    rows = [article(1), article(2)]
    rows += [article(number, **changes) for number, (changes, _) in enumerate(BAD_ARTICLES.values(), 10)]
    frame = frame_of(rows)
    frame.index = pd.Index(["good", "also good", *BAD_ARTICLES])  # labels, so that a mix-up of labels and positions shows
    return frame, checks.articles(frame, "manual__one", tmp_path_factory.mktemp("docs"), limits=LIMITS)


def test_every_article_rule_has_a_bad_row() -> None:
    declared = [rule.name for rule in checks.article_rules(LIMITS)]
    assert sorted(declared) == sorted({*BAD_ARTICLES, *BATCH_RULES})


@pytest.mark.parametrize("rule", BAD_ARTICLES)
def test_article_rule(rule: str, gated_articles: tuple[pd.DataFrame, checks.Gated]) -> None:
    frame, gated = gated_articles
    lines = gated.refusals[gated.refusals["row"] == rule].set_index("rule")
    assert set(lines.index) == {rule} | BAD_ARTICLES[rule][1]
    declared = {declared.name: declared for declared in checks.article_rules(LIMITS)}
    assert lines.loc[rule, "severity"] == declared[rule].severity
    assert lines.loc[rule, "reason"] == declared[rule].reason
    assert gated.accepted[rule] == (declared[rule].severity == checks.WARN)
    raw = frame.loc[rule, declared[rule].shows or declared[rule].column]
    assert lines.loc[rule, "value"] == ("" if raw is None else str(raw)[: checks.MAX_VALUE_LENGTH])


def test_good_articles_pass_without_a_word(gated_articles: tuple[pd.DataFrame, checks.Gated]) -> None:
    frame, gated = gated_articles
    assert gated.accepted.index.equals(frame.index)
    assert gated.accepted[["good", "also good"]].all()
    assert not gated.refusals["row"].isin(["good", "also good"]).any()
    assert gated.warnings == ()


def test_lone_surrogate_is_refused_and_other_zones_are_understood(tmp_path: Path) -> None:
    east = datetime(2026, 5, 2, 21, tzinfo=timezone(timedelta(hours=9)))  # the very moment of the capture
    gated = checks.articles(frame_of([article(1, published_at=east), article(2, text=TEXT + "\ud800")]), "r", tmp_path)
    assert gated.accepted.tolist() == [True, False]
    assert gated.refusals["rule"].tolist() == ["characters_storable"]


def test_which_copy_is_named_does_not_hang_on_the_order_of_arrival(tmp_path: Path) -> None:
    rows = [article(5, sha256="same"), article(3, sha256="same"), article(4)]
    named = []
    for order in (rows, rows[::-1]):
        frame = frame_of(order)
        gated = checks.articles(frame, "r", tmp_path)
        assert gated.accepted.all()
        named.append(frame.loc[gated.refusals["row"], "id"].tolist())
    assert named == [[5], [5]]


def test_a_batch_that_lost_outlets_and_dates_is_warned_about(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    rows = [article(1), *(article(number, outlet=None, published_at=None) for number in range(2, 6))]
    with caplog.at_level(logging.WARNING):
        gated = checks.articles(frame_of(rows), "r", tmp_path)
    assert {warning.split(":")[0] for warning in gated.warnings} == BATCH_RULES
    assert gated.accepted.all()
    assert "batch_outlets" in caplog.text


def test_a_batch_without_a_column_or_with_repeated_labels_stops_the_run(tmp_path: Path) -> None:
    frame = frame_of([article(1), article(2)])
    with pytest.raises(checks.GateError, match="sha256"):
        checks.articles(frame.drop(columns="sha256"), "r", tmp_path)
    frame.index = pd.Index([0, 0])
    with pytest.raises(checks.GateError, match="labels"):
        checks.articles(frame, "r", tmp_path)


def test_an_empty_batch_builds_nothing(tmp_path: Path) -> None:
    gated = checks.articles(frame_of([article(1)]).iloc[:0], "r", tmp_path)
    assert (len(gated.accepted), len(gated.refusals), gated.data_docs) == (0, 0, "")
    assert list(tmp_path.iterdir()) == []


def test_limits_are_the_callers(tmp_path: Path) -> None:
    limits = checks.Limits(min_length=10_000, languages=frozenset({"vi"}))
    gated = checks.articles(frame_of([article(1)]), "r", tmp_path, limits=limits)
    assert set(gated.refusals["rule"]) == {"text_long_enough", "language_supported"}


# --- attributions --------------------------------------------------------------------------------------------

QUOTED = "the ferry would sail again next week"
START = TEXT.index(QUOTED)
SOURCES = [100, 101, 102]


def hop(article_id: int, number: int, /, **changes: Any) -> dict[str, Any]:
    """Return one hop of a good chain: outlet (credited by the page) <- harbour master (named in the text)."""
    page = number == 0
    name = TEXT.index("harbour master")
    return {
        "article_id": article_id,
        "ordinal": 0,
        "branch": 0,
        "hop": number,
        "source_id": SOURCES[number],
        "relation": "publishes" if page else "told",
        "origin": "outlet" if page else "text",
        "scope": "article" if page else "span",
        "confidence": 0.9,
        "content": ((START, START + len(QUOTED)),),
        "content_text": (QUOTED,),
        "cue": () if page else ((TEXT.index("said"), TEXT.index("said") + 4),),
        "mention": None if page else (name, name + 14),
        "mention_text": None if page else "harbour master",
        "text": TEXT,
    } | changes


# rule -> the changes to hop 1 of a good chain
BAD_HOPS: dict[str, dict[str, Any]] = {
    "article_present": {"article_id": None},
    "appearance_present": {"ordinal": None},
    "source_known": {"source_id": 999},
    "content_present": {"content": ((TEXT.index("."), TEXT.index(".") + 1),), "content_text": (".",)},
    "spans_inside": {"cue": ((len(TEXT) - 2, len(TEXT) + 2),)},
    "spans_match": {"mention_text": "harbour monster"},
    "content_in_order": {"content": ((START + 10, START + 20), (START, START + 5)), "content_text": (QUOTED[10:20], QUOTED[:5])},
    "hops_consecutive": {"hop": 3},
    "branches_consecutive": {"branch": 2, "hop": 0},
    "page_first": {"scope": "article"},
    "source_once": {"source_id": SOURCES[0]},
    "relation_listed": {"relation": "overheard"},
    "origin_listed": {"origin": "gossip"},
    "scope_listed": {"scope": "galaxy"},
    "confidence_present": {"confidence": None},
    "confidence_in_range": {"confidence": 1.2},
    "evidence_present": {"cue": (), "mention": None, "mention_text": None},
}


def test_every_attribution_rule_has_a_bad_row() -> None:
    assert sorted(rule.name for rule in checks.attribution_rules()) == sorted(BAD_HOPS)


@pytest.mark.parametrize("rule", BAD_HOPS)
def test_attribution_rule(rule: str, tmp_path: Path) -> None:
    first = hop(1, 0)
    if rule == "page_first":
        first |= {"scope": "span"}
    frame = frame_of([first, hop(1, 1, **BAD_HOPS[rule]), hop(2, 0), hop(2, 1)])
    gated = checks.attributions(frame, SOURCES, "r", tmp_path)
    broken = gated.refusals[gated.refusals["rule"] == rule]
    assert broken["row"].tolist() == [1]
    severity = next(declared.severity for declared in checks.attribution_rules() if declared.name == rule)
    assert broken["severity"].tolist() == [severity]
    assert set(gated.refusals["row"]) == {1}, "the good chain passes without a word"
    assert gated.accepted[[2, 3]].all()
    assert gated.accepted[1] == (severity == checks.WARN)


def test_one_bad_hop_refuses_its_whole_appearance_and_no_other(tmp_path: Path) -> None:
    frame = frame_of([hop(1, 0), hop(1, 1, source_id=999), hop(1, 0, ordinal=1), hop(1, 1, ordinal=1)])
    gated = checks.attributions(frame, SOURCES, "r", tmp_path)
    assert gated.accepted.tolist() == [False, False, True, True]
    assert gated.refusals[["row", "rule", "value"]].to_numpy().tolist() == [[1, "source_known", "999"]]


def test_joint_sources_and_hops_in_any_order_pass(tmp_path: Path) -> None:
    rows = [hop(1, 1), hop(1, 0), hop(1, 1, branch=1, source_id=102), hop(1, 0, branch=1)]
    gated = checks.attributions(frame_of(rows), SOURCES, "r", tmp_path)
    assert gated.accepted.all()
    assert gated.refusals.empty


def test_wrong_hops_in_either_direction(tmp_path: Path) -> None:
    rows = [hop(1, 0), hop(1, 0, source_id=101), hop(2, 1)]  # a hop twice; a chain that starts at 1
    gated = checks.attributions(frame_of(rows), SOURCES, "r", tmp_path)
    assert not gated.accepted.any()
    assert set(gated.refusals.loc[gated.refusals["severity"] == "fail", "rule"]) == {"hops_consecutive"}


# --- cost and quiet ------------------------------------------------------------------------------------------


def test_importing_the_module_leaves_great_expectations_alone_and_a_run_logs_only_its_own() -> None:
    script = """
import logging, sys
logging.basicConfig(level=logging.DEBUG, format="%(name)s %(levelname)s", stream=sys.stdout)
import sumber.pipeline.checks as checks
assert "great_expectations" not in sys.modules
import pandas as pd, pathlib, tempfile
frame = pd.DataFrame({column: pd.Series([None], dtype=object) for column in checks.ARTICLE_COLUMNS})
with tempfile.TemporaryDirectory() as folder:
    assert not checks.articles(frame, "r", pathlib.Path(folder)).accepted.any()
assert "great_expectations" in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    noise = [line for line in done.stdout.splitlines() if line.startswith("great_expectations")]
    assert noise == []
    assert "Calculating" not in done.stderr


def test_a_hundred_thousand_articles_lose_their_bad_rows_only(tmp_path: Path) -> None:
    size = 100_000
    frame = pd.DataFrame([article(0)] * size).assign(id=range(size), sha256=[f"{number:064x}" for number in range(size)])
    frame.loc[::100, "lang"] = None
    gated = checks.articles(frame, "r", tmp_path)
    assert (~gated.accepted).sum() == size // 100
