"""Pages that were changed: what the new version takes back, who still carries the old one, and what is lost from copy to copy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from archive import NOON, ask, fingerprint, run_step

from sumber.__main__ import main
from sumber.pipeline import settings, steps

COPY = (
    "The fire at the Ostra sugar mill injured 14 workers and destroyed two warehouses, the harbour master Lena Brandt said on Monday.\n\n"
    "The mill on the northern quay had been inspected in March, and its owners were told to renew the wiring of both warehouses.\n"
)
CORRECTED = (
    COPY.replace("14 workers", "9 workers") + "\nCorrection: an earlier version of this page gave the number of injured workers wrongly.\n"
)


def record(name: str, outlet: str, day: int, text: str, **more: str) -> dict[str, Any]:
    """Return one record of a JSONL inbox."""
    return {"id": name, "lang": "en", "outlet": outlet, "published_at": f"2026-05-{day:02}T08:00:00Z", "title": "", "text": text, **more}


OLD = record("old", "Northern Courier", 4, COPY, url="https://courier.example/fire")
NEW = record("new", "Northern Courier", 6, CORRECTED, url="https://courier.example/fire")
REPRINT = record("reprint", "Southern Herald", 5, COPY, url="https://herald.example/fire")
HEALED = record("healed", "Ostra Evening", 7, CORRECTED, url="https://evening.example/fire")


def arrive(current: settings.Settings, folder: Path, name: str, *records: dict[str, Any]) -> None:
    folder.mkdir(exist_ok=True)
    place = folder / f"{name}.jsonl"
    place.write_text("\n".join(json.dumps(one) for one in records), encoding="utf-8")
    steps.capture(current, place, name, captured_at=NOON)
    for step in ("read", "attribute", "trace"):
        run_step(current, step, name)


UNCORRECTED = """
    SELECT copy.name, old.name, new.name
    FROM mart.uncorrected_copies
    INNER JOIN core.article AS copy ON copy.id = uncorrected_copies.article_id AND copy.closed_at IS NULL
    INNER JOIN core.article AS old ON old.id = old_id AND old.closed_at IS NULL
    INNER JOIN core.article AS new ON new.id = new_id AND new.closed_at IS NULL
"""
RELATIONS = """
    SELECT relation.relation, one.text, other.text
    FROM core.claim_relation AS relation
    INNER JOIN core.claim AS one ON one.id = relation.claim_id
    INNER JOIN core.claim AS other ON other.id = relation.other_id
    WHERE relation.closed_at IS NULL
"""


def test_copies_that_were_not_corrected_are_listed(current: settings.Settings, tmp_path: Path) -> None:
    arrive(current, tmp_path, "first", OLD, REPRINT)
    assert ask(current, UNCORRECTED) == []
    arrive(current, tmp_path, "second", NEW, HEALED)
    kinds = "SELECT DISTINCT is_directed FROM core.derivation WHERE kind = 'revision' AND closed_at IS NULL"
    assert ask(current, kinds) == [(True,)]
    assert ask(current, UNCORRECTED) == [("reprint", "old", "new")]
    # A reader without access to core sees the list too.
    assert ask(current, "SELECT count(*) FROM mart.uncorrected_copies", role="bi") == [(1,)]


def test_a_labelled_correction_retracts_the_figure_that_it_replaces(current: settings.Settings, tmp_path: Path) -> None:
    arrive(current, tmp_path, "both", OLD, NEW)
    ((relation, now, before),) = ask(current, RELATIONS)
    assert relation == "retracts"
    assert "9 workers" in now
    assert "14 workers" in before


def test_without_a_label_a_later_figure_is_an_update(current: settings.Settings, tmp_path: Path) -> None:
    arrive(current, tmp_path, "both", OLD, {**NEW, "text": COPY.replace("14 workers", "9 workers")})
    assert [row[0] for row in ask(current, RELATIONS)] == ["updates"]


def test_drift_shows_the_figure_that_changed_on_the_way(current: settings.Settings, tmp_path: Path) -> None:
    arrive(current, tmp_path, "all", OLD, REPRINT, HEALED)
    drift = """
        SELECT DISTINCT what, earlier, later, after.name
        FROM mart.drift
        INNER JOIN core.article AS after ON after.id = article_id
        ORDER BY 1, 2, 3, 4
    """
    found = ask(current, drift)
    assert {(what, after) for what, _, _, after in found} == {("figure_changed", "healed")}
    assert {(earlier.split()[0], later.split()[0]) for _, earlier, later, _ in found} == {("14", "9")}


LEFT = record("left", "Eastern Post", 5, COPY.replace("the harbour master Lena Brandt said on Monday", "local media reported"))


def test_drift_shows_hedges_and_speakers_that_were_lost(current: settings.Settings, tmp_path: Path) -> None:
    hedged = {**OLD, "text": COPY.replace("injured", "reportedly injured")}
    arrive(current, tmp_path, "all", hedged, REPRINT)
    assert ("hedge_lost",) in ask(current, "SELECT DISTINCT what FROM mart.drift")


def test_a_version_that_was_replaced_names_nobody(current: settings.Settings, tmp_path: Path) -> None:
    """The old version named the Washington Post for what others leave to local media; the new one does not any more."""
    text = COPY.replace("the harbour master Lena Brandt said on Monday", "the Washington Post reported")
    named = """
        SELECT count(*)
        FROM core.resolved_hop INNER JOIN core.traced_article USING (article_id, generation) INNER JOIN core.source ON source.id = source_id
        WHERE closed_at IS NULL AND source.name = 'The Washington Post'
    """
    arrive(current, tmp_path, "first", {**OLD, "text": text}, LEFT)
    assert ask(current, named) == [(1,)]
    ((before,),) = ask(current, "SELECT clock_timestamp()")
    # So much later that the page itself cannot be whom the others mean.
    arrive(current, tmp_path, "second", record("new", "Northern Courier", 9, COPY, url=OLD["url"]))
    assert ask(current, named) == [(0,)]
    # The old state stays readable as of its time.
    as_of = """
        SELECT count(*)
        FROM core.resolved_hop INNER JOIN core.traced_article USING (article_id, generation) INNER JOIN core.source ON source.id = source_id
        WHERE opened_at <= %s AND (closed_at IS NULL OR closed_at > %s) AND source.name = 'The Washington Post'
    """
    assert ask(current, as_of, before, before) == [(1,)]
    together = fingerprint(current)
    arrive(current, tmp_path, "third")
    assert fingerprint(current) == together


RESIGNED = (
    "The mayor of Ostra, Lena Brandt, said on Monday that the council had sold the old sugar mill to a shipping company from Halden.\n\n"
    "The council had met behind closed doors for most of the night, and the northern quay was to be closed to all visitors.\n"
)
WITHDRAWN = "Lena Brandt retracted her claim that the council had sold the old sugar mill to a shipping company. She gave no reason.\n"


def test_a_withdrawal_without_a_figure_takes_back_what_was_said(current: settings.Settings, tmp_path: Path) -> None:
    first = record("first", "Northern Courier", 4, RESIGNED)
    second = record("second", "Southern Herald", 6, WITHDRAWN)
    # In one batch or in two, the same.
    arrive(current, tmp_path, "one", first)
    arrive(current, tmp_path, "two", second)
    found = ask(current, RELATIONS)
    assert found and {relation for relation, _, _ in found} == {"retracts"}
    assert all("sold the old sugar mill" in now and "sold the old sugar mill" in before for _, now, before in found)
    cited = """
        SELECT DISTINCT substr(
            article.text, (relation.cited[one][2] + 1)::integer, (relation.cited[one][3] - relation.cited[one][2])::integer
        )
        FROM core.claim_relation AS relation, generate_subscripts(relation.cited, 1) AS one
        INNER JOIN core.article ON article.closed_at IS NULL
        WHERE relation.closed_at IS NULL AND article.id = relation.cited[one][1]
    """
    quoted = {text for (text,) in ask(current, cited)}
    said = {text for _, *both in found for text in both}
    assert said < quoted and all(text.startswith("retracted") for text in quoted - said)


TIMED = (
    "Belmora has shipped grain to Ostra by way of the northern quay {}, the harbour master Lena Brandt said on Monday.\n\n"
    "The mill on the northern quay had been inspected by engineers, and its owners were told to renew the wiring of both warehouses.\n"
)


def test_drift_shows_a_time_that_was_changed_or_lost(current: settings.Settings, tmp_path: Path) -> None:
    told = {"old": "last year", "since": "since last year", "none": "with few ships", "same": "in 2025"}
    arrive(
        current,
        tmp_path,
        "all",
        *(record(name, f"Paper {name}", day, TIMED.format(when)) for day, (name, when) in enumerate(told.items(), 4)),
    )
    drift = """
        SELECT before.name, after.name, what, earlier
        FROM mart.drift
        INNER JOIN core.article AS before ON before.id = from_article_id
        INNER JOIN core.article AS after ON after.id = article_id
        WHERE what LIKE 'time%%' AND before.name = 'old'
        ORDER BY 2
    """
    assert ask(current, drift) == [("old", "none", "time_lost", "2025"), ("old", "since", "time_changed", "2025")]


def test_a_chain_is_shown_as_it_was(
    current: settings.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(settings, "current", lambda: current)
    text = COPY.replace("the harbour master Lena Brandt said on Monday", "the Washington Post reported")
    arrive(current, tmp_path, "first", {**OLD, "text": text}, LEFT)
    ((before,),) = ask(current, "SELECT clock_timestamp()")
    arrive(current, tmp_path, "second", record("new", "Northern Courier", 9, COPY, url=OLD["url"]))
    assert main(["chain", "--article", "left", "--format", "json"]) == 0
    passages = json.loads(capsys.readouterr().out)
    names: dict[str, set[str]] = {}
    for passage in passages:
        for label, more in (("now", []), ("then", ["--as-of", before.isoformat()])):
            assert main(["chain", str(passage["id"]), "--format", "json", *more]) == 0
            shown = json.loads(capsys.readouterr().out)
            names.setdefault(label, set()).update(branch["originating_outlet"] for branch in shown["branches"])
    assert "The Washington Post" in names["then"]
    assert "The Washington Post" not in names["now"]


def test_what_is_listed_is_the_last_version(
    current: settings.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(settings, "current", lambda: current)
    arrive(current, tmp_path, "first", OLD, REPRINT)
    arrive(current, tmp_path, "second", NEW)
    steps.publish(current, "publish")

    def listed(*arguments: str) -> list[dict[str, Any]]:
        assert main([*arguments, "--format", "json"]) == 0
        found = json.loads(capsys.readouterr().out)
        return list(found["claims"] if arguments == ("report",) else found)

    assert {row["article"] for row in listed("report")} == {"new", "reprint"}
    assert {row["article"] for row in listed("chain", "--find", "workers")} == {"new", "reprint"}
    assert {row["article"] for row in listed("chain", "--article", OLD["url"])} == {"new"}
    # Who names the version that was replaced gets it, and so does who asks for what it alone says.
    (said,) = [row for row in listed("chain", "--article", "old") if "14 workers" in row["text"]]
    assert {row["article"] for row in listed("chain", "--find", "14 workers")} == {"reprint"}
    assert {row["article"] for row in listed("chain", str(said["claim_id"]))} == {"old", "reprint"}
