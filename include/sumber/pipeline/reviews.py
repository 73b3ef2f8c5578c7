"""A person's verdicts on attributions: submitted, withdrawn, listed, and honoured whenever an article is attributed.

A verdict is anchored to the captured bytes' SHA-256 and to the quoted text, never to row ids, so that it survives re-runs and new versions
of the method.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from enum import StrEnum

import pandas as pd
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - a type, named like one

from sumber.pipeline import frames, store
from sumber.pipeline.settings import Settings
from sumber.sourcing import identity
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
    """What a person says of an attribution."""

    CONFIRM = "confirm"
    REJECT = "reject"  # the passage attributes nothing
    OVERRIDE = "override"  # its ultimate source is another one


@dataclass(frozen=True, slots=True)
class Review:
    """One verdict. `prefix` and `suffix` tell apart passages that occur more than once; the source is given for an override only."""

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


class ReviewError(Exception):
    """A verdict that cannot be taken; the message is one line."""


def submit(settings: Settings, review: Review, at: datetime | None = None) -> int:
    """Store a verdict and queue its articles to be attributed again; return its id. Raises ReviewError where nothing fits its anchor."""
    with store.transaction(settings.url("app")) as cursor:
        texts = store.reviewed_texts(cursor, review.article_sha256)
        if not texts:
            raise ReviewError(f"no article was read from bytes with SHA-256 {review.article_sha256}")
        if not any(places(text, review.quote, review.prefix, review.suffix) for text in texts):
            raise ReviewError("the quoted text does not occur in the article (with the text before and after it, where given)")
        at = at or datetime.now(UTC)
        parts = (
            review.article_sha256,
            review.quote,
            review.prefix,
            review.suffix,
            review.verdict,
            review.source_key or "",
            review.reviewer,
        )
        number = identity.of("review", *parts, at.isoformat())
        store.save_review(cursor, {**_row(review), "id": number, "submitted_at": at})
    return number


def withdraw(settings: Settings, number: int, by: str, reason: str, at: datetime | None = None) -> None:
    """Withdraw a verdict; its articles are attributed again. Raises ReviewError where it is unknown or already withdrawn."""
    with store.transaction(settings.url("app")) as cursor:
        if not 0 <= number < 2**63 or not store.withdraw_review(cursor, number, by, reason, at or datetime.now(UTC)):
            raise ReviewError(f"review {number} is unknown or was withdrawn before")


def listing(settings: Settings) -> pd.DataFrame:
    """Return every verdict, newest first, withdrawn ones included."""
    with store.transaction(settings.url("app")) as cursor:
        return store.load_reviews(cursor)


def standing(cursor: Cursor, hashes: Iterable[str]) -> dict[str, list[Review]]:
    """Return the verdicts that hold for captures, by SHA-256, oldest first."""
    found: dict[str, list[Review]] = {}
    for row in frames.records(store.load_standing_reviews(cursor, hashes)):
        found.setdefault(row["article_sha256"], []).append(
            Review(
                **{
                    key: row[key]
                    for key in ("article_sha256", "quote", "prefix", "suffix", "reviewer", "reason", "source_key", "source_name")
                },
                verdict=Verdict(row["verdict"]),
                source_kind=SourceKind(row["source_kind"]) if row["source_kind"] else None,
            )
        )
    return found


def apply(
    article: Article, appearances: Sequence[Appearance], verdicts: Sequence[Review], registry: Registry
) -> tuple[list[Appearance], list[Refusal]]:
    """Let people's verdicts win over the machine's appearances; the latest verdict on a passage counts.

    Returns the appearances that stay, and a refusal for each that a person rejected.
    """
    kept, refused = [], []
    for appearance in appearances:
        verdict = next((one for one in reversed(verdicts) if _concerns(article.text, appearance, one)), None)
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


def _concerns(text: str, appearance: Appearance, review: Review) -> bool:
    """Whether a passage is the one that a verdict is about."""
    return is_at(places(text, review.quote, review.prefix, review.suffix), appearance.content)


def is_at(anchors: Iterable[Span], content: Iterable[Span]) -> bool:
    """Whether a passage is the one that is quoted: more than half of the shorter of the two lies in the other."""
    spans = list(content)
    length = sum(span.end - span.start for span in spans)
    for place in anchors:
        shared = sum(max(0, min(span.end, place.end) - max(span.start, place.start)) for span in spans)
        if shared * 2 > min(length, place.end - place.start):
            return True
    return False


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
