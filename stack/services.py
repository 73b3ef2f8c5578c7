"""Brings everything up together, and down again: databases, migrations, Airflow."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from stack import airflow, postgres, sessions
from stack.state import ROOT, StackError, State, create, write_private

# Role and database of each URL that the pipeline reads from its environment.
DATABASES = {
    "SUMBER_OWNER_DATABASE_URL": ("sumber_owner", "news"),
    "SUMBER_DATABASE_URL": ("sumber_etl", "news"),
    "SUMBER_APP_DATABASE_URL": ("sumber_app", "news"),
    "SUMBER_BI_DATABASE_URL": ("sumber_bi", "news"),
    "SUMBER_AIRFLOW_DATABASE_URL": ("sumber_airflow", "airflow"),
}


def up(state: State, named: str | None) -> bool:
    """Make sure that Postgres and Airflow run; return whether Airflow already did.

    `named` is the administrator's URL of a Postgres to use; None: the embedded one. Airflow is restarted when its settings are others
    than those it runs with, such as another Postgres.
    """
    create(state)
    if named:
        administrator = postgres.check(named)
        postgres.stop(state)
    else:
        administrator = postgres.start(state)
    urls = {name: _url(state, administrator, role, database) for name, (role, database) in DATABASES.items()}
    if named:
        postgres.refuse_strangers(administrator, urls.values())
    migrate(state, administrator, urls)
    if is_up(state) and environment_file(state, urls) == (state.folder / "env").read_text():
        return True
    stop_airflow(state)
    state.choose_port("airflow")
    write_private(state.folder / "env", environment_file(state, urls))
    settings = environment(state, urls)
    for folder in (state.airflow_home, state.folder / "inbox"):
        folder.mkdir(exist_ok=True)
    airflow.migrate(state, settings)
    airflow.start(state, settings)
    airflow.wait_until_healthy(state, airflow.client(state))
    return False


def is_up(state: State) -> bool:
    """Tell whether all of Airflow's servers run."""
    return {session.name for session in sessions.recorded(state) if sessions.is_running(session)}.issuperset(airflow.SERVERS)


def stop_airflow(state: State) -> None:
    """End Airflow's servers and the tasks that they run; what those had not committed is done again after the next start."""
    sessions.end(state, [session for session in sessions.recorded(state) if session.name in airflow.SERVERS])


def down(state: State) -> tuple[str, ...]:
    """Stop all that runs; return the names of the servers that ran."""
    ran = tuple(session.name for session in sessions.recorded(state) if sessions.members(session))
    stop_airflow(state)
    postgres.stop(state)
    return ran


def remove(state: State) -> None:
    """Delete the state folder and the embedded cluster. Everything must have been stopped."""
    postgres.remove(state)
    if state.folder.exists():
        shutil.rmtree(state.folder)


def migrate(state: State, administrator: str, urls: dict[str, str]) -> None:
    """Create databases and roles and apply the migrations. Raises StackError with what the command said."""
    ended = run_sumber(["migrate"], {**_inherited(), **urls, "SUMBER_ADMIN_DATABASE_URL": administrator}, capture=True)
    if ended.returncode != 0:
        raise StackError(f"the migrations of {urlsplit(administrator).hostname} failed:\n{ended.stdout}")
    (state.logs / "migrate.log").write_text(ended.stdout)


def run_sumber(arguments: list[str], settings: dict[str, str], *, capture: bool = False) -> subprocess.CompletedProcess[str]:
    """Run `python -m sumber …`; with `capture`, standard output and error come back as one text."""
    return subprocess.run(  # noqa: S603 - the command is the project's own
        [sys.executable, "-m", "sumber", *arguments],
        env=settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if capture else None,
        stderr=subprocess.STDOUT if capture else None,
        text=True,
        check=False,
    )


def environment(state: State, urls: dict[str, str]) -> dict[str, str]:
    """Return the whole environment of a server or a command: what the shell has, with this stack's settings."""
    return {**_inherited(), **_settings(state, urls)}


def environment_file(state: State, urls: dict[str, str]) -> str:
    """Return this stack's settings as a file that a shell can read with `. FILE`."""
    return "".join(f"export {name}={shlex.quote(value)}\n" for name, value in _settings(state, urls).items())


def read_environment(state: State) -> dict[str, str]:
    """Return the environment of the stack that is up."""
    lines = shlex.split((state.folder / "env").read_text())
    return {**_inherited(), **dict(word.split("=", 1) for word in lines if word != "export")}


def _settings(state: State, urls: dict[str, str]) -> dict[str, str]:
    return {
        **{name: url for name, url in urls.items() if name != "SUMBER_AIRFLOW_DATABASE_URL"},
        "SUMBER_DATA_DOCS": str(state.folder / "data_docs"),
        "SUMBER_INBOX": os.environ.get("SUMBER_INBOX") or str(state.folder / "inbox"),
        **({"SUMBER_RATINGS": str(Path(ratings).resolve())} if (ratings := os.environ.get("SUMBER_RATINGS")) else {}),
        "PYTHONPATH": str(ROOT / "include"),
        **airflow.settings(state, urls["SUMBER_AIRFLOW_DATABASE_URL"], state.chosen_port("airflow")),
    }


def _inherited() -> dict[str, str]:
    """Return the shell's variables, less the settings of another Airflow and the administrator's URL, which no server needs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW_") and name != "SUMBER_POSTGRES_URL"}
    return {**kept, "PYTHONPATH": str(ROOT / "include"), "PYTHONUNBUFFERED": "1"}


def _url(state: State, administrator: str, role: str, database: str) -> str:
    """Return a role's own URL on the administrator's server."""
    parts = urlsplit(administrator)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return parts._replace(
        scheme="postgresql", netloc=f"{role}:{state.secret(role)}@{host}:{parts.port or 5432}", path=f"/{database}"
    ).geturl()
