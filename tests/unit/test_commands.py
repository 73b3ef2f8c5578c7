"""What every command owes the person at the terminal: one clear line, the right exit status, no half-written file, no password."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sumber.__main__ import COMMANDS, main
from sumber.pipeline import settings

RECORD = {"id": "a", "lang": "id", "text": "Menteri Luar Negeri Budi Santoso mengatakan bahwa harga beras naik lima persen."}
ON_DATABASE = [
    ["ingest"],
    ["read"],
    ["attribute-pending"],
    ["trace"],
    ["check"],
    ["score"],
    ["publish"],
    ["report"],
    ["chain", "1"],
    ["source", "Reuters"],
    ["review", "list"],
    ["outcome", "list"],
    ["note", "list"],
    ["fingerprint"],
    ["migrate"],
]
URLS = ("SUMBER_DATABASE_URL", "SUMBER_APP_DATABASE_URL", "SUMBER_OWNER_DATABASE_URL")


@pytest.fixture(autouse=True)
def fresh_settings():
    settings.current.cache_clear()
    yield
    settings.current.cache_clear()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert f"usage: sumber {name}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["score", "--day", "2023-99-01"], "'2023-99-01' is not a day like"),
        (["score", "--from", "soon"], "'soon' is not a day like"),
        (["score", "--known-at", "noon"], "'noon' is not a time like"),
        (["score", "--known-at", "0001-01-01T00:00+14:00"], "is not a time like"),
        (["source", "Reuters", "--as-of", "then"], "'then' is not a day like"),
        (["read", "--to", "32"], "'32' is not a day like"),
        (["report", "--claims", "-1"], "must be at least 1"),
    ],
    ids=" ".join,
)
def test_a_wrong_argument_is_named_with_what_is_expected(command: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(command)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("name", ["read", "attribute-pending", "trace", "replay"])
@pytest.mark.parametrize("until", ["2023-09-05", "2023-09-01"])
def test_a_span_that_holds_no_day_is_bad_usage(name: str, until: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--from", "2023-09-05", "--to", until]) == 2
    assert f"no day is on or after 2023-09-05 and before {until}" in capsys.readouterr().err


@pytest.mark.parametrize("command", ON_DATABASE, ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("url", "said"),
    [
        (None, "is not set"),
        ("postgresql://x:hush@127.0.0.1:1/news", "onnection refused"),
        ("postgresql://x:hu%zzsh@127.0.0.1/news", "address"),
        ("hush", "address"),
        ("postgresql://x:hush@127.0.0.1:port/news", "invalid integer value"),
    ],
    ids=["unset", "away", "percent", "word", "port"],
)
def test_a_wrong_address_is_one_line_without_the_password(
    command: list[str],
    url: str | None,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in URLS:
        if url:
            monkeypatch.setenv(name, url)
    assert main(command) == 2
    (line,) = [line for line in capsys.readouterr().err.splitlines() if "INFO" not in line]
    assert line.startswith(f"sumber {command[0]}: ")
    assert said in line
    assert "hush" not in line
    assert "zzsh" not in line


@pytest.mark.parametrize("key", ["id", "outlet", "title", "url", "lang", "published_at"])
def test_a_lone_surrogate_in_a_record_is_one_line(key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({**RECORD, key: "x\ud800"}))
    assert main(["attribute", "--articles", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out.jsonl")]) == 2
    assert f"in.jsonl:1: '{key}' holds a lone surrogate at offset 1" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_the_line_of_an_error_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["attribute", "--articles", str(tmp_path / "a\x1b[2J\nb"), "--out", "-"]) == 2
    assert "a\\x1b[2J\\nb: No such file" in capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_command_that_is_told_to_end_leaves_no_file(number: signal.Signals, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    process = subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-m", "sumber", "attribute", "--articles", "-", "--out", str(out)],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        # A shell that starts the tests in the background, or nohup, has them ignore signals, and children inherit that.
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    )
    assert process.stdin is not None
    process.stdin.write("".join(json.dumps({**RECORD, "id": str(one)}) + "\n" for one in range(2)).encode())
    process.stdin.flush()
    while not any(tmp_path.iterdir()):
        assert process.poll() is None
    process.send_signal(number)
    process.communicate(timeout=30)
    assert process.returncode in (130, 128 + number)
    assert not any(tmp_path.iterdir())


def test_a_folder_in_the_place_of_the_output_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps(RECORD))
    (tmp_path / "out").mkdir()
    assert main(["attribute", "--articles", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.splitlines()[-1].endswith("out: cannot write there (Is a directory)")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out"]


def test_a_pipe_or_device_is_written_to_and_not_replaced_and_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps(RECORD))
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to("file")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        for out in (pipe, link):
            assert main(["attribute", "--articles", str(tmp_path / "in.jsonl"), "--out", str(out)]) == 0
        written = os.read(reader, 65_536).decode()
    finally:
        os.close(reader)
    assert written
    assert pipe.is_fifo()
    assert link.is_symlink()
    assert (tmp_path / "file").read_text() == written
