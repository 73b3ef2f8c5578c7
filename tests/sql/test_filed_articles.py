"""What an article is filed under, kept whole beside the tables that are searched."""

from __future__ import annotations

from pathlib import Path

from archive import ARTICLES, ask, run_all, run_step, write

from sumber.pipeline import schema, settings, store

SEARCHED_AND_KEPT = (
    (
        "SELECT article_id, band, day, is_dated FROM core.article_band",
        "SELECT article_id, unnest(bands), day, is_dated FROM core.filed_article",
    ),
    (
        "SELECT article_id, key, day, is_one_of_few FROM core.article_key",
        "SELECT article_id, unnest(keys), day, is_one_of_few FROM core.filed_article",
    ),
    (
        "SELECT article_id, ordinal, key, day, needed FROM core.passage_key",
        "SELECT article_id, unnest(ordinals), unnest(passage_keys), day, unnest(needed) FROM core.filed_article",
    ),
)


def assert_filed(current: settings.Settings, articles: int) -> None:
    """Check that so many articles are filed, and each row that is searched stands with its article."""
    assert ask(current, "SELECT count(*) FROM core.filed_article") == [(articles,)]
    for searched, kept in SEARCHED_AND_KEPT:
        rows = ask(current, searched)
        assert rows
        assert sorted(rows) == sorted(ask(current, kept))


def test_what_is_filed_follows_the_articles(current: settings.Settings, tmp_path: Path) -> None:
    run_all(current, write(tmp_path / "one", ARTICLES))
    ((articles,),) = ask(current, "SELECT count(*) FROM core.traced_article WHERE closed_at IS NULL")
    assert_filed(current, articles)
    # One says something else, another one nothing any more.
    changed, gone = (number for (number,) in ask(current, "SELECT article_id FROM core.traced_article ORDER BY 1 LIMIT 2"))
    ask(current, "UPDATE core.article SET text = translate(text, 'n', 'm'), published_at = '1931-02-03' WHERE id = %s", changed)
    ask(current, "UPDATE core.attributed_article SET closed_at = now() WHERE article_id = %s", gone)
    with store.transaction(current.url("etl")) as cursor:
        store.enqueue(cursor, "trace", [changed, gone])
    run_step(current, "trace", "again")
    assert_filed(current, articles - 1)
    # Years without a table of their own share one.
    where = "SELECT DISTINCT day::text, tableoid::regclass::text FROM core.article_key WHERE article_id = %s"
    assert ask(current, where, changed) == [("1931-02-03", "core.article_key_of_other_years")]


def test_the_migration_finds_what_was_filed_before_it(current: settings.Settings, tmp_path: Path) -> None:
    run_all(current, write(tmp_path / "inbox", ARTICLES))
    before = ask(current, "SELECT * FROM core.filed_article ORDER BY article_id")
    ask(current, "TRUNCATE core.filed_article")
    migration = (schema.FOLDER / "migrations" / "0023_articles_under_keys.sql").read_text(encoding="utf-8")
    (statement,) = (one for one in migration.split(";") if one.lstrip().startswith("INSERT INTO core.filed_article"))
    ask(current, statement)
    assert ask(current, "SELECT * FROM core.filed_article ORDER BY article_id") == before
