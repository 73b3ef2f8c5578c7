"""`python -m stack.compilation`, for `make setup EXTRAS=compiled`: compile the engine with mypyc, where the last build is of other sources.

Without a C compiler, or where compiling fails, it says so and succeeds: the same code runs in Python.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from sumber import compiled

ROOT = Path(__file__).resolve().parents[1]
LOG = Path(sys.prefix) / "compiled.log"

BUILD = """
import sys
from mypyc.build import mypycify
from setuptools import setup
folder, scratch, *files = sys.argv[1:]
options = ["--config-file", "pyproject.toml", "--strict", "--no-incremental"]
modules = mypycify([*options, *files], opt_level="2", debug_level="0", multi_file=True, group_name="sumber", target_dir=scratch)
setup(name="sumber", packages=[], ext_modules=modules, script_args=["build_ext", "--build-lib", folder, "--build-temp", scratch])
"""


def main() -> int:
    """Compile where there is need; return 0, or 1 where nothing can be written."""
    if compiled.is_current(compiled.FOLDER):
        return 0
    shutil.rmtree(compiled.FOLDER, ignore_errors=True)
    compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")[0]
    if shutil.which(compiler) is None:
        _say(f"there is no C compiler ({compiler}), so the engine runs in Python; on Debian or Ubuntu: apt-get install gcc python3-dev")
        return 0
    _say("compiling the engine: about four minutes on one core, 1 GB of memory")
    wanted = compiled.digest()
    files = [str(file.relative_to(ROOT)) for file in compiled.files()]
    with tempfile.TemporaryDirectory() as scratch:
        build = Path(scratch) / "build"
        command = [sys.executable, "-c", BUILD, str(build), str(Path(scratch) / "objects"), *files]
        with LOG.open("w", encoding="utf-8") as log:
            done = subprocess.run(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, check=False)  # noqa: S603
        if done.returncode:
            _say(f"compiling failed, so the engine runs in Python; {LOG} tells why")
            return 0
        shutil.copytree(build, compiled.FOLDER)
    (compiled.FOLDER / compiled.STAMP).write_text(wanted, encoding="ascii")
    return 0


def _say(line: str) -> None:
    print(f"setup: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
