"""The folder that holds all that a local stack makes: generated secrets, chosen ports, logs, Airflow's home."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPACE_NEEDED = 1_000_000_000


class StackError(Exception):
    """What went wrong and what to do about it, for the person at the terminal."""


@dataclass(frozen=True)
class State:
    """One stack's folder; everything in it may be deleted by `make clean`, and nobody but its owner may read it."""

    folder: Path

    @property
    def logs(self) -> Path:
        """Where each server writes its log."""
        return self.folder / "logs"

    @property
    def airflow_home(self) -> Path:
        """AIRFLOW_HOME: task logs are in its `logs` folder."""
        return self.folder / "airflow"

    @property
    def key(self) -> str:
        """Short name that tells this folder from every other on the machine."""
        return hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]

    def secret(self, name: str, size: int = 32) -> str:
        """Return the generated secret of that name, in hexadecimal, making it of `size` random bytes on first use.

        It is stored in a file that only its owner may read.
        """
        path = self.folder / "secrets.json"
        known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        if name not in known:
            known[name] = secrets.token_hex(size)
            write_private(path, json.dumps(known, indent=1, sort_keys=True))
        return known[name]

    def choose_port(self, name: str) -> int:
        """Return a loopback port for a server about to start: the one that it had last time while that is free, else a free one."""
        known = self._ports()
        if name not in known or not _is_free(known[name]):
            known[name] = _free_port(set(known.values()))
            write_private(self.folder / "ports.json", json.dumps(known, indent=1, sort_keys=True))
        return known[name]

    def chosen_port(self, name: str) -> int:
        """Return the port that was last chosen for a server. Raises KeyError where none was."""
        return self._ports()[name]

    def _ports(self) -> dict[str, int]:
        path = self.folder / "ports.json"
        ports: dict[str, int] = json.loads(path.read_text()) if path.exists() else {}
        return ports

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for one command at a time. Raises StackError when another command holds it."""
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StackError(f"another command is at work on {self.folder}; wait for it to end") from None
            yield


def locate() -> State:
    """Return the state folder: the one that SUMBER_STATE names, else `.sumber` in the project. Does not create it."""
    return State(Path(os.environ.get("SUMBER_STATE") or ROOT / ".sumber").resolve())


def create(state: State) -> None:
    """Make the folder, closed to everybody but its owner. Raises StackError where it cannot or where the disk is nearly full."""
    try:
        state.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state.folder.chmod(0o700)
        state.logs.mkdir(exist_ok=True)
    except OSError as error:
        raise StackError(
            f"cannot make {state.folder}: {error.strerror}; make it writable, or set SUMBER_STATE to another folder"
        ) from error
    free = shutil.disk_usage(state.folder).free
    if free < SPACE_NEEDED:
        raise StackError(
            f"only {free / 1e6:.0f} MB are free on the disk of {state.folder} and {SPACE_NEEDED / 1e6:.0f} MB are needed: "
            "free some space, or set SUMBER_STATE to a folder on another disk"
        )


def write_private(path: Path, text: str) -> None:
    """Write `text` whole to a file that only its owner may read."""
    temporary = path.with_name(f".{path.name}.new")
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
    temporary.replace(path)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port(taken: set[int]) -> int:
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        if port not in taken:
            return port
