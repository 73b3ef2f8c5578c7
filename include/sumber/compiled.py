"""The engine compiled: `make setup` turns modules of `sourcing` into machine code in a folder beside the interpreter.

A build is used only where it was made from exactly the sources that lie here, by this version of Python. Otherwise Python runs, and a
warning says so. `SUMBER_COMPILED=no` leaves a build aside, and `make setup` makes none.
"""

from __future__ import annotations

import hashlib
import os
import sys
import warnings
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

from sumber import sourcing

SOURCING = Path(__file__).resolve().parent / "sourcing"
FOLDER = Path(sys.prefix) / "compiled"
STAMP = "sources.sha256"  # in the folder, written last: the digest of what was compiled, and in a second line by what

# Those that take the time; the readers of pages and feeds wait on lxml, and what is compiled costs a minute more each.
MODULES = (
    *("model", "identity", "layout", "articles", "lexicons", "sentences", "unspaced", "phrases", "clauses", "sources"),
    *("cues", "coreference", "attribution", "chains"),
)


def files(root: Path = SOURCING) -> list[Path]:
    """Return the source files that are compiled, those of packages included, in a fixed order."""
    found: list[Path] = []
    for name in MODULES:
        found += sorted((root / name).glob("*.py")) or [root / f"{name}.py"]
    return found


def digest(root: Path = SOURCING) -> str:
    """Return what a build is known by: a hash of the sources, and of the version of Python whose code it is and the libraries it loads."""
    sha = hashlib.sha256(f"{EXTENSION_SUFFIXES[0]} {sys.version_info}".encode())
    for file in files(root):
        sha.update(f"\0{file.relative_to(root).as_posix()}\0".encode() + file.read_bytes())
    return sha.hexdigest()


def is_current(folder: Path = FOLDER) -> bool:
    """Tell whether a folder holds a build of the sources as they are."""
    try:
        return (folder / STAMP).read_text(encoding="ascii").split("\n")[0] == digest()
    except OSError:
        return False


def use(folder: Path = FOLDER) -> bool:
    """Let imports find the compiled modules first; tell whether they will. Warns where there is a build of other sources."""
    if not (folder / STAMP).exists() or os.environ.get("SUMBER_COMPILED") == "no":
        return False
    if not is_current(folder):
        warnings.warn(f"{folder} was compiled from other sources, so Python runs: `make setup` compiles anew", RuntimeWarning, stacklevel=2)
        return False
    sys.path.append(str(folder))  # for the library that the modules share
    sourcing.__path__.insert(0, str(folder / "sumber" / "sourcing"))
    return True


is_used = use()
