"""The relay ledger's comparisons: what copies kept of the texts that they were made from, each pair of texts compared once."""

from __future__ import annotations

from typing import Any

from psycopg2.extensions import cursor as Cursor  # noqa: N812 - a type, named like one

from sumber.pipeline import frames, matching, seeds, store, tracing
from sumber.pipeline.settings import Settings
from sumber.sourcing import claims, fidelity

PAIRS_AT_ONCE = 200


def compare(cursor: Cursor, settings: Settings, method_version: str, run: str) -> int:
    """Compare the passages of every pair of texts that is new, or attributed otherwise than before; return how many pairs."""
    pairs = frames.records(store.uncompared_copies(cursor))
    if not pairs:
        return 0
    registry, knowledge = seeds.load(settings.seeds).registry, matching.knowledge(settings.seeds)
    for start in range(0, len(pairs), PAIRS_AT_ONCE):
        some: list[dict[str, Any]] = pairs[start : start + PAIRS_AT_ONCE]
        generations = {row[f"{end}_id"]: row[f"{end}_generation"] for row in some for end in ("derived", "original")}
        articles, appearances = tracing.load(cursor, generations)
        passages: dict[int, list[claims.Passage]] = {}
        for one in appearances:
            passages.setdefault(one.article_id, []).append(claims.passage(articles[one.article_id], one, registry, knowledge))
        found = [
            (row, fidelity.compare(passages.get(row["derived_id"], ()), passages.get(row["original_id"], ()), registry, knowledge))
            for row in some
        ]
        store.save_relays(cursor, *frames.of_relays(found), method_version, run)
    return len(pairs)
