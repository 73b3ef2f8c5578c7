"""The deadline callback, against a web server that really listens."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import traceback
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from sumber.pipeline import alerts, settings

CONTEXT = {"dag_run": {"dag_id": "ingest_articles", "dag_run_id": "scheduled__2026-05-02", "state": "running"}}


class Webhook(HTTPServer):
    """Keeps what is posted to it, and answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.posts: list[dict[str, str]] = []
        self.status = 200

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class Answer(BaseHTTPRequestHandler):
    server: Webhook

    def do_POST(self) -> None:
        self.server.posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def webhook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Webhook]:
    server = Webhook()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("SUMBER_ALERT_URL", server.address)
    settings.current.cache_clear()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
    settings.current.cache_clear()


def test_a_late_run_is_logged_and_posted(webhook: Webhook, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        sentence = asyncio.run(alerts.deadline_missed(14, CONTEXT))
    assert webhook.posts == [{"text": sentence}]
    for part in ("ingest_articles", "scheduled__2026-05-02", "14 minutes", "running"):
        assert part in sentence
    assert sentence in caplog.text
    assert webhook.address not in caplog.text, "the webhook's path is a secret"


def test_a_webhook_that_refuses_is_an_error_and_the_log_has_the_sentence(webhook: Webhook, caplog: pytest.LogCaptureFixture) -> None:
    webhook.status = 500
    with pytest.raises(alerts.AlertError, match="500") as refused:
        asyncio.run(alerts.deadline_missed(14, CONTEXT))
    assert webhook.address not in "".join(traceback.format_exception(refused.value))
    assert "ingest_articles is late" in caplog.text


def test_a_webhook_that_is_gone_is_an_error_that_keeps_its_secret(webhook: Webhook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMBER_ALERT_URL", "http://127.0.0.1:1/token-7d1")
    settings.current.cache_clear()
    with pytest.raises(alerts.AlertError, match="ConnectError") as refused:
        asyncio.run(alerts.deadline_missed(14, CONTEXT))
    assert "token-7d1" not in "".join(traceback.format_exception(refused.value))


def test_without_a_webhook_the_log_is_enough(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.delenv("SUMBER_ALERT_URL", raising=False)
    settings.current.cache_clear()
    assert asyncio.run(alerts.deadline_missed(60, CONTEXT)) in caplog.text
    settings.current.cache_clear()
