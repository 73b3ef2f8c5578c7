"""Rules on the project's files: nothing of the machine it was made on, and documents that say what is so."""

from __future__ import annotations

import configparser
import importlib.util
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest

PROJECT = Path(__file__).resolve().parents[2]


def project_files() -> list[Path]:
    """Return the files that belong to the project: known to git, or new and not ignored."""
    if not (PROJECT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=PROJECT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [PROJECT / name for name in listed.split("\0") if name and (PROJECT / name).is_file()]


def lines() -> Iterator[tuple[Path, int, str]]:
    for file in project_files():
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, or an article that is malformed on purpose
        for number, line in enumerate(text.splitlines(), 1):
            yield file.relative_to(PROJECT), number, line


def package_hosts() -> set[str]:
    """Return the hosts from which this machine takes its packages, as pip and the environment know them."""
    found = [value for name, value in os.environ.items() if re.search(r"INDEX_URL|FIND_LINKS|PROXY", name, re.IGNORECASE)]
    for file in (Path("/etc/pip.conf"), Path.home() / ".pip" / "pip.conf", Path.home() / ".config" / "pip" / "pip.conf"):
        parser = configparser.ConfigParser(interpolation=None)
        if file.is_file():
            parser.read(file)
            found += [value for section in parser.sections() for _, value in parser.items(section)]
    hosts = {urlsplit(word).hostname for value in found for word in value.split() if "://" in word}
    return {host for host in hosts if host and host not in ("pypi.org", "files.pythonhosted.org", "localhost", "127.0.0.1")}


STANDARD_FOLDERS = (
    *(
        "bin",
        "boot",
        "dev",
        "etc",
        "home",
        "lib",
        "lib64",
        "media",
        "mnt",
        "opt",
        "proc",
        "root",
        "run",
        "sbin",
        "srv",
        "sys",
        "tmp",
        "usr",
    ),
    *("var", "api", "app", "dags"),
)


def test_nothing_names_the_machine_or_where_its_packages_come_from() -> None:
    own_folders = {f"/{folder.name}/" for folder in Path("/").iterdir() if folder.is_dir()} - {f"/{name}/" for name in STANDARD_FOLDERS}
    here = "|".join(map(re.escape, sorted({str(PROJECT), *own_folders})))
    paths = re.compile(rf"(?<![\w./-])({here}|/home/(?!airflow\b)\w+/|/Users/\w+/|/tmp/\w+|/root/)")
    hosts = package_hosts()
    indexes = re.compile(r"--(extra-)?index-url[ =]|--find-links[ =]|/simple/?\s|artifactory|registry-mirror|\bjfrog\b")
    own = Path(__file__).resolve().relative_to(PROJECT)
    wrong = [
        f"{file}:{number}: {line.strip()[:100]}"
        for file, number, line in lines()
        if file != own and (paths.search(line) or indexes.search(line) or any(host in line for host in hosts))
    ]
    assert wrong == []


def test_secrets_and_local_state_are_not_in_the_project() -> None:
    names = [str(file.relative_to(PROJECT)) for file in project_files()]
    assert [name for name in names if re.search(r"(^|/)(\.env|\.sumber/|.*\.pem$|.*\.key$|id_rsa|passwords?\.json)", name)] == []
    keys = re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|postgres(ql)?://\w+:(?!PASSWORD|password|secret|\$|\{|<)[^@\s:/]{3,}@(?!HOST)"
    )
    own = Path(__file__).resolve().relative_to(PROJECT)
    wrong = [
        f"{file}:{number}: {line.strip()[:100]}"
        for file, number, line in lines()
        if file != own and file.parts[0] != "tests" and keys.search(line)
    ]
    assert wrong == []


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", PROJECT / "docs" / "generate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_say_what_the_code_says() -> None:
    pages = generator().pages()
    assert {file.name for file in pages} == {"DAGS.md", "quality-gates.md"}
    for file, text in pages.items():
        assert file.read_text(encoding="utf-8") == text, f"{file.name}: run python docs/generate.py"


def documents() -> list[Path]:
    return [file for file in project_files() if file.suffix == ".md"]


def commands(text: str) -> Iterator[str]:
    """Yield what stands in code: fenced blocks and `inline`."""
    yield from re.findall(r"```.*?```", text, re.DOTALL)
    yield from re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)


def test_make_targets_that_documents_name_exist() -> None:
    assert (PROJECT / "README.md").exists(), "there is no README.md"
    targets = set(re.findall(r"^([a-z][\w-]*):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        (file.name, target)
        for file in documents()
        for code in commands(file.read_text(encoding="utf-8"))
        for target in re.findall(r"(?:^|[\n`(;&]|\w=\S+ )\s*make ([a-z][\w-]*)", code)
    }
    assert {target for name, target in named if name == "README.md"} >= {"demo", "test"}
    assert {(name, target) for name, target in named if target not in targets} == set()


def test_sumber_commands_that_documents_name_exist() -> None:
    from sumber.__main__ import COMMANDS

    named = {
        (file.name, command)
        for file in documents()
        for code in commands(file.read_text(encoding="utf-8"))
        for command in re.findall(r"-m sumber ([a-z][\w-]*)", code)
    }
    assert {(name, command) for name, command in named if command not in COMMANDS} == set()
    assert named, "no document shows a command"


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for file in documents():
        for target in re.findall(r"\]\(([^)\s]+)\)", file.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:|#", target) and not (file.parent / target.split("#")[0]).exists():
                broken.append(f"{file.relative_to(PROJECT)}: {target}")
    assert broken == []


def test_each_decision_has_a_number_of_its_own_and_its_three_parts() -> None:
    files = sorted((PROJECT / "docs" / "decisions").glob("*.md"))
    numbers = [file.name[:4] for file in files]
    assert len(numbers) == len(set(numbers)) > 0
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert text.startswith(f"# {file.name[:4]} "), file.name
        assert [part for part in ("**Decision.**", "**Why.**") if part not in text] == [], file.name
