"""A server that fails is started again, unless it never ran."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def kept(proven_after: int, script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["sh", str(ROOT / "stack" / "keep.sh"), str(proven_after), "0", "sh", "-c", script]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=30, check=False)  # noqa: S603 - the commands are this file's own


def test_a_server_that_ran_is_started_again_until_it_ends_well(tmp_path: Path) -> None:
    ended = kept(0, "echo up >> starts; test $(wc -l < starts) -ge 3", tmp_path)
    assert (ended.returncode, (tmp_path / "starts").read_text()) == (0, "up\nup\nup\n")
    assert ended.stderr.count("starting it again in 0 s") == 2


def test_a_server_that_never_ran_fails_at_once(tmp_path: Path) -> None:
    ended = kept(3600, "echo up >> starts; exit 7", tmp_path)
    assert (ended.returncode, (tmp_path / "starts").read_text()) == (1, "up\n")
