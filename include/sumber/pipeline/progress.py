"""What a step says while it works: how far it has come, every some seconds, in the task's log or on a command's standard error."""

from __future__ import annotations

import logging
import time

log = logging.getLogger(__name__)

EVERY = 10.0  # seconds between two lines

clock = time.monotonic


class Progress:
    """The lines of one step over `total` records (None: not known before they are read)."""

    def __init__(self, step: str, unit: str, total: int | None = None) -> None:
        self._step, self._unit, self._total = step, unit, total
        self._went_out = self._refused = 0
        self._began = self._told = clock()

    def add(self, went_out: int, refused: int, where: str = "") -> None:
        """Count records that went out and were refused; log the sums where the last line is old enough. `where` is added to it."""
        self._went_out += went_out
        self._refused += refused
        now = clock()
        if now - self._told < EVERY:
            return
        self._told = now
        done = self._went_out + self._refused
        log.info(
            "%s: %s %s so far: %s accepted, %s refused; %.0f/s%s",
            self._step,
            f"{done:,}" if self._total is None else f"{done:,} of {self._total:,}",
            self._unit,
            f"{self._went_out:,}",
            f"{self._refused:,}",
            done / (now - self._began),
            f"; {where}" if where else "",
        )
