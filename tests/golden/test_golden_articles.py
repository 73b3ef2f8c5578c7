"""Golden pages, one per layout family and language: every line's role, the credits, dates and media credits, as checked by eye.

`tests/golden/articles/` holds each page beside the reading that is expected of it; `python tests/golden/test_golden_articles.py`
prints the readings anew, to be checked and saved by whoever changes a rule.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from sumber.pipeline import seeds
from sumber.sourcing import articles, newsitems, sources
from sumber.sourcing.layout import Layout
from sumber.sourcing.model import Article, Capture, MediaType

FOLDER = Path(__file__).parent / "articles"
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
PAGES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".html", ".xml", ".ninjs"))


@lru_cache(maxsize=1)
def knowledge() -> tuple[Layout, sources.Registry]:
    return seeds.layout(SEEDS), seeds.registry(SEEDS)


def reading(page: Path) -> dict[str, Any]:
    """Return what is read in a page, in the form of the golden files; no language or outlet is given from outside."""
    content = page.read_bytes()
    media_type = newsitems.kind(content) or (MediaType.HTML if page.suffix == ".html" else MediaType.PLAIN)
    article = articles.read(Capture(1, content, media_type, datetime(2026, 7, 1, tzinfo=UTC)), *knowledge())
    assert isinstance(article, Article), article
    return {
        "lang": article.lang,
        "headline": article.headline,
        "dateline": article.dateline,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "credits": [[credit.role.value, credit.name] for credit in article.credits],
        "media": [credit.name for credit in article.media_credits],
        "blocks": [[block.role.value, block.span.of(article.text)] for block in article.blocks],
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_is_read_as_checked(page: Path) -> None:
    assert reading(page) == json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))


def test_every_reading_has_its_page() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == [page.stem for page in PAGES]


if __name__ == "__main__":
    for path in PAGES:
        sys.stdout.write(f"{path.stem}\n{json.dumps(reading(path), ensure_ascii=False, indent=1)}\n")
