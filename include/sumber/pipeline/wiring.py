"""What the DAGs share: the assets that link them, how tasks are retried, who is told when a run is late, and the tasks that gate."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import (
    Asset,
    BaseOperatorLink,
    CronTriggerTimetable,
    ExceptionRetryPolicy,
    RetryAction,
    RetryRule,
)
from airflow.sdk.bases.decorator import DecoratedOperator, TaskDecorator, task_decorator_factory
from airflow.sdk.configuration import conf

# `airflow.sdk` exports these too, but its type stub leaves them out.
from airflow.sdk.definitions.callback import AsyncCallback
from airflow.sdk.definitions.deadline import DeadlineAlert, DeadlineReference

from sumber.pipeline.alerts import task_failed
from sumber.pipeline.settings import SettingsError

ARTICLE = Asset(name="core.article", uri="x-sumber://news/core/article", group="sumber")
CHAIN = Asset(name="core.chain", uri="x-sumber://news/core/chain", group="sumber")
MART = Asset(name="mart", uri="x-sumber://news/mart", group="sumber")

DATA_DOCS = "/sumber/data-docs/"  # where the UI serves them, on the address that the browser has for Airflow

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


class DataDocsLink(BaseOperatorLink):
    """The button that opens the Data Docs of a task's gate in the Airflow UI, also where the gate stopped the task."""

    @property
    def name(self) -> str:
        """Return the words on the button."""
        return "Data Docs"

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        """Return the address at which `plugins/data_docs_view.py` shows the pages of this run, or of the one batch of a mapped task."""
        of = {"run": ti_key.run_id, **{key: value for key, value in operator.op_kwargs.items() if key == "batch"}}
        return f"{urlsplit(conf.get('api', 'base_url', fallback='')).path.rstrip('/')}{DATA_DOCS}?{urlencode(of)}"


class GateOperator(DecoratedOperator, PythonOperator):
    """A task that is a Python function and leaves Data Docs."""

    custom_operator_name = "@gate"
    template_fields = ("op_args", "op_kwargs")
    operator_extra_links = (DataDocsLink(),)

    def __init__(self, *, python_callable: Any, op_args: Any, op_kwargs: Any, **settings: Any) -> None:
        called = {"python_callable": python_callable, "op_args": op_args, "op_kwargs": op_kwargs}
        super().__init__(kwargs_to_upstream=called, **called, **settings)


def gate(**settings: Any) -> TaskDecorator:
    """Return the decorator for such a task; `settings` as those of `airflow.sdk.task`."""
    return task_decorator_factory(decorated_operator_class=GateOperator, **settings)
