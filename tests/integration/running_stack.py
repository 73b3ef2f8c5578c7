"""The stack that integration tests look at: Airflow, its database, and what was run."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2

from stack import airflow, demo, services
from stack.state import StackError, State

PATIENCE = 900.0


@dataclass
class Stack:
    """The stack that is up, and what was run on it."""

    state: State
    api: airflow.Client
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    runs: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def over(self, articles: Path) -> dict[str, str]:
        """Run the three DAGs over a folder, as `make demo` does."""
        return demo.run(self.api, articles, PATIENCE, self.said.append)

    def sumber(self, *arguments: str, **settings: str) -> str:
        """Run `python -m sumber …` on the stack's database, or as `settings` say; return its output. Raises when it fails."""
        ended = services.run_sumber(list(arguments), {**services.read_environment(self.state), **settings}, capture=True)
        if ended.returncode != 0:
            raise StackError(ended.stdout)
        return ended.stdout

    def fingerprint(self, **settings: str) -> dict[str, str]:
        """Return the hash of each table's business columns."""
        lines = self.sumber("fingerprint", "--format", "json", **settings)
        tables: dict[str, str] = json.loads(lines[lines.index("{") :])["tables"]
        return tables

    def rows(self, query: str, role: str = "SUMBER_DATABASE_URL") -> list[tuple[Any, ...]]:
        """Return the rows that a query gives to one of the pipeline's roles."""
        connection = psycopg2.connect(services.read_environment(self.state)[role])
        try:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchall()
        finally:
            connection.close()

    def secrets(self) -> set[str]:
        """Return every generated secret."""
        return set(json.loads((self.state.folder / "secrets.json").read_text()).values())

    def urls_on(self, database: str) -> dict[str, str]:
        """Return the settings that name another database of the same server, without Airflow's."""
        environment = services.read_environment(self.state)
        return {
            name: urlsplit(environment[name])._replace(path=f"/{database}").geturl()
            for name, (_, usual) in services.DATABASES.items()
            if usual == "news"
        }
