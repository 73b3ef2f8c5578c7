"""Attribute every claim in a file of articles to its source, without a database.

Reads articles.jsonl (id, lang, text, and where known url, outlet, published_at, title) and writes one line per article: the article's own
chain (page first), and for each claim its content, cue and source spans, chain, ultimate source, originating outlet, supplying agency,
stance, act, position, the claim denied where it is apart from the content, rule, confidence, and the hops, each with where it comes from.
Offsets are code points into `text`, end exclusive.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sumber.commands import exchange
from sumber.pipeline import seeds, settings
from sumber.sourcing import articles, attribution, chains
from sumber.sourcing.model import Appearance, Article, Attribution, Chain, CreditRole, Origin, Refusal, Source

log = logging.getLogger(__name__)

UNKNOWN_OUTLET = "unknown outlet"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--articles", type=Path, required=True, metavar="FILE", help="articles.jsonl; - for standard input")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="predictions.jsonl; - for standard output")
    parser.add_argument("--seeds", type=Path, metavar="FOLDER", help="registry, layouts and lexicons (default: SUMBER_SEEDS)")


def run(arguments: argparse.Namespace) -> int:
    """Attribute the articles and write the predictions; every article gets its line, refused ones an empty one."""
    try:
        loaded = seeds.load(arguments.seeds or settings.current().seeds)
    except settings.SettingsError as error:
        raise exchange.InputError(str(error)) from error
    with exchange.writing(arguments.out) as out:
        for record in exchange.with_progress(exchange.read_articles(arguments.articles), "articles"):
            out.write(json.dumps(predict(record, loaded), ensure_ascii=False))
            out.write("\n")
    return 0


def predict(record: Mapping[str, Any], loaded: seeds.Seeds) -> dict[str, Any]:
    """Return the prediction for one record of articles.jsonl."""
    article = articles.read(exchange.capture(record), loaded.layout, loaded.registry)
    if isinstance(article, Refusal):
        log.warning("%s: refused: %s", record["id"], article.reason)
        return {"id": record["id"], "article_chain": [], "attributions": [], "refused": article.rule}
    page = attribution.credit_hops(article, loaded.registry)
    appearances, _ = attribution.resolve(article, loaded.registry, loaded.lexicons, page)
    before = _page(article)
    return {
        "id": record["id"],
        "article_chain": [*before, *(hop.source.name for hop in page)],
        "attributions": [printed(before, appearance, chains.trace(article, appearance, loaded.registry)) for appearance in appearances],
    }


def printed(page: Sequence[str], appearance: Appearance, branches: Sequence[Chain]) -> dict[str, Any]:
    """Return one appearance in the form of predictions.jsonl; `page` is what its chain begins with."""
    first = branches[0]
    ultimates = list(dict.fromkeys(chain.ultimate_source.name for chain in branches if chain.ultimate_source))
    return {
        "content": [list(span) for span in appearance.content],
        "cue": _spans(span for hop in appearance.attributions for span in hop.cue),
        "source": _spans(hop.mention for hop in appearance.attributions if hop.mention and hop.origin in (Origin.TEXT, Origin.CONTEXT)),
        "chain": [*page, *_joined(branches)],
        "ultimate": _ultimate(first.ultimate_source, ultimates),
        "ultimates": ultimates,
        "originating_outlet": first.originating_outlet.name if first.originating_outlet else None,
        "supplying_agency": first.supplying_agency.name if first.supplying_agency else None,
        "stance": str(appearance.stance),
        "act": str(appearance.act),
        "position": str(appearance.position) if appearance.position else None,
        "denied": list(appearance.denied) if appearance.denied else None,
        "is_ascribed": appearance.is_ascribed,
        "operator": str(appearance.operator) if appearance.operator else None,
        "confidence": round(appearance.confidence, 3),
        "rule": _rule(appearance.attributions),
        "terminus": str(first.terminus),
        "hops": [
            {
                "branch": hop.branch,
                "name": hop.source.name,
                "relation": str(hop.relation),
                "origin": str(hop.origin),
                "scope": str(hop.scope),
            }
            for hop in appearance.attributions
        ],
        "branches": [[*page, *(node.name for node in chain.nodes)] for chain in branches],
    }


def _page(article: Article) -> tuple[str, ...]:
    """Return a placeholder for the page where nothing says which outlet it is: a chain always begins with what the reader sees."""
    return () if article.credited(CreditRole.OUTLET) else (UNKNOWN_OUTLET,)


def _joined(branches: Sequence[Chain]) -> list[str]:
    """Return the nodes of the first branch; sources that speak jointly at the end of the same way are one node, "A; B"."""
    ways = [[node.name for node in chain.nodes] for chain in branches]
    if len(ways) > 1 and ways[0] and all(way[:-1] == ways[0][:-1] for way in ways):
        return [*ways[0][:-1], "; ".join(dict.fromkeys(way[-1] for way in ways))]
    return ways[0]


def _spans(spans: Any) -> list[list[int]]:
    return [list(span) for span in sorted(set(spans))]


def _ultimate(source: Source | None, names: Sequence[str]) -> dict[str, Any]:
    if source is None:
        return {"name": None, "kind": "unattributed"}
    return {"name": "; ".join(names), "kind": str(source.kind)}


def _rule(hops: Sequence[Attribution]) -> str | None:
    return next((hop.rule for hop in reversed(hops) if hop.origin in (Origin.TEXT, Origin.CONTEXT)), None)
