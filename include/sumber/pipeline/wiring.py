"""What the DAGs share: the assets that link them, how tasks are retried, and who is told when a run is late."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import (
    Asset,
    CronTriggerTimetable,
    ExceptionRetryPolicy,
    RetryAction,
    RetryRule,
)

# `airflow.sdk` exports these too, but its type stub leaves them out.
from airflow.sdk.definitions.callback import AsyncCallback
from airflow.sdk.definitions.deadline import DeadlineAlert, DeadlineReference

from sumber.pipeline.alerts import task_failed
from sumber.pipeline.settings import SettingsError

ARTICLE = Asset(name="core.article", uri="x-sumber://news/core/article", group="sumber")
CHAIN = Asset(name="core.chain", uri="x-sumber://news/core/chain", group="sumber")
MART = Asset(name="mart", uri="x-sumber://news/mart", group="sumber")

# Every step may be run again at any time, so a retry is always safe; the delays outlast a restart of the database.
DEFAULTS: dict[str, Any] = {
    "owner": "sumber",
    "retries": 3,
    "retry_delay": timedelta(seconds=20),
    "retry_exponential_backoff": 2,
    "max_retry_delay": timedelta(minutes=10),
    "retry_policy": ExceptionRetryPolicy(
        [
            RetryRule(
                [FileNotFoundError, NotADirectoryError, PermissionError, SettingsError],
                action=RetryAction.FAIL,
                reason="a wrong path, setting or seed file stays wrong",
            )
        ]
    ),
    "execution_timeout": timedelta(hours=2),
}


# For a task whose failure nobody may overlook: a run that is red tells those who look, the webhook tells the others.
ALARM: dict[str, Any] = {"on_failure_callback": task_failed}


def at(cron: str) -> CronTriggerTimetable:
    """Return the schedule of a cron expression in UTC, for a DAG without a start date.

    Switching such a DAG on for the first time waits for the next tick. Otherwise Airflow would also run the tick before, at once.
    """
    return CronTriggerTimetable(cron, timezone="UTC", run_immediately=timedelta())


def deadline(minutes: int) -> DeadlineAlert:
    """Return an alert for runs that are not done `minutes` after they were queued; it runs in the triggerer."""
    return DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=timedelta(minutes=minutes),
        callback=AsyncCallback("sumber.pipeline.alerts.deadline_missed", kwargs={"minutes": minutes}),
    )
