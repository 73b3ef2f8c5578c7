"""An Airflow of these tests' own: its home is a temporary folder, named before any of them imports Airflow."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="package", autouse=True)
def own_airflow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Set Airflow's home, database and DAGs in the environment while the tests of this folder run."""
    home = tmp_path_factory.mktemp("airflow")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AIRFLOW_HOME", str(home))
        environment.setenv("AIRFLOW__CORE__DAGS_FOLDER", str(PROJECT / "dags"))
        environment.setenv("AIRFLOW__CORE__LOAD_EXAMPLES", "False")
        environment.setenv("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", f"sqlite:///{home}/airflow.db")
        environment.setenv("AIRFLOW__LOGGING__BASE_LOG_FOLDER", str(home / "logs"))
        yield


@pytest.fixture(scope="package")
def metadata(own_airflow: None) -> None:
    """Make the tables of Airflow's own database."""
    subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], check=True, capture_output=True)
