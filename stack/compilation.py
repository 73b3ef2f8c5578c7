"""`python -m stack.compilation`, for `make setup`: compile the engine with mypyc, where the last build is of other sources.

Without a C compiler or Python's headers, or where compiling fails, it says so and succeeds: the same code runs in Python.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

from sumber import compiled

ROOT = Path(__file__).resolve().parents[1]
HALFWAY = Path(sys.prefix) / "compiling"  # C and objects of the last build: the next compiles what has changed
WORK = Path(sys.prefix) / "compiling.now"
FAILED = Path(sys.prefix) / "compiled.failed"  # what was tried in vain, and is not tried again
LOG = Path(sys.prefix) / "compiled.log"


def main() -> int:
    """Compile where there is need; return 0, or 130 where Ctrl-C ended it. Raises OSError where nothing can be written."""
    try:
        with _alone() as lock:
            _make_current(lock)
    except KeyboardInterrupt:
        _say("stopped; the engine is compiled the next time")
        return 130
    return 0


@contextmanager
def _alone() -> Iterator[int]:
    """Wait until nobody else builds here, and keep others waiting; yields the lock, which lasts as long as a process has it open."""
    lock = os.open(compiled.FOLDER.parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("waiting for another process, which compiles the engine")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock
    finally:
        os.close(lock)


def _make_current(lock: int) -> None:
    stamp = compiled.FOLDER / compiled.STAMP
    before, wanted = _content(stamp), f"{compiled.digest()}\n{_maker()}\n"
    if before == wanted:
        return
    if lacking := _lacking():
        _say(
            f"there is no {lacking}, so the engine is not compiled and runs in Python; on Debian or Ubuntu: apt-get install gcc python3-dev"
        )
    elif _content(FAILED) == wanted or not _compile(lock, anew=_maker() not in before):
        _say(f"the engine could not be compiled, so it runs in Python; {LOG} tells why (to try again: rm {shlex.quote(str(FAILED))})")
        FAILED.write_text(wanted, encoding="ascii")
    else:
        stamp.write_text(wanted, encoding="ascii")
        return
    shutil.rmtree(compiled.FOLDER, ignore_errors=True)


def _compile(lock: int, anew: bool) -> bool:
    """Compile and put the build in its place, all but the stamp; tell whether that went well. Anew: nothing halfway is used."""
    _say("compiling the engine, so that it reads nearly twice as fast: a minute on two cores (SUMBER_COMPILED=no leaves it out)")
    # Taken away while it changes, so that a build that is stopped leaves nothing for the next.
    shutil.rmtree(WORK, ignore_errors=True)
    if HALFWAY.exists() and not anew:
        HALFWAY.rename(WORK)
    shutil.rmtree(HALFWAY, ignore_errors=True)
    out = WORK / "out"
    files = [str(file.relative_to(ROOT)) for file in compiled.files()]
    command = [sys.executable, "-m", "stack.machine_code", str(WORK / "c"), str(WORK / "objects"), str(out), *files]
    with LOG.open("w", encoding="utf-8") as log:
        # It has the lock too: should it outlive this process, nobody else builds in its folder.
        done = subprocess.run(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, check=False, pass_fds=[lock])  # noqa: S603
    if done.returncode:
        shutil.rmtree(WORK, ignore_errors=True)
        return False
    shutil.rmtree(compiled.FOLDER, ignore_errors=True)
    out.rename(compiled.FOLDER)
    WORK.rename(HALFWAY)
    return True


def _maker() -> str:
    """Return what a build is made by: what is made by another is of no use halfway, and made anew."""
    how = hashlib.sha256(Path(__file__).with_name("machine_code.py").read_bytes()).hexdigest()
    return (
        f"mypyc {metadata.version('mypy')}, setuptools {metadata.version('setuptools')}, {_compiler()!a}, {sys.version.split()[0]}, {how}"
    )


def _lacking() -> str:
    """Return what a build cannot do without and is not here, or nothing."""
    header = Path(sysconfig.get_path("include")) / "Python.h"
    try:
        program = shlex.split(_compiler())[0]
    except (ValueError, IndexError):  # a quotation without an end, or nothing but spaces
        program = _compiler()
    if shutil.which(program) is None:
        return f"C compiler ({program})"
    return "" if header.exists() else str(header)


def _compiler() -> str:
    return os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc"


def _content(file: Path) -> str:
    return file.read_text(encoding="ascii") if file.exists() else ""


def _say(line: str) -> None:
    print(f"setup: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
