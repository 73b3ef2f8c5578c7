"""Ratings of sources that a user supplies: weak priors of their scores. None come with Sumber."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from sumber.pipeline import tables
from sumber.pipeline.tables import TableError
from sumber.sourcing.reliability import Rating

log = logging.getLogger(__name__)

_IS_IMPUTED = {"": False, "false": False, "no": False, "0": False, "true": True, "yes": True, "1": True}


def read(path: Path, sources: Iterable[str]) -> list[Rating]:
    """Read a CSV with the columns source (key), score (0 to 1) and optionally imputed (true or false); an imputed value carries no weight.

    Rows on other than the given `sources` are counted in the log. Raises TableError naming file and line.
    """
    found: dict[str, Rating] = {}
    for where, row in tables.rows(path, ("source", "score"), ("imputed",)):
        if row["source"] in found:
            raise TableError(f"{where}: source {row['source']!r} is rated twice")
        if (imputed := row["imputed"].strip().lower()) not in _IS_IMPUTED:
            raise TableError(f"{where}: imputed {row['imputed']!r} is neither true nor false")
        found[row["source"]] = Rating(row["source"], tables.share(row["score"], "score", where), _IS_IMPUTED[imputed])
    known = set(sources)
    used = [rating for key, rating in found.items() if key in known]
    log.info(
        "ratings: %d rows, %d on sources that are scored, %d of these imputed and without weight",
        len(found),
        len(used),
        sum(rating.is_imputed for rating in used),
    )
    return used
