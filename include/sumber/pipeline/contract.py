"""What the tables of core and mart look like once a run has loaded them: columns, types, keys, references, closed lists and counts.

`sql/contract.csv` says it of each column, `sql/queries/verify/` holds a query for each promise between tables, which finds the rows that
break it. Great Expectations asks Postgres; nothing is taken for granted because a constraint stands in a migration: a restored copy, a
table that somebody altered and what no constraint can say are what this is for. Great Expectations is imported when the suite runs.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from sumber.pipeline import data_docs, schema
from sumber.pipeline.checks import FAIL, SEVERITIES, WARN, GateError
from sumber.sourcing import model

SUITE = "tables"


@dataclass(frozen=True, slots=True)
class Promise:
    """One expectation on a table: its rule, how severe it is, what it asks for in words, and its class in Great Expectations."""

    rule: str
    severity: str
    asks: str
    kind: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def expectation(self) -> Any:
        """Return the promise as an expectation of Great Expectations."""
        from great_expectations import expectations

        return getattr(expectations, self.kind)(
            **self.arguments, severity=SEVERITIES[self.severity], description=self.asks, meta={"rule": self.rule}
        )


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of the promises: how many were kept, and those that were not, each in a sentence. `data_docs` as in `checks.Gated`."""

    tables: int
    kept: int
    failures: tuple[str, ...]
    warnings: tuple[str, ...]
    data_docs: str


@lru_cache(maxsize=1)
def promises() -> Mapping[str, tuple[Promise, ...]]:
    """Return what is expected of each table, in the order of the contract."""
    columns: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (schema.FOLDER / "contract.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            columns[row["table"]].append(row)
    between = defaultdict(list)
    for file_ in sorted((schema.FOLDER / "queries" / "verify").glob("*.sql")):
        between[_table_of(file_.stem, columns)].append(_between(file_))
    return {table: (*_of_columns(rows), *between[table]) for table, rows in columns.items()}


def _of_columns(rows: list[dict[str, str]]) -> list[Promise]:
    """Return what the contract says of a table's columns."""
    names = [row["column"] for row in rows]
    key = [row["column"] for row in rows if row["key"]]
    found = [Promise("columns", FAIL, "has these columns in this order", "ExpectTableColumnsToMatchOrderedList", {"column_list": names})]
    unique = "ExpectCompoundColumnsToBeUnique" if len(key) > 1 else "ExpectColumnValuesToBeUnique"
    of_key = {"column_list": key} if len(key) > 1 else {"column": key[0]}
    found.append(Promise("key", FAIL, f"no two rows have the same {', '.join(key)}", unique, of_key))
    for row in rows:
        column = {"column": row["column"]}
        found.append(
            Promise("type", FAIL, f"{row['column']} is {row['type']}", "ExpectColumnValuesToBeOfType", {**column, "type_": row["type"]})
        )
        if row["required"]:
            found.append(Promise("required", FAIL, f"{row['column']} is present", "ExpectColumnValuesToNotBeNull", column))
        if row["values"]:
            listed = _listed(row["values"])
            asks = f"{row['column']} is one of {', '.join(listed)}"
            found.append(Promise("values", WARN, asks, "ExpectColumnValuesToBeInSet", {**column, "value_set": listed}))
    return found


def _listed(printed: str) -> list[str]:
    """Return the words of a closed list; the name of one of the model's enumerations stands for its members."""
    return [str(word) for part in printed.split("|") for word in getattr(model, part, [part])]


def _table_of(query: str, tables: Mapping[str, Any]) -> str:
    name = query.rpartition("_")[0]
    return next(table for table in tables if table.partition(".")[2] == name)


def _between(file: Path) -> Promise:
    """Return the promise whose breaches a query finds; the query's first line says it in words.

    Great Expectations prints a warning for a query without its placeholder for the table; these name all their tables themselves.
    """
    comment, _, query = file.read_text(encoding="utf-8").partition("\n")
    rule = file.stem.rpartition("_")[2]
    return Promise(
        rule, FAIL, comment.removeprefix("-- "), "UnexpectedRowsExpectation", {"unexpected_rows_query": f"/* {{batch}} */ {query.strip()}"}
    )


def verify(url: str, run: str, docs: Path, keep_days: int = data_docs.KEEP_DAYS) -> Verified:
    """Ask the database at `url` whether the tables are as promised. Data Docs as in `checks.articles`. Raises GateError."""
    context = data_docs.context()
    import great_expectations as gx
    from great_expectations.core.run_identifier import RunIdentifier
    from sqlalchemy import make_url

    # A dollar sign in a password is no variable to be filled in.
    address = make_url(url).set(drivername="postgresql+psycopg2")
    places = {
        name: address.update_query_dict({"options": f"-c search_path={name}"}).render_as_string(hide_password=False).replace("$", "\\$")
        for name in ("core", "mart")
    }
    databases = {name: context.data_sources.add_postgres(name, connection_string=place) for name, place in places.items()}
    results: dict[str, Any] = {}
    failures: list[str] = []
    warnings: list[str] = []
    kept = 0
    for table, promised in promises().items():
        folder, _, name = table.partition(".")
        try:
            batch = databases[folder].add_table_asset(table, table_name=name).add_batch_definition_whole_table("all")
        except Exception as error:  # what Great Expectations raises for a table that is not there
            raise GateError(f"{SUITE}: {table} cannot be looked at: {error}") from error
        suite = context.suites.add(gx.ExpectationSuite(name=table, expectations=[one.expectation() for one in promised]))
        validation = context.validation_definitions.add(gx.ValidationDefinition(name=table, data=batch, suite=suite))
        results[table] = validation.run(
            result_format={"result_format": "SUMMARY", "return_unexpected_index_query": False}, run_id=RunIdentifier(run_name=run)
        )
        for outcome in results[table].results:
            if outcome.success:
                kept += 1
                continue
            meant = outcome.expectation_config
            sentence = f"{table}: {meant.meta['rule']}: not so: {meant.description} ({_observed(outcome)})"
            (failures if meant.severity == SEVERITIES[FAIL] else warnings).append(sentence)
    return Verified(len(results), kept, tuple(failures), tuple(warnings), data_docs.build(docs, SUITE, run, 0, results, keep_days))


def _observed(outcome: Any) -> str:
    """Say in a few words what was found instead: some values, or a number of rows."""
    if outcome.exception_info and outcome.exception_info.get("raised_exception", True):
        return "it could not be computed"
    found = outcome.result
    if found.get("partial_unexpected_list"):
        return f"{found['unexpected_count']} rows, such as {found['partial_unexpected_list'][0]!r}"
    return f"found {found.get('observed_value', found.get('unexpected_count'))}"
