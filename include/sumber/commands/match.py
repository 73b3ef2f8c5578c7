"""Find the articles of an articles.jsonl that carry the same copy, and write pairs.csv.

relation is near_duplicate, same_wire (one story of one supplier in other words) or translation; score runs from 0 to 1. The verdict on a
pair depends on the two articles and on seeds/matching alone.
"""

from __future__ import annotations

import argparse
import csv
import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sumber.commands import exchange
from sumber.pipeline import matching, seeds, settings
from sumber.sourcing import articles, wire
from sumber.sourcing.model import DerivationKind, Refusal

log = logging.getLogger(__name__)

RELATIONS = {
    DerivationKind.NEAR_DUPLICATE: "near_duplicate",
    DerivationKind.REVISION: "near_duplicate",
    DerivationKind.SAME_WIRE: "same_wire",
    DerivationKind.TRANSLATION: "translation",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--articles", type=Path, required=True, metavar="FILE", help="articles.jsonl; - for standard input")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="pairs.csv; - for standard output")
    parser.add_argument("--min-score", type=float, default=0.0, metavar="X", help="leave out pairs that score less")


def run(arguments: argparse.Namespace) -> int:
    """Match the articles and write one row per pair; refused articles match nothing."""
    try:
        folder = settings.current().seeds
        loaded, knowledge = seeds.load(folder), matching.knowledge(folder)
    except settings.SettingsError as error:
        raise exchange.InputError(str(error)) from error
    names: dict[int, str] = {}
    signatures = []
    for record in exchange.with_progress(exchange.read_articles(arguments.articles), "articles"):
        article = articles.read(exchange.capture(record), loaded.layout, loaded.registry)
        if isinstance(article, Refusal):
            log.warning("%s: refused: %s", record["id"], article.reason)
            continue
        names[article.id] = record["id"]
        signatures.append(wire.signature(article, knowledge))
    rows = sorted(row for row in _rows(signatures, knowledge.windows.same_copy.days, names) if float(row[3]) >= arguments.min_score)
    with exchange.writing(arguments.out) as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("id_a", "id_b", "relation", "score"))
        writer.writerows(rows)
    log.info("pairs: %d among %d articles", len(rows), len(signatures))
    return 0


def _rows(signatures: Sequence[wire.Signature], days: int, names: Mapping[int, str]) -> Iterator[tuple[str, str, str, str]]:
    by_id = {one.article.id: one for one in signatures}
    for a, b in wire.candidates(signatures, wire.index(signatures), days):
        derivation = wire.compare(by_id[a], by_id[b])
        if derivation:
            first, second = sorted((names[derivation.derived_id], names[derivation.original_id]))
            yield first, second, RELATIONS[derivation.kind], f"{derivation.confidence:.4f}"
