"""The quality gates: Great Expectations suites as code, run over pandas frames.

A gate measures each row (lengths, spans, distances in time), lets Great Expectations judge the measures, and says which rows may go on.
A rule that fails refuses its row; one that warns lets it go on and shows it in the run's log and Data Docs. A rule on the whole batch
warns, or, where it fails, raises `GateError`. `docs/quality-gates.md` lists the rules.

Great Expectations is imported when a gate runs (4 CPU-seconds, 240 MB), never with this module.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from sumber.pipeline import data_docs
from sumber.sourcing.model import HopRelation, Origin, Scope, Span

log = logging.getLogger(__name__)

ARTICLE_COLUMNS = ("id", "capture_id", "sha256", "outlet", "lang", "text", "published_at", "captured_at")
ATTRIBUTION_COLUMNS = (
    "article_id",
    "ordinal",
    "branch",
    "hop",
    "source_id",
    "relation",
    "origin",
    "scope",
    "confidence",
    "content",
    "content_text",
    "cue",
    "mention",
    "mention_text",
    "text",
)
REFUSAL_COLUMNS = ["row", "rule", "value", "severity", "reason"]

FAIL = "fail"
WARN = "warn"
SEVERITIES = {FAIL: "critical", WARN: "warning"}  # what Great Expectations and its Data Docs call them

MAX_VALUE_LENGTH = 200  # code points of a raw value that a refusal quotes


@dataclass(frozen=True, slots=True)
class Rule:
    """One expectation on a measured `column`: what it asks for, how severe it is, and why, in words for the person who reads a refusal.

    It asks that a value is present; or lies between `least` and `most`; or is `among` a closed list (these two say nothing about missing
    values); or, on the whole batch, that at least `present_share` of the values are present. `shows` is the column of the batch whose raw
    value a refusal quotes, by default `column`.
    """

    name: str
    severity: str
    column: str
    reason: str
    present: bool = False
    least: float | None = None
    most: float | None = None
    among: tuple[str, ...] = ()
    present_share: float | None = None
    shows: str = ""

    def expectation(self) -> Any:
        """Return the rule as an expectation of Great Expectations."""
        from great_expectations import expectations

        declared: dict[str, Any] = {
            "column": self.column,
            "severity": SEVERITIES[self.severity],
            "description": self.reason,
            "meta": {"rule": self.name},
        }
        if self.present:
            return expectations.ExpectColumnValuesToNotBeNull(**declared)
        if self.among:
            return expectations.ExpectColumnValuesToBeInSet(value_set=list(self.among), **declared)
        if self.present_share is not None:
            return expectations.ExpectColumnProportionOfNonNullValuesToBeBetween(min_value=self.present_share, **declared)
        return expectations.ExpectColumnValuesToBeBetween(min_value=self.least, max_value=self.most, **declared)


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of the article gate. Lengths in code points, shares from 0 to 1.

    A date may lie `tolerance_hours` after the capture: a page that prints a local date without a zone is up to 14 hours ahead of UTC, and
    clocks differ. `languages` are those that have a cue lexicon; without them no language is thought strange.
    """

    min_length: int = 50
    short_length: int = 200
    max_length: int = 1_000_000
    earliest_year: int = 1605  # the Relation of Strasbourg, the first printed newspaper
    tolerance_hours: float = 24.0
    max_replacement_share: float = 0.01
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Gated:
    """What a gate decided.

    `accepted`: bool per row, aligned with the frame's index. `refusals`: one line per row and rule that was broken, with `row` the label in
    the frame's index, `severity` fail or warn, `value` the raw value (cut to 200 code points). A row can be refused without a line of its
    own when another hop of its appearance fails. `warnings`: sentences about the batch as a whole. `data_docs`: where its pages stand
    below the folder of Data Docs, "" where the frame was empty and nothing was built.
    """

    accepted: pd.Series
    refusals: pd.DataFrame
    warnings: tuple[str, ...] = ()
    data_docs: str = ""


class GateError(Exception):
    """The batch as a whole cannot be judged: columns are missing, or an expectation could not be computed."""


def articles(
    frame: pd.DataFrame, run: str, docs: Path, *, batch: int = 0, limits: Limits | None = None, keep_days: int = data_docs.KEEP_DAYS
) -> Gated:
    """Judge a batch of articles, one a row, with the columns `ARTICLE_COLUMNS` (others are ignored).

    `sha256` is that of the capture's bytes; `published_at` and `captured_at` are datetimes, the former None where unknown. `run` and
    `batch` name the Data Docs, which are written below `docs`; those older than `keep_days` days are removed. Raises GateError.
    """
    limits = limits or Limits()
    _require(frame, ARTICLE_COLUMNS)
    if frame.empty:
        return _nothing(frame)
    measured = _measure_articles(frame)
    refusals, warnings, address = _judge("articles", frame, measured, article_rules(limits), run, batch, docs, keep_days)
    failed = refusals.loc[refusals["severity"] == FAIL, "row"]
    return _report(Gated(~frame.index.to_series().isin(failed), refusals, warnings, address), "articles", run)


def attributions(
    frame: pd.DataFrame, sources: Iterable[int], run: str, docs: Path, *, batch: int = 0, keep_days: int = data_docs.KEEP_DAYS
) -> Gated:
    """Judge the hops of a batch, one a row, with the columns `ATTRIBUTION_COLUMNS` (others are ignored).

    `content` and `cue` are sequences of (start, end) in code points of `text`, the article's; `content_text` is a sequence with the slice
    of each content span, as it is to be stored; `mention` and `mention_text` are one span and its slice, or None. `sources` are the ids of
    the sources that exist. A chain with a hole is worse than none: where one hop fails, its whole appearance (article_id, ordinal) is
    refused. `run`, `batch`, `docs` and `keep_days` as in `articles`. Raises GateError.
    """
    _require(frame, ATTRIBUTION_COLUMNS)
    if frame.empty:
        return _nothing(frame)
    measured = _measure_hops(frame, frozenset(sources))
    refusals, warnings, address = _judge("attributions", frame, measured, attribution_rules(), run, batch, docs, keep_days)
    failed = frame.index.to_series().isin(refusals.loc[refusals["severity"] == FAIL, "row"])
    appearance = [frame["article_id"], frame["ordinal"]]
    accepted = ~failed.groupby(appearance, dropna=False).transform("any").astype(bool)
    return _report(Gated(accepted, refusals, warnings, address), "attributions", run)


def watched(suite: str, measures: pd.DataFrame, run: str, docs: Path, *, batch: int = 0, keep_days: int = data_docs.KEEP_DAYS) -> Gated:
    """Judge the last day of outlets or feeds (`suite`), one a row with the measures of `watching`. A row that fails is to be told of.

    `run`, `batch`, `docs` and `keep_days` as in `articles`. Raises GateError.
    """
    rules = {"outlets": outlet_rules, "feeds": feed_rules}[suite]()
    _require(measures, [rule.column for rule in rules])
    if measures.empty:
        return _nothing(measures)
    # Columns that hold nothing yet have no type by which they could be compared.
    typed = measures.astype({rule.column: "float64" for rule in rules})
    refusals, warnings, address = _judge(suite, measures, typed, rules, run, batch, docs, keep_days)
    failed = refusals.loc[refusals["severity"] == FAIL, "row"]
    return _report(Gated(~measures.index.to_series().isin(failed), refusals, warnings, address), suite, run)


# --- articles ------------------------------------------------------------------------------------------------


def _measure_articles(frame: pd.DataFrame) -> pd.DataFrame:
    texts = [text if isinstance(text, str) else "" for text in frame["text"]]
    published = pd.to_datetime(frame["published_at"], utc=True, errors="coerce")
    captured = pd.to_datetime(frame["captured_at"], utc=True, errors="coerce")
    # Copies are numbered in the order of their ids, so that no order of arrival decides which one is called a copy.
    by_id = frame[["id", "sha256"]].sort_values("id", kind="stable")
    return pd.DataFrame(
        {
            "id": frame["id"],
            "id_repeats": frame.groupby("id", dropna=False).cumcount(),
            "capture_id": frame["capture_id"],
            "copies_before": by_id.groupby("sha256").cumcount().reindex(frame.index),
            "outlet": [name if isinstance(name, str) and name.strip() else None for name in frame["outlet"]],
            "lang": [lang if isinstance(lang, str) and lang else None for lang in frame["lang"]],
            "text_length": [len(text.strip()) for text in texts],
            "replacement_share": [text.count("\ufffd") / len(text) if text else 0.0 for text in texts],
            "unstorable_characters": [text.count("\0") + _lone_surrogates(text) for text in texts],
            "captured_at": captured,
            "published_at": published,
            "published_year": published.dt.year.astype("float64"),
            "unreadable_dates": (frame["published_at"].notna() & published.isna()).astype(int),
            "hours_after_capture": (published - captured).dt.total_seconds() / 3600,
        },
        index=frame.index,
    )


_SURROGATE = re.compile("[\ud800-\udfff]")


def _lone_surrogates(text: str) -> int:
    try:
        text.encode()  # much faster than the search, and almost always enough
    except UnicodeEncodeError:
        return len(_SURROGATE.findall(text))
    return 0


def article_rules(limits: Limits) -> tuple[Rule, ...]:
    """Return the expectations of the article gate."""
    too_garbled = f"more than {limits.max_replacement_share:.0%} of the characters are U+FFFD: decoded with the wrong encoding"
    return (
        Rule("id_present", FAIL, "id", "an article needs an id", present=True),
        Rule("id_unique", FAIL, "id_repeats", "the same reading of the same capture is already in this batch", most=0, shows="id"),
        Rule("capture_present", FAIL, "capture_id", "an article must name the capture it was read from", present=True),
        Rule("captured_at_present", FAIL, "captured_at", "without the time of the capture no date can be judged", present=True),
        Rule(
            "text_long_enough",
            FAIL,
            "text_length",
            f"less than {limits.min_length} characters hold no article: an empty page or a failed extraction",
            least=limits.min_length,
            shows="text",
        ),
        Rule(
            "text_short_enough",
            FAIL,
            "text_length",
            f"more than {limits.max_length} characters are an archive or a dump, not an article",
            most=limits.max_length,
            shows="text",
        ),
        Rule(
            "text_not_a_teaser",
            WARN,
            "text_length",
            f"less than {limits.short_length} characters: perhaps a teaser or a paywall",
            least=limits.short_length,
            shows="text",
        ),
        Rule("encoding_readable", FAIL, "replacement_share", too_garbled, most=limits.max_replacement_share, shows="text"),
        Rule("encoding_clean", WARN, "replacement_share", "some characters could not be decoded (U+FFFD)", most=0, shows="text"),
        Rule("characters_storable", FAIL, "unstorable_characters", "NUL and lone surrogates are no UTF-8 text", most=0, shows="text"),
        Rule("language_known", FAIL, "lang", "the language could not be determined", present=True),
        *_languages(limits.languages),
        Rule("outlet_present", WARN, "outlet", "the page does not say who publishes it", present=True),
        Rule("published_present", WARN, "published_at", "the page does not say when it was published", present=True),
        Rule("published_readable", FAIL, "unreadable_dates", "this is not a date", most=0, shows="published_at"),
        Rule(
            "published_plausible",
            FAIL,
            "published_year",
            f"published before {limits.earliest_year}, before there were newspapers",
            least=limits.earliest_year,
            shows="published_at",
        ),
        Rule(
            "published_before_capture",
            FAIL,
            "hours_after_capture",
            f"published more than {limits.tolerance_hours:g} hours after it was captured",
            most=limits.tolerance_hours,
            shows="published_at",
        ),
        Rule(
            "published_zone_certain",
            WARN,
            "hours_after_capture",
            "published some hours after it was captured: a date without a zone?",
            most=0,
            shows="published_at",
        ),
        Rule(
            "capture_once",
            WARN,
            "copies_before",
            "the same bytes are in this batch under another id: one copy is enough evidence",
            most=0,
            shows="sha256",
        ),
        Rule("batch_outlets", WARN, "outlet", "most articles of the batch have no outlet: has a layout changed?", present_share=0.5),
        Rule("batch_dates", WARN, "published_at", "most articles of the batch have no date: has a layout changed?", present_share=0.5),
    )


def _languages(languages: frozenset[str]) -> tuple[Rule, ...]:
    reason = "no cue lexicon for this language: only credits of the page will be read"
    return (Rule("language_supported", WARN, "lang", reason, among=tuple(sorted(languages))),) if languages else ()


# --- attributions --------------------------------------------------------------------------------------------


def _measure_hops(frame: pd.DataFrame, sources: frozenset[int]) -> pd.DataFrame:
    texts = [text if isinstance(text, str) else "" for text in frame["text"]]
    contents = [_spans(value) for value in frame["content"]]
    cues = [_spans(value) for value in frame["cue"]]
    mentions = [_spans([value]) if _is_given(value) else () for value in frame["mention"]]
    quoted = [tuple(value) if _is_given(value) else () for value in frame["content_text"]]
    named = [(value,) if _is_given(value) else () for value in frame["mention_text"]]
    branch_key = ["article_id", "ordinal", "branch"]
    keyed = frame[[*branch_key, "hop"]].assign(position=range(len(frame)))
    in_order = keyed.sort_values([*branch_key, "hop"], kind="stable")
    expected_hop = in_order.groupby(branch_key, dropna=False).cumcount().reindex(frame.index)
    expected_branch = frame.groupby(branch_key[:2], dropna=False)["branch"].rank(method="dense") - 1
    reaches_page = frame["scope"] == Scope.ARTICLE
    page_hops = reaches_page.groupby([frame[key] for key in branch_key], dropna=False).transform("sum")
    return pd.DataFrame(
        {
            "article_id": frame["article_id"],
            "ordinal": frame["ordinal"],
            "unknown_sources": (~frame["source_id"].isin(sources)).astype(int),
            "relation": frame["relation"].astype(str),
            "origin": frame["origin"].astype(str),
            "scope": frame["scope"].astype(str),
            "confidence": pd.to_numeric(frame["confidence"], errors="coerce"),
            "content_pieces": [
                sum(any(map(str.isalnum, span.of(text))) for span in spans) for spans, text in zip(contents, texts, strict=True)
            ],
            "content_overlaps": [sum(left.end > right.start for left, right in pairwise(spans)) for spans in contents],
            "spans_outside": [
                sum(not 0 <= span.start < span.end <= len(text) for span in (*content, *cue, *mention))
                for content, cue, mention, text in zip(contents, cues, mentions, texts, strict=True)
            ],
            "slices_differ": [
                _differing(content, slices, text) + _differing(mention, name, text)
                for content, slices, mention, name, text in zip(contents, quoted, mentions, named, texts, strict=True)
            ],
            "hop_gap": (pd.to_numeric(frame["hop"], errors="coerce") - expected_hop).abs().fillna(1),
            "branch_gap": (pd.to_numeric(frame["branch"], errors="coerce") - expected_branch).abs().fillna(1),
            "hops_before_page": (expected_hop - page_hops + 1).where(reaches_page, 0).clip(lower=0),
            "visits_before": frame.groupby([*branch_key, "source_id"], dropna=False).cumcount(),
            "evidence_missing": [
                int(origin == Origin.TEXT and not cue and not mention)
                for origin, cue, mention in zip(frame["origin"], cues, mentions, strict=True)
            ],
        },
        index=frame.index,
    )


def _is_given(value: Any) -> bool:
    return value is not None and not (isinstance(value, float) and value != value)  # NaN, which pandas puts for None


def _spans(value: Any) -> tuple[Span, ...]:
    return tuple(Span(int(start), int(end)) for start, end in value) if _is_given(value) else ()


def _differing(spans: Sequence[Span], slices: Sequence[str], text: str) -> int:
    """Return how many spans do not cover what is to be stored for them."""
    pairs = sum(span.of(text) != piece for span, piece in zip(spans, slices, strict=False))
    return pairs + abs(len(spans) - len(slices))


def attribution_rules() -> tuple[Rule, ...]:
    """Return the expectations of the attribution gate."""
    return (
        Rule("article_present", FAIL, "article_id", "a hop must name its article", present=True),
        Rule("appearance_present", FAIL, "ordinal", "a hop must name its appearance", present=True),
        Rule("source_known", FAIL, "unknown_sources", "no such source is stored", most=0, shows="source_id"),
        Rule("content_present", FAIL, "content_pieces", "the content holds no letter or digit", least=1, shows="content"),
        Rule("spans_inside", FAIL, "spans_outside", "a span is empty or reaches outside the article's text", most=0, shows="content"),
        Rule(
            "spans_match",
            FAIL,
            "slices_differ",
            "what is to be stored differs from the characters that the span covers",
            most=0,
            shows="content_text",
        ),
        Rule("content_in_order", WARN, "content_overlaps", "content spans overlap or run backwards", most=0, shows="content"),
        Rule("hops_consecutive", FAIL, "hop_gap", "the hops of a branch must count 0, 1, 2, …", most=0, shows="hop"),
        Rule("branches_consecutive", FAIL, "branch_gap", "the branches of an appearance must count 0, 1, 2, …", most=0, shows="branch"),
        Rule(
            "page_first",
            WARN,
            "hops_before_page",
            "a credit of the whole page comes after a hop of the text: a chain runs from the page inwards",
            most=0,
            shows="hop",
        ),
        Rule(
            "source_once",
            WARN,
            "visits_before",
            "the chain comes back to a source: a cycle, or another work of it",
            most=0,
            shows="source_id",
        ),
        Rule("relation_listed", FAIL, "relation", "not a relation of the closed list", among=tuple(map(str, HopRelation))),
        Rule("origin_listed", FAIL, "origin", "not an origin of the closed list", among=tuple(map(str, Origin))),
        Rule("scope_listed", FAIL, "scope", "not a scope of the closed list", among=tuple(map(str, Scope))),
        Rule("confidence_present", FAIL, "confidence", "the confidence is missing or no number", present=True),
        Rule("confidence_in_range", FAIL, "confidence", "a confidence lies between 0 and 1", least=0, most=1),
        Rule(
            "evidence_present",
            WARN,
            "evidence_missing",
            "the hop claims to stand in the text, and points at neither a cue nor a mention",
            most=0,
            shows="origin",
        ),
    )


# --- the last day --------------------------------------------------------------------------------------------


def outlet_rules() -> tuple[Rule, ...]:
    """Return what is expected of an outlet's last day: floors that catch a collapse against its own history, not drift."""
    parts = (("headlines", "headline"), ("dates", "time of publication"), ("bodies", "body"), ("credits", "byline or credit"))
    return (
        Rule(
            "volume_kept", FAIL, "volume_kept", "less than a fifth of the usual articles: are its feeds and pages still there?", least=0.2
        ),
        Rule("complete_kept", FAIL, "complete_kept", "half as many as usual are read with all parts: has its layout changed?", least=0.5),
        *(
            Rule(f"{name}_kept", WARN, f"{name}_kept", f"half as many as usual have a {what}: has its layout changed?", least=0.5)
            for name, what in parts
        ),
        Rule("language_kept", WARN, "language_kept", "less than half as many as usual are in its language", least=0.5),
        Rule("copies_few", WARN, "copies_rise", "one text at many addresses: are notices read as articles?", most=0.4),
        Rule("attributed_kept", WARN, "attributed_kept", "few have an attribution at all: is the body read?", least=0.3),
        Rule("fresh", WARN, "hours_rise", "articles are two days older than usual when they are captured", most=48),
    )


def feed_rules() -> tuple[Rule, ...]:
    """Return what is expected of a feed's last day. A feed that fails is paused."""
    return (
        Rule("refused_few", FAIL, "refused_rise", "far more of its pages than before are refused by the reader or the gate", most=0.5),
        Rule("announced_kept", WARN, "announced_kept", "it announces less than a fifth of the usual pages", least=0.2),
    )


# --- the gate ------------------------------------------------------------------------------------------------


def _require(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise GateError(f"the batch lacks the columns {', '.join(missing)}")
    if not frame.index.is_unique:
        raise GateError("the batch's index labels repeat, so that a refusal could not name its row")


def _nothing(frame: pd.DataFrame) -> Gated:
    return Gated(pd.Series(True, index=frame.index, dtype=bool), pd.DataFrame(columns=REFUSAL_COLUMNS))


def _judge(
    suite_name: str,
    frame: pd.DataFrame,
    measured: pd.DataFrame,
    rules: Sequence[Rule],
    run: str,
    batch: int,
    docs: Path,
    keep_days: int,
) -> tuple[pd.DataFrame, tuple[str, ...], str]:
    """Run a suite over the measures; return the refusals, the warnings about the batch, and the address of the Data Docs."""
    context = data_docs.context()
    import great_expectations as gx
    from great_expectations.core.run_identifier import RunIdentifier

    suite = context.suites.add(gx.ExpectationSuite(name=suite_name, expectations=[rule.expectation() for rule in rules]))
    batch_definition = (
        context.data_sources.add_pandas("sumber").add_dataframe_asset(suite_name).add_batch_definition_whole_dataframe("batch")
    )
    validation = context.validation_definitions.add(gx.ValidationDefinition(name=suite_name, data=batch_definition, suite=suite))
    # Rows are numbered from 0 for Great Expectations, which reports positions; labels of the caller's index come back below.
    result = validation.run(
        batch_parameters={"dataframe": measured.reset_index(drop=True)},
        result_format={"result_format": "COMPLETE", "return_unexpected_index_query": False},
        run_id=RunIdentifier(run_name=run),
    )
    address = data_docs.build(docs, suite_name, run, batch, {suite_name: result}, keep_days)

    by_name = {rule.name: rule for rule in rules}
    refused: list[pd.DataFrame] = []
    warnings: list[str] = []
    for outcome in result.results:
        rule = by_name[outcome.expectation_config.meta["rule"]]
        if outcome.exception_info and outcome.exception_info.get("raised_exception", True):
            raise GateError(f"{suite_name}: {rule.name} could not be computed: {outcome.exception_info}")
        if outcome.success:
            continue
        positions = outcome.result.get("unexpected_index_list")
        if positions is None:
            verdict = f"{rule.name}: {rule.reason} (observed {outcome.result.get('observed_value')})"
            if rule.severity == FAIL:
                raise GateError(f"{suite_name}: {verdict}; see {address}")
            warnings.append(verdict)
            continue
        refused.append(
            pd.DataFrame(
                {
                    "row": frame.index[positions],
                    "rule": rule.name,
                    "value": [_printed(value) for value in frame[rule.shows or rule.column].iloc[positions]],
                    "severity": rule.severity,
                    "reason": rule.reason,
                }
            )
        )
    refusals = pd.concat(refused, ignore_index=True) if refused else pd.DataFrame(columns=REFUSAL_COLUMNS)
    return refusals, tuple(warnings), address


def _printed(value: Any) -> str:
    return str(value)[:MAX_VALUE_LENGTH] if _is_given(value) else ""


def _report(gated: Gated, suite_name: str, run: str) -> Gated:
    came_in, accepted = len(gated.accepted), int(gated.accepted.sum())
    log.info("gate %s, run %s: %d rows in, %d accepted, %d refused", suite_name, run, came_in, accepted, came_in - accepted)
    for (severity, rule, reason), rows in gated.refusals.groupby(["severity", "rule", "reason"]):
        log.info("gate %s: %s: %d rows, %s (%s)", suite_name, severity, len(rows), rule, reason)
    for warning in gated.warnings:
        log.warning("gate %s: %s", suite_name, warning)
    return gated
