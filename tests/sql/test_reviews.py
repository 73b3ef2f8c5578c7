"""A person's verdict wins over the machine, survives re-runs, and leaves nothing behind when it is withdrawn."""

from __future__ import annotations

from pathlib import Path

import psycopg2
import pytest
from archive import ARTICLES, ask, fingerprint, run_all, run_step

from sumber.pipeline import reviews, settings, steps, store
from sumber.sourcing import identity
from sumber.sourcing.model import SourceKind

NORTH = identity.sha256(str(ARTICLES["a-north.txt"]).encode())
QUOTE = "We have to mend the lock gates,"

ENDS = """
SELECT DISTINCT source.name, attribution.origin
FROM core.appearance
INNER JOIN core.attributed_article AS attributed
    ON attributed.article_id = appearance.article_id AND attributed.generation = appearance.generation
INNER JOIN core.article ON article.id = appearance.article_id AND article.closed_at IS NULL
INNER JOIN core.attribution
    ON attribution.article_id = appearance.article_id AND attribution.generation = appearance.generation
    AND attribution.ordinal = appearance.ordinal
INNER JOIN core.source ON source.id = attribution.source_id
WHERE attributed.closed_at IS NULL AND article.name = 'a-north.txt' AND appearance.content_text[1] LIKE '%%mend the lock gates%%'
    AND attribution.hop = (
        SELECT max(last.hop) FROM core.attribution AS last
        WHERE last.article_id = attribution.article_id AND last.generation = attribution.generation
            AND last.ordinal = attribution.ordinal AND last.branch = attribution.branch
    )
"""


def verdict(kind: reviews.Verdict, **more: object) -> reviews.Review:
    return reviews.Review(NORTH, QUOTE, kind, "Ines", "checked by phone", **more)  # type: ignore[arg-type]


def work_off(current: settings.Settings) -> None:
    for name in ("attribute", "trace"):
        run_step(current, name, "after review")
    steps.publish(current, "after review")


@pytest.fixture
def read(current: settings.Settings, inbox: Path) -> settings.Settings:
    """The small archive, worked off; the machine attributes the quotation to Lena Brandt."""
    run_all(current, inbox)
    assert [name for name, _ in ask(current, ENDS)] == ["Lena Brandt"]
    return current


def test_an_override_names_another_source_until_it_is_withdrawn(read: settings.Settings) -> None:
    before = fingerprint(read)
    override = verdict(reviews.Verdict.OVERRIDE, source_key="person:olof ek", source_name="Olof Ek", source_kind=SourceKind.PERSON)
    number = reviews.submit(read, override)
    work_off(read)
    assert ask(read, ENDS) == [("Olof Ek", "review")]
    # It survives when everything is worked on again.
    for name in ("read", "attribute", "trace"):
        with store.transaction(read.url("etl")) as cursor:
            store.requeue(cursor, name)
        run_step(read, name, "again")
    assert ask(read, ENDS) == [("Olof Ek", "review")]
    reviews.withdraw(read, number, "Ines", "misheard")
    work_off(read)
    assert fingerprint(read) == before


def test_what_a_person_rejects_attributes_nothing_and_is_kept_as_refused(read: settings.Settings) -> None:
    reviews.submit(read, verdict(reviews.Verdict.REJECT))
    work_off(read)
    assert ask(read, ENDS) == []
    ((value, reason),) = ask(read, "SELECT value, reason FROM core.rejection WHERE rule = 'review_rejected' AND closed_at IS NULL")
    assert "mend the lock gates" in value
    assert reason == "rejected by Ines: checked by phone"


def test_what_a_person_confirms_is_sure(read: settings.Settings) -> None:
    reviews.submit(read, verdict(reviews.Verdict.CONFIRM))
    work_off(read)
    confidence = """
    SELECT max(confidence) FROM mart.fct_appearance INNER JOIN mart.dim_article USING (article_id)
    WHERE content LIKE %s AND dim_article.name = %s
    """
    assert ask(read, confidence, "%mend the lock gates%", "a-north.txt") == [(1.0,)]
    ((other,),) = ask(read, confidence, "%mend the lock gates%", "b-south.txt")
    assert other < 1.0, "the verdict is about one article's bytes"


def test_the_latest_verdict_counts(read: settings.Settings) -> None:
    reviews.submit(read, verdict(reviews.Verdict.REJECT))
    reviews.submit(read, verdict(reviews.Verdict.CONFIRM))
    work_off(read)
    assert [name for name, _ in ask(read, ENDS)] == ["Lena Brandt"]


def test_an_anchor_that_fits_nothing_is_refused(read: settings.Settings) -> None:
    with pytest.raises(reviews.ReviewError, match="no article was read"):
        reviews.submit(read, reviews.Review("0" * 64, QUOTE, reviews.Verdict.REJECT, "Ines", "why"))
    with pytest.raises(reviews.ReviewError, match="does not occur"):
        reviews.submit(read, reviews.Review(NORTH, "never said", reviews.Verdict.REJECT, "Ines", "why"))
    with pytest.raises(reviews.ReviewError, match="does not occur"):
        reviews.submit(read, verdict(reviews.Verdict.REJECT, prefix="not before it: "))


def test_a_review_is_withdrawn_once_and_never_changed(read: settings.Settings) -> None:
    number = reviews.submit(read, verdict(reviews.Verdict.REJECT))
    reviews.withdraw(read, number, "Ines", "misheard")
    with pytest.raises(reviews.ReviewError, match="withdrawn before"):
        reviews.withdraw(read, number, "Ines", "again")
    with pytest.raises(psycopg2.errors.CheckViolation, match="is final"):
        ask(read, "DELETE FROM core.review")
    other = reviews.submit(read, verdict(reviews.Verdict.CONFIRM))
    with pytest.raises(psycopg2.errors.CheckViolation, match="can be withdrawn, not changed"):
        ask(read, "UPDATE core.review SET reason = 'better' WHERE id = %s", other)
    listed = reviews.listing(read)
    assert list(listed["verdict"]) == ["confirm", "reject"]
    assert list(listed["article"]) == ["a-north.txt", "a-north.txt"]
