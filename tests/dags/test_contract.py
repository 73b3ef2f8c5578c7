"""What every DAG file promises: it loads, it is documented and owned, it retries, it is watched, and it costs nothing to parse."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = PROJECT / "dags"
DAGS = ("attribute_claims", "ingest_articles", "replay_rejections", "score_sources", "watch_coverage")


@pytest.fixture(scope="module")
def bag() -> Any:
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(str(FOLDER))


def test_the_files_hold_these_dags_and_load_without_errors(bag: Any) -> None:
    assert bag.import_errors == {}
    assert sorted(bag.dags) == sorted(DAGS)
    assert sorted(file.stem for file in FOLDER.glob("*.py")) == sorted(DAGS), "one DAG per file, named like it"


@pytest.mark.parametrize("name", DAGS)
def test_owner_tags_and_retries(bag: Any, name: str) -> None:
    dag = bag.dags[name]
    assert "sumber" in dag.tags
    assert len(dag.tags) > 1
    assert dag.max_active_runs == 1
    assert dag.catchup is False
    for task in dag.tasks:
        assert task.owner == "sumber"
        assert task.retries >= 2
        assert task.retry_exponential_backoff >= 2
        assert task.max_retry_delay is not None
        assert task.execution_timeout is not None
        assert task.doc_md or (task.python_callable.__doc__ or "").strip()


@pytest.mark.parametrize("name", DAGS)
def test_each_run_is_watched_by_a_callback_that_exists(bag: Any, name: str) -> None:
    import inspect

    from airflow.sdk import AsyncCallback
    from airflow.sdk.module_loading import import_string

    (alert,) = bag.dags[name].deadline
    assert timedelta(minutes=5) <= alert.interval <= timedelta(hours=3)
    assert isinstance(alert.callback, AsyncCallback)
    assert inspect.iscoroutinefunction(import_string(alert.callback.path))
    assert set(alert.callback.kwargs) <= set(inspect.signature(import_string(alert.callback.path)).parameters)
    minutes = int(alert.interval.total_seconds() // 60)
    assert f"| **late** | {minutes} minutes" in bag.dags[name].doc_md, "the runbook tells of the deadline"


RUNBOOK_PARTS = (
    "| **runs** |",
    "| **reads** |",
    "| **writes** |",
    "| **tells** |",
    "## Tasks",
    "## Parameters",
    "## Alarming, and normal",
    "## When something fails",
)


@pytest.mark.parametrize("name", DAGS)
def test_the_runbook_is_whole(bag: Any, name: str) -> None:
    dag = bag.dags[name]
    docstring = ast.get_docstring(ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8")))
    assert dag.doc_md.strip() == docstring
    missing = [part for part in RUNBOOK_PARTS if part not in dag.doc_md]
    assert missing == []
    unknown = {task.task_id for task in dag.tasks} - set(re.findall(r"`(\w+)`", dag.doc_md))
    assert unknown == set(), "tasks that the runbook does not name"


@pytest.mark.parametrize("name", DAGS)
def test_each_param_is_typed_described_and_in_the_runbook(bag: Any, name: str) -> None:
    dag = bag.dags[name]
    for key in dag.params:
        param = dag.params.get_param(key)
        assert param.schema.get("type"), key
        assert param.schema.get("title"), key
        assert param.description and len(param.description) > 20, key
        assert f"- `{key}`:" in dag.doc_md
        param.resolve()  # the default is valid


def test_ingest_articles_has_the_params_that_people_and_tools_send(bag: Any) -> None:
    from airflow.sdk.exceptions import ParamValidationError

    params = bag.dags["ingest_articles"].params
    assert {key: params[key] for key in params} == {"inbox": None, "batch_size": 2000, "dry_run": False}
    for key, wrong in (("batch_size", 0), ("batch_size", "many"), ("dry_run", "perhaps"), ("inbox", 3)):
        with pytest.raises(ParamValidationError):
            params.get_param(key).resolve(wrong)


def test_replay_rejections_has_the_params_of_the_command_and_starts_by_hand_alone(bag: Any) -> None:
    from airflow.sdk.exceptions import ParamValidationError

    dag = bag.dags["replay_rejections"]
    assert not dag.timetable.can_be_scheduled
    assert {asset.name for task in dag.tasks for asset in task.outlets} == {"core.article"}
    params = dag.params
    chosen = dict.fromkeys(("rule", "step", "outlet", "from", "to"))
    assert {key: params[key] for key in params} == {**chosen, "batch_size": 2000, "dry_run": False}
    assert params.get_param("step").resolve("trace") == "trace"
    for key, wrong in (("step", "poll"), ("rule", ""), ("from", "yesterday"), ("batch_size", 0), ("dry_run", "perhaps")):
        with pytest.raises(ParamValidationError):
            params.get_param(key).resolve(wrong)


def _asset_names(condition: Any) -> set[str]:
    return {asset.name for asset in condition.objects}


def test_schedules_and_the_assets_that_link_the_dags(bag: Any) -> None:
    ingest, attribute, score = (bag.dags[name] for name in ("ingest_articles", "attribute_claims", "score_sources"))
    assert ingest.timetable.expression == "*/15 * * * *"
    assert _asset_names(attribute.timetable.asset_condition) == {"core.article"}
    assert _asset_names(score.timetable.asset_condition) == {"core.chain"}
    minute, hour, *rest = score.timetable.timetable.expression.split()
    assert minute.isdigit() and hour.isdigit() and rest == ["*", "*", "*"], "daily"
    assert bag.dags["watch_coverage"].timetable.expression == "50 * * * *"
    told = {dag.dag_id: {asset.name for task in dag.tasks for asset in task.outlets} for dag in (ingest, attribute, score)}
    assert told == {"ingest_articles": {"core.article"}, "attribute_claims": {"core.chain"}, "score_sources": {"mart"}}


def test_batches_are_mapped_and_no_lost_batch_hides_a_result(bag: Any) -> None:
    from airflow.sdk import TriggerRule
    from airflow.sdk.definitions.mappedoperator import MappedOperator

    mapped = {(dag.dag_id, task.task_id) for dag in bag.dags.values() for task in dag.tasks if isinstance(task, MappedOperator)}
    assert mapped == {("ingest_articles", "read_articles"), ("attribute_claims", "attribute"), ("attribute_claims", "trace")}
    for name in ("ingest_articles", "attribute_claims"):
        dag = bag.dags[name]
        assert dag.get_task("announce").trigger_rule == TriggerRule.ALL_DONE_MIN_ONE_SUCCESS
        account = dag.get_task("account")
        assert account.downstream_task_ids == set(), "a leaf: its failure is the run's"
        assert account.trigger_rule == TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS
        arrivals = {"capture", "poll"} if name == "ingest_articles" else set()
        assert {task_id for dag_id, task_id in mapped if dag_id == name} | arrivals == account.upstream_task_ids
    assert bag.dags["attribute_claims"].get_task("lease_chains").trigger_rule == TriggerRule.ALL_DONE


def test_only_the_wiring_stands_in_a_dag_file() -> None:
    """At the top: the SDK and the shared wiring. Inside tasks: the pipeline. Nothing else of the project, no Airflow internals."""
    for file in FOLDER.glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        top = {node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Import | ast.ImportFrom):
                continue
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            for module in modules:
                if module.startswith("sumber"):
                    assert module.startswith("sumber.pipeline"), f"{file.name}:{node.lineno} imports {module}"
                    assert node not in top or module == "sumber.pipeline.wiring", (
                        f"{file.name}:{node.lineno} imports {module} at parse time"
                    )
                elif module.startswith("airflow"):
                    assert module in ("airflow.sdk", "airflow.sdk.exceptions"), f"{file.name}:{node.lineno} imports {module}"


PARSE = """
import json, sys
import airflow.sdk, airflow.sdk.exceptions
before = set(sys.modules)
import importlib.util
for path in sys.argv[1:]:
    spec = importlib.util.spec_from_file_location(path.rsplit("/", 1)[1][:-3], path)
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
print(json.dumps({"modules": sorted(set(sys.modules) - before)}))
"""


def test_parsing_is_cheap() -> None:
    """Airflow parses each file again and again: it must not load pandas, Great Expectations, the database driver or the domain."""
    files = sorted(str(file) for file in FOLDER.glob("*.py"))
    done = subprocess.run([sys.executable, "-c", PARSE, *files], capture_output=True, text=True, check=True, cwd=PROJECT)  # noqa: S603
    measured: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
    costly = ("pandas", "numpy", "great_expectations", "psycopg2", "trafilatura", "sumber.pipeline.steps")
    # The package of the domain alone is one docstring; its modules cost.
    assert [name for name in measured["modules"] if name in costly or name.startswith("sumber.sourcing.")] == []
