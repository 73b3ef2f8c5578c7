"""The pipeline as a user runs it: DAGs through a real scheduler, on a real Postgres.

Tests run in the order of this file; the last one stops the stack.
"""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from running_stack import PATIENCE, Stack

from stack import airflow, demo, services, sessions
from stack.state import ROOT, StackError

_, ATTRIBUTE, SCORE = demo.DAGS
Elsewhere = Callable[..., dict[str, str]]

VIEWS = (
    "claims_by_originating_outlet",
    "claims_by_ultimate_source",
    "chain_length_by_outlet",
    "independent_roots_per_claim",
    "source_scores",
)


def test_every_run_and_task_succeeds(stack: Stack) -> None:
    for dag, run in stack.runs.items():
        assert stack.api.run(dag, run)["state"] == "success"
        states = {task["task_id"]: task["state"] for task in stack.api.tasks(dag, run)}
        assert set(states.values()) == {"success"}, (dag, states)


def test_new_rows_wake_the_next_dag(stack: Stack) -> None:
    assert stack.runs[demo.INGEST].startswith("manual")
    assert [run.split("__")[0] for run in list(stack.runs.values())[1:]] == ["asset_triggered", "asset_triggered"]


def test_switching_the_dags_on_ran_no_tick_of_the_past(stack: Stack) -> None:
    for dag in demo.DAGS:
        for run in stack.api.runs(dag):
            assert datetime.fromisoformat(run["run_after"]) >= stack.began, run["dag_run_id"]


def test_progress_names_dags_and_tasks(stack: Stack) -> None:
    said = "\n".join(stack.said)
    for word in (*demo.DAGS, "capture: success", "read_articles[0]: success", "trace[0]: success", "publish: success"):
        assert word in said


def test_rows_in_are_rows_out_and_refused(stack: Stack) -> None:
    counts = stack.rows("SELECT step, sum(came_in), sum(went_out), sum(refused) FROM core.step_run GROUP BY step")
    assert {row[0] for row in counts} >= {"capture", "read", "attribute", "trace", "score", "publish"}
    for step, came_in, went_out, refused in counts:
        assert came_in == went_out + refused, step
        assert came_in > 0 or step == "poll", step  # no feed is active here


def test_every_file_is_an_article_or_refused_with_a_reason(stack: Stack) -> None:
    assert stack.rows("SELECT count(*) FROM core.article WHERE closed_at IS NULL") == [(4,)]
    refused = {name: (rule, reason) for name, rule, reason in stack.rows("SELECT name, rule, reason FROM core.rejection")}
    assert {"picture.txt", "no-text"} <= set(refused)
    assert all(rule and reason for rule, reason in refused.values())


def test_nothing_is_left_pending(stack: Stack) -> None:
    assert stack.rows("SELECT count(*) FROM core.pending") == [(0,)]


def test_the_task_log_says_what_came_went_and_where_the_data_docs_are(stack: Stack) -> None:
    (task,) = (task for task in stack.api.tasks(demo.INGEST, stack.runs[demo.INGEST]) if task["task_id"] == "read_articles")
    log = "\n".join(stack.api.log(task))
    assert "picture.txt" in log or "undecodable" in log
    pages = list((stack.state.folder / "data_docs").rglob("index.html"))
    assert pages
    assert any(page.as_uri() in log or str(page) in log for page in pages)


@pytest.mark.parametrize(("dag", "task_id"), [(demo.INGEST, "read_articles"), (ATTRIBUTE, "attribute"), (SCORE, "verify")])
def test_data_docs_open_from_the_task_and_only_for_those_who_logged_in(stack: Stack, dag: str, task_id: str) -> None:
    (task,) = (task for task in stack.api.tasks(dag, stack.runs[dag]) if task["task_id"] == task_id)
    where = f"/dags/{dag}/dagRuns/{stack.runs[dag]}/taskInstances/{task_id}/links"
    address = stack.api.get(where, map_index=task["map_index"])["extra_links"]["Data Docs"]
    with httpx.Client(base_url=stack.api.address, trust_env=False, follow_redirects=True, timeout=60.0) as browser:
        assert browser.get(address).status_code in (401, 403)
        login = {"username": airflow.LOGIN, "password": stack.api.password}
        browser.cookies.set("_token", browser.post("/auth/token", json=login).json()["access_token"])
        page = browser.get(address)
        assert page.status_code == 200
        assert stack.runs[dag] in unescape(page.text)
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert browser.get(str(page.url).replace("index.html", "style.css")).status_code == 200
        assert browser.get(str(page.url).replace("index.html", "..%2f..%2f..%2fsecrets.json")).status_code == 404
        browser.cookies.clear()
        assert browser.get(page.url).status_code in (401, 403)


@pytest.mark.parametrize("view", VIEWS)
def test_the_reader_of_the_mart_finds_rows_in_every_view(stack: Stack, view: str) -> None:
    assert stack.rows(f"SELECT count(*) FROM mart.{view}", "SUMBER_BI_DATABASE_URL")[0][0] > 0  # noqa: S608 - a name of this file


def test_the_report_shows_chains_scores_and_counts(stack: Stack) -> None:
    report = stack.sumber("report", COLUMNS="200")
    for word in ("Reuters", "originating", "ultimate source", "interval", "refused", "picture.txt"):
        assert word in report


def test_secrets_are_on_no_command_line_and_in_no_log(stack: Stack) -> None:
    secrets = stack.secrets()
    for session in sessions.recorded(stack.state):
        for process in sessions.members(session):
            assert not any(secret in word for word in process.cmdline() for secret in secrets), session.name
    logs = [path for folder in (stack.state.logs, stack.state.airflow_home / "logs") for path in folder.rglob("*.log")]
    assert len(logs) > len(airflow.SERVERS)
    for path in logs:
        text = path.read_text(errors="replace")
        assert not any(secret in text for secret in secrets), path


def test_credentials_are_readable_by_their_owner_alone(stack: Stack) -> None:
    assert stat.S_IMODE(stack.state.folder.stat().st_mode) == 0o700
    secrets = stack.secrets()
    holding = [path for path in stack.state.folder.iterdir() if path.is_file() and any(word in path.read_text() for word in secrets)]
    assert {path.name for path in holding} == {"secrets.json", "env", "airflow_passwords.json"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in holding} == {0o600}


def test_servers_listen_on_loopback_only(stack: Stack) -> None:
    listening = [
        connection.laddr.ip
        for session in sessions.recorded(stack.state)
        for process in sessions.members(session)
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert set(listening) == {"127.0.0.1"}


def test_a_second_run_reuses_the_stack_and_changes_nothing(stack: Stack, articles: Path) -> None:
    before = stack.fingerprint()
    assert services.up(stack.state, named=None)
    stack.over(articles)
    assert stack.fingerprint() == before


def test_the_same_steps_without_airflow_give_the_same_rows(stack: Stack, articles: Path, elsewhere: Elsewhere) -> None:
    assert _differences(stack.fingerprint(), elsewhere(articles)) == {}


def test_work_that_woke_nobody_is_done_when_the_dag_is_on_again(stack: Stack, many: Path) -> None:
    stack.api.pause(ATTRIBUTE)
    assert _run(stack, demo.INGEST, {"inbox": str(many), "batch_size": 20}) == "success"
    assert stack.rows("SELECT count(*) FROM core.pending WHERE step = 'attribute'") == [(60,)]
    assert not [row for row in stack.api.runs(ATTRIBUTE) if row["state"] == "running"]
    # Whatever became of the event, an ordinary run takes all that is pending.
    run = stack.api.trigger(ATTRIBUTE, {"batch_size": 20})
    stack.api.unpause(ATTRIBUTE)
    killed = _kill_when_at_work(stack, ATTRIBUTE, run, "attribute")
    _wait(lambda: stack.api.run(ATTRIBUTE, run)["state"] in demo.ENDED)
    tasks = {(task["task_id"], task["map_index"]): task for task in stack.api.tasks(ATTRIBUTE, run)}
    assert stack.api.run(ATTRIBUTE, run)["state"] == "success"
    assert len([key for key in tasks if key[0] == "attribute"]) == 3
    assert tasks[("attribute", killed)]["try_number"] > 1
    assert stack.rows("SELECT count(*) FROM core.pending WHERE step <> 'trace'") == [(0,)]


def test_a_killed_and_retried_task_leaves_the_same_rows(stack: Stack, articles: Path, many: Path, elsewhere: Elsewhere) -> None:
    # Batches traced side by side may each change what another's chains rest on: such chains are queued for the next run.
    for _ in range(3):
        if stack.rows("SELECT count(*) FROM core.pending") != [(0,)]:
            assert _run(stack, ATTRIBUTE, {}) == "success"
    assert stack.rows("SELECT count(*) FROM core.pending") == [(0,)]
    assert _run(stack, SCORE, {}) == "success"
    # Uninterrupted, without Airflow, in one batch instead of three, and read in the other order.
    assert _differences(stack.fingerprint(), elsewhere(many, articles)) == {}


def test_a_failing_run_shows_the_log_of_its_task(stack: Stack) -> None:
    missing = stack.state.folder / "missing"
    with pytest.raises(StackError, match="missing") as caught:
        stack.over(missing)
    assert "capture failed" in str(caught.value)
    assert stack.api.address in str(caught.value)


def test_stop_leaves_no_process(stack: Stack) -> None:
    recorded = sessions.recorded(stack.state)
    processes = [process for session in recorded for process in sessions.members(session)]
    assert len(processes) > len(recorded)
    ended = subprocess.run(
        [sys.executable, "-m", "stack", "stop"],
        cwd=ROOT,
        env={**os.environ, "SUMBER_STATE": str(stack.state.folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "scheduler" in ended.stdout
    for session in recorded:
        assert sessions.members(session) == ()
    assert not [process for process in processes if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]
    assert stack.api.health() == {}


def _run(stack: Stack, dag: str, conf: dict[str, Any]) -> str:
    """Run a DAG to its end; return how it ended."""
    run = stack.api.trigger(dag, conf)
    _wait(lambda: stack.api.run(dag, run)["state"] in demo.ENDED)
    return str(stack.api.run(dag, run)["state"])


def _kill_when_at_work(stack: Stack, dag: str, run: str, task_id: str) -> int:
    """Kill the process of a mapped task once it has begun on its batch; return its map index."""
    began = "SELECT count(*) FROM core.pending WHERE step = 'attribute' AND attempts > 0"
    _wait(lambda: stack.rows(began)[0][0] > 0, pause=0.05)
    running: list[dict[str, Any]] = []
    while not running:
        running = [task for task in stack.api.tasks(dag, run) if task["task_id"] == task_id and task["state"] == "running" and task["pid"]]
    os.kill(running[0]["pid"], signal.SIGKILL)
    index: int = running[0]["map_index"]
    return index


def _differences(one: dict[str, str], other: dict[str, str]) -> dict[str, tuple[str | None, str | None]]:
    """Return the tables whose hashes differ."""
    return {table: (one.get(table), other.get(table)) for table in sorted(one.keys() | other.keys()) if one.get(table) != other.get(table)}


def _wait(done: Callable[[], bool], pause: float = 0.5) -> None:
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(pause)
