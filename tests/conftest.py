"""Fixtures that several kinds of test share: a Postgres server of the run's own, and fresh databases on it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from stack import postgres, state


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the administrator's URL of a Postgres made for this run and removed after it.

    SUMBER_TEST_POSTGRES_URL names another server instead (an older version, say); the tests make and drop their databases on it.
    """
    if named := os.environ.get("SUMBER_TEST_POSTGRES_URL"):
        yield postgres.check(named)
        return
    own = state.State(Path(tmp_path_factory.mktemp("state")))
    state.create(own)
    try:
        yield postgres.start(own)
    finally:
        postgres.stop(own)
        postgres.remove(own)
