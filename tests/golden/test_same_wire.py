"""Agency stories told in other words, their translations, and look-alikes on the same topic: articles written for this test."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sumber.__main__ import main

HERE = Path(__file__).parent / "same_wire"


def pairs(path: Path) -> set[tuple[str, str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return {(*sorted((row["id_a"], row["id_b"])), row["relation"]) for row in csv.DictReader(lines)}


def test_retellings_and_translations_are_found_and_look_alikes_are_not(tmp_path: Path) -> None:
    out = tmp_path / "pairs.csv"
    assert main(["match", "--articles", str(HERE / "articles.jsonl"), "--out", str(out)]) == 0
    assert pairs(out) == pairs(HERE / "gold_pairs.csv")


def test_the_order_of_the_articles_does_not_change_a_byte(tmp_path: Path) -> None:
    lines = (HERE / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    written = []
    for name, some in (("there", lines), ("back", lines[::-1])):
        (tmp_path / name).write_text("\n".join(some), encoding="utf-8")
        assert main(["match", "--articles", str(tmp_path / name), "--out", str(tmp_path / f"{name}.csv")]) == 0
        written.append((tmp_path / f"{name}.csv").read_bytes())
    assert written[0] == written[1]


def test_half_of_the_articles_give_the_pairs_within_that_half(tmp_path: Path) -> None:
    lines = (HERE / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "half").write_text("\n".join(lines[::2]), encoding="utf-8")
    for name, source in (("all", HERE / "articles.jsonl"), ("some", tmp_path / "half")):
        assert main(["match", "--articles", str(source), "--out", str(tmp_path / name)]) == 0
    kept = {line.split('"id": "')[1].split('"')[0] for line in lines[::2]}
    assert pairs(tmp_path / "some") == {pair for pair in pairs(tmp_path / "all") if {pair[0], pair[1]} <= kept}
    assert pairs(tmp_path / "some")


def test_bad_input_gives_one_line_and_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": "a", "lang": "en"}\n', encoding="utf-8")
    assert main(["match", "--articles", str(tmp_path / "bad.jsonl"), "--out", str(tmp_path / "pairs.csv")]) == 2
    assert capsys.readouterr().err.strip().splitlines()[-1].endswith("bad.jsonl:1: 'text' must be a string")
    assert not (tmp_path / "pairs.csv").exists()


def test_no_article_gives_an_empty_table(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("", encoding="utf-8")
    assert main(["match", "--articles", str(tmp_path / "none.jsonl"), "--out", str(tmp_path / "pairs.csv")]) == 0
    assert (tmp_path / "pairs.csv").read_text() == "id_a,id_b,relation,score\n"
