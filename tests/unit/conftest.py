"""What unit tests share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from sumber import compiled


@pytest.fixture
def work() -> Callable[[Callable[[], object]], int]:
    """Return a function that runs a call and counts the interpreter's steps in it: a cost that no busy machine changes."""
    if compiled.is_used:
        pytest.skip("compiled code takes no steps of the interpreter; SUMBER_COMPILED=no make test counts them")

    def count(call: Callable[[], object]) -> int:
        steps = 0

        def tracer(frame: FrameType, event: str, _: Any) -> Any:
            nonlocal steps
            frame.f_trace_opcodes = True
            steps += event == "opcode"
            return tracer

        before = sys.gettrace()
        sys.settrace(tracer)
        try:
            call()
        finally:
            sys.settrace(before)
        return steps

    return count
