"""Verdicts on merges and on vague sources: they win over the machine, queue what they concern, and leave nothing when withdrawn."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from archive import NOON, ask, empty, fingerprint, run_step

from sumber.__main__ import main
from sumber.pipeline import reviews, settings, steps, store
from sumber.pipeline.reviews import Review, Verdict
from sumber.sourcing import identity
from sumber.sourcing.model import SourceKind

DOCKS = "Ostra plans to lease its northern docks to a foreign shipbuilder for thirty years"
TEXTS = {
    "vague": f"{DOCKS}, US media reported on Monday, citing two officials.\n\nThe council of the harbour did not answer questions.\n",
    "reprint": f"{DOCKS}, US media reported on Monday, citing two officials.\n\nThe council of the harbour did not answer questions.\n",
    "naming": f"{DOCKS}, the New York Times reported on Monday, citing officials.\n\nThe mayor was on holiday and could not be asked.\n",
    "ferry": "The ferry to Halm will be twice as fast from June, the operator Jonas Vik said on Tuesday.\n\nThe terminal is new.\n",
    "liner": "Passengers will reach Halm within forty minutes this summer, the operator Jonas Vik told reporters.\n\nTickets are sold.\n",
    "far": "A bakery in Tolmen sells blue bread, the baker Mira Sand said on Monday.\n\nChildren like it.\n",
}
OUTLETS = {
    "vague": "Northern Courier",
    "reprint": "Southern Herald",
    "naming": "Ostra Evening",
    "ferry": "Eastern Post",
    "liner": "Harbour Gazette",
    "far": "Tolmen News",
}


def content(name: str) -> bytes:
    """Return the bytes of one record as the inbox stores them: the anchor of a verdict hashes these."""
    record = {"id": name, "lang": "en", "outlet": OUTLETS[name], "published_at": "2026-05-04T08:00:00Z", "title": "", "text": TEXTS[name]}
    return json.dumps(record).encode()


def arrive(current: settings.Settings, folder: Path, names: Iterable[str]) -> None:
    folder.mkdir(exist_ok=True)
    place = folder / "records.jsonl"
    place.write_bytes(b"\n".join(content(name) for name in names))
    steps.capture(current, place, "arrival", captured_at=NOON)
    work_off(current, "arrival")


def work_off(current: settings.Settings, run: str, size: int = 2000) -> None:
    """Work off what is pending; trace it in batches of `size`."""
    for step in ("read", "attribute"):
        run_step(current, step, run)
    run_step(current, "trace", run, size)


def sha256(current: settings.Settings, name: str) -> str:
    ((found,),) = ask(current, "SELECT sha256 FROM raw.capture WHERE name = %s", name)
    return str(found)


def canonical(current: settings.Settings, table: str) -> dict[str, int]:
    """Return article -> canonical id of its first passage's claim or utterance."""
    statement = {
        "claim": """
            SELECT article.name, claim.canonical_id
            FROM core.claim INNER JOIN core.traced_article AS traced USING (article_id, generation)
            INNER JOIN core.article ON article.id = article_id AND article.closed_at IS NULL
            WHERE traced.closed_at IS NULL AND claim.ordinal = 0
        """,
        "utterance": """
            SELECT article.name, utterance.canonical_id
            FROM core.utterance INNER JOIN core.traced_article AS traced USING (article_id, generation)
            INNER JOIN core.article ON article.id = article_id AND article.closed_at IS NULL
            WHERE traced.closed_at IS NULL AND utterance.ordinal = 0
        """,
    }[table]
    return dict(ask(current, statement))


def originating(current: settings.Settings) -> dict[str, str]:
    """Return article -> originating outlet of its first passage."""
    return dict(
        ask(
            current,
            """
            SELECT article.name, source.name
            FROM core.chain INNER JOIN core.traced_article AS traced USING (article_id, generation)
            INNER JOIN core.article ON article.id = article_id AND article.closed_at IS NULL
            INNER JOIN core.source ON source.id = chain.originating_outlet_id
            WHERE traced.closed_at IS NULL AND chain.ordinal = 0
            """,
        )
    )


def pending(current: settings.Settings) -> set[tuple[str, str]]:
    return set(
        ask(current, "SELECT step, name FROM core.pending INNER JOIN core.article ON article.id = item_id AND article.closed_at IS NULL")
    )


def on_two(current: settings.Settings, verdict: Verdict, one: str, other: str) -> Review:
    quotes = {name: TEXTS[name].split(",")[0] for name in (one, other)}
    return Review(
        sha256(current, one),
        quotes[one],
        verdict,
        "Ines",
        "read both",
        other_sha256=sha256(current, other),
        other_quote=quotes[other],
    )


def on_vague(current: settings.Settings, verdict: Verdict, key: str, name: str, article: str = "vague") -> Review:
    return Review(
        sha256(current, article),
        DOCKS,
        verdict,
        "Ines",
        "asked them",
        source_key=key,
        source_name=name,
        source_kind=SourceKind.OUTLET,
    )


def machine(rows: dict[str, str]) -> dict[str, str]:
    """Return a fingerprint without what reviews leave in their own table."""
    return {name: digest for name, digest in rows.items() if name != "core.review"}


@pytest.fixture
def read(current: settings.Settings, tmp_path: Path) -> settings.Settings:
    arrive(current, tmp_path / "inbox", TEXTS)
    claims = canonical(current, "claim")
    assert claims["ferry"] != claims["liner"], "told in other words: the machine keeps them apart"
    assert claims["vague"] == claims["reprint"] == claims["naming"]
    outlets = originating(current)
    assert outlets["vague"] == outlets["reprint"] == outlets["naming"] == "The New York Times"
    return current


@pytest.mark.parametrize("verdict", [Verdict.SAME_CLAIM, Verdict.SAME_UTTERANCE])
def test_two_passages_that_a_person_joins_are_one_until_the_verdict_is_withdrawn(read: settings.Settings, verdict: Verdict) -> None:
    before = fingerprint(read)
    number = reviews.submit(read, on_two(read, verdict, "ferry", "liner"))
    assert pending(read) == {("trace", "ferry"), ("trace", "liner")}
    work_off(read, "joined")
    claims, utterances = canonical(read, "claim"), canonical(read, "utterance")
    assert claims["ferry"] == claims["liner"]
    assert (utterances["ferry"] == utterances["liner"]) is (verdict is Verdict.SAME_UTTERANCE)
    joined = fingerprint(read)
    # It survives when everything is worked on again, in batches of one article.
    for step in ("read", "attribute", "trace"):
        steps.requeue(read, step, None, None, None)
    work_off(read, "again", size=1)
    assert fingerprint(read) == joined
    reviews.withdraw(read, number, "Ines", "two ferries")
    assert pending(read) == {("trace", "ferry"), ("trace", "liner")}
    work_off(read, "withdrawn")
    assert fingerprint(read) == before


def test_two_passages_that_a_person_takes_apart_are_two(read: settings.Settings) -> None:
    before = fingerprint(read)
    number = reviews.submit(read, on_two(read, Verdict.NOT_SAME_CLAIM, "naming", "vague"))
    assert pending(read) == {("trace", "naming"), ("trace", "vague")}
    work_off(read, "apart")
    claims = canonical(read, "claim")
    assert claims["naming"] != claims["vague"]
    # Another copy may make one claim with either, never with both.
    assert claims["reprint"] in (claims["naming"], claims["vague"])
    apart = fingerprint(read)
    steps.requeue(read, "trace", None, None, None)
    work_off(read, "again", size=1)
    assert fingerprint(read) == apart
    reviews.withdraw(read, number, "Ines", "misread")
    work_off(read, "withdrawn")
    assert fingerprint(read) == before


def test_a_verdict_on_what_is_said_leaves_what_is_claimed(read: settings.Settings) -> None:
    before = canonical(read, "utterance")
    assert before["vague"] == before["reprint"]
    reviews.submit(read, on_two(read, Verdict.NOT_SAME_UTTERANCE, "reprint", "vague"))
    work_off(read, "apart")
    claims, utterances = canonical(read, "claim"), canonical(read, "utterance")
    assert utterances["vague"] != utterances["reprint"]
    assert claims["vague"] == claims["reprint"]


def test_of_two_verdicts_on_one_pair_the_later_one_counts(read: settings.Settings) -> None:
    reviews.submit(read, on_two(read, Verdict.SAME_CLAIM, "ferry", "liner"))
    # The same pair, the other way round.
    reviews.submit(read, on_two(read, Verdict.NOT_SAME_CLAIM, "liner", "ferry"))
    work_off(read, "both")
    claims = canonical(read, "claim")
    assert claims["ferry"] != claims["liner"]


def test_a_verdict_waits_for_an_article_that_comes_back(read: settings.Settings, tmp_path: Path) -> None:
    """The other article is withdrawn and read again: the pair is one as soon as both are there."""
    reviews.submit(read, on_two(read, Verdict.SAME_CLAIM, "ferry", "liner"))
    work_off(read, "joined")
    joined = fingerprint(read)
    ((capture,),) = ask(read, "SELECT id FROM raw.capture WHERE name = 'liner'")
    with pytest.MonkeyPatch.context() as patch:
        reader = steps.articles.read
        refusal = steps.Refusal("test_rule", "x", "no longer an article")
        patch.setattr(steps.articles, "read", lambda one, *rest: refusal if one.id == capture else reader(one, *rest))
        with store.transaction(read.url("etl")) as cursor:
            store.enqueue(cursor, "read", [capture])
        work_off(read, "stricter")
    assert "liner" not in canonical(read, "claim")
    with store.transaction(read.url("etl")) as cursor:
        store.enqueue(cursor, "read", [capture])
    work_off(read, "as before")
    claims = canonical(read, "claim")
    assert claims["ferry"] == claims["liner"]
    assert {**fingerprint(read), "core.rejection": ""} == {**joined, "core.rejection": ""}


def test_whom_a_vague_source_stands_for_is_a_person_s_to_say(read: settings.Settings) -> None:
    before = fingerprint(read)
    number = reviews.submit(read, on_vague(read, Verdict.STANDS_FOR, "washington-post", "The Washington Post"))
    assert pending(read) == {("trace", "vague")}
    work_off(read, "said")
    outlets = originating(read)
    # A vague source is one throughout a story: the copy follows, what names another outlet itself stays.
    assert outlets["vague"] == outlets["reprint"] == "The Washington Post"
    assert outlets["naming"] == "The New York Times"
    hops = ask(
        read,
        "SELECT DISTINCT rule FROM core.resolved_hop INNER JOIN core.traced_article USING (article_id, generation) WHERE closed_at IS NULL",
    )
    assert hops == [("review",)]
    checked = steps.check(read, "said", whole=True)
    assert checked.came_in == checked.went_out > 0
    said = fingerprint(read)
    steps.requeue(read, "trace", None, None, None)
    work_off(read, "again", size=1)
    assert fingerprint(read) == said
    reviews.withdraw(read, number, "Ines", "misheard")
    work_off(read, "withdrawn")
    assert fingerprint(read) == before


def test_whom_a_vague_source_does_not_stand_for_is_not_named(read: settings.Settings) -> None:
    before = fingerprint(read)
    number = reviews.submit(read, on_vague(read, Verdict.NOT_STANDS_FOR, "new-york-times", "The New York Times", "reprint"))
    assert pending(read) == {("trace", "reprint")}
    work_off(read, "said")
    outlets = originating(read)
    assert outlets["vague"] != "The New York Times"
    assert outlets["reprint"] != "The New York Times"
    assert outlets["naming"] == "The New York Times"
    reviews.withdraw(read, number, "Ines", "they do")
    work_off(read, "withdrawn")
    assert fingerprint(read) == before


def test_verdicts_are_the_same_whatever_the_order_of_arrival(read: settings.Settings, tmp_path: Path) -> None:
    """A late backfill: the verdicts hold for what arrives after them, in whatever order it does."""
    reviews.submit(read, on_two(read, Verdict.SAME_CLAIM, "ferry", "liner"))
    reviews.submit(read, on_vague(read, Verdict.STANDS_FOR, "washington-post", "The Washington Post"))
    work_off(read, "said")
    expected = fingerprint(read)
    rows = ask(read, "SELECT to_jsonb(review)::text FROM core.review")
    empty(read)
    for (row,) in rows:
        ask(read, "INSERT INTO core.review SELECT * FROM jsonb_populate_record(NULL::core.review, %s::jsonb)", row)
    for number, names in enumerate((["liner", "reprint"], ["naming"], ["far", "vague", "ferry"])):
        arrive(read, tmp_path / str(number), names)
    assert fingerprint(read) == expected


def test_a_verdict_that_fits_nothing_is_refused(read: settings.Settings) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"other_quote": "never said"}, "does not occur"),
        ({"other_sha256": "0" * 64}, "no article was read"),
        ({"other_sha256": None, "other_quote": None}, "is about two passages"),
        ({"other_quote": "Tickets are sold"}, "attributes nothing in that passage"),
        ({"source_key": "reuters", "source_name": "Reuters", "source_kind": SourceKind.AGENCY}, "names no source"),
    ]
    for change, said in wrong:
        with pytest.raises(reviews.ReviewError, match=said):
            reviews.submit(read, replace(on_two(read, Verdict.SAME_CLAIM, "ferry", "liner"), **change))
    assert pending(read) == set()
    with pytest.raises(reviews.ReviewError, match="one and the same"):
        reviews.submit(read, on_two(read, Verdict.SAME_CLAIM, "ferry", "ferry"))
    named = replace(on_vague(read, Verdict.STANDS_FOR, "reuters", "Reuters", "ferry"), quote="The ferry to Halm will be twice as fast")
    with pytest.raises(reviews.ReviewError, match="no vague source"):
        reviews.submit(read, named)


def test_the_command_takes_verdicts_lists_and_withdraws_them(
    read: settings.Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(settings, "current", lambda: read)

    def review(*arguments: str) -> tuple[int, str, str]:
        status = main(["review", *arguments])
        return status, *capsys.readouterr()

    ids = dict(ask(read, "SELECT name, appearance.id FROM core.appearance INNER JOIN core.article ON article.id = article_id"))
    merge = ("submit", "--appearance", str(ids["ferry"]), "--verdict", "same_claim", "--reason", "one crossing", "--reviewer", "Ines")
    status, _, error = review(*merge)
    assert (status, "two passages" in error) == (2, True)
    status, out, _ = review(*merge, "--other-article", "liner", "--other-quote", "Passengers will reach Halm")
    assert status == 0
    number = out.split()[1]
    assert pending(read) == {("trace", "ferry"), ("trace", "liner")}
    work_off(read, "joined")
    claims = canonical(read, "claim")
    assert claims["ferry"] == claims["liner"]
    stands = ("submit", "--appearance", str(ids["vague"]), "--reason", "asked", "--verdict", "stands_for")
    assert review(*stands)[0] == 2
    assert review(*stands, "--source", "washington-post")[0] == 0
    status, listed, _ = review("list")
    assert status == 0
    for word in ("same_claim", "ferry", "liner", "stands_for: The Washington Post", "one crossing", "holds"):
        assert word in listed
    assert review("withdraw", number, "--reason", "no")[0] == 0
    assert review("withdraw", number, "--reason", "no")[0] == 2
    assert pending(read) == {("trace", "ferry"), ("trace", "liner"), ("trace", "vague")}


@pytest.mark.parametrize(
    "columns",
    [
        {"verdict": "same_claim"},
        {"verdict": "confirm", "other_sha256": "0" * 64, "other_quote": "x"},
        {"verdict": "stands_for"},
        {"verdict": "same_claim", "other_sha256": "zz", "other_quote": "x"},
        {"verdict": "perhaps"},
    ],
)
def test_the_table_refuses_half_a_verdict(current: settings.Settings, columns: dict[str, str]) -> None:
    values = {"id": 1, "article_sha256": identity.sha256(b"x"), "quote": "q", "reviewer": "Ines", "reason": "why", **columns}
    names, marks = ", ".join(values), ", ".join(["%s"] * len(values))
    with pytest.raises(psycopg2.errors.CheckViolation):
        ask(current, f"INSERT INTO core.review ({names}) VALUES ({marks})", *values.values(), role="app")  # noqa: S608 - names of this test
