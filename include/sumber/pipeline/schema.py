"""Roles, databases and migrations: brings a cluster to the state that the pipeline needs. Doing it again changes nothing."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
from psycopg2 import extensions, sql

from sumber.pipeline.settings import Settings, SettingsError

log = logging.getLogger(__name__)

FOLDER = Path(__file__).resolve().parents[1] / "sql"
ROLES = ("sumber_owner", "sumber_etl", "sumber_app", "sumber_bi")


class MigrationError(Exception):
    """A migration that cannot be applied; the message is one line."""


def provision(admin_url: str, settings: Settings) -> None:
    """Create the four roles and the database that the settings' addresses name, with their passwords; Airflow's too where it is named.

    `admin_url` belongs to a role that may create roles and databases. Passwords travel as SCRAM verifiers only.
    Raises SettingsError where an address names another role than its own, or no password.
    """
    urls = {role: settings.url(role.removeprefix("sumber_")) for role in ROLES}
    database = _database(urls["sumber_owner"])
    for role, url in urls.items():
        if urlsplit(url).username != role:
            raise SettingsError(f"the address for {role} must name that role, not {urlsplit(url).username!r}")
        if _database(url) != database:
            raise SettingsError(f"the address for {role} must name the database {database!r}, not {_database(url)!r}")
    with _outside_transaction(admin_url) as connection:
        for role, url in urls.items():
            _create_role(connection, role, url)
        _create_database(connection, database, "sumber_owner")
        for role in ROLES:
            _run(connection, "admit_reader" if role in ("sumber_app", "sumber_bi") else "admit_role", database=database, role=role)
        _run(connection, "keep_reader_read_only", database=database, role="sumber_bi")
        if settings.airflow_database_url:
            role, own = urlsplit(settings.airflow_database_url).username or "", _database(settings.airflow_database_url)
            _create_role(connection, role, settings.airflow_database_url)
            _create_database(connection, own, role)


def migrate(owner_url: str) -> list[str]:
    """Apply the migrations and views that are not yet applied, each in one transaction; return their names.

    Two runs at once take turns. Raises MigrationError where an applied migration's file has changed or a file fails.
    """
    applied = []
    with _outside_transaction(owner_url) as connection, connection.cursor() as cursor:
        cursor.execute(_text("admin/lock_migrations"))
        cursor.execute(_text("admin/create_migration_ledger"))
        cursor.execute(_text("admin/applied_migrations"))
        known: dict[str, str] = dict(cursor.fetchall())
        for path in (*sorted((FOLDER / "migrations").glob("*.sql")), *sorted((FOLDER / "views").glob("*.sql"))):
            name = path.relative_to(FOLDER).with_suffix("").as_posix()
            checksum = hashlib.sha256(path.read_bytes()).hexdigest()
            if known.get(name) == checksum:
                continue
            if name in known and path.parent.name == "migrations":
                raise MigrationError(f"{name} has changed since it was applied: write a new migration instead")
            _apply(connection, name, checksum)
            applied.append(name)
    log.info("migrate: %d files applied, %d were already there", len(applied), len(known) - sum(name in known for name in applied))
    return applied


def _apply(connection: extensions.connection, name: str, checksum: str) -> None:
    with connection.cursor() as cursor:
        try:
            cursor.execute("BEGIN")
            cursor.execute(_text(name))
            cursor.execute(_text("admin/record_migration"), {"name": name, "checksum": checksum})
            cursor.execute("COMMIT")
        except psycopg2.Error as error:
            cursor.execute("ROLLBACK")
            reason = " ".join(str(error).split())
            raise MigrationError(f"{name}: {reason}") from error


def _create_role(connection: extensions.connection, role: str, url: str) -> None:
    password = urlsplit(url).password
    if not password:
        raise SettingsError(f"the address for {role} holds no password")
    verifier = extensions.encrypt_password(unquote(password), role, scope=connection, algorithm="scram-sha-256")
    exists = _ask(connection, "role_exists", role)
    _run(connection, "set_password" if exists else "create_role", {"verifier": verifier}, role=role)
    if not exists:
        log.info("migrate: role %s created", role)


def _create_database(connection: extensions.connection, database: str, owner: str) -> None:
    if _ask(connection, "database_exists", database):
        return
    if not _ask(connection, "is_superuser", ""):
        _run(connection, "join_owner", role=owner)
    _run(connection, "create_database", database=database, owner=owner)
    _run(connection, "close_database", database=database)
    log.info("migrate: database %s created", database)


def _ask(connection: extensions.connection, name: str, value: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_text(f"admin/{name}"), {"name": value})
        row = cursor.fetchone()
    return bool(row and row[0])


def _run(connection: extensions.connection, name: str, values: dict[str, str] | None = None, **identifiers: str) -> None:
    """Run a statement whose names of roles and databases, which no parameter can stand for, are quoted as identifiers."""
    statement = sql.SQL(_text(f"admin/{name}")).format(**{key: sql.Identifier(value) for key, value in identifiers.items()})
    with connection.cursor() as cursor:
        cursor.execute(statement, values or {})


def _database(url: str) -> str:
    return unquote(urlsplit(url).path.removeprefix("/"))


def _text(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


@contextmanager
def _outside_transaction(url: str) -> Iterator[extensions.connection]:
    connection = psycopg2.connect(url, application_name="sumber migrate")
    connection.autocommit = True
    try:
        yield connection
    finally:
        connection.close()
