"""The claims under each root, kept beside the chains."""

from __future__ import annotations

from pathlib import Path

from archive import ARTICLES, ask, run_all, run_step, write

from sumber.pipeline import frames, settings, store

# What the chains say, claim by claim.
UNDER_ROOTS = """
    SELECT DISTINCT chain.root_id, claim.canonical_id
    FROM core.traced_article AS traced
    INNER JOIN core.chain ON chain.article_id = traced.article_id AND chain.generation = traced.generation
    INNER JOIN core.claim
        ON claim.article_id = chain.article_id AND claim.generation = chain.generation AND claim.ordinal = chain.ordinal
    WHERE traced.closed_at IS NULL
    ORDER BY 1, 2
"""


def test_claims_under_roots_follow_the_chains(current: settings.Settings, tmp_path: Path) -> None:
    def filed() -> list[tuple[int, int]]:
        return ask(current, "SELECT root_id, claim_id FROM core.root_claim ORDER BY 1, 2")

    # The denial and one paper first; the other paper's copy merges its claims with the first one's, and renames some.
    run_all(current, write(tmp_path / "one", {name: ARTICLES[name] for name in ("b-south.txt", "c-denial.txt")}))
    before = filed()
    assert before == ask(current, UNDER_ROOTS)
    run_all(current, write(tmp_path / "two", {"a-north.txt": ARTICLES["a-north.txt"]}))
    assert filed() == ask(current, UNDER_ROOTS) != before
    # What is attributed to nobody any more goes.
    ask(
        current,
        "UPDATE core.attributed_article SET closed_at = now() WHERE article_id = (SELECT min(article_id) FROM core.traced_article)",
    )
    with store.transaction(current.url("etl")) as cursor:
        store.enqueue(cursor, "trace", [number for (number,) in ask(current, "SELECT article_id FROM core.traced_article")])
    run_step(current, "trace", "again")
    assert filed() == ask(current, UNDER_ROOTS)


def test_a_named_speaker_s_claims_are_found_by_the_speaker_s_key(current: settings.Settings, tmp_path: Path) -> None:
    run_all(current, write(tmp_path / "inbox", ARTICLES))
    ((key, root, claims),) = ask(
        current,
        "SELECT chain.root_key, chain.root_id, count(DISTINCT claim.canonical_id) FROM core.chain INNER JOIN core.claim "
        "USING (article_id, generation, ordinal) WHERE chain.root_key ILIKE 'named:%%brandt%%' GROUP BY 1, 2",
    )
    assert frames.root_id(key) == root
    with store.transaction(current.url("etl")) as cursor:
        assert len(store.claims_under_root(cursor, root)) == claims > 0
