"""Data Docs: a site per batch that loads nothing from elsewhere, is found again by its run, and is removed when it is old."""

from __future__ import annotations

import os
import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from sumber.pipeline import checks, data_docs

RUN = "manual__2026-05-02T00:00:00+00:00"
AT = datetime(2026, 5, 2, 12, tzinfo=UTC)
TEXT = "The harbour master said on Friday that the ferry would sail again next week. " * 4


def articles(*langs: str | None, sha256: str = "00") -> pd.DataFrame:
    columns = {"id": range(len(langs)), "capture_id": 7, "outlet": "Harbour Post", "text": TEXT, "published_at": AT, "captured_at": AT}
    return pd.DataFrame({**columns, "lang": langs, "sha256": sha256}, dtype=object)


def test_a_batch_has_a_site_that_a_retry_replaces(tmp_path: Path) -> None:
    first = checks.articles(articles("en", None), RUN, tmp_path, batch=4)
    other = checks.articles(articles("en"), RUN, tmp_path, batch=5)
    retried = checks.articles(articles("en", None), RUN, tmp_path, batch=4)
    assert first.data_docs == retried.data_docs != other.data_docs
    assert sorted(path.name for path in (tmp_path / "articles").iterdir()) == [data_docs.site_name(RUN, batch) for batch in (4, 5)]


def test_a_page_says_what_was_found_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    frame = articles("en", None, sha256='<img src="https://ads.example/x.png">')
    page = (tmp_path / checks.articles(frame, RUN, tmp_path, batch=4).data_docs).read_text(encoding="utf-8")
    assert "the language could not be determined" in page
    assert "harbour master" not in page, "texts of articles do not belong in a report"
    assert not re.search(r"<(script|img|iframe|form)|\son\w+=|style=|(src|href)=\"?[^\"#s]", page)
    assert re.findall(r"<link[^>]*>", page) == ['<link rel="stylesheet" href="style.css">']
    assert (tmp_path / "articles" / data_docs.site_name(RUN, 4) / "style.css").is_file()
    assert not re.search(r"@import|url\(", data_docs.STYLES.read_text(encoding="utf-8"))


def site(docs: Path, suite: str, run: str, batch: int, days_old: float = 0) -> Path:
    folder = docs / suite / data_docs.site_name(run, batch)
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("<p>a page</p>")
    stamp = time.time() - days_old * 86_400
    os.utime(folder, (stamp, stamp))
    return folder


def test_sites_are_found_by_run_and_batch_the_newest_first(tmp_path: Path) -> None:
    for suite, run, batch, days in (("articles", RUN, 4, 3), ("articles", RUN, 5, 2), ("outlets", "a", 0, 1), ("feeds", "a", 0, 0)):
        site(tmp_path, suite, run, batch, days)
    site(tmp_path, "articles", "a-1", 0, 9)  # a run whose name begins like another's
    assert [(one.suite, one.batch) for one in data_docs.find(tmp_path)] == [
        ("feeds", 0),
        ("outlets", 0),
        ("articles", 5),
        ("articles", 4),
        ("articles", 0),
    ]
    assert [one.batch for one in data_docs.find(tmp_path, RUN)] == [5, 4]
    assert [one.batch for one in data_docs.find(tmp_path, RUN, 4)] == [4]
    assert [one.suite for one in data_docs.find(tmp_path, "a")] == ["feeds", "outlets"]
    assert data_docs.find(tmp_path, "a", suites=("articles",)) == []
    assert data_docs.find(tmp_path / "nothing yet") == []
    (found,) = data_docs.find(tmp_path, RUN, 4)
    assert data_docs.page(tmp_path, found.address) == tmp_path / "articles" / found.name / "index.html"


def test_the_list_names_sites_and_escapes_what_was_asked_for(tmp_path: Path) -> None:
    site(tmp_path, "articles", RUN, 4)
    page = data_docs.listing(data_docs.find(tmp_path), None, 30)
    assert f'href="articles/{data_docs.site_name(RUN, 4)}/index.html"' in page
    empty = data_docs.listing([], "<script>alert(1)</script>", 7)
    assert "<script" not in empty
    assert "more than 7 days ago" in empty


@pytest.mark.parametrize(
    "address",
    [
        "articles/run-0/../../secret.html",
        "articles/../secret.html",
        "../articles/run-0",
        "articles/run-0/%2e%2e/secret.html",
        "articles/..%2f..%2fsecret.html/x.html",
        "articles/run-0/..\\..\\secret.html",
        "articles/run-0/secret.txt",
        "articles/run-0/.hidden.html",
        "articles/.building-x/index.html",
        "articles/run-0/index.html/",
        "/articles/run-0/index.html",
        "articles/run-0/link.html",
        "articles/linked/index.html",
        "photographs/run-0/index.html",
        "articles/run-0/index.html\0.css",
        "",
    ],
)
def test_nothing_but_the_pages_of_a_site_is_served(tmp_path: Path, address: str) -> None:
    folder = site(tmp_path, "articles", "run", 0)
    site(tmp_path, "photographs", "run", 0)
    (tmp_path / "secret.html").touch()
    (folder / "secret.txt").touch()
    (folder / ".hidden.html").touch()
    (folder / "link.html").symlink_to(tmp_path / "secret.html")
    (tmp_path / "articles" / "linked").symlink_to(tmp_path / "photographs" / "run-0")
    assert data_docs.page(tmp_path, "articles/run-0/index.html") is not None
    assert data_docs.page(tmp_path, address) is None


def test_old_sites_are_removed_by_the_next_gate(tmp_path: Path) -> None:
    old, recent = site(tmp_path, "articles", "old", 0, 5), site(tmp_path, "tables", "recent", 0, 3)
    assert checks.articles(articles("en"), RUN, tmp_path, keep_days=4).data_docs
    assert (old.exists(), recent.exists()) == (False, True)


def test_removing_old_sites_touches_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docs, elsewhere = tmp_path / "docs", tmp_path / "elsewhere"
    stamp = time.time() - 100 * 86_400
    sites = [site(docs, "articles", "run", number) for number in range(3)]
    others = [docs / "photographs" / "holiday", docs / "attributions" / "notes", elsewhere]
    for folder in others:
        folder.mkdir(parents=True)
        (folder / ("notes.txt" if folder.name == "notes" else "index.html")).touch()
    (docs / "articles" / "link").symlink_to(elsewhere)
    (docs / "articles" / "file").touch()
    for path in (*sites, *others, docs / "articles" / "file"):
        os.utime(path, (stamp, stamp))
    monkeypatch.setattr(data_docs, "PRUNED_AT_ONCE", 2)
    data_docs.prune(docs, 99)
    assert [one.exists() for one in sites] == [False, False, True], "bounded: the rest is for the next run"
    data_docs.prune(docs, 101)
    assert sites[2].exists()
    data_docs.prune(docs, 99)
    assert not sites[2].exists()
    assert all(folder.exists() and any(folder.iterdir()) for folder in others)
    assert {path.name for path in (docs / "articles").iterdir()} == {"link", "file"}
