"""Fixtures that several kinds of test share: a Postgres server of the run's own, and fresh databases on it."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from psycopg2 import sql

from stack import postgres, state
from sumber.pipeline import schema, settings

ROLES = {
    "SUMBER_OWNER_DATABASE_URL": "sumber_owner",
    "SUMBER_DATABASE_URL": "sumber_etl",
    "SUMBER_APP_DATABASE_URL": "sumber_app",
    "SUMBER_BI_DATABASE_URL": "sumber_bi",
}
_numbers = count()


def pytest_configure() -> None:
    """Keep the settings of the shell, and a stack that is up in this project, out of the tests; clean up when told to end."""
    # As Ctrl-C: fixtures stop the servers that they started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for name in [name for name in os.environ if name.startswith("SUMBER_") and name != "SUMBER_TEST_POSTGRES_URL"]:
        del os.environ[name]
    os.environ["SUMBER_STATE"] = str(Path(tempfile.gettempdir()) / f"sumber-tests-{os.getpid()}-without-a-stack")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the administrator's URL of a Postgres made for this run and removed after it.

    SUMBER_TEST_POSTGRES_URL names a throw-away server instead (an older version, say): the tests make databases there, and set the
    passwords of Sumber's roles.
    """
    if named := os.environ.get("SUMBER_TEST_POSTGRES_URL"):
        yield postgres.check(named)
        return
    own = state.State(tmp_path_factory.mktemp("state"))
    state.create(own)
    try:
        yield postgres.start(own)
    finally:
        postgres.stop(own)
        postgres.remove(own)


@pytest.fixture(scope="session")
def template(server: str) -> Iterator[str]:
    """Yield the name of a database with every migration applied, which `database` copies."""
    name = f"sumber_test_{os.getpid()}_template"
    with _made(server, name, copied_from=None) as urls:
        schema.migrate(urls.url("owner"))
        yield name


@pytest.fixture
def database(server: str, template: str) -> Iterator[settings.Settings]:
    """Yield the settings of a migrated, empty database of the test's own, dropped after it; it costs about 50 ms."""
    with _made(server, f"sumber_test_{os.getpid()}_{next(_numbers)}", copied_from=template) as urls:
        yield urls


@contextmanager
def _made(server: str, name: str, copied_from: str | None) -> Iterator[settings.Settings]:
    """Make a database with the pipeline's roles let in, and drop it in the end."""
    parts = urlsplit(server)
    place = f"{parts.hostname}:{parts.port or 5432}"
    urls = settings.read({variable: f"postgresql://{role}:{role}@{place}/{name}" for variable, role in ROLES.items()})
    if copied_from:
        _administer(server, "CREATE DATABASE {} OWNER sumber_owner TEMPLATE {}", name, copied_from)
    schema.provision(server, urls)
    try:
        yield urls
    finally:
        _administer(server, "DROP DATABASE {} WITH (FORCE)", name)


def _administer(server: str, statement: str, *names: str) -> None:
    connection = psycopg2.connect(server)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
    finally:
        connection.close()
