"""What unit tests share."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from sumber import compiled


@pytest.fixture
def work() -> Callable[[Callable[[], object]], int]:
    """Return a function that runs a call and counts the interpreter's steps in it: a cost that no busy machine changes."""

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


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run tests that count steps, of which compiled code takes none, where Python runs the engine: in one process, apart if one fails."""
    if not compiled.is_used or "work" not in pyfuncitem.fixturenames:
        return None
    counting = (item.nodeid for item in pyfuncitem.session.items if "work" in getattr(item, "fixturenames", ()))
    if _failures_in_python(*counting) and (failure := _failures_in_python(pyfuncitem.nodeid)):
        pytest.fail(failure, pytrace=False)
    return True


@functools.cache
def _failures_in_python(*tests: str) -> str:
    """Return what pytest prints of tests of the engine in Python, or nothing where all of them pass."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "SUMBER_COMPILED": "no"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout + done.stderr if done.returncode else ""
