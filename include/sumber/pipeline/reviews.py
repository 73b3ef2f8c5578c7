"""A person's verdicts: submitted, withdrawn, listed, and honoured whenever an article is attributed or traced.

A verdict is on an attribution, on whether two passages are one utterance or claim, or on whom a vague source stands for. It is anchored to
the captured bytes' SHA-256 and to the quoted text, never to row ids, so that it survives re-runs and new versions of the method.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import pandas as pd
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - a type, named like one

from sumber.pipeline import frames, store
from sumber.pipeline.settings import Settings
from sumber.sourcing import chains, claims, identity
from sumber.sourcing.model import (
    Appearance,
    Article,
    Attribution,
    HopRelation,
    Origin,
    Refusal,
    Scope,
    Source,
    SourceKind,
    Span,
)
from sumber.sourcing.sources import Registry


class Verdict(StrEnum):
    """What a person says of a passage, of two passages, or of the vague source of a passage."""

    CONFIRM = "confirm"
    REJECT = "reject"  # the passage attributes nothing
    OVERRIDE = "override"  # its ultimate source is another one
    SAME_UTTERANCE = "same_utterance"  # and so one claim too
    NOT_SAME_UTTERANCE = "not_same_utterance"
    SAME_CLAIM = "same_claim"
    NOT_SAME_CLAIM = "not_same_claim"  # and so no one utterance either
    STANDS_FOR = "stands_for"
    NOT_STANDS_FOR = "not_stands_for"

    @property
    def is_on_two(self) -> bool:
        """Whether it is about two passages."""
        return self in _ON_TWO

    @property
    def names_a_source(self) -> bool:
        """Whether it is about a source that the person names."""
        return self in (Verdict.OVERRIDE, Verdict.STANDS_FOR, Verdict.NOT_STANDS_FOR)


_ON_TWO = (Verdict.SAME_UTTERANCE, Verdict.NOT_SAME_UTTERANCE, Verdict.SAME_CLAIM, Verdict.NOT_SAME_CLAIM)
_ON_VAGUE = (Verdict.STANDS_FOR, Verdict.NOT_STANDS_FOR)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage as it stands in captured bytes. `prefix` and `suffix` tell apart passages that occur more than once."""

    sha256: str
    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """One verdict on a passage, and where it is about two, on that and the other one; a source where the verdict is about one."""

    article_sha256: str
    quote: str
    verdict: Verdict
    reviewer: str
    reason: str
    prefix: str = ""
    suffix: str = ""
    source_key: str | None = None
    source_name: str | None = None
    source_kind: SourceKind | None = None
    other_sha256: str | None = None
    other_quote: str | None = None
    other_prefix: str = ""
    other_suffix: str = ""

    @property
    def here(self) -> Anchor:
        """Return the passage."""
        return Anchor(self.article_sha256, self.quote, self.prefix, self.suffix)

    @property
    def there(self) -> Anchor | None:
        """Return the other passage of a verdict on two."""
        if self.other_sha256 is None or self.other_quote is None:
            return None
        return Anchor(self.other_sha256, self.other_quote, self.other_prefix, self.other_suffix)


CONTEXT = 20  # code points by which an anchor grows on both sides until it fits one place only


class ReviewError(Exception):
    """A verdict that cannot be taken; the message is one line."""


def anchor(settings: Settings, appearance: int) -> Anchor:
    """Return the anchor of a traced appearance, by its id: its text, with as much around it as tells it from others like it.

    Raises ReviewError where there is no such appearance.
    """
    with store.transaction(settings.url("app")) as cursor:
        states = frames.records(store.find_appearances(cursor, appearance)) if 0 <= appearance < 2**63 else []
        seen = next((row for row in states if row["closed_at"] is None), None)
        if seen is None:
            raise ReviewError(f"no traced appearance has the id {appearance}")
        generations, ordinal = {seen["article_id"]: seen["attributed_generation"]}, seen["ordinal"]
        readings = store.load_readings(cursor, generations)
        (row,) = frames.records(readings)
        appearances = frames.appearances(*store.load_appearances(cursor, generations, frames.months(readings)))
    content = next(one.content for one in appearances if one.ordinal == ordinal)
    text, start, end = row["text"], min(span.start for span in content), max(span.end for span in content)
    around = 0
    while text.count(text[max(0, start - around) : end + around]) > 1:
        around += CONTEXT
    return Anchor(row["sha256"], text[start:end], text[max(0, start - around) : start], text[end : end + around])


def submit(settings: Settings, review: Review, at: datetime | None = None) -> int:
    """Store a verdict and queue the articles that it concerns; return its id. Raises ReviewError where nothing fits its anchors."""
    if review.verdict.is_on_two != (review.there is not None):
        raise ReviewError(f"the verdict {review.verdict} is about {'two passages' if review.verdict.is_on_two else 'one passage'}")
    if review.verdict.names_a_source != (review.source_key is not None):
        raise ReviewError(f"the verdict {review.verdict} names {'a source' if review.verdict.names_a_source else 'no source'}")
    with store.transaction(settings.url("app")) as cursor:
        _check(cursor, review)
        at = at or datetime.now(UTC)
        anchors = [part for anchor in (review.here, review.there) if anchor for part in astuple(anchor)]
        number = identity.of("review", *anchors, review.verdict, review.source_key or "", review.reviewer, at.isoformat())
        store.save_review(cursor, {**_row(review), "id": number, "submitted_at": at})
    return number


def _check(cursor: Cursor, review: Review) -> None:
    """Raise ReviewError where a verdict has nothing to be about: no such text, no such passage, or no vague source in it."""
    found: list[set[tuple[int, int]]] = []
    for anchor in filter(None, (review.here, review.there)):
        texts = store.reviewed_texts(cursor, anchor.sha256)
        if not texts:
            raise ReviewError(f"no article was read from bytes with SHA-256 {anchor.sha256}")
        if not any(places(text, anchor.quote, anchor.prefix, anchor.suffix) for text in texts.values()):
            raise ReviewError("the quoted text does not occur in the article (with the text before and after it, where given)")
        if not review.verdict.is_on_two and review.verdict not in _ON_VAGUE:
            continue
        generations = store.load_attributed(cursor, texts)
        readings = store.load_readings(cursor, generations)
        articles = {one.id: one for one in frames.articles(readings)}
        appearances = frames.appearances(*store.load_appearances(cursor, generations, frames.months(readings)))
        fitting = [one for number in articles if (one := _fitting(articles[number].text, _of(appearances, number), anchor))]
        if not fitting:
            raise ReviewError("the machine attributes nothing in that passage: `sumber chain --article NAME` lists what it does")
        if review.verdict in _ON_VAGUE and not any(_is_vague(one) for one in fitting):
            raise ReviewError("that passage has no vague source: to name another source, use the verdict override")
        found.append({(one.article_id, one.ordinal) for one in fitting})
    if len(found) == 2 and found[0] == found[1]:
        raise ReviewError("both quotations are one and the same passage")


def _is_vague(appearance: Appearance) -> bool:
    branches = {hop.branch for hop in appearance.attributions}
    return any(chains.vague_end(appearance, number) is not chains.NOT_VAGUE for number in branches)


def withdraw(settings: Settings, number: int, by: str, reason: str, at: datetime | None = None) -> None:
    """Withdraw a verdict; its articles are worked on again. Raises ReviewError where it is unknown or already withdrawn."""
    with store.transaction(settings.url("app")) as cursor:
        if not 0 <= number < 2**63 or not store.withdraw_review(cursor, number, by, reason, at or datetime.now(UTC)):
            raise ReviewError(f"review {number} is unknown or was withdrawn before")


def listing(settings: Settings) -> pd.DataFrame:
    """Return every verdict, newest first, withdrawn ones included."""
    with store.transaction(settings.url("app")) as cursor:
        return store.load_reviews(cursor)


def standing(cursor: Cursor, hashes: Iterable[str]) -> dict[str, list[Review]]:
    """Return the verdicts on attributions that hold for captures, by SHA-256, oldest first."""
    found: dict[str, list[Review]] = {}
    for row in frames.records(store.load_standing_reviews(cursor, hashes)):
        found.setdefault(row["article_sha256"], []).append(_review(row))
    return found


@dataclass(frozen=True, slots=True)
class Traced:
    """The verdicts on merges and vague sources that hold, oldest first, each with its article and, for a merge, the other one."""

    verdicts: tuple[tuple[Review, int, int | None], ...]

    def partners(self, ids: Iterable[int]) -> set[int]:
        """Return the articles with a passage that a verdict joins to one of these articles, or takes from it."""
        known = set(ids)
        pairs = [(one, other) for _, one, other in self.verdicts if other is not None]
        return {b for a, b in pairs if a in known} | {a for a, b in pairs if b in known}

    def on_merges(self, articles: Mapping[int, Article], appearances: Sequence[Appearance]) -> tuple[claims.Verdicts, claims.Verdicts]:
        """Return what is said of utterances and what of claims among these articles; of two verdicts on one pair the later one counts."""
        utterances: dict[tuple[int, int], bool] = {}
        claimed: dict[tuple[int, int], bool] = {}
        for review, number, other in self.verdicts:
            if review.there is None or other is None or number not in articles or other not in articles:
                continue
            a = _fitting(articles[number].text, _of(appearances, number), review.here)
            b = _fitting(articles[other].text, _of(appearances, other), review.there)
            if a is None or b is None or a is b:
                continue
            low, high = sorted(identity.of("claim", one.article_id, one.ordinal) for one in (a, b))
            is_one = review.verdict in (Verdict.SAME_UTTERANCE, Verdict.SAME_CLAIM)
            if review.verdict is not Verdict.SAME_CLAIM:
                utterances[low, high] = is_one
            if review.verdict is not Verdict.NOT_SAME_UTTERANCE:
                claimed[low, high] = is_one
        return _verdicts(utterances), _verdicts(claimed)

    def on_vague(self, articles: Mapping[int, Article], appearances: Sequence[Appearance], registry: Registry) -> list[chains.Ruling]:
        """Return whom the vague sources of these articles stand for or not, oldest first."""
        found = []
        for review, number, _ in self.verdicts:
            if review.verdict not in _ON_VAGUE or number not in articles:
                continue
            vague = [one for one in _of(appearances, number) if _is_vague(one)]
            if passage := _fitting(articles[number].text, vague, review.here):
                is_right = review.verdict is Verdict.STANDS_FOR
                found.append(chains.Ruling(number, passage.ordinal, _source(review, registry), is_right))
        return found


def for_tracing(cursor: Cursor) -> Traced:
    """Return the verdicts on merges and vague sources that hold."""
    rows = frames.records(store.load_reviews_for_tracing(cursor))
    return Traced(tuple((_review(row), row["article_id"], row["other_article_id"]) for row in rows))


def _verdicts(said: Mapping[tuple[int, int], bool]) -> claims.Verdicts:
    return claims.Verdicts(
        together=frozenset(pair for pair, is_one in said.items() if is_one),
        apart=frozenset(pair for pair, is_one in said.items() if not is_one),
    )


def _of(appearances: Iterable[Appearance], article_id: int) -> list[Appearance]:
    return [one for one in appearances if one.article_id == article_id]


def _review(row: Mapping[str, Any]) -> Review:
    values = {field.name: row[field.name] for field in fields(Review) if field.name in row}
    kind = SourceKind(row["source_kind"]) if row["source_kind"] else None
    return Review(**{**values, "verdict": Verdict(row["verdict"]), "source_kind": kind})


def apply(
    article: Article, appearances: Sequence[Appearance], verdicts: Sequence[Review], registry: Registry
) -> tuple[list[Appearance], list[Refusal]]:
    """Let people's verdicts win over the machine's appearances; the latest verdict on a passage counts.

    Returns the appearances that stay, and a refusal for each that a person rejected.
    """
    kept, refused = [], []
    for appearance in appearances:
        verdict = next((one for one in reversed(verdicts) if _concerns(article.text, appearance, one.here)), None)
        if verdict is None:
            kept.append(appearance)
            continue
        match verdict.verdict:
            case Verdict.CONFIRM:
                kept.append(replace(appearance, attributions=tuple(replace(hop, confidence=1.0) for hop in appearance.attributions)))
            case Verdict.REJECT:
                quoted = " … ".join(span.of(article.text) for span in appearance.content)
                refused.append(Refusal("review_rejected", quoted, f"rejected by {verdict.reviewer}: {verdict.reason}"))
            case Verdict.OVERRIDE:
                kept.append(_overridden(appearance, _source(verdict, registry)))
    return kept, refused


def _row(review: Review) -> dict[str, object]:
    return {field.name: getattr(review, field.name) for field in fields(review)}


def _source(verdict: Review, registry: Registry) -> Source:
    key, name, kind = verdict.source_key or "", verdict.source_name or "", verdict.source_kind or SourceKind.PERSON
    return registry.get(key) if registry.record(key) else Source(identity.of("source", key), key, name, kind)


def _overridden(appearance: Appearance, source: Source) -> Appearance:
    """Put `source` at the end of the first branch, in the place of what the text was read to say; the article's credits stay."""
    hops = appearance.branch(0)
    credited = tuple(hop for hop in hops if hop.origin.is_credit)
    between = tuple(hop for hop in hops if not hop.origin.is_credit)[:-1]
    end = Attribution(0, 0, source, HopRelation.TOLD, Origin.REVIEW, Scope.SPAN, "review", 1.0)
    path = [hop for hop in (*credited, *between) if hop.source.id != source.id] + [end]
    return replace(appearance, attributions=tuple(replace(hop, hop=number) for number, hop in enumerate(path)), operator=None)


def _concerns(text: str, appearance: Appearance, anchor: Anchor) -> bool:
    """Whether a passage is the one that a verdict is about."""
    return is_at(places(text, anchor.quote, anchor.prefix, anchor.suffix), appearance.content)


def _fitting(text: str, appearances: Iterable[Appearance], anchor: Anchor) -> Appearance | None:
    """Return the passage of an article that an anchor fits best, None where it fits none; of two that it fits as well, the earlier one."""
    ranked = [(-fit, one.ordinal, one) for one in appearances if (fit := _likeness(text, one, anchor)) is not None]
    return min(ranked, key=lambda one: one[:2])[2] if ranked else None


def _likeness(text: str, appearance: Appearance, anchor: Anchor) -> float | None:
    """Return the share of the longer one that a passage and a quotation have in common, None where it is not the one that is quoted."""
    best = None
    length = sum(span.end - span.start for span in appearance.content)
    for place in places(text, anchor.quote, anchor.prefix, anchor.suffix):
        if is_at([place], appearance.content):
            best = max(best or 0.0, _shared(place, appearance.content) / max(length, place.end - place.start))
    return best


def _shared(place: Span, content: Iterable[Span]) -> int:
    return sum(max(0, min(span.end, place.end) - max(span.start, place.start)) for span in content)


def is_at(anchors: Iterable[Span], content: Iterable[Span]) -> bool:
    """Whether a passage is the one that is quoted: more than half of the shorter of the two lies in the other."""
    spans = list(content)
    length = sum(span.end - span.start for span in spans)
    return any(_shared(place, spans) * 2 > min(length, place.end - place.start) for place in anchors)


def places(text: str, quote: str, prefix: str, suffix: str) -> list[Span]:
    """Return where the quoted text stands in `text`, between what comes right before and after it."""
    found = []
    whole = prefix + quote + suffix
    at = text.find(whole)
    while at >= 0:
        start = at + len(prefix)
        found.append(Span(start, start + len(quote)))
        at = text.find(whole, at + 1)
    return found
