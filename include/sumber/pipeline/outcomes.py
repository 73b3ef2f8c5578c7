"""Checks of claims from outside: submitted, withdrawn, listed, and found again in the texts whenever sources are scored.

A check says how true what a passage claims turned out. It is anchored like a review, to the captured bytes' SHA-256 and the quoted text;
a review says whose claim it is, and is no check of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

import pandas as pd
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - a type, named like one

from sumber.pipeline import frames, reviews, store
from sumber.pipeline.settings import Settings
from sumber.sourcing import identity
from sumber.sourcing.model import Span
from sumber.sourcing.reliability import Check, Outcome

KINDS = (Check.REVIEW, Check.DOCUMENT, Check.RESOLUTION, Check.RETRACTION)


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: `truth` is how true the claim turned out, 0 to 1, whoever asserts or denies it."""

    article_sha256: str
    quote: str
    truth: float
    kind: Check
    checked_on: date
    reviewer: str
    reason: str
    evidence_url: str | None = None
    prefix: str = ""
    suffix: str = ""


class OutcomeError(Exception):
    """A check that cannot be taken; the message is one line."""


def submit(settings: Settings, finding: Finding, at: datetime | None = None) -> int:
    """Store a check; return its id, or that of the same one that holds already. Raises OutcomeError as `submit_rows` does."""
    return submit_rows(settings, [("", finding)], at)[0]


def submit_rows(settings: Settings, findings: Iterable[tuple[str, Finding]], at: datetime | None = None) -> list[int]:
    """Store checks, (place in the user's file, check) each, all or none; return their ids. What holds already is not stored twice.

    Raises OutcomeError, with the place, where a check cannot be: an anchor that fits no claim or several, a day to come, a document
    without an address.
    """
    at = at or datetime.now(UTC)
    numbers = []
    with store.transaction(settings.url("app")) as cursor:
        for where, finding in findings:
            try:
                _check(finding, at)
                _find(cursor, finding)
            except OutcomeError as error:
                raise OutcomeError(f"{where}: {error}" if where else str(error)) from error
            row = {**asdict(finding), "kind": str(finding.kind)}
            number = identity.of("outcome", *(str(value) for value in row.values()), at.isoformat())
            numbers.append(store.save_outcome(cursor, {**row, "id": number, "submitted_at": at}))
    return numbers


def _check(finding: Finding, at: datetime) -> None:
    if finding.kind not in KINDS:
        raise OutcomeError(f"kind {finding.kind!r} is none of {', '.join(KINDS)}")
    if not 0 <= finding.truth <= 1:
        raise OutcomeError(f"truth {finding.truth} is not a number from 0 (false) to 1 (true)")
    if finding.checked_on > at.date():
        raise OutcomeError(f"{finding.checked_on} has not come yet: a check is dated when it was made")
    if not finding.reviewer.strip() or not finding.reason.strip():
        raise OutcomeError("a check needs a reviewer and a reason")
    address = finding.evidence_url
    if finding.kind is Check.DOCUMENT and not address:
        raise OutcomeError("a check by a document needs the address where it can be read")
    if address and (not address.startswith(("http://", "https://")) or any(character.isspace() for character in address)):
        raise OutcomeError(f"{address!r} is no web address")


def _find(cursor: Cursor, finding: Finding) -> None:
    """Raise OutcomeError unless the anchor fits the passage or passages of one claim."""
    texts = store.reviewed_texts(cursor, finding.article_sha256)
    if not texts:
        raise OutcomeError(f"no article was read from bytes with SHA-256 {finding.article_sha256}")
    if not any(reviews.places(text, finding.quote, finding.prefix, finding.suffix) for text in texts.values()):
        raise OutcomeError("the quoted text does not occur in the article (with the text before and after it, where given)")
    passages = frames.records(store.load_checked_passages(cursor, finding.article_sha256))
    claims = {row["claim"] for row in passages if _is_about(row["text"], row["content"], finding.quote, finding.prefix, finding.suffix)}
    if not claims:
        raise OutcomeError("the quoted text is no passage that was attributed and traced: it makes no claim of anybody's")
    if len(claims) > 1:
        raise OutcomeError(f"the quoted text covers {len(claims)} claims: quote one of them, with the text before or after it")


def withdraw(settings: Settings, number: int, by: str, reason: str, at: datetime | None = None) -> None:
    """Withdraw a check; a replay as of an earlier time still knows it. Raises OutcomeError where it is unknown or already withdrawn."""
    with store.transaction(settings.url("app")) as cursor:
        if not 0 <= number < 2**63 or not store.withdraw_outcome(cursor, number, by, reason, at or datetime.now(UTC)):
            raise OutcomeError(f"outcome {number} is unknown or was withdrawn before")


def listing(settings: Settings) -> pd.DataFrame:
    """Return every check, newest first, withdrawn ones included."""
    with store.transaction(settings.url("app")) as cursor:
        return store.list_outcomes(cursor)


def load(cursor: Cursor, day: date, known_at: datetime) -> list[Outcome]:
    """Return what the checks made by the end of `day`, of those that held at `known_at`, say of the claims as they are traced now."""
    checks = frames.records(store.load_outcomes(cursor, day, known_at))
    passages: dict[int, list[dict[str, object]]] = {}
    for row in frames.records(store.load_claimed_passages(cursor, {check["article_id"] for check in checks})):
        passages.setdefault(row["article_id"], []).append(row)
    found = {}
    for check in checks:
        for row in passages.get(check["article_id"], ()):
            if _is_about(check["text"], row["content"], check["quote"], check["prefix"], check["suffix"]):
                # Of several that one person made on one day, the last one counts.
                found[row["claim"], check["checked_on"], check["reviewer"]] = Outcome(
                    claim=int(str(row["claim"])),
                    truth=check["truth"],
                    check=Check(check["kind"]),
                    checked_on=check["checked_on"],
                    reason=f"{check['reviewer']}: {check['reason']}",
                    known_at=check["submitted_at"],
                )
    return list(found.values())


def _is_about(text: str, content: object, quote: str, prefix: str, suffix: str) -> bool:
    spans = [Span(start, end) for start, end in content]  # type: ignore[attr-defined]
    return reviews.is_at(reviews.places(text, quote, prefix, suffix), spans)
