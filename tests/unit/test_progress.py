"""What a step says while it works."""

from __future__ import annotations

import pytest

from sumber.pipeline import progress


def test_a_line_says_how_far_a_step_has_come_every_some_seconds(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(progress, "clock", lambda: now[0])
    known, unknown = progress.Progress("read", "captures", 3_000), progress.Progress("capture", "records")
    with caplog.at_level("INFO"):
        for _ in range(25):
            now[0] += 1
            known.add(90, 10)
            unknown.add(100, 0, "7% of dump.jsonl")
    assert [one.message for one in caplog.records] == [
        "read: 1,000 of 3,000 captures so far: 900 accepted, 100 refused; 100/s",
        "capture: 1,000 records so far: 1,000 accepted, 0 refused; 100/s; 7% of dump.jsonl",
        "read: 2,000 of 3,000 captures so far: 1,800 accepted, 200 refused; 100/s",
        "capture: 2,000 records so far: 2,000 accepted, 0 refused; 100/s; 7% of dump.jsonl",
    ]
