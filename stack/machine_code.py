"""`python -m stack.machine_code C OBJECTS OUT FILE …`: turn sources of Python into extension modules with mypyc, on all cores.

Of what an earlier run left in the first two folders, only what has changed is compiled again.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from mypyc.build import mypycify
from setuptools import setup
from setuptools.command.build_ext import build_ext

OPTIMISATION = "1"  # what -O2 gives is lost among the lookups in sets, and it compiles for half as long again
JOBS = min(os.cpu_count() or 1, 8)  # of 250 MB each


class BuildSideBySide(build_ext):  # type: ignore[misc]  # setuptools ships no types
    """Compiles the files of one extension at once, which setuptools does one after the other, and leaves what is newer than its source."""

    def build_extensions(self) -> None:
        """Compile and link; raises what setuptools does."""
        compile_all = self.compiler.compile
        headers = max(file.stat().st_mtime for file in Path(sys.argv[1]).glob("*.h"))

        def compile_one(source: str, output_dir: str, **how: Any) -> str:
            [made] = self.compiler.object_filenames([source], output_dir=output_dir)
            if not Path(made).exists() or Path(made).stat().st_mtime <= max(headers, Path(source).stat().st_mtime):
                compile_all([source], output_dir=output_dir, **how)
            return str(made)

        with ThreadPoolExecutor(JOBS) as pool:

            def side_by_side(sources: list[str], output_dir: str, **how: Any) -> list[str]:
                largest_first = sorted(sources, key=lambda source: -Path(source).stat().st_size)
                return list(pool.map(lambda source: compile_one(source, output_dir, **how), largest_first))

            self.compiler.compile = side_by_side
            self.parallel = JOBS
            super().build_extensions()


def main() -> int:
    """Build; exits with 1 where mypy or the compiler finds a fault, which they print."""
    code, objects, out, *files = sys.argv[1:]
    extensions = mypycify(
        ["--config-file", "pyproject.toml", *files],
        opt_level=OPTIMISATION,
        debug_level="0",
        multi_file=True,
        group_name="sumber",
        target_dir=code,
    )
    for extension in extensions:
        # What a later compiler warns of is no fault of these sources.
        extension.extra_compile_args = [*(flag for flag in extension.extra_compile_args if flag != "-Werror"), "-w"]
    command = ["build_ext", "--build-lib", out, "--build-temp", objects]
    setup(name="sumber", packages=[], ext_modules=extensions, cmdclass={"build_ext": BuildSideBySide}, script_args=command)
    return 0


if __name__ == "__main__":
    sys.exit(main())
