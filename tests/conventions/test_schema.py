"""Rules on the database, read from its own catalogue after all migrations: it explains itself, and its closed lists are the model's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

import psycopg2
import pytest

from sumber.pipeline.settings import Settings
from sumber.sourcing import model

UNCOMMENTED = """
SELECT n.nspname || '.' || c.relname || coalesce('.' || a.attname, '')
FROM pg_class AS c
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
LEFT JOIN LATERAL (
    SELECT attname, attnum FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT NULL, 0
) AS a ON true
WHERE n.nspname IN ('raw', 'core', 'mart') AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition
    AND coalesce(btrim(CASE WHEN a.attnum = 0 THEN obj_description(c.oid, 'pg_class') ELSE col_description(c.oid, a.attnum) END), '') = ''
ORDER BY 1
"""
TABLES = """
SELECT n.nspname || '.' || c.relname, c.relkind IN ('r', 'p'), obj_description(c.oid, 'pg_class')
FROM pg_class AS c INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
WHERE n.nspname IN ('raw', 'core', 'mart') AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition
"""
UNCOMMENTED_SCHEMAS = (
    "SELECT nspname FROM pg_namespace WHERE nspname IN ('raw', 'core', 'mart') AND obj_description(oid, 'pg_namespace') IS NULL"
)
WITHOUT_KEY = """
SELECT n.nspname || '.' || c.relname
FROM pg_class AS c INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
WHERE n.nspname IN ('raw', 'core', 'mart') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = c.oid AND contype = 'p')
"""
CHECKS_OF = """
SELECT pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'c' AND conrelid = %(table)s::regclass AND pg_get_constraintdef(oid) LIKE %(part)s
"""
SEQUENCES = """
SELECT c.relname FROM pg_class AS c INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
WHERE n.nspname IN ('raw', 'core') AND c.relkind = 'S'
"""


def rows(database: Settings, statement: str, **values: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(database.url("owner"))
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return list(cursor.fetchall())
    finally:
        connection.close()


def test_every_schema_table_view_and_column_is_commented(database: Settings) -> None:
    assert [name for (name,) in rows(database, UNCOMMENTED_SCHEMAS)] == []
    assert [name for (name,) in rows(database, UNCOMMENTED)] == []
    tables = rows(database, TABLES)
    assert len(tables) > 20, "the catalogue was read"


def test_a_tables_comment_says_what_one_row_is(database: Settings) -> None:
    vague = [
        name
        for name, is_table, comment in rows(database, TABLES)
        if is_table and not re.match(r"(One row (is|says|per|for|holds)|Grain: one)", str(comment))
    ]
    assert vague == []


def test_every_table_has_a_primary_key_and_no_sequence_makes_it(database: Settings) -> None:
    """Keys are hashes of raw values: numbers from a sequence would differ between two runs over the same input."""
    assert [name for (name,) in rows(database, WITHOUT_KEY)] == []
    assert [name for (name,) in rows(database, SEQUENCES)] == []


@pytest.mark.parametrize(
    ("table", "column", "values"),
    [
        ("core.source", "kind", model.SourceKind),
        ("core.source", "anonymous_type", model.AnonymousType),
        ("core.source_relation", "relation", model.RelationKind),
        ("core.attribution", "relation", model.HopRelation),
        ("core.attribution", "origin", model.Origin),
        ("core.attribution", "scope", model.Scope),
        ("core.appearance", "form", model.Form),
        ("core.appearance", "act", model.Act),
        ("core.appearance", "position", model.Position),
        ("core.appearance", "operator", model.Operator),
        ("core.derivation", "kind", model.DerivationKind),
        ("core.chain", "terminus", model.Terminus),
    ],
)
def test_closed_lists_of_the_database_are_those_of_the_model(
    database: Settings, table: str, column: str, values: Iterable[StrEnum]
) -> None:
    listed = [
        set(re.findall(r"'([a-z_]+)'", str(definition)))
        for (definition,) in rows(database, CHECKS_OF, table=table, part=f"%{column}%")
        if re.search(rf"\b{column}\b[^=]*= ANY", str(definition))
    ]
    assert {str(value) for value in values} in listed
