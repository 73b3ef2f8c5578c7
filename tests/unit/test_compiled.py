"""Compiled code runs only where it was made from the sources that lie here, and gives what Python gives."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
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


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to compile in, in which a build of other sources lies."""
    monkeypatch.setattr(compiled, "FOLDER", tmp_path / "compiled")
    for name in ("HALFWAY", "WORK", "FAILED", "LOG"):
        monkeypatch.setattr(compilation, name, tmp_path / name)
    (tmp_path / "compiled").mkdir()
    (tmp_path / "compiled" / compiled.STAMP).write_text("0" * 64, encoding="ascii")
    return tmp_path


@pytest.mark.parametrize("compiler", ["/nowhere/cc", "/nirgendwo/für-c", '"', " "])
def test_python_runs_where_there_is_no_compiler(
    compiler: str, elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CC", compiler)
    assert compilation.main() == 0
    assert "runs in Python" in capsys.readouterr().err
    assert list(elsewhere.iterdir()) == []


def test_python_runs_where_there_are_no_headers(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sysconfig.get_path", lambda name: str(elsewhere / name))
    monkeypatch.setenv("CC", "true")
    assert compilation.main() == 0
    assert "runs in Python" in capsys.readouterr().err
    assert list(elsewhere.iterdir()) == []


def test_one_builds_while_another_waits(elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("CC", "/nowhere/cc")
    waits = threading.Thread(target=compilation.main)
    held = os.open(elsewhere, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        waits.start()
        waits.join(0.5)
        assert waits.is_alive() and compiled.FOLDER.exists()
    finally:
        os.close(held)
    waits.join(30)
    assert not waits.is_alive() and not compiled.FOLDER.exists()
    said = capsys.readouterr().err
    assert said.index("waiting") < said.index("runs in Python")


def test_a_build_that_is_stopped_is_not_taken_for_one_in_vain(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CC", "true")
    stops = Path(sys.executable).with_name("python")
    monkeypatch.setattr(sys, "executable", str(elsewhere / "stops"))
    (elsewhere / "stops").write_text(
        f"#!{stops}\nimport os, signal\nos.kill(os.getppid(), signal.SIGINT)\nsignal.pause()\n", encoding="utf-8"
    )
    (elsewhere / "stops").chmod(0o755)
    ignored = signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background a shell has it ignored
    try:
        assert compilation.main() == 130
    finally:
        signal.signal(signal.SIGINT, ignored)
    assert "the next time" in capsys.readouterr().err
    assert not compilation.FAILED.exists()


def test_what_cannot_be_compiled_runs_in_python_and_is_tried_once(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = elsewhere / "wrong.py"
    source.write_text("number: int = 'one'\n", encoding="utf-8")
    monkeypatch.setattr(compilation, "ROOT", elsewhere)
    monkeypatch.setattr(compiled, "files", lambda root=compiled.SOURCING: [source])
    monkeypatch.setattr(compiled, "digest", lambda: "1" * 64)
    shutil.copytree(PROJECT / "stack", elsewhere / "stack")
    shutil.copy(PROJECT / "pyproject.toml", elsewhere)
    for is_tried in (True, False):
        assert compilation.main() == 0
        said = capsys.readouterr().err
        assert "runs in Python" in said and f"rm {compilation.FAILED}" in said
        assert ("compiling the engine" in said) is is_tried
        assert "Incompatible types" in compilation.LOG.read_text(encoding="utf-8")
        assert not compiled.FOLDER.exists() and not compilation.WORK.exists() and not compilation.HALFWAY.exists()


def test_these_sources_were_not_compiled_in_vain() -> None:
    assert not compilation.FAILED.exists() or compiled.digest() not in compilation.FAILED.read_text(encoding="ascii")


@pytest.mark.skipif(
    not compiled.is_used, reason="nothing is compiled: `make test` does where there is a C compiler, not with SUMBER_COMPILED=no"
)
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
