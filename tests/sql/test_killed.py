"""A process that is killed while it captures or reads large files, and started again, loses nothing and doubles nothing."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from archive import NOON, ask, empty, fingerprint, run_step
from psycopg2 import sql

from sumber.pipeline import settings, steps, store

PROJECT = Path(__file__).resolve().parents[2]
RECORDS, PAGES = 700, 700  # several portions of `steps.CAPTURES_AT_ONCE`, a whole number of them in neither file
PARAGRAPH = "The ferry to Holm left {number} minutes late, the harbour office said, because a rope had to be found. "


def dump(file: Path) -> None:
    """Write JSONL records, among them lines that are none and records without text."""
    with file.open("w") as lines:
        for number in range(RECORDS):
            record = {"id": f"r{number}", "lang": "en", "outlet": "Holm Post", "text": PARAGRAPH.format(number=number) * (number % 9)}
            lines.write("no record\n" if number % 50 == 7 else json.dumps(record) + "\n")


def archive(file: Path) -> None:
    """Write a WARC file (ISO 28500) of pages, among them answers that are none and pages without text."""
    with file.open("wb") as records:
        for number in range(PAGES):
            text = "".join(f"<p>{PARAGRAPH.format(number=number + place)}</p>" for place in range(number % 9))
            page = f"<html><head><title>Ferry {number} late</title></head><body><article>{text}</article></body></html>".encode()
            status = "404 Not Found" if number % 40 == 3 else "200 OK"
            http = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n".encode() + page
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://holm.example/{number}\r\nWARC-Date: 2026-05-20T00:00:00Z\r\n"
                f"WARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(http)}\r\n\r\n"
            )
            records.write(gzip.compress(head.encode() + http + b"\r\n\r\n", 1))


def state(current: settings.Settings) -> dict[str, Any]:
    """Return what must be the same whatever happened on the way; times of receipt and runs are not."""
    return {
        "captures": ask(current, "SELECT id, sha256, media_type, url, outlet, lang, name FROM raw.capture ORDER BY id"),
        "contents": ask(current, "SELECT count(*) FROM raw.content"),
        "articles": fingerprint(current)["core.article"],
        "rejections": ask(
            current, "SELECT capture_id, step, rule, value, reason, closed_at IS NULL FROM core.rejection ORDER BY capture_id, rule, value"
        ),
        "pending": ask(current, "SELECT step, count(*) FROM core.pending GROUP BY step"),
    }


def start(current: settings.Settings, *command: str | Path) -> subprocess.Popen[bytes]:
    """Run a command of sumber in a process of its own."""
    environment = {**os.environ, "SUMBER_DATABASE_URL": current.url("etl"), "SUMBER_DATA_DOCS": str(current.data_docs)}
    arguments = [sys.executable, "-m", "sumber", *map(str, command)]
    return subprocess.Popen(arguments, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603


def kill(current: settings.Settings, table: str, *command: str | Path) -> int:
    """Start a command and kill it between two of its transactions that add to `table`; return how many rows the table has then.

    The command cannot go on meanwhile: this process holds the table.
    """
    named = sql.Identifier(*table.split("."))
    count = sql.SQL("SELECT count(*) FROM {}").format(named)
    hold = sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(named)
    with store.transaction(current.url("owner")) as cursor:
        cursor.execute(count)
        before = cursor.fetchall()
    child = start(current, *command)
    try:
        while True:
            with store.transaction(current.url("owner")) as cursor:
                cursor.execute(hold)
                cursor.execute(count)
                rows = cursor.fetchall()
                if rows != before:
                    child.kill()
                    child.wait()
                    break
            assert child.poll() is None, child.communicate()
    finally:
        child.kill()
        child.communicate()
    assert child.returncode == -signal.SIGKILL
    return int(rows[0][0])


@pytest.mark.timeout(900)  # six processes that start from nothing
def test_a_capture_and_a_reading_that_are_killed_go_on_without_loss_or_doubles(current: settings.Settings, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    dump(inbox / "a.jsonl")
    archive(inbox / "b.warc.gz")
    size = 400

    steps.capture(current, inbox, "whole", captured_at=NOON)
    whole = run_step(current, "read", "whole", size)
    expected = state(current)
    assert whole.refused > 150 and whole.went_out > 800, "there is something to lose on either side"

    empty(current)
    stored = [kill(current, "raw.capture", "ingest", inbox)]
    while stored[-1] < RECORDS:
        stored.append(kill(current, "raw.capture", "ingest", inbox))
    assert stored == sorted(set(stored)) and stored[-1] < len(expected["captures"]), "killed among the records and among the pages"
    counts = steps.capture(current, inbox, "again")
    assert counts.came_in == RECORDS + PAGES and counts.changed == len(expected["captures"]) - stored[-1]
    read = kill(current, "core.article", "read", "--batch-size", str(size))
    assert 0 < read < whole.went_out
    # The same command gets back what it held, and goes on in two processes.
    resumed = start(current, "read", "--batch-size", str(size), "--processes", "2")
    printed, said = resumed.communicate()
    assert resumed.returncode == 0, said.decode()
    assert f"{whole.went_out - read} out" in printed.decode()
    assert state(current) == expected
