"""Rules on the image and the compose file: no default secret, nothing open to other machines, no more rights than needed."""

from __future__ import annotations

import importlib.util
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
TEXT = (PROJECT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
AIRFLOW = {"init", "api-server", "scheduler", "dag-processor", "triggerer", "worker"}
SECRET = re.compile(r"PASSWORD|SECRET|KEY|TOKEN")


class Strict(yaml.SafeLoader):
    """Refuses a key that is given twice, as Compose does; PyYAML takes the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if key.value != "<<"]
        assert len(keys) == len(set(keys)), f"a key is given twice: {node.start_mark}"
        return super().construct_mapping(node, deep)


def test_no_key_is_given_twice() -> None:
    yaml.load(TEXT, Loader=Strict)  # noqa: S506 - a safe loader that is stricter


def made_env() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("make_env", PROJECT / "deploy" / "make_env.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(line.split("=", 1) for line in module.text().splitlines())


def test_every_secret_is_required_and_generated_afresh() -> None:
    used = set(re.findall(r"\$\{(\w+)", TEXT))
    required = set(re.findall(r"\$\{(\w+):\?", TEXT))
    assert {name for name in used if SECRET.search(name)} == required
    first, second = made_env(), made_env()
    assert set(first) == required
    assert all(first[name] != second[name] and len(first[name]) >= 32 for name in required)
    assert all(re.fullmatch(r"[\w=-]+", value) for value in first.values()), "they stand in URLs as they are"


def test_make_env_writes_for_its_owner_alone_and_never_over_another(tmp_path: Path) -> None:
    (tmp_path / "deploy").mkdir()
    script = tmp_path / "deploy" / "make_env.py"
    script.write_bytes((PROJECT / "deploy" / "make_env.py").read_bytes())
    subprocess.run([sys.executable, script], check=True, capture_output=True)  # noqa: S603
    written = tmp_path / ".env"
    before = written.read_bytes()
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    again = subprocess.run([sys.executable, script], capture_output=True, check=False)  # noqa: S603
    assert again.returncode != 0
    assert written.read_bytes() == before
    assert b"PASSWORD" not in again.stdout + again.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_no_more_rights_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not service.get("privileged")
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    assert "healthcheck" in service or name == "init"
    if name in AIRFLOW:
        assert service["read_only"] is True
        assert "cap_add" not in service
        assert "user" not in service, "the image's own user"


def test_who_knows_which_password() -> None:
    def knows(secret: str) -> set[str]:
        return {name for name, service in SERVICES.items() if secret in str(service.get("environment", {}))}

    assert knows("POSTGRES_PASSWORD") == {"postgres", "init"}
    assert knows("SUMBER_OWNER_PASSWORD") == {"init"}
    assert knows("SUMBER_ETL_PASSWORD") == {"init", "worker"}
    assert knows("SUMBER_APP_PASSWORD") == {"init", "api-server"}
    assert knows("SUMBER_BI_PASSWORD") == {"init"}
    assert knows("AIRFLOW_ADMIN_PASSWORD") == {"init"}
    assert "worker" not in knows("AIRFLOW_DATABASE_PASSWORD") | knows("AIRFLOW_JWT_SECRET")


def test_the_image_runs_as_an_ordinary_user_from_the_lock_and_takes_no_secret_in() -> None:
    lines = (PROJECT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "USER sumber"
    assert "ENV PYTHONPATH=/opt/sumber/include" in lines
    assert any("--require-hashes" in line and "requirements.txt" in line for line in lines)
    assert not [line for line in lines if line.startswith("ARG") or re.search(r"(PASSWORD|SECRET)\s*=", line)]
    ignored = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignored, "what is not named stays out of the builder"
    copied = {line.split()[1] for line in lines if line.startswith("COPY") and "--from=" not in line}
    assert {f"!{name}" for name in copied} == {line for line in ignored if line.startswith("!")}
    assert all((PROJECT / name).exists() for name in copied)


def test_ratings_of_ones_own_reach_the_worker_alone_and_only_where_they_are_given() -> None:
    worker = SERVICES["worker"]
    assert worker["environment"]["SUMBER_RATINGS"] == "${SUMBER_RATINGS:+/srv/ratings.csv}"
    (mount,) = [volume for volume in worker["volumes"] if isinstance(volume, dict) and volume["target"] == "/srv/ratings.csv"]
    assert mount["source"] == "${SUMBER_RATINGS:-/dev/null}" and mount["read_only"] is True
    assert [name for name, service in SERVICES.items() if "SUMBER_RATINGS" in str(service)] == ["worker"]


def test_every_optional_setting_of_the_compose_file_is_documented() -> None:
    documented = (PROJECT / "docs" / "deploy.md").read_text(encoding="utf-8")
    optional = set(re.findall(r"\$\{(\w+):[-+]", TEXT))
    assert "SUMBER_INBOX" in optional
    assert not {name for name in optional if f"`{name}`" not in documented}
