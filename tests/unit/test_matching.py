"""The frozen knowledge of matching: what is read, and what a bad file says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sumber.pipeline import matching
from sumber.pipeline.seeds import SeedError

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SEEDS / "matching", tmp_path / "matching")
    return tmp_path


def test_one_concept_goes_by_its_names_in_every_language() -> None:
    known = matching.knowledge(SEEDS)
    names = {"en": "Japan", "id": "Jepang", "vi": "Nhật Bản", "ru": "Япония", "ja": "日本", "ko": "일본"}
    assert {known.names[lang].get(name) for lang, name in names.items()} == {"territory:JP"}
    assert [concept for _, concept in known.concepts("Суд в Токио", "ru")] == ["court", "city:Tokyo"]


def test_common_words_tell_less_than_rare_ones() -> None:
    known = matching.knowledge(SEEDS)
    assert known.rarity("the", "en") == 0 < known.rarity("street", "en") < known.rarity("zyzzyva", "en") == 1
    assert known.name_rarity("reuter") < known.name_rarity("parase")


@pytest.mark.parametrize(
    ("name", "line", "reason"),
    [
        ("magnitudes.csv", "id,ribu", "magnitudes.csv:2: 3 filled columns expected"),
        ("units.csv", "*,,EUR", "units.csv:2: 3 filled columns expected"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(folder: Path, name: str, line: str, reason: str) -> None:
    path = folder / "matching" / name
    head, _, *rest = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([head, line, *rest]), encoding="utf-8")
    with pytest.raises(SeedError, match=reason):
        matching.knowledge(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "matching" / "names.csv").unlink()
    with pytest.raises(SeedError, match=r"names\.csv: No such file"):
        matching.knowledge(folder)
