"""What judges a source, through the database: checks from outside, retractions, copies, ratings and notes; explained, as of any day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from archive import DAY, NOON, ask, run_all, run_step, write

from sumber.__main__ import main
from sumber.pipeline import notes, outcomes, reviews, settings, steps, store, tables
from sumber.sourcing import identity
from sumber.sourcing.reliability import Check

TOWNS = ("Ostra", "Velden", "Marnock", "Tirsova", "Calder", "Upsand")
LATER = NOON + timedelta(hours=1)
KEY = "reuters"


def page(town: str, day: int, dams: int) -> str:
    return (
        f"Northern Courier\n\nRepairs in {town}\n\nMay {day}, 2026\n\n"
        f"Reuters reported that {dams} bridges near {town} had been closed for winter repairs.\n"
    )


def anchor(town: str, day: int, dams: int) -> tuple[str, str]:
    return identity.sha256(page(town, day, dams).encode()), f"{dams} bridges near {town} had been closed for winter repairs"


def finding(at: int, truth: float, **more: Any) -> outcomes.Finding:
    sha, quote = anchor(TOWNS[at], 4 + at, 20 + at)
    given = {"kind": Check.REVIEW, "checked_on": DAY, "reviewer": "Ines", "reason": "counted on site", **more}
    return outcomes.Finding(sha, quote, truth, **given)  # type: ignore[arg-type]


@pytest.fixture
def told(current: settings.Settings, tmp_path: Path) -> Iterator[settings.Settings]:
    """Six articles, each with one claim of the agency's, worked off."""
    files: dict[str, str | bytes] = {f"{number}.txt": page(town, 4 + number, 20 + number) for number, town in enumerate(TOWNS)}
    run_all(current, write(tmp_path / "inbox", files))
    yield current


def scored(current: settings.Settings, day: date = DAY) -> tuple[Any, ...]:
    ((*found,),) = ask(
        current,
        """
        SELECT score.status, score.score, score.checks, score.external FROM core.source_score AS score
        WHERE source_key = %s AND ledger = 'originator' AND day = %s ORDER BY known_at DESC LIMIT 1
        """,
        KEY,
        day,
    )
    return tuple(found)


def again(current: settings.Settings, at: datetime = LATER, day: date = DAY) -> None:
    steps.score(current, day, at, f"at {at}")
    steps.publish(current, f"at {at}")


def test_a_source_is_judged_once_enough_of_its_claims_were_checked(told: settings.Settings) -> None:
    assert scored(told)[0] == "cannot be judged: none of its claims has been checked"
    outcomes.submit_rows(told, [("", finding(at, truth)) for at, truth in enumerate((1, 1))], NOON)
    again(told)
    assert scored(told) == ("cannot be judged: too few independent checks", None, 2, 2)
    outcomes.submit_rows(told, [("", finding(at, truth)) for at, truth in ((2, 1), (3, 0), (4, 1))], NOON)
    again(told)
    status, score, checks, external = scored(told)
    assert (status, checks, external) == ("judged", 5, 5)
    assert score == pytest.approx((2 * 0.5 + 4) / (2 + 5))
    # The rows add up, in SQL, for dashboards; leaving out the false one says what the score would be.
    rows = ask(
        told, "SELECT explained, score, claim_id, outcome, without_claim FROM mart.score_evidence WHERE source_key = %s", KEY, role="bi"
    )
    assert {round(row[0], 9) for row in rows} == {round(score, 9)} == {round(row[1], 9) for row in rows}
    ((false, without),) = [(row[2], row[4]) for row in rows if row[3] == 0 and row[2] is not None]
    assert without == pytest.approx((2 * 0.5 + 4) / (2 + 4))
    statement = "SELECT mart.score_without(%s, 'originator', %s, ARRAY[%s]::bigint[])"
    assert ask(told, statement, KEY, DAY, false, role="bi") == [(pytest.approx(without),)]
    ((letter, digits),) = ask(
        told,
        "SELECT letter, (SELECT array_agg(DISTINCT credibility) FROM mart.fct_claim) FROM mart.source_scores "
        "WHERE source_key = %s AND ledger = 'originator'",
        KEY,
        role="bi",
    )
    assert letter == "F", "five checks place nobody"
    assert digits == [6], "what was checked does not enter the digit: a single root each"
    assert ask(told, "SELECT dimension, value FROM mart.score_slices WHERE source_key = %s", KEY, role="bi") == [("lang", "en")]


def test_a_check_survives_re_runs_and_a_withdrawal_is_not_known_before(told: settings.Settings) -> None:
    numbers = outcomes.submit_rows(told, [("", finding(at, 1)) for at in range(4)], NOON)
    again(told)
    before = scored(told)
    for name in ("read", "attribute", "trace"):
        with store.transaction(told.url("etl")) as cursor:
            store.requeue(cursor, name)
        run_step(told, name, "again")
    again(told)
    assert scored(told) == before and before[0] == "judged"
    assert outcomes.submit_rows(told, [("", finding(0, 1))], LATER) == numbers[:1], "said once"
    outcomes.withdraw(told, numbers[0], "Ines", "miscounted", NOON + timedelta(days=1))
    with pytest.raises(outcomes.OutcomeError, match="withdrawn before"):
        outcomes.withdraw(told, numbers[0], "Ines", "again")
    with store.transaction(told.url("etl")) as cursor:
        known = [len(outcomes.load(cursor, DAY, at)) for at in (NOON - timedelta(1), NOON, NOON + timedelta(hours=23), NOON + timedelta(2))]
    assert known == [0, 4, 4, 3]
    with pytest.raises(psycopg2.errors.CheckViolation, match="can be withdrawn, not changed"):
        ask(told, "UPDATE core.outcome SET truth = 0 WHERE id = %s", numbers[1])
    for role, statement in (("etl", "INSERT INTO core.outcome (id) VALUES (1)"), ("app", "UPDATE core.outcome SET truth = 0")):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask(told, statement, role=role)


def test_days_close_with_their_evidence_and_hindsight_is_another_row(told: settings.Settings) -> None:
    outcomes.submit_rows(told, [("", finding(at, 1)) for at in range(4)], NOON)
    again(told)
    tomorrow = NOON + timedelta(days=1)
    outcomes.submit(told, finding(4, 0, checked_on=tomorrow.date()), tomorrow)
    outcomes.submit(told, finding(5, 0), tomorrow)
    steps.score_days(told, DAY - timedelta(1), tomorrow.date(), tomorrow, "window")
    found = ask(
        told,
        "SELECT day, known_at, checks, is_provisional FROM core.source_score WHERE source_key = %s AND ledger = 'originator' ORDER BY 1, 2",
        KEY,
    )
    next_day = tomorrow.date()
    assert found == [
        (DAY - timedelta(1), next_day, 0, False),
        (DAY, DAY, 4, False),
        (DAY, next_day, 5, False),
        (next_day, next_day, 6, True),
    ], "a check counts from its day on, and is known from its submission on"
    with pytest.raises(psycopg2.errors.CheckViolation, match="is closed"):
        ask(told, "DELETE FROM core.score_evidence WHERE day = %s", DAY, role="etl")
    assert steps.score_days(told, DAY, DAY, tomorrow, "twice").changed == 0
    with pytest.raises(steps.DaysError, match="0 days"):
        steps.score_days(told, next_day, DAY, tomorrow, "backwards")


def test_nobody_private_is_scored_and_what_is_unsure_counts_against_nobody(current: settings.Settings, tmp_path: Path) -> None:
    text = (
        "Northern Courier\n\nA bus in Calder\n\nMay 9, 2026\n\nThe passenger Edda Morling said 14 people had been on the bus.\n\n"
        "Two residents said 11 windows had been broken in Calder.\n\nReuters reported that 3 buses in Calder had been stopped.\n"
    )
    run_all(current, write(tmp_path / "inbox", {"bus.txt": text}))
    sha = identity.sha256(text.encode())
    for quote in ("14 people had been on the bus", "11 windows had been broken in Calder", "3 buses in Calder had been stopped"):
        outcomes.submit(current, outcomes.Finding(sha, quote, 0.0, Check.REVIEW, DAY, "Ines", "counted"), NOON)
    again(current)
    rows = ask(current, "SELECT source_key, status, score, checks FROM core.source_score WHERE ledger = 'originator'")
    state = {key: (status, score, checks) for key, status, score, checks in rows}
    private = [value for key, value in state.items() if "morling" in key or "residents" in key or key.startswith("anonymous")]
    assert private and {value[0][:10] for value in private} == {"not scored"} and {value[1:] for value in private} == {(None, 0)}
    assert state[KEY][2] == 1
    # The same passage, as if the machine were less sure of who said it.
    ask(current, "UPDATE core.chain SET confidence = 0.6")
    again(current)
    assert ask(current, "SELECT checks FROM core.source_score WHERE source_key = %s AND ledger = 'originator'", KEY) == [(0,)]
    reviews.submit(current, reviews.Review(sha, "3 buses in Calder had been stopped", reviews.Verdict.CONFIRM, "Ines", "read it"), NOON)
    for name in ("attribute", "trace"):
        run_step(current, name, "confirmed")
    again(current)
    assert ask(current, "SELECT checks FROM core.source_score WHERE source_key = %s AND ledger = 'originator'", KEY) == [(1,)]


def test_a_copy_is_held_against_the_text_that_it_was_made_from(current: settings.Settings, tmp_path: Path) -> None:
    body = (
        "The port of {town} will close for {days} days because lock gates have to be mended, harbour master Lena Brandt said on Monday.\n\n"
        '"We may have to close the northern basin as well," Brandt told reporters on the quay of {town}.\n\n'
        "The repair of the gates will cost {cost} million euros, she said, and traffic is diverted through the eastern canal.\n"
    )
    right, wrong = body.format(town="Ostra", days=7, cost=3), body.format(town="Ostra", days=9, cost=3)
    texts = {
        "a": ("Reuters", 4, right),
        "b": ("Southern Herald", 5, f"OSTRA (Reuters) - {wrong}\nSource: Reuters\n"),
        "c": ("Northern Courier", 5, f"OSTRA (Reuters) - {right}\nSource: Reuters\n"),
    }
    lines = [
        json.dumps({"id": name, "lang": "en", "outlet": outlet, "published_at": f"2026-05-{day:02}T08:00:00Z", "title": None, "text": text})
        for name, (outlet, day, text) in texts.items()
    ]
    files: dict[str, str | bytes] = {"articles.jsonl": "\n".join(lines)}
    run_all(current, write(tmp_path / "inbox", files))
    found = dict(
        ask(
            current,
            """
            SELECT article.name, array_agg(DISTINCT relay.figures) FROM core.relay
            INNER JOIN core.article ON article.id = relay.derived_id AND article.closed_at IS NULL
            INNER JOIN core.derivation USING (derived_id, original_id)
            INNER JOIN core.article AS origin ON origin.id = relay.original_id AND origin.name = 'a'
            WHERE relay.figures IS NOT NULL GROUP BY article.name
            """,
        )
    )
    edges = ask(current, "SELECT derived_id, original_id, kind, is_directed, evidence FROM core.derivation WHERE closed_at IS NULL")
    assert found == {"b": [False, True], "c": [True]}, edges
    rows = ask(
        current,
        "SELECT source_key, outcome, reason FROM core.score_evidence WHERE ledger = 'relay' AND basis = 'fidelity' ORDER BY 2, 3",
    )
    assert {row[2] for row in rows if "courier" in row[0]} == {"matches its origin"}
    assert "differs from its origin in figures" in {row[2] for row in rows if "herald" in row[0]}
    assert not [row for row in rows if row[0] == KEY], "who is passed on relays nothing"
    compared = "SELECT count(*) FROM core.compared_copy"
    before = ask(current, compared)
    again(current)
    assert ask(current, compared) == before, "each pair is compared once"


def test_ratings_are_weak_priors_and_imputed_ones_none(told: settings.Settings, tmp_path: Path) -> None:
    outcomes.submit_rows(told, [("", finding(at, 1)) for at in range(4)], NOON)
    table = tmp_path / "ratings.csv"
    scores = []
    for row in ("", f"{KEY},0.1,false", f"{KEY},0.1,true"):
        table.write_text(f"source,score,imputed\n{row}\nsomebody-else,0.4,\n", encoding="utf-8")
        again(replace(told, ratings=table))
        scores.append(scored(told)[1])
    assert scores[0] == scores[2] == pytest.approx(5 / 6)
    assert scores[1] == pytest.approx((2 * 0.1 + 4) / 6)
    for content, message in (
        ("source,score\nx,1.2\n", ":2: score '1.2' is not a number from 0 to 1"),
        ("source,score,imputed\nx,1,perhaps\n", ":2: imputed 'perhaps' is neither"),
        ("source,score\nx,1\nx,0\n", ":3: source 'x' is rated twice"),
        ("name,score\nx,1\n", ":1: missing column source"),
        ("source,score\nx\n", ":2: fewer fields"),
    ):
        table.write_text(content, encoding="utf-8")
        with pytest.raises(tables.TableError, match=f"ratings.csv{message}"):
            again(replace(told, ratings=table))


def test_an_override_and_a_reply_stand_beside_the_machines_value(told: settings.Settings) -> None:
    outcomes.submit_rows(told, [("", finding(at, 1)) for at in range(4)], NOON)
    number, key = notes.submit(told, "Reuters", 0.3, "Ines", "two were lucky", NOON)
    notes.submit(told, KEY, None, "its press office", "we count bridges twice", NOON + timedelta(minutes=1))
    assert key == KEY
    again(told)
    statement = "SELECT score, override_score, override_by, jsonb_array_length(notes) FROM mart.source_scores WHERE source_key = %s"
    shown = statement + " AND ledger = 'originator'"
    assert ask(told, shown, KEY, role="bi") == [(pytest.approx(5 / 6), 0.3, "Ines", 2)]
    notes.withdraw(told, number, "Ines", "not luck", NOON + timedelta(minutes=2))
    again(told)
    assert ask(told, shown, KEY, role="bi") == [(pytest.approx(5 / 6), None, None, 1)]
    with pytest.raises(notes.NoteError, match="no source is called"):
        notes.submit(told, "Nobody At All", 0.3, "Ines", "why")
    with pytest.raises(notes.NoteError, match="from 0 to 1"):
        notes.submit(told, KEY, 3, "Ines", "why")


def test_the_commands_tell_the_whole_story(
    told: settings.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUMBER_DATABASE_URL", told.url("etl"))
    monkeypatch.setenv("SUMBER_APP_DATABASE_URL", told.url("app"))
    settings.current.cache_clear()
    table = tmp_path / "outcomes.csv"
    header = "article,quote,truth,kind,checked_on,reviewer,reason,evidence\n"
    lines = [
        f"{at}.txt,{anchor(TOWNS[at], 4 + at, 20 + at)[1]},{'false' if at == 3 else 'true'},document,2026-05-20,Ines,ledger,https://x.test/{at}\n"
        for at in range(5)
    ]
    try:
        table.write_text(header + lines[0] + lines[1].replace("bridges", "fridges"), encoding="utf-8")
        assert main(["outcome", "import", str(table)]) == 2
        assert "outcomes.csv:3: the quoted text does not occur" in capsys.readouterr().err
        assert ask(told, "SELECT count(*) FROM core.outcome") == [(0,)], "all or none"
        table.write_text(header + "".join(lines), encoding="utf-8")
        for _ in range(2):
            assert main(["outcome", "import", str(table)]) == 0
        assert ask(told, "SELECT count(*), count(DISTINCT evidence_url) FROM core.outcome") == [(5, 5)]
        assert main(["outcome", "list"]) == 0
        assert "https://x.test/3" in capsys.readouterr().out
        now = datetime.now(UTC)
        steps.score(told, now.date(), now, "now")
        ((claim,),) = ask(told, "SELECT claim_id FROM core.score_evidence WHERE outcome = 0 AND claim_id IS NOT NULL")
        assert main(["source", "Reuters", "--without", str(claim)]) == 0
        out = capsys.readouterr().out
        assert "90% interval" in out and "independent roots" in out and f"without claim {claim}: " in out and "language en" in out
        assert main(["source", "Reuters", "--without", "7"]) == 2
        assert "no score of reuters rests on claim 7" in capsys.readouterr().err
        assert main(["source", "Reuters", "--as-of", "2026-05-20"]) == 0
        assert "cannot be judged: none of its claims has been checked" in capsys.readouterr().out
    finally:
        settings.current.cache_clear()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"quote": "never said"}, "does not occur"),
        ({"article_sha256": "0" * 64}, "no article was read"),
        ({"quote": "Northern Courier"}, "makes no claim"),
        ({"checked_on": date(2026, 5, 21)}, "has not come yet"),
        ({"kind": Check.DOCUMENT}, "needs the address"),
        ({"evidence_url": "javascript:x"}, "no web address"),
        ({"kind": Check.CORROBORATION}, "is none of"),
        ({"truth": 2.0}, "from 0"),
        ({"reason": " "}, "a reviewer and a reason"),
    ],
)
def test_a_check_that_cannot_be_is_refused(told: settings.Settings, change: dict[str, Any], message: str) -> None:
    with pytest.raises(outcomes.OutcomeError, match=message):
        outcomes.submit(told, replace(finding(0, 1.0), **change), NOON)


def test_the_demo_corpus_shows_the_relay_ledger_and_judges_nobody_by_it(current: settings.Settings) -> None:
    run_all(current, Path(__file__).resolve().parents[2] / "seeds" / "articles")
    evidence = "SELECT source_key, reason FROM core.score_evidence WHERE ledger = 'relay' AND basis = 'fidelity' ORDER BY 2"
    page = "outlet:kelana daily"
    assert ask(current, evidence) == [(page, "differs from its origin in figures"), (page, "matches its origin")]
    ((kind, is_directed, origin),) = ask(
        current,
        """
        SELECT derivation.kind, derivation.is_directed, origin.name FROM core.derivation
        INNER JOIN core.article AS copy ON copy.id = derivation.derived_id AND copy.name = '21-cranes-copied.txt'
        INNER JOIN core.article AS origin ON origin.id = derivation.original_id
        """,
    )
    assert (kind, is_directed, origin) == ("near_duplicate", True, "06-cranes-named-newspaper.txt")
    states = ask(current, "SELECT source_key, status, score, checks FROM core.source_score WHERE ledger = 'relay'")
    assert states == [(page, "cannot be judged: too few independent checks", None, 2)]
    assert ask(current, "SELECT DISTINCT score FROM core.source_score") == [(None,)]


def test_versions_of_a_page_share_a_name_and_are_told_apart_by_their_bytes(
    current: settings.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in (20, 31):
        run_all(current, write(tmp_path / "inbox", {"repairs.txt": page("Ostra", 4, number)}))
    monkeypatch.setattr(settings, "current", lambda: current)
    more = ["--truth", "true", "--kind", "review", "--reason", "counted", "--checked-on", str(DAY)]
    for number in (20, 31):
        sha, quote = anchor("Ostra", 4, number)
        assert main(["outcome", "submit", "--article", "repairs.txt", "--quote", quote, *more]) == 2
        said = capsys.readouterr().err
        assert "2 different articles are called 'repairs.txt': give the SHA-256 of one: " in said
        assert f"{sha} (captured " in said
        assert main(["outcome", "submit", "--article", sha, "--quote", quote, *more]) == 0
