"""Compiled code runs only where it was made from the sources that lie here, and gives what Python gives."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from stack import compilation
from sumber import compiled, sourcing

PROJECT = Path(__file__).resolve().parents[2]


def run(*arguments: str, engine: str, given: str = "") -> str:
    environment = {**os.environ, "PYTHONPATH": "include", "SUMBER_COMPILED": engine}
    command = [sys.executable, "-m", "sumber", *arguments]
    done = subprocess.run(command, cwd=PROJECT, env=environment, input=given, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout


def test_every_listed_module_has_sources() -> None:
    assert [file for file in compiled.files() if not file.is_file()] == []


def test_a_change_of_any_source_changes_what_a_build_is_known_by(tmp_path: Path) -> None:
    root = tmp_path / "sourcing"
    shutil.copytree(compiled.SOURCING, root)
    known = {compiled.digest(root)}
    assert known == {compiled.digest()}
    for file in compiled.files(root):
        file.write_bytes(file.read_bytes() + b"\n")
        known.add(compiled.digest(root))
    assert len(known) == len(compiled.files(root)) + 1


def test_a_build_of_these_sources_is_found_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sourcing, "__path__", [*sourcing.__path__])
    monkeypatch.delenv("SUMBER_COMPILED", raising=False)
    (tmp_path / compiled.STAMP).write_text(compiled.digest(), encoding="ascii")
    assert compiled.use(tmp_path)
    assert sourcing.__path__[0] == str(tmp_path / "sumber" / "sourcing")
    assert sys.path[-1] == str(tmp_path)
    monkeypatch.setenv("SUMBER_COMPILED", "no")
    assert not compiled.use(tmp_path)


def test_a_build_of_other_sources_is_left_aside_with_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUMBER_COMPILED", raising=False)
    (tmp_path / compiled.STAMP).write_text("0" * 64, encoding="ascii")
    paths = list(sourcing.__path__), list(sys.path)
    with pytest.warns(RuntimeWarning, match="make setup"):
        assert not compiled.use(tmp_path)
    assert (list(sourcing.__path__), list(sys.path)) == paths


def test_without_a_build_nothing_is_said(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not compiled.use(tmp_path)


def test_python_runs_where_there_is_no_compiler(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CC", "/nowhere/cc")
    monkeypatch.setattr(compiled, "FOLDER", tmp_path / "compiled")
    assert compilation.main() == 0
    assert "the engine runs in Python" in capsys.readouterr().err
    assert not (tmp_path / "compiled").exists()


@pytest.mark.skipif(not compiled.is_used, reason="the extra `compiled` is not installed")
def test_compiled_code_gives_what_python_gives() -> None:
    lines = []
    for path in sorted((PROJECT / "tests" / "golden" / "attribution").glob("*.jsonl")):
        for line in filter(str.strip, path.read_text(encoding="utf-8").split("\n")):
            case = json.loads(line)
            unknown = dict.fromkeys(("url", "outlet", "published_at", "title"))
            lines.append(json.dumps({"id": str(len(lines)), "lang": path.stem, "text": case["text"], **unknown}))
    given = "\n".join(lines)
    assert run("--version", engine="") != run("--version", engine="no")
    arguments = ("attribute", "--articles", "-", "--out", "-")
    assert run(*arguments, engine="", given=given) == run(*arguments, engine="no", given=given)
