"""What an article holds cannot steer the terminal or the log that shows it."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from sumber.pipeline import terminal

HOSTILE = "a\x1b]0;owned\x07\x1b[2J\x9b31m\x7f\r\u202edcba\u2066\ud800z"


def test_what_steers_a_terminal_becomes_visible() -> None:
    assert terminal.visible(HOSTILE) == "a\\x1b]0;owned\\x07\\x1b[2J\\x9b31m\\x7f\\r\\u202edcba\\u2066\\ud800z"


@pytest.mark.parametrize("text", ["Đại sứ nói: “Có”.", "شالوم \u200fעולם", "平壌 – 朝鮮中央通信", "two\nlines\tand a tab", "👩\u200d👧"])
def test_text_of_any_script_stays_as_it_is(text: str) -> None:
    assert terminal.visible(text) == text


def test_json_stays_json_and_steers_nothing() -> None:
    printed = terminal.to_json({HOSTILE: [HOSTILE, "Đại sứ"]})
    assert json.loads(printed) == {HOSTILE: [HOSTILE, "Đại sứ"]}
    assert printed.replace("\n", "").isprintable()
    assert "Đại sứ" in printed


def test_a_record_of_the_log_is_one_line_and_its_traceback_several() -> None:
    formatter = terminal.Formatter("%(levelname)s %(message)s")
    try:
        raise ValueError(HOSTILE)
    except ValueError:
        record = logging.LogRecord("x", logging.INFO, __file__, 1, "refused %s", ("a\nINFO forged\x1b[31m",), sys.exc_info())
    first, *rest = formatter.format(record).splitlines()
    assert first == "INFO refused a\\nINFO forged\\x1b[31m"
    assert rest[-1] == f"ValueError: {terminal.visible(HOSTILE)}"
