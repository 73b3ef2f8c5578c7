"""Servers as sessions of their own: started with setsid, recorded by id and start time, ended whole and never by name."""

from __future__ import annotations

import json
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from stack.state import StackError, State, write_private

# A start time is derived from the boot time, which moves a little when the clock is set.
CLOCK_SLACK = 2.0


@dataclass(frozen=True)
class Session:
    """A server's process session: its id is the pid of the process that leads it."""

    name: str
    pid: int
    started: float


def recorded(state: State) -> tuple[Session, ...]:
    """Return the sessions that this state folder started, in order, running or not."""
    path = state.folder / "sessions.json"
    return tuple(Session(**row) for row in json.loads(path.read_text())) if path.exists() else ()


def record(state: State, sessions: Sequence[Session]) -> None:
    """Replace the record of sessions."""
    write_private(state.folder / "sessions.json", json.dumps([asdict(session) for session in sessions], indent=1))


def start(
    state: State, name: str, command: Sequence[str], environment: Mapping[str, str], account: pwd.struct_passwd | None = None
) -> Session:
    """Start a server in a session of its own, as `account` (None: one's own), logging to `logs/<name>.log`; record and return it."""
    log = state.logs / f"{name}.log"
    with log.open("ab") as out:
        process = subprocess.Popen(  # noqa: S603 - the commands are this package's own
            list(command),
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd="/" if account is not None else None,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )
    session = Session(name, process.pid, psutil.Process(process.pid).create_time())
    record(state, [*(known for known in recorded(state) if known.name != name), session])
    return session


def is_running(session: Session) -> bool:
    """Tell whether the process that leads the session still runs."""
    try:
        process = psutil.Process(session.pid)
        return abs(process.create_time() - session.started) < CLOCK_SLACK and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def members(session: Session) -> tuple[psutil.Process, ...]:
    """Return the session's living processes, the leader's descendants included, even when the leader itself has gone."""
    found = []
    for pid in psutil.pids():
        try:
            if os.getsid(pid) != session.pid:
                continue
            process = psutil.Process(pid)
            # The kernel gives no pid away while a session bears it, so a leader that started at another time leads another session.
            if pid == session.pid and abs(process.create_time() - session.started) >= CLOCK_SLACK:
                return ()
            if process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (ProcessLookupError, PermissionError, psutil.NoSuchProcess):
            continue
    return tuple(found)


def end(state: State, sessions: Sequence[Session], polite: signal.Signals = signal.SIGTERM, patience: float = 20.0) -> None:
    """End these sessions and every process in them, and forget them: ask with `polite`, wait up to `patience` seconds, then kill.

    Raises StackError if one survives.
    """
    for signal_number, seconds in ((polite, patience), (signal.SIGKILL, 10.0)):
        for session in sessions:
            for process in members(session):
                _send(process, signal_number)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            _reap(sessions)
            if not any(members(session) for session in sessions):
                record(state, [known for known in recorded(state) if known not in sessions])
                return
            time.sleep(0.1)
    left = [f"{process.pid}" for session in sessions for process in members(session)]
    raise StackError(f"these processes do not end: {', '.join(left)}")


def tail(path: Path, lines: int = 20) -> str:
    """Return the last lines of a log, or a word that there is none."""
    if not path.exists():
        return f"(no log at {path})"
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])


def _send(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return
    except psutil.AccessDenied as error:
        raise StackError(f"may not end process {process.pid}: run the command as the user who started the stack") from error


def _reap(sessions: Sequence[Session]) -> None:
    """Collect children of this very process that have ended, so that they do not linger as zombies."""
    for session in sessions:
        try:
            os.waitpid(session.pid, os.WNOHANG)
        except ChildProcessError:
            continue
