"""`python -m stack COMMAND`: what the Makefile's targets call."""

from __future__ import annotations

import argparse
import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from stack import airflow, demo, services, sessions
from stack.state import ROOT, StackError, State, create, locate

DEMO_TIMEOUT = 1800.0


def main(argv: list[str] | None = None) -> int:
    """Run one command; return its exit status: 0 done, 1 failed (one message on standard error)."""
    parser = argparse.ArgumentParser(prog="python -m stack", description=__doc__)
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help=", ".join(COMMANDS))
    command = parser.parse_args(argv).command
    try:
        return COMMANDS[command](locate())
    except StackError as error:
        print(f"{command}: {error}", file=sys.stderr)
    except OSError as error:
        remedy = "the disk is full; free some space and run the same command again" if error.errno == errno.ENOSPC else str(error)
        print(f"{command}: {remedy}", file=sys.stderr)
    except KeyboardInterrupt:
        print(f"\n{command}: interrupted; what was started still runs: make stop", file=sys.stderr)
        return 130
    return 1


def run_demo(state: State) -> int:
    """Bring the stack up, run the DAGs over ARTICLES, print the report and the address of the UI."""
    articles = demo.check_folder(Path(os.environ.get("ARTICLES") or ROOT / "seeds" / "articles"))
    create(state)
    with state.locked():
        _up(state)
        api = airflow.client(state)
        demo.run(api, articles, DEMO_TIMEOUT, demo.say_now)
        print(flush=True)
        reported = services.run_sumber(["report"], services.read_environment(state)).returncode
    _say_where(state)
    return reported


def run_schedules(state: State) -> int:
    """Bring the stack up with every DAG on its schedule, and leave it running in the background."""
    create(state)
    with state.locked():
        _up(state)
        api = airflow.client(state)
        airflow.wait_for_dags(api, demo.DAGS)
        for dag in demo.DAGS:
            api.unpause(dag)
    _say_where(state)
    return 0


def stop(state: State) -> int:
    """Stop what demo or run started."""
    if not state.folder.exists():
        print("nothing runs")
        return 0
    with state.locked():
        ran = services.down(state)
    print(f"stopped {', '.join(ran)}" if ran else "nothing runs")
    return 0


def clean(state: State) -> int:
    """Stop what runs and delete the state folder and the embedded database."""
    stop(state)
    services.remove(state)
    return 0


def status(state: State) -> int:
    """Print what runs, and how the latest run of each DAG went; exit status 1 when the stack is not up."""
    for session in sessions.recorded(state):
        members = sessions.members(session)
        if sessions.is_running(session):
            memory = sum(_memory(process) for process in members) / 1e6
            since = time.strftime("%F %T", time.localtime(session.started))
            print(f"{session.name:15} runs since {since}, session {session.pid}, {memory:.0f} MB")
        else:
            print(f"{session.name:15} does not run")
    if not services.is_up(state):
        print("the stack is not up: make run")
        return 1
    api = airflow.client(state)
    for row in api.get("/dags", limit=100)["dags"]:
        latest = next(iter(api.runs(row["dag_id"])), None)
        print(f"{row['dag_id']:15} {'paused' if row['is_paused'] else 'on'}, latest run: {latest['state'] if latest else 'none yet'}")
    _say_where(state)
    return 0


def logs(state: State) -> int:
    """Follow the servers' logs until interrupted."""
    files = sorted(str(path) for path in state.logs.glob("*.log"))
    if not files:
        raise StackError("there are no logs yet: make run")
    print(f"tasks' own logs: {state.airflow_home / 'logs'}", flush=True)
    return subprocess.run(["tail", "-n", "20", "-F", *files], check=False).returncode  # noqa: S603, S607 - tail is everywhere


COMMANDS: dict[str, Callable[[State], int]] = {
    "demo": run_demo,
    "run": run_schedules,
    "stop": stop,
    "status": status,
    "logs": logs,
    "clean": clean,
}


def _up(state: State) -> None:
    named = os.environ.get("SUMBER_POSTGRES_URL") or None
    print(
        f"starting {'Airflow on the Postgres that SUMBER_POSTGRES_URL names' if named else 'the embedded Postgres and Airflow'} …",
        flush=True,
    )
    started = time.monotonic()
    already = services.up(state, named)
    print(f"{'already up' if already else 'up'} after {time.monotonic() - started:.0f} s", flush=True)


def _say_where(state: State) -> None:
    """Print where the UI is and how to go on."""
    print(f"\nAirflow:  {airflow.client(state).address}   user {airflow.LOGIN}, password {airflow.login_password(state)}")
    print(f"Database: . {os.path.relpath(state.folder / 'env')} && .venv/bin/python -m sumber --help   (its settings, for this shell)")
    print("All of it stays up until: make stop   (make status, make logs)")


def _memory(process: psutil.Process) -> int:
    """Return the bytes of memory that a process holds alone, where the system tells."""
    try:
        return int(process.memory_full_info().uss)
    except (psutil.Error, AttributeError):
        return 0


if __name__ == "__main__":
    sys.exit(main())
