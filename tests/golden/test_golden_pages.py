"""Whole pages, one per layout family, written for this test: what is expected of each stands beside it and was written before it was read.

`tests/golden/pages/NAME.json` says of `NAME.html`: where it was `found_at`, what is read of it, the first and last words of its body, words
that the body `keeps`, and words of its frame that the body `drops`. Credit lines keep their place outside the body.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks import extraction
from sumber.pipeline import seeds
from sumber.sourcing import articles, pages, sources
from sumber.sourcing.layout import Layout
from sumber.sourcing.model import Article, BlockRole, Capture, CreditRole, MediaType

FOLDER = Path(__file__).parent / "pages"
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
NAMES = sorted(path.stem for path in FOLDER.glob("*.html"))
SUPPLIERS = (CreditRole.AGENCY, CreditRole.ORIGINAL_OUTLET)
Read = tuple[dict[str, Any], Article]


@lru_cache(maxsize=1)
def knowledge() -> tuple[Layout, sources.Registry]:
    return seeds.layout(SEEDS), seeds.registry(SEEDS)


@lru_cache(maxsize=len(NAMES))
def read(name: str) -> Read:
    """Return what is expected of a page and what is read of it."""
    expected: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    content, at = (FOLDER / f"{name}.html").read_bytes(), datetime(2026, 11, 1, tzinfo=UTC)
    article = articles.read(Capture(1, content, MediaType.HTML, at, url=expected["found_at"]), *knowledge())
    assert isinstance(article, Article), article
    return expected, article


def text_of(article: Article, *roles: BlockRole) -> str:
    return "\n".join(block.span.of(article.text) for block in article.blocks if block.role in roles)


def body(article: Article) -> str:
    return text_of(article, BlockRole.LEAD, BlockRole.BODY)


def credited(article: Article, *roles: CreditRole) -> list[str]:
    return [credit.name for credit in article.credits if credit.role in roles]


@pytest.mark.parametrize("name", NAMES)
def test_what_the_page_says_of_itself(name: str) -> None:
    expected, article = read(name)
    assert article.lang == expected["lang"]
    assert article.headline == expected["headline"]
    assert pages.canonical(article.url) == expected["url"]
    assert (credited(article, CreditRole.OUTLET) or [None])[0] == expected["outlet"]
    for key, at in (("published_at", article.published_at), ("modified_at", article.modified_at)):
        wanted = datetime.fromisoformat(expected[key]) if expected[key] else None
        assert at == wanted, key
        assert at is None or wanted is None or at.utcoffset() == wanted.utcoffset(), f"the zone of {key}"


@pytest.mark.parametrize("name", NAMES)
def test_who_wrote_supplied_and_photographed(name: str) -> None:
    expected, article = read(name)
    _, registry = knowledge()

    def named(names: Iterable[str]) -> set[str]:
        known = ((name, registry.named(name, article.lang)) for name in names)
        return {source.name if source else name for name, source in known}

    assert credited(article, CreditRole.BYLINE) == expected["byline"]
    assert named(credited(article, *SUPPLIERS)) == named(expected["supplied_by"])
    assert {credit.name.split(" / ")[0].split("/")[0] for credit in article.media_credits} == set(expected["media"])


@pytest.mark.parametrize("name", NAMES)
def test_the_body_is_whole_and_nothing_of_the_frame_is_in_it(name: str) -> None:
    expected, article = read(name)
    found = body(article)
    assert found.removeprefix("- ").startswith(expected["first"]), found[:80]  # a list keeps its marks
    assert found.rstrip().endswith(expected["last"]), found[-120:]
    assert [words for words in expected["keeps"] if words not in found] == []
    assert [words for words in expected["drops"] if words in found] == []


@pytest.mark.parametrize("name", NAMES)
def test_credit_lines_and_corrections_are_kept(name: str) -> None:
    expected, article = read(name)
    kept = text_of(article, BlockRole.CREDIT_LINE)
    assert [line for line in expected["credit_lines"] if line not in kept] == []
    assert [note for note in expected.get("corrections", []) if note not in article.text] == []


def test_as_plain_text_the_frame_of_the_pages_is_cut_and_no_credit_line_is_lost() -> None:
    known = seeds.load(SEEDS)
    cuts = [extraction.cut_frame(known, *page) for page in extraction.expectations()]
    assert len(cuts) == len(NAMES)
    rightly, wrongly, left = (sum(amounts) for amounts in list(zip(*cuts, strict=True))[:3])
    assert rightly / (rightly + wrongly) > 0.95, "precision"
    assert rightly / (rightly + left) > 0.95, "recall"
    assert [line for cut in cuts for line in cut.lost] == []


def test_every_page_is_expected_and_every_family_is_there_once() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == NAMES
    families = [read(name)[0]["family"] for name in NAMES]
    assert len(set(families)) == len(families) >= 15
    assert len({read(name)[0]["lang"] for name in NAMES}) >= 10
