"""`python -m sumber fuse`: tables in, tables out, whole or not at all."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sumber.__main__ import main

CLAIMS = """source,object,value
north,height,310
south,height,310
east,height,290
north,length,12
south,length,12
east,length,15
north,width,4
south,width,5
east,width,4
"""


def run(folder: Path, claims: str | bytes = CLAIMS, *more: str, groups: str | None = None) -> int:
    (folder / "claims.csv").write_bytes(claims if isinstance(claims, bytes) else claims.encode())
    if groups is not None:
        (folder / "groups.csv").write_text(groups, encoding="utf-8")
        more = ("--groups", str(folder / "groups.csv"), *more)
    outputs = ["--out-truths", str(folder / "truths.csv"), "--out-scores", str(folder / "scores.csv")]
    return main(["fuse", "--claims", str(folder / "claims.csv"), *outputs, *more])


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_value_gets_a_belief_and_every_judged_source_a_score(tmp_path: Path) -> None:
    assert run(tmp_path) == 0
    truths = rows(tmp_path / "truths.csv")
    assert [(t["object"], t["value"]) for t in truths] == [
        ("height", "310"),
        ("height", "290"),
        ("length", "12"),
        ("length", "15"),
        ("width", "4"),
        ("width", "5"),
    ]
    assert all(0 <= float(t["belief"]) <= 1 for t in truths)
    scores = {s["source"]: s for s in rows(tmp_path / "scores.csv")}
    assert set(scores) == {"north", "south", "east"}
    assert float(scores["north"]["score"]) > float(scores["east"]["score"])
    assert all(float(s["lower"]) < float(s["score"]) < float(s["upper"]) for s in scores.values())


def test_extra_columns_quoting_and_a_byte_order_mark_are_fine(tmp_path: Path) -> None:
    claims = '\ufeffobject,note,value,source\n"Name, with comma",x,"two\nlines",north\n"Name, with comma",,"two\nlines",south\n'
    assert run(tmp_path, claims) == 0
    assert [(t["object"], t["value"]) for t in rows(tmp_path / "truths.csv")] == [("Name, with comma", "two\nlines")]


def test_groups_are_one_voice(tmp_path: Path) -> None:
    claims = CLAIMS + "".join(f"puppet{n},{o},{v}\n" for n in range(9) for o, v in (("height", "290"), ("length", "15"), ("width", "5")))
    groups = "source,group\n" + "".join(f"puppet{n},g\n" for n in range(9))
    assert run(tmp_path, claims) == 0
    assert rows(tmp_path / "truths.csv")[0]["value"] == "290"
    assert run(tmp_path, claims, groups=groups) == 0
    beliefs = {(t["object"], t["value"]): float(t["belief"]) for t in rows(tmp_path / "truths.csv")}
    assert beliefs["height", "290"] < 0.6


def test_daily_replay(tmp_path: Path) -> None:
    claims = "source,object,value,time\n" + "".join(
        f"{s},o{n},{v},2026-01-{1 + n // 4:02}\n" for n in range(20) for s, v in (("a", 1), ("b", 1), ("c", n % 3))
    )
    assert run(tmp_path, claims, "--daily") == 0
    assert len({t["object"] for t in rows(tmp_path / "truths.csv")}) == 20


def test_daily_replay_of_known_groups(tmp_path: Path) -> None:
    """A flood from one group gains nothing on any day, and what the days showed of a source counts on the next."""
    days = range(1, 11)
    honest = [f"{s},d{d} o{n},{d * 100 + n},2026-01-{d:02}" for d in days for n in range(3) for s in ("a", "b", "c")]
    puppets = [f"puppet{p},d{d} o{n},{d * 100 + 50 + n},2026-01-{d:02}" for d in days for n in range(3) for p in range(6)]
    last = ["a,last,1,2026-01-11", *(f"puppet{p},last,2,2026-01-11" for p in range(6))]
    groups = "source,group\n" + "".join(f"puppet{p},g\n" for p in range(6))
    header = "source,object,value,time"
    assert run(tmp_path, "\n".join([header, *honest, *puppets, *last]) + "\n", "--daily", groups=groups) == 0
    flooded = (tmp_path / "truths.csv").read_text(), rows(tmp_path / "scores.csv")
    beliefs = {(t["object"], t["value"]): float(t["belief"]) for t in rows(tmp_path / "truths.csv")}
    assert all(beliefs[f"d{d} o0", str(d * 100)] > 0.9 for d in days)
    assert beliefs["last", "1"] > 0.9
    one = [row for row in puppets + last if row.startswith("puppet0")]
    assert run(tmp_path, "\n".join([header, *reversed(honest), last[0], *one]) + "\n", "--daily", groups="source,group\npuppet0,g\n") == 0
    assert (tmp_path / "truths.csv").read_text() == flooded[0]
    assert [s for s in flooded[1] if s["source"] in ("a", "puppet0")] == rows(tmp_path / "scores.csv")


def test_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "claims.csv").write_text(CLAIMS, encoding="utf-8")
    command = ["fuse", "--claims", str(tmp_path / "claims.csv"), "--out-truths", "-", "--out-scores", str(tmp_path / "scores.csv")]
    assert main(command) == 0
    assert capsys.readouterr().out.splitlines()[0] == "object,value,belief"


@pytest.mark.parametrize(
    ("claims", "message"),
    [
        ("", "claims.csv:1: missing column source, object, value"),
        ("source,object\na,b\n", "claims.csv:1: missing column value"),
        ("source,object,value\na,b,c\na,b\n", "claims.csv:3: value is missing"),
        ("source,object,value\na,,c\n", "claims.csv:2: object is empty"),
        ("source,object,value\na,b,c,d\n", "claims.csv:2: more fields"),
        ('source,object,value\na,b,"c\n', "claims.csv:2: not CSV"),
        (b"source,object,value\na,b,c\na,b,\xff\n", "claims.csv:3: not UTF-8"),
        ("source,object,value,time\na,b,c,yesterday\n", "claims.csv:2: time 'yesterday'"),
    ],
)
def test_bad_input_is_one_line_that_names_the_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], claims: str | bytes, message: str
) -> None:
    assert run(tmp_path, claims) == 2
    error = capsys.readouterr().err
    assert message in error
    assert len([line for line in error.splitlines() if line.startswith("sumber fuse:")]) == 1
    assert not (tmp_path / "truths.csv").exists()
    assert not (tmp_path / "scores.csv").exists()


def test_bad_groups_and_missing_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, groups="source,group\nnorth,g\nnorth,h\n") == 2
    assert "groups.csv:3: source 'north' is already in group 'g'" in capsys.readouterr().err
    missing = str(tmp_path / "none.csv")
    assert main(["fuse", "--claims", missing, "--out-truths", "-", "--out-scores", str(tmp_path / "s.csv")]) == 2
    assert "No such file" in capsys.readouterr().err
    assert run(tmp_path, CLAIMS, "--daily") == 2
    assert "--daily needs a time in every row" in capsys.readouterr().err


def test_a_column_that_appears_twice_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "source,object,value,value\nnorth,height,310,290\n") == 2
    assert "claims.csv:1: column value appears twice" in capsys.readouterr().err


def test_two_results_do_not_go_to_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "claims.csv").write_text(CLAIMS)
    same = str(tmp_path / "out.csv")
    assert main(["fuse", "--claims", str(tmp_path / "claims.csv"), "--out-truths", same, "--out-scores", same]) == 2
    assert "one would replace the other" in capsys.readouterr().err
    assert not Path(same).exists()
