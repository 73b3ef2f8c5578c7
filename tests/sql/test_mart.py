"""The mart's tables and views over a tiny archive whose numbers can be counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from archive import ask, run_all

from sumber.pipeline import settings, store

DAY = "INSERT INTO mart.dim_date VALUES ('2026-05-04', 2026, 2, 5, '2026-05-01', '2026-W19', 1, false)"
# Outlets: 1 the agency, 2 and 3 papers; 0 stands for a page that does not say.
OUTLETS = """
INSERT INTO mart.dim_outlet (outlet_id, name, kind, is_known) VALUES
(0, '(not stated)', 'none', false), (1, 'Agency', 'agency', true), (2, 'North', 'outlet', true), (3, 'South', 'outlet', true)
"""
SOURCES = """
INSERT INTO mart.dim_source (source_id, source_key, name, kind, is_named, is_known) VALUES
(0, '', '(none)', 'none', false, false), (8, 'minister', 'Minister', 'person', true, true), (9, 'x', 'officials', 'anonymous', false, false)
"""
ARTICLES = """
INSERT INTO mart.dim_article (article_id, name, lang, outlet_id, captured_at, day, appearances) VALUES
(11, 'a', 'en', 2, '2026-05-04', '2026-05-04', 2), (12, 'b', 'id', 3, '2026-05-04', '2026-05-04', 1)
"""
# Claim 100 is in both papers by way of the agency and ends at the minister: one root. Claim 200 is North's own, from officials.
APPEARANCES = """
INSERT INTO mart.fct_appearance (
    article_id, ordinal, branch, appearance_id, day, lang, outlet_id, originating_outlet_id, supplying_agency_id, ultimate_source_id,
    claim_id, utterance_id, root_id, root_key, depth, terminus, form, stance, confidence, content, chain
) VALUES
(11, 0, 0, 1, '2026-05-04', 'en', 2, 1, 1, 8, 100, 300, 500, 'named:minister', 3, 'primary', 'direct', 'asserts', 0.9, 'x', 'x'),
(11, 1, 0, 2, '2026-05-04', 'en', 2, 2, 0, 9, 200, 301, 501, 'anonymous:x', 2, 'anonymous', 'indirect', 'asserts', 0.8, 'y', 'y'),
(12, 0, 0, 3, '2026-05-04', 'id', 3, 1, 1, 8, 100, 300, 500, 'named:minister', 4, 'primary', 'direct', 'denies', 0.9, 'z', 'z')
"""


@pytest.fixture
def tiny(current: settings.Settings) -> Iterator[settings.Settings]:
    """Two papers, one agency, two claims."""
    ask(current, ";".join((DAY, OUTLETS, SOURCES, ARTICLES, APPEARANCES)))
    yield current


def looked_up(node: dict[str, Any], hashed: str, is_repeated: bool = False) -> Iterator[str]:
    """Yield the tables that a plan reads once for each row of others; `hashed` names the subplans that are read once."""
    is_repeated = is_repeated or (node.get("Parent Relationship") == "SubPlan" and f"hashed {node['Subplan Name']}" not in hashed)
    if is_repeated and "Relation Name" in node:
        yield node["Relation Name"]
    for below in node.get("Plans", ()):
        yield from looked_up(below, hashed, is_repeated)


def test_publishing_looks_no_staged_rows_up_one_by_one(current: settings.Settings) -> None:
    """They have no index: what asked them for each article anew would take time that grows with the square of the archive."""
    with store.transaction(current.url("etl")) as cursor:
        for name in store.STAGED_FOR_MART:
            statement = (store.QUERIES / "publish" / f"stage_{name}.sql").read_text()
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement[statement.index('CREATE') :]}")
            (((plan,),),) = cursor.fetchall()
            assert [table for table in looked_up(plan["Plan"], str(plan)) if table.startswith("published_")] == [], name
            cursor.execute(statement)


def test_claims_by_originating_outlet(tiny: settings.Settings) -> None:
    found = ask(
        tiny,
        "SELECT originating_outlet, claims, appearances, articles, carried_by, roots FROM mart.claims_by_originating_outlet",
        role="bi",
    )
    # The agency: one claim, in two passages of two articles of two papers, from one root. North: one claim of its own.
    assert sorted(found) == [("Agency", 1, 2, 2, 2, 1), ("North", 1, 1, 1, 1, 1)]


def test_claims_by_ultimate_source(tiny: settings.Settings) -> None:
    found = ask(
        tiny, "SELECT ultimate_source, is_named, claims, articles, originating_outlets FROM mart.claims_by_ultimate_source", role="bi"
    )
    assert sorted(found) == [("Minister", True, 1, 2, 1), ("officials", False, 1, 1, 1)]


def test_chain_length_by_outlet(tiny: settings.Settings) -> None:
    found = ask(
        tiny, "SELECT outlet, chains, mean_depth, longest, share_primary, share_anonymous FROM mart.chain_length_by_outlet", role="bi"
    )
    # North: depths 3 and 2, one of two ends named. South: one chain of 4.
    assert sorted(found) == [("North", 2, 2.5, 3, 0.5, 0.5), ("South", 1, 4.0, 4, 1.0, 0.0)]


def test_a_fact_names_only_members_that_exist(tiny: settings.Settings) -> None:
    with pytest.raises(Exception, match="violates foreign key"):
        ask(tiny, "UPDATE mart.fct_appearance SET outlet_id = 77")


def test_claims_and_facts_of_a_published_archive_agree(current: settings.Settings, inbox: Path) -> None:
    run_all(current, inbox)
    assert (
        ask(
            current,
            """
        SELECT claim_id FROM mart.fct_claim
        FULL JOIN (
            SELECT claim_id, count(DISTINCT root_id) AS roots_max, count(DISTINCT article_id) AS articles
            FROM mart.fct_appearance GROUP BY claim_id
        ) AS counted USING (claim_id)
        WHERE (fct_claim.roots_max, fct_claim.articles) IS DISTINCT FROM (counted.roots_max, counted.articles)
        """,
        )
        == []
    )
    # Every span is the text that it points at, counted in code points.
    assert (
        ask(
            current,
            """
        SELECT appearance.id
        FROM core.appearance
        INNER JOIN core.attributed_article AS attributed USING (article_id, generation)
        INNER JOIN core.article ON article.id = attributed.article_id AND article.generation = attributed.article_generation
        CROSS JOIN generate_subscripts(appearance.content, 1) AS number
        WHERE substr(article.text, content[number][1] + 1, content[number][2] - content[number][1]) <> content_text[number]
        """,
        )
        == []
    )
    # The quotation reached two papers through one agency, and is one speech act of one root.
    ((articles, utterances, roots),) = ask(
        current,
        """
        SELECT count(DISTINCT article_id), count(DISTINCT utterance_id), count(DISTINCT root_id) FROM mart.fct_appearance
        WHERE content LIKE %s
        """,
        "%mend the lock gates%",
    )
    assert (articles, utterances, roots) == (2, 1, 1)
    assert dict(ask(current, "SELECT layer, pending FROM mart.freshness", role="bi")) == dict.fromkeys(
        ("captures", "articles", "attributions", "chains", "scores"), 0
    )
