"""A throw-away database for benchmarks that write to one."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from stack import postgres, state
from sumber.pipeline import schema, settings

ROLES = ("owner", "etl", "app", "bi")


@contextmanager
def database() -> Iterator[settings.Settings]:
    """Yield the settings of a migrated, empty database on a server of its own, which ends with the benchmark, however that is ended."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C, which unwinds
    with tempfile.TemporaryDirectory() as folder:
        own = state.State(Path(folder) / "state")
        state.create(own)
        try:
            place = urlsplit(postgres.start(own))
            names = {"etl": "SUMBER_DATABASE_URL"} | {role: f"SUMBER_{role.upper()}_DATABASE_URL" for role in ROLES if role != "etl"}
            current = settings.read(
                {name: f"postgresql://sumber_{role}:benchmark@{place.hostname}:{place.port}/news" for role, name in names.items()}
            )
            schema.provision(place.geturl(), current)
            schema.migrate(current.url("owner"))
            yield current
        finally:
            postgres.stop(own)
            postgres.remove(own)
