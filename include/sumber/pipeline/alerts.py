"""Tells people that a run is late."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from sumber.pipeline import settings

log = logging.getLogger(__name__)

PATIENCE = 10.0  # seconds for the webhook to answer


async def deadline_missed(minutes: int, context: Mapping[str, Any]) -> str:
    """Log that a run missed its deadline, and post the same sentence to the webhook of the settings (`SUMBER_ALERT_URL`), if there is one.

    Airflow's triggerer calls this with the run in `context`. The post is JSON with one key, `text`, which Slack, Mattermost, Teams and
    Google Chat take. Returns the sentence. Raises httpx.HTTPError where the webhook cannot be reached or refuses.
    """
    run = context["dag_run"]
    sentence = (
        f"{run['dag_id']} is late: run {run['dag_run_id']} was not done {minutes} minutes after it was queued "
        f"(state {run['state']}). Its page in the Airflow UI says what to do."
    )
    log.error(sentence)
    if address := settings.current().alert_url:
        import httpx

        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            (await client.post(address, json={"text": sentence})).raise_for_status()
    return sentence
