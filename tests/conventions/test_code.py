"""Rules on the code that a reader should be able to take for granted; read from the syntax trees, so that nothing needs to run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
SUMBER = PROJECT / "include" / "sumber"
PARTS = ("include", "dags", "plugins", "stack", "docs", "tests", "benchmarks", "dashboards")

# The order in which a claim travels: a module of `sourcing` imports model, identity and earlier ones only.
SOURCING_ORDER = (
    "model",
    "identity",
    "feeds",
    "layout",
    "pages",
    "newsitems",
    "articles",
    "lexicons",
    "sentences",
    "unspaced",
    "phrases",
    "clauses",
    "sources",
    *(f"cues.{name}" for name in ("frames", "contents", "subjects", "second_verbs", "no_reports", "verbs", "tags", "relays", "nouns")),
    *(f"cues.{name}" for name in ("combining", "kinds", "lone", "analyst")),
    "cues",
    *(f"coreference.{name}" for name in ("bodies", "names", "speakers")),
    "coreference",
    "attribution",
    "wire",
    "values",
    "claims",
    "chains",
    "fidelity",
    "corroboration",
    "topics",
    "reliability",
)


def python_files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*.py") if "__pycache__" not in file.parts)


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) of all that is imported, wherever it stands; `from a import b` yields a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where a name comes from"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def place(file: Path, line: int) -> str:
    return f"{file.relative_to(PROJECT)}:{line}"


def under(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def test_imports_point_one_way() -> None:
    """dags and plugins -> pipeline -> sourcing; commands -> pipeline and sourcing. Nothing points back, and Airflow stays at the edge."""
    may_import = {
        "sourcing": ("sumber.sourcing",),
        "pipeline": ("sumber.sourcing", "sumber.pipeline"),
        "commands": ("sumber.sourcing", "sumber.pipeline", "sumber.commands"),
    }
    wrong = []
    for package, allowed in may_import.items():
        for file in python_files(SUMBER / package):
            for line, name in imports(tree_of(file)):
                if under(name, "sumber") and not under(name, *allowed):
                    wrong.append(f"{place(file, line)} imports {name}")
                if under(name, "airflow") and file != SUMBER / "pipeline" / "wiring.py":
                    wrong.append(f"{place(file, line)} imports {name}: only dags, plugins and pipeline/wiring.py know Airflow")
                if under(name, "stack", "tests", "dags", "plugins"):
                    wrong.append(f"{place(file, line)} imports {name}")
    for folder, allowed in (("dags", ("sumber.pipeline",)), ("plugins", ("sumber.pipeline",))):
        for file in python_files(PROJECT / folder):
            wrong += [
                f"{place(file, line)} imports {name}"
                for line, name in imports(tree_of(file))
                if under(name, "sumber") and not under(name, *allowed)
            ]
    assert wrong == []


def test_sourcing_modules_import_earlier_ones_only() -> None:
    root = SUMBER / "sourcing"
    files = {".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): file for file in python_files(root)}
    del files["__init__"]
    assert set(files) == set(SOURCING_ORDER), "each module of sourcing needs its place in the order"
    wrong = []
    for number, module in enumerate(SOURCING_ORDER):
        for line, name in imports(tree_of(files[module])):
            path = name.removeprefix("sumber.sourcing.")
            meant = next((one for one in (path, path.rpartition(".")[0]) if one in files), None)
            if path != name and (meant is None or meant not in SOURCING_ORDER[:number]):
                wrong.append(f"{place(files[module], line)} imports {name}, which comes later on a claim's way")
    assert wrong == []


IMPURE_MODULES = (
    *("os", "io", "pathlib", "tempfile", "shutil", "glob", "socket", "ssl", "http", "urllib.request", "requests", "httpx", "ftplib"),
    *("random", "secrets", "uuid", "time", "subprocess", "threading", "multiprocessing", "asyncio", "logging", "sqlite3"),
    *("psycopg2", "sqlalchemy", "airflow", "pandas", "great_expectations", "sumber.pipeline", "sumber.commands"),
)
IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "hash"}  # the hash of a string differs from process to process
CLOCKS = {"now", "utcnow", "today", "fromtimestamp"}


def test_sourcing_is_pure() -> None:
    """No input or output, clock, randomness, environment, network or database; nothing that differs from one process to the next."""
    wrong = []
    for file in python_files(SUMBER / "sourcing"):
        tree = tree_of(file)
        wrong += [f"{place(file, line)} imports {name}" for line, name in imports(tree) if under(name, *IMPURE_MODULES)]
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            if isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS:
                wrong.append(f"{place(file, node.lineno)} calls {node.func.id}()")
            if isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
                of = ast.unparse(node.func.value)
                if of in ("datetime", "date", "datetime.datetime", "datetime.date"):
                    wrong.append(f"{place(file, node.lineno)} calls {of}.{node.func.attr}()")
    assert wrong == []


def defined_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg


def words(name: str) -> set[str]:
    return set(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()))


EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "misc"}


def says_nothing(name: str) -> bool:
    """Return whether a name holds one of the words for "various things"."""
    return bool(words(name) & EMPTY_NAMES)


def test_nothing_has_a_name_that_says_nothing() -> None:
    wrong = []
    for folder in (PROJECT / part for part in PARTS):
        for path in sorted(folder.rglob("*")):
            if "__pycache__" not in path.parts and (says_nothing(path.stem) or path.stem == "common"):
                wrong.append(str(path.relative_to(PROJECT)))
        for file in python_files(folder):
            wrong += [f"{place(file, line)} {name}" for line, name in defined_names(tree_of(file)) if says_nothing(name)]
    assert wrong == []


def glossary() -> list[tuple[str, str, str]]:
    """Return (term, meaning, never called) of each line of docs/glossary.md."""
    lines = (PROJECT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if line.startswith("| ")]
    return [(row[0], row[1], row[2]) for row in rows[1:] if len(row) == 3]


def test_code_speaks_the_glossary() -> None:
    """Words that the glossary gives up, and that have no second meaning in code, name nothing in sumber."""
    given_up = {"publisher", "snapshot", "provider", "boilerplate"}
    assert given_up <= set(chain.from_iterable(words(never) for _, _, never in glossary()))
    wrong = [
        f"{place(file, line)} {name}"
        for file in python_files(SUMBER)
        for line, name in defined_names(tree_of(file))
        if words(name) & given_up
    ]
    assert wrong == []


def test_the_glossary_explains_each_closed_list_of_the_model() -> None:
    text = " ".join(chain.from_iterable(glossary())).lower()
    for node in tree_of(SUMBER / "sourcing" / "model.py").body:
        if isinstance(node, ast.ClassDef) and node.name in (
            "Capture",
            "Article",
            "MediaCredit",
            "Appearance",
            "Utterance",
            "Claim",
            "Attribution",
            "Derivation",
            "Chain",
            "Terminus",
            "Scope",
            "Origin",
            "Refusal",
        ):
            term = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", node.name).lower()
            assert term in text, f"docs/glossary.md does not explain {term}"


# --- SQL -----------------------------------------------------------------------------------------------------

STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|TRUNCATE|COPY|WITH|GRANT|REVOKE|MERGE|SET)\s+[A-Z*(\"{a-z]")


def test_sql_stands_in_files_and_is_never_built_from_strings() -> None:
    wrong = []
    for file in [*python_files(SUMBER), *python_files(PROJECT / "dags"), *python_files(PROJECT / "plugins")]:
        for node in ast.walk(tree_of(file)):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and STATEMENT.match(node.value)
                and node.value.split()[0].isupper()
            ):
                wrong.append(f"{place(file, node.lineno)} holds SQL: {node.value[:40]!r}")
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("execute", "executemany", "copy_expert")
            ):
                built = node.args[0] if node.args else None
                is_built = isinstance(built, ast.JoinedStr | ast.BinOp) or (
                    isinstance(built, ast.Call)
                    and isinstance(built.func, ast.Attribute)
                    and built.func.attr in ("format", "join", "replace", "%")
                    and isinstance(built.func.value, ast.Constant | ast.JoinedStr)
                )
                if is_built:
                    wrong.append(f"{place(file, node.lineno)} runs a statement built from strings: {ast.unparse(built)[:60]}")
    assert wrong == []


def bare(sql: str) -> str:
    """Return SQL without comments, quoted text and dollar-quoted bodies."""
    return re.sub(r"--[^\n]*|/\*.*?\*/|\$(\w*)\$.*?\$\1\$|'(?:[^']|'')*'", " ", sql, flags=re.DOTALL)


def sql_files(*folders: str) -> list[Path]:
    return sorted(chain.from_iterable((SUMBER / "sql" / folder).rglob("*.sql") for folder in folders))


@pytest.mark.parametrize("file", sql_files("queries", "views"), ids=lambda file: file.stem)
def test_a_query_file_is_one_statement_with_bound_parameters(file: Path) -> None:
    sql = bare(file.read_text(encoding="utf-8"))
    statements = [part for part in sql.split(";") if part.strip()]
    if file.is_relative_to(SUMBER / "sql" / "queries"):
        assert len(statements) == 1
    # The names of temporary tables, in statements that take no parameters, are quoted by psycopg2.sql.Identifier.
    if statements[0].split()[0] not in ("COPY", "DROP") and statements[0].split()[:2] != ["CREATE", "TEMPORARY"]:
        assert "{" not in sql, "identifiers and values are not pasted in"
    if file.stem != "fingerprint":  # which is to cover a column that is added later
        assert not re.search(r"\bSELECT\s+\*\s+FROM\s+(raw|core|mart)\.", sql, re.IGNORECASE), (
            "a column that is added later must not slip in"
        )
    bound = set(re.findall(r"%(.)", sql.replace("%%", "")))
    assert bound <= {"(", "T", "R"}, "parameters have names"


def patterns(tree: ast.AST) -> Iterator[str]:
    """Yield each string of a program as a pattern; what an f-string fills in may be any word."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)
        elif isinstance(node, ast.JoinedStr):
            fixed = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
            if any(fixed):
                yield "".join(r"\w+" if part is None else re.escape(part) for part in fixed)


def test_every_query_is_used() -> None:
    code = [*python_files(SUMBER), *python_files(PROJECT / "plugins")]
    named = {pattern for file in code for pattern in patterns(tree_of(file)) if len(pattern) < 100}
    is_named = re.compile("|".join(sorted(named)))
    queries = [file.relative_to(SUMBER / "sql" / "queries").with_suffix("").as_posix() for file in sql_files("queries")]
    assert [name for name in queries if not is_named.fullmatch(name)] == []
