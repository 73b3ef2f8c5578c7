"""What the environment says, read once into one frozen record."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]


class SettingsError(Exception):
    """A setting that is needed and missing, or that cannot be used; the message is one line."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are. The addresses of the database hold passwords, so they are kept out of `repr`."""

    database_url: str | None = field(default=None, repr=False)  # role sumber_etl
    owner_database_url: str | None = field(default=None, repr=False)  # role sumber_owner
    app_database_url: str | None = field(default=None, repr=False)  # role sumber_app
    bi_database_url: str | None = field(default=None, repr=False)  # role sumber_bi
    airflow_database_url: str | None = field(default=None, repr=False)  # Airflow's metadata, where `migrate` shall make it
    alert_url: str | None = field(default=None, repr=False)  # webhook that is told of late runs; its path is a secret
    contact: str | None = None  # page or e-mail address that fetching names to the other side
    allowed_hosts: frozenset[str] = frozenset()  # "host" or "host:port": may be fetched from though they are not public
    seeds: Path = PROJECT / "seeds"
    data_docs: Path = PROJECT / ".sumber" / "data_docs"
    data_docs_days: int = 30  # how long the Data Docs of a batch are kept
    inbox: Path = PROJECT / "seeds" / "articles"
    ratings: Path | None = None  # a file of the user's own: weak priors of source scores

    def url(self, role: str) -> str:
        """Return the database's address for `role`: etl, owner, app or bi. Raises SettingsError where it is not set."""
        name, value = {
            "etl": ("SUMBER_DATABASE_URL", self.database_url),
            "owner": ("SUMBER_OWNER_DATABASE_URL", self.owner_database_url),
            "app": ("SUMBER_APP_DATABASE_URL", self.app_database_url),
            "bi": ("SUMBER_BI_DATABASE_URL", self.bi_database_url),
        }[role]
        if not value:
            raise SettingsError(f"{name} is not set: it names the database, like postgresql://sumber_{role}:PASSWORD@HOST/news")
        return value


def read(environment: Mapping[str, str]) -> Settings:
    """Read the settings from `environment`; empty values count as not set. Raises SettingsError for a folder that is none."""
    defaults = Settings()
    seeds = _path(environment, "SUMBER_SEEDS", defaults.seeds)
    if not seeds.is_dir():
        raise SettingsError(f"SUMBER_SEEDS: {seeds} is not a folder")
    return Settings(
        database_url=environment.get("SUMBER_DATABASE_URL") or None,
        owner_database_url=environment.get("SUMBER_OWNER_DATABASE_URL") or None,
        app_database_url=environment.get("SUMBER_APP_DATABASE_URL") or None,
        bi_database_url=environment.get("SUMBER_BI_DATABASE_URL") or None,
        airflow_database_url=environment.get("SUMBER_AIRFLOW_DATABASE_URL") or None,
        alert_url=environment.get("SUMBER_ALERT_URL") or None,
        contact=_contact(environment.get("SUMBER_CONTACT")),
        allowed_hosts=frozenset(environment.get("SUMBER_ALLOWED_HOSTS", "").replace(",", " ").split()),
        seeds=seeds,
        data_docs=_path(environment, "SUMBER_DATA_DOCS", defaults.data_docs),
        data_docs_days=_days(environment, "SUMBER_DATA_DOCS_DAYS", defaults.data_docs_days),
        inbox=_path(environment, "SUMBER_INBOX", defaults.inbox),
        ratings=Path(ratings).expanduser().resolve() if (ratings := environment.get("SUMBER_RATINGS")) else None,
    )


def _contact(value: str | None) -> str | None:
    """Return a contact that can stand in a header. Raises SettingsError."""
    if not value:
        return None
    is_address = value.startswith(("https://", "http://")) or "@" in value
    if not is_address or not value.isascii() or not value.isprintable() or " " in value or len(value) > 200:
        raise SettingsError(f"SUMBER_CONTACT: {value!r} is neither a web address nor an e-mail address")
    return value


@lru_cache(maxsize=1)
def current() -> Settings:
    """Return this process's settings: its environment, and below it what the local stack wrote when it started.

    Raises SettingsError.
    """
    state = Path(os.environ.get("SUMBER_STATE") or PROJECT / ".sumber")
    return read({**_written_by_stack(state / "env"), **os.environ})


def _written_by_stack(path: Path) -> dict[str, str]:
    """Return the `export NAME=value` lines of a file whose names begin with SUMBER_; nothing where there is no such file."""
    try:
        words = shlex.split(path.read_text(encoding="utf-8"), comments=True)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: cannot be read ({error})") from error
    pairs = (word.partition("=") for word in words)
    return {name: value for name, is_pair, value in pairs if is_pair and name.startswith("SUMBER_")}


def _days(environment: Mapping[str, str], name: str, default: int) -> int:
    """Return a number of days. Raises SettingsError."""
    value = environment.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= 36_500 and len(value) < 9):
        raise SettingsError(f"{name}: {value!r} is not a number of days from 1 to 36500")
    return int(value)


def _path(environment: Mapping[str, str], name: str, default: Path) -> Path:
    value = environment.get(name)
    return Path(value).expanduser().resolve() if value else default
