"""Tells people what they should look at: a run that is late, a task that failed for good, a feed that was paused."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from sumber.pipeline import settings
from sumber.pipeline.settings import Settings

log = logging.getLogger(__name__)


class AlertError(Exception):
    """The webhook did not take the alert. The message never names its address, whose path is a secret."""


PATIENCE = 10.0  # seconds for the webhook to answer


async def deadline_missed(minutes: int, context: Mapping[str, Any]) -> str:
    """Log that a run missed its deadline, and post the same sentence to the webhook of the settings (`SUMBER_ALERT_URL`), if there is one.

    Airflow's triggerer calls this with the run in `context`. The post is JSON with one key, `text`, which Slack, Mattermost and Google
    Chat take. Returns the sentence. Raises AlertError where the webhook cannot be reached or refuses.
    """
    run = context["dag_run"]
    sentence = (
        f"{run['dag_id']} is late: run {run['dag_run_id']} was not done {minutes} minutes after it was queued "
        f"(state {run['state']}). Its page in the Airflow UI says what to do."
    )
    log.error(sentence)
    if address := settings.current().alert_url:
        await _post(address, sentence)
    return sentence


def task_failed(context: Mapping[str, Any]) -> None:
    """Tell (`tell`) that a task failed and is not tried again. Airflow calls this in the task's own process."""
    task = context["task_instance"]
    why = context.get("exception") or "it ended without a word"
    tell(settings.current(), f"{task.dag_id} needs somebody: {task.task_id} failed in run {task.run_id}: {why}")


def tell(current: Settings, sentence: str) -> None:
    """Log a sentence, and post it to the webhook of the settings, if there is one. A webhook that fails is logged: the work goes on."""
    log.error(sentence)
    if current.alert_url:
        try:
            asyncio.run(_post(current.alert_url, sentence))
        except AlertError as error:
            log.error("alert: %s", error)


async def _post(address: str, sentence: str) -> None:
    import httpx

    logging.getLogger("httpx").setLevel(logging.WARNING)  # at level info it logs the address
    try:
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            answer = await client.post(address, json={"text": sentence})
    except httpx.HTTPError as error:
        raise AlertError(f"the webhook cannot be reached ({type(error).__name__})") from None
    if answer.is_error:
        raise AlertError(f"the webhook answered {answer.status_code}")
