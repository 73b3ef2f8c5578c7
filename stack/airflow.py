"""A real Airflow over Postgres: its settings, its four servers, and a client of its REST interface."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from stack import sessions
from stack.state import ROOT, StackError, State, write_private

LOGIN = "admin"
HEALTHY_TIMEOUT = 240.0
# A server that lived this long is started again after a pause when it ends, in seconds. All four end when they lose the database.
PROVEN_AFTER, PAUSE = 60, 5
OUTAGE = 90.0  # seconds for which a question is asked again while nothing answers

# Task and trigger logs are read from the disk they are written to, so nothing needs to serve them over a port.
SERVERS = {
    "api-server": ("api-server", "--host", "127.0.0.1", "--workers", "1", "--port"),
    "scheduler": ("scheduler", "--skip-serve-logs"),
    "dag-processor": ("dag-processor",),
    "triggerer": ("triggerer", "--skip-serve-logs"),
}


def settings(state: State, database: str, port: int) -> dict[str, str]:
    """Return Airflow's settings as environment variables: metadata in `database` (a URL), the UI and API on loopback `port`."""
    jwt, session, fernet = state.secret("airflow_jwt"), state.secret("airflow_session"), state.secret("airflow_fernet")
    return {
        "AIRFLOW_HOME": str(state.airflow_home),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": database.replace("postgresql://", "postgresql+psycopg2://", 1),
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__HOSTNAME_CALLABLE": "socket.gethostname",
        "AIRFLOW__CORE__FERNET_KEY": base64.urlsafe_b64encode(bytes.fromhex(fernet)).decode(),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{LOGIN}:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(state.folder / "airflow_passwords.json"),
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__API__SECRET_KEY": session,
        "AIRFLOW__API_AUTH__JWT_SECRET": jwt,
        # One file at a time is parsed, at once when it changes: three DAGs need no more, and every parser holds 150 MB.
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "10",
        # The scheduler looks for work often, so that small runs are not mostly waiting.
        "AIRFLOW__SCHEDULER__SCHEDULER_HEARTBEAT_SEC": "1",
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.2",
        # A task whose process vanished with its supervisor is given to another after one minute instead of five.
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
        "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "30",
        "AIRFLOW__LOGGING__FILE_TASK_HANDLER_NEW_FOLDER_PERMISSIONS": "0o700",
        "AIRFLOW__LOGGING__FILE_TASK_HANDLER_NEW_FILE_PERMISSIONS": "0o600",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "SCARF_ANALYTICS": "false",
        "DO_NOT_TRACK": "true",
    }


def migrate(state: State, environment: Mapping[str, str]) -> None:
    """Bring Airflow's metadata tables up to date. Raises StackError with the end of its output."""
    with (state.logs / "airflow-migrate.log").open("wb") as out:
        ended = subprocess.run(
            [sys.executable, "-m", "airflow", "db", "migrate"],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if ended.returncode != 0:
        raise StackError(f"airflow db migrate failed:\n{sessions.tail(state.logs / 'airflow-migrate.log')}")


def start(state: State, environment: Mapping[str, str]) -> None:
    """Start the four servers, each in its own session. They become useful later: see `wait_until_healthy`."""
    state.airflow_home.mkdir(exist_ok=True)
    write_private(state.folder / "airflow_passwords.json", json.dumps({LOGIN: login_password(state)}))
    for name, arguments in SERVERS.items():
        command = ["sh", str(ROOT / "stack" / "keep.sh"), str(PROVEN_AFTER), str(PAUSE), sys.executable, "-m", "airflow", *arguments]
        if name == "api-server":
            command.append(str(state.chosen_port("airflow")))
        sessions.start(state, name, command, environment)


class OutageError(StackError):
    """Airflow does not answer, or not as it should: it may do so later."""


@dataclass
class Client:
    """Airflow's REST interface, as the stack's own user."""

    address: str
    password: str
    _http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        # Loopback needs no proxy that the environment may name.
        self._http = httpx.Client(base_url=self.address, timeout=60.0, trust_env=False)

    def health(self) -> dict[str, str]:
        """Return the status of each of Airflow's parts; empty while the api server does not answer."""
        try:
            answer = self._http.get("/api/v2/monitor/health").raise_for_status().json()
        except httpx.HTTPError:
            return {}
        return {part: str(row["status"]) for part, row in answer.items() if row}

    def get(self, path: str, **parameters: str | int) -> dict[str, Any]:
        """GET a path below /api/v2, outlasting a short outage; return the decoded answer. Raises StackError with the server's reason."""
        deadline = time.monotonic() + OUTAGE
        while True:
            try:
                return self._call("GET", path, params=parameters)
            except OutageError:
                if time.monotonic() > deadline:
                    raise
            time.sleep(1)

    def unpause(self, dag: str) -> None:
        """Let the scheduler run a DAG."""
        self._set_paused(dag, False)

    def pause(self, dag: str) -> None:
        """Keep the scheduler from running a DAG."""
        self._set_paused(dag, True)

    def trigger(self, dag: str, conf: Mapping[str, Any]) -> str:
        """Ask for a run of a DAG with these Params; return its run id."""
        return str(self._call("POST", f"/dags/{dag}/dagRuns", json={"logical_date": None, "conf": dict(conf)})["dag_run_id"])

    def runs(self, dag: str) -> list[dict[str, Any]]:
        """Return a DAG's latest runs, newest first."""
        return list(self.get(f"/dags/{dag}/dagRuns", order_by="-run_after", limit=50)["dag_runs"])

    def run(self, dag: str, run: str) -> dict[str, Any]:
        """Return one run."""
        return self.get(f"/dags/{dag}/dagRuns/{run}")

    def tasks(self, dag: str, run: str) -> list[dict[str, Any]]:
        """Return the task instances of one run."""
        return list(self.get(f"/dags/{dag}/dagRuns/{run}/taskInstances", limit=1000)["task_instances"])

    def emitted(self, dag: str, run: str) -> list[dict[str, Any]]:
        """Return the asset events that a run emitted."""
        return list(self.get("/assets/events", source_dag_id=dag, source_run_id=run, limit=100)["asset_events"])

    def log(self, task: Mapping[str, Any]) -> Iterator[str]:
        """Yield the lines of a task instance's latest log."""
        where = f"/dags/{task['dag_id']}/dagRuns/{task['dag_run_id']}/taskInstances/{task['task_id']}/logs/{max(task['try_number'], 1)}"
        content = self.get(where, map_index=task["map_index"], full_content="true")["content"]
        for line in content:
            if isinstance(line, str):
                yield line
                continue
            yield " ".join(str(line[key]) for key in ("timestamp", "level", "event") if line.get(key))
            for problem in line.get("error_detail") or []:
                yield f"    {problem.get('exc_type')}: {problem.get('exc_value')}"

    def _set_paused(self, dag: str, paused: bool) -> None:
        self._call("PATCH", f"/dags/{dag}", params={"update_mask": "is_paused"}, json={"is_paused": paused})

    def _call(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        try:
            if "Authorization" not in self._http.headers:
                self._log_in()
            answer = self._http.request(method, f"/api/v2{path}", **request)
            if answer.status_code == httpx.codes.UNAUTHORIZED:
                self._log_in()
                answer = self._http.request(method, f"/api/v2{path}", **request)
        except httpx.HTTPError as error:
            raise OutageError(f"Airflow at {self.address} does not answer ({error}); `make logs` shows why") from error
        if answer.is_error:
            kind = OutageError if answer.is_server_error else StackError
            raise kind(f"Airflow refused {method} {path}: {answer.status_code} {answer.text[:500]}")
        decoded: dict[str, Any] = answer.json()
        return decoded

    def _log_in(self) -> None:
        answer = self._http.post("/auth/token", json={"username": LOGIN, "password": self.password}).raise_for_status()
        self._http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"


def login_password(state: State) -> str:
    """Return the password of the UI's user: short enough to be typed."""
    return state.secret("airflow_login", 10)


def client(state: State) -> Client:
    """Return a client of this state's Airflow."""
    return Client(f"http://127.0.0.1:{state.chosen_port('airflow')}", login_password(state))


def wait_until_healthy(state: State, api: Client) -> None:
    """Wait until all four servers say that they are well. Raises StackError with the log of the one that is not."""
    deadline = time.monotonic() + HEALTHY_TIMEOUT
    while True:
        for session in sessions.recorded(state):
            if session.name in SERVERS and not sessions.is_running(session):
                raise StackError(_why(state, session.name))
        health = api.health()
        if all(health.get(part) == "healthy" for part in ("metadatabase", "scheduler", "dag_processor", "triggerer")):
            return
        if time.monotonic() > deadline:
            raise StackError(f"Airflow is not well after {HEALTHY_TIMEOUT:.0f} s: {health or 'no answer'}; its logs are in {state.logs}")
        time.sleep(0.3)


def wait_for_dags(api: Client, dags: tuple[str, ...], timeout: float = 120.0) -> None:
    """Wait until Airflow has read these DAGs. Raises StackError with the import error of a file that does not load."""
    deadline = time.monotonic() + timeout
    while True:
        errors = api.get("/importErrors")["import_errors"]
        if errors:
            raise StackError("\n".join(f"Airflow cannot load {row['filename']}:\n{row['stack_trace']}" for row in errors))
        known = {row["dag_id"] for row in api.get("/dags", limit=100)["dags"]}
        if known.issuperset(dags):
            return
        if time.monotonic() > deadline:
            raise StackError(
                f"Airflow has not read {', '.join(sorted(set(dags) - known))} after {timeout:.0f} s; see the dag-processor's log"
            )
        time.sleep(0.3)


def _why(state: State, server: str) -> str:
    log = sessions.tail(state.logs / f"{server}.log")
    if "address already in use" in log.lower():
        return f"port {state.chosen_port('airflow')} is taken by another program now: the same command, run again, will choose another"
    if "No space left on device" in log:
        return f"Airflow's {server} has no disk space left for {state.folder}: free some, then run the same command again"
    return f"Airflow's {server} ended; the end of {state.logs / f'{server}.log'} says:\n{log}"
