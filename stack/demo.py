"""Runs the three DAGs over a folder of articles in a running Airflow, showing each task as it changes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from stack import airflow
from stack.state import StackError

INGEST, *_ = DAGS = ("ingest_articles", "attribute_claims", "score_sources")
ENDED = ("success", "failed")
READABLE = (".txt", ".html", ".htm", ".jsonl", ".jsonl.gz", ".csv", ".warc", ".warc.gz")
QUIET = 15.0
WAKING = 10.0
LOG_LINES = 25


def check_folder(folder: Path) -> Path:
    """Return the folder's absolute path. Raises StackError when it is none or holds nothing to read."""
    if not folder.is_dir():
        raise StackError(f"ARTICLES: {folder} is not a folder")
    if not any(path.name.lower().endswith(READABLE) for path in folder.rglob("*")):
        raise StackError(f"ARTICLES: {folder} holds no {', '.join(READABLE)} file")
    return folder.resolve()


def run(api: airflow.Client, articles: Path, timeout: float, say: Callable[[str], None] = print) -> dict[str, str]:
    """Run the DAGs one after the other over `articles`; return the run of each that saw all that the one before had written.

    A DAG is waited for when the one before woke it, and triggered when it was not woken (nothing new arrived) or was at work already.
    Raises StackError when a run fails or takes longer than `timeout` seconds.
    """
    airflow.wait_for_dags(api, DAGS)
    runs = {INGEST: api.trigger(INGEST, {"inbox": str(articles)})}
    for dag in DAGS:
        api.unpause(dag)
    say(f"{INGEST} over {articles}")
    _follow(api, INGEST, runs[INGEST], timeout, say)
    for producer, dag in pairwise(DAGS):
        woken = _woken_run(api, producer, runs[producer], dag)
        runs[dag] = woken or api.trigger(dag, {})
        say(f"{dag}, {'woken by new rows' if woken else 'triggered: nothing woke it'}")
        _follow(api, dag, runs[dag], timeout, say)
    return runs


def _woken_run(api: airflow.Client, producer: str, producing: str, dag: str) -> str | None:
    """Return the run of `dag` that began after all that the producing run wrote; None when none does so soon.

    One may begin earlier, woken by a run before: it need not have seen all rows. Airflow merges events that come close together.
    """
    events = api.emitted(producer, producing)
    if not events:
        return None
    told = max(datetime.fromisoformat(event["timestamp"]) for event in events)
    deadline = time.monotonic() + WAKING
    while time.monotonic() < deadline:
        for row in api.runs(dag):
            if row["start_date"] and datetime.fromisoformat(row["start_date"]) >= told:
                return str(row["dag_run_id"])
        time.sleep(0.3)
    return None


def _follow(api: airflow.Client, dag: str, run: str, timeout: float, say: Callable[[str], None]) -> None:
    """Wait for a run to end, saying each change of a task. Raises StackError with the failed task's log."""
    started = last_said = time.monotonic()
    seen: dict[tuple[str, int], str] = {}
    while True:
        tasks = api.tasks(dag, run)
        now = time.monotonic()
        for task in sorted(tasks, key=lambda task: (task["start_date"] or "9999", task["task_id"], task["map_index"])):
            key, state = (task["task_id"], task["map_index"]), task["state"] or "waiting"
            if state in ("waiting", "scheduled", "queued") or seen.get(key) == state:
                continue
            seen[key] = state
            name = task["task_id"] if task["map_index"] < 0 else f"{task['task_id']}[{task['map_index']}]"
            attempt = f", attempt {task['try_number']}" if task["try_number"] > 1 else ""
            say(f"  {now - started:5.0f} s  {name}: {state}{attempt}")
            last_said = now
        state = api.run(dag, run)["state"]
        if state in ENDED:
            break
        if now - started > timeout:
            raise StackError(f"{dag} is still {state} after {timeout:.0f} s; look at it in the UI, or in `make logs`")
        if now - last_said > QUIET:
            unfinished = sorted({task["task_id"] for task in tasks if task["state"] in ("running", "queued", "up_for_retry")})
            say(f"  {now - started:5.0f} s  still at {', '.join(unfinished) or 'scheduling'}")
            last_said = now
        time.sleep(0.5)
    if state == "failed":
        raise StackError(_failure(api, dag, run))


def _failure(api: airflow.Client, dag: str, run: str) -> str:
    """Say which tasks of a run failed, with the end of the first one's log."""
    failed: list[dict[str, Any]] = [task for task in api.tasks(dag, run) if task["state"] == "failed"]
    if not failed:
        return f"{dag} failed before any task did; see {api.address}/dags/{dag}/runs/{run}"
    first = failed[0]
    names = ", ".join(sorted({task["task_id"] for task in failed}))
    log = "\n".join(list(api.log(first))[-LOG_LINES:])
    place = f"{api.address}/dags/{dag}/runs/{run}/tasks/{first['task_id']}"
    if first["map_index"] >= 0:
        place += f"/mapped/{first['map_index']}"
    return f"{dag}: {names} failed; the log of {first['task_id']} ends:\n{log}\nall of it: {place}"


def say_now(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True, file=sys.stdout)
