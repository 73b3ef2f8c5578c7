"""Attribution on small texts written for it: one construction each, several languages, invented people and outlets."""

import json
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from sumber.pipeline import seeds
from sumber.pipeline.settings import Settings
from sumber.sourcing import articles, attribution, chains, identity
from sumber.sourcing.model import Appearance, Article, Capture, Chain, MediaType

CASES = [
    pytest.param(path.stem, json.loads(line), id=f"{path.stem}: {json.loads(line)['name']}")
    for path in sorted((Path(__file__).parent / "attribution").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]


@lru_cache(maxsize=1)
def loaded() -> seeds.Seeds:
    return seeds.load(Settings().seeds)


def article_of(lang: str, case: dict[str, Any]) -> Article:
    record = {"id": case["name"], "lang": lang, "text": case["text"], "outlet": None, "url": None, "published_at": None, "title": None}
    capture = Capture(
        identity.of("capture", lang, case["name"]), json.dumps(record).encode(), MediaType.JSON, datetime(2024, 3, 5, tzinfo=UTC), lang=lang
    )
    article = articles.read(capture, loaded().layout, loaded().registry)
    assert isinstance(article, Article), article
    return article


def attributed(article: Article) -> list[tuple[Appearance, tuple[Chain, ...]]]:
    found, _ = attribution.resolve(article, loaded().registry, loaded().lexicons)
    return [(one, chains.trace(article, one, loaded().registry)) for one in found]


def is_same(printed: str, wanted: str) -> bool:
    return identity.fold(printed) == identity.fold(wanted)


def node_of(name: str, lang: str) -> str:
    known = loaded().registry.named(name, lang)
    return known.name if known else name


@pytest.mark.parametrize(("lang", "case"), CASES)
def test_case(lang: str, case: dict[str, Any]) -> None:
    article = article_of(lang, case)
    found = attributed(article)
    printed = [[span.of(article.text) for span in one.content] for one, _ in found]
    for wanted in case["expect"]:
        at = next(
            (
                number
                for number, spans in enumerate(printed)
                if (
                    any(wanted["content"][:9] in span for span in spans)
                    if wanted.get("overlaps")
                    else is_same(" ".join(spans), wanted["content"])
                )
            ),
            None,
        )
        assert at is not None, f"{wanted['content']!r} not among {printed}"
        appearance, branches = found[at]
        nodes = [node.name for node in branches[0].nodes]
        if "chain" in wanted:
            assert [identity.fold(node) for node in nodes] == [identity.fold(node_of(name, lang)) for name in wanted["chain"]]
        if "ultimates" in wanted:
            assert [chain.ultimate_source.name for chain in branches if chain.ultimate_source] == wanted["ultimates"]
        if "originating" in wanted:
            assert branches[0].originating_outlet is not None
            assert branches[0].originating_outlet.name == wanted["originating"]
        if "ultimate_kind" in wanted:
            ultimate = branches[0].ultimate_source
            assert (str(ultimate.kind) if ultimate else "unattributed") == wanted["ultimate_kind"]
        for key in ("form", "stance", "act", "position", "operator"):
            if key in wanted:
                assert str(getattr(appearance, key)) == wanted[key]
        if "denied" in wanted:
            assert (appearance.denied.of(article.text) if appearance.denied else None) == wanted["denied"]
        if "is_ascribed" in wanted:
            assert appearance.is_ascribed is wanted["is_ascribed"]
        if "anonymous" in wanted:
            source = branches[0].ultimate_source
            assert source is not None
            assert {key: getattr(source, key) for key in wanted["anonymous"]} == wanted["anonymous"]
    for text in case.get("absent", ()):
        assert not any(text in span for spans in printed for span in spans), printed
    for name in case.get("absent_ultimate", ()):
        assert not any(chain.ultimate_source and is_same(chain.ultimate_source.name, name) for _, branches in found for chain in branches)


@pytest.mark.parametrize(("lang", "case"), CASES)
def test_spans_lie_in_the_text_and_hops_count_from_the_page(lang: str, case: dict[str, Any]) -> None:
    article = article_of(lang, case)
    for appearance, _ in attributed(article):
        for span in appearance.content:
            assert 0 <= span.start < span.end <= len(article.text)
        for number in {hop.branch for hop in appearance.attributions}:
            assert [hop.hop for hop in appearance.branch(number)] == list(range(len(appearance.branch(number))))
