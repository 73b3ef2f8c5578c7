"""The five articles that the project grew from, through the database: what its tables and views say of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from archive import ask, run_step

from sumber.pipeline import settings, steps

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "benchmarks" / "dev" / "seeds-dev" / "articles.jsonl"

pytestmark = pytest.mark.skipif(
    not SEEDS.exists(), reason="the five seed articles belong to their publishers and are not in this repository"
)

SAYING = """
SELECT left(dim_article.name, 3), fct_appearance.claim_id, fct_appearance.utterance_id, dim_outlet.name
FROM mart.fct_appearance
INNER JOIN mart.dim_article USING (article_id)
INNER JOIN mart.dim_outlet ON dim_outlet.outlet_id = fct_appearance.originating_outlet_id
WHERE fct_appearance.content LIKE '%%' || %s || '%%' AND left(dim_article.name, 3) IN ('000', '001', '002')
"""


def test_the_mart_tells_the_story_of_the_visit(current: settings.Settings) -> None:
    # One of the pages does not say when it was published, and is captured years later: its wording is what ties it to the others.
    steps.capture(current, SEEDS, "seeds", captured_at=datetime(2026, 1, 9, tzinfo=UTC))
    # One article at a time: the order and size of batches do not matter.
    for step in ("read", "attribute", "trace"):
        run_step(current, step, "seeds", 1)
    steps.publish(current, "seeds")

    visit = ask(current, SAYING, "Rusia bulan ini")
    assert {name for name, *_ in visit} == {"000", "001", "002"}
    assert {outlet for *_, outlet in visit} == {"The New York Times"}
    ((claim,),) = {(row[1],) for row in visit}
    roots = "SELECT roots_min, roots_max, originating_outlets FROM mart.independent_roots_per_claim WHERE claim_id = %s"
    assert ask(current, roots, claim, role="bi") == [(1, 1, "The New York Times")]
    # Who published first is told apart from who got it first-hand.
    first = "SELECT first_outlet FROM mart.independent_roots_per_claim WHERE claim_id = %s"
    assert ask(current, first, claim, role="bi") != [("The New York Times",)]

    quoted = ask(current, SAYING, "tetangga")
    assert len(quoted) == 3 and len({utterance for _, _, utterance, _ in quoted}) == 1
    assert {outlet for *_, outlet in quoted} == {"Interfax"}

    denials = """
        SELECT left(article.name, 3), other.text
        FROM core.claim_relation AS relation
        INNER JOIN core.claim AS one ON one.id = relation.claim_id
        INNER JOIN core.claim AS other ON other.id = relation.other_id
        INNER JOIN core.article ON article.id = one.article_id AND article.closed_at IS NULL
        INNER JOIN core.traced_article AS traced
            ON traced.article_id = one.article_id AND traced.generation = one.generation AND traced.closed_at IS NULL
        WHERE relation.closed_at IS NULL AND relation.relation = 'denies' AND one.text LIKE '%%mentransfer senjata ke Wagner%%'
    """
    linked = set(ask(current, denials))
    assert {name for name, _ in linked} == {"000", "002"}
    assert all("Wagner" in text or "rudal dan roket" in text for _, text in linked)

    drift = """
        SELECT DISTINCT left(after.name, 3), what, earlier
        FROM mart.drift
        INNER JOIN mart.dim_article AS after USING (article_id)
        WHERE what IN ('outlet_left_vague', 'time_changed')
    """
    found = set(ask(current, drift, role="bi"))
    assert {("000", "outlet_left_vague", "The New York Times"), ("002", "outlet_left_vague", "The New York Times")} <= found
    assert ("002", "time_changed", "2022") in found
