"""The pages of Data Docs in Airflow's own API server: for those who logged in, and nothing but pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sumber.pipeline import data_docs, settings

PROJECT = Path(__file__).resolve().parents[2]
AT = "/sumber/data-docs"
RUN = "manual__2026-05-02T00:00:00+00:00"
PAGE = f"{AT}/articles/{data_docs.site_name(RUN, 4)}/index.html"


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    for suite, batch in (("articles", 4), ("articles", 5), ("outlets", 0)):
        site = folder / suite / data_docs.site_name(RUN, batch)
        site.mkdir(parents=True)
        (site / "index.html").write_text(f"<p>{suite} {batch}</p>")
        (site / "style.css").write_text("p {}")
    (folder / "secret.html").write_text("a secret")
    return folder


@pytest.fixture(scope="module")
def browser(metadata: None, docs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Yield a client of Airflow's API server, not logged in, with the project's plugins."""
    passwords = tmp_path_factory.mktemp("login") / "passwords.json"
    passwords.write_text(json.dumps({"ada": "pass-ada", "bo": "pass-bo"}))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AIRFLOW__CORE__PLUGINS_FOLDER", str(PROJECT / "plugins"))
        environment.setenv("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS", "ada:viewer,bo:admin")
        environment.setenv("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE", str(passwords))
        environment.setenv("AIRFLOW__API_AUTH__JWT_SECRET", "of this test only, and long enough for the signature of a token" * 2)
        environment.setenv("SUMBER_DATA_DOCS", str(docs))
        settings.current.cache_clear()
        from airflow import plugins_manager
        from airflow import settings as airflow_settings
        from airflow.api_fastapi.app import create_app, purge_cached_app
        from fastapi.testclient import TestClient

        environment.setattr(airflow_settings, "PLUGINS_FOLDER", str(PROJECT / "plugins"))
        for name in ("_get_plugins", "get_fastapi_plugins", "_get_ui_plugins"):
            getattr(plugins_manager, name).cache_clear()
        with TestClient(create_app(apps="core"), follow_redirects=False) as client:
            yield client
        purge_cached_app()
        for name in ("_get_plugins", "get_fastapi_plugins", "_get_ui_plugins"):
            getattr(plugins_manager, name).cache_clear()
        settings.current.cache_clear()


@pytest.fixture
def reader(browser: Any) -> Iterator[Any]:
    """Yield the client with the cookie that a login in the UI sets, of a user who may only look."""
    answer = browser.post("/auth/token", json={"username": "ada", "password": "pass-ada"})
    browser.cookies.set("_token", answer.json()["access_token"])
    yield browser
    browser.cookies.clear()


ROUTES = ["/", f"/?run={RUN}", "/style.css", PAGE.removeprefix(AT), "/articles/x/y.html", "/anything"]


@pytest.mark.parametrize("route", ROUTES)
def test_who_has_not_logged_in_is_refused(browser: Any, route: str) -> None:
    answer = browser.get(AT + route)
    assert answer.status_code in ((401, 403) if route != "/anything" else (401, 403, 404))
    assert "articles" not in answer.text
    forged = browser.get(AT + route, headers={"Authorization": "Bearer forged"})
    assert forged.status_code in (401, 403, 404)
    assert browser.get(PAGE, headers={"Authorization": "Bearer forged"}).status_code in (401, 403)


def test_who_may_read_no_logs_is_refused(reader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from airflow.api_fastapi.app import get_auth_manager

    monkeypatch.setattr(type(get_auth_manager()), "is_authorized_dag", lambda *_, **__: False)
    assert reader.get(PAGE).status_code == 403
    monkeypatch.setattr(type(get_auth_manager()), "is_authorized_dag", lambda *_, details, **__: details.id == "watch_coverage")
    assert reader.get(PAGE).status_code == 404, "another DAG's pages are not even said to be there"
    assert "articles/" not in reader.get(f"{AT}/").text


def test_who_logged_in_reads_the_page(reader: Any) -> None:
    answer = reader.get(PAGE)
    assert (answer.status_code, answer.text) == (200, "<p>articles 4</p>")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    style = reader.get(PAGE.replace("index.html", "style.css"))
    assert (style.status_code, style.headers["content-type"].split(";")[0]) == (200, "text/css")


def test_the_button_of_a_task_leads_to_its_own_page_or_to_the_list_of_the_run(reader: Any) -> None:
    answer = reader.get(f"{AT}/", params={"run": RUN, "batch": 4})
    assert answer.status_code == 307
    assert reader.get(f"{AT}/{answer.headers['location']}").text == "<p>articles 4</p>"
    listed = reader.get(f"{AT}/", params={"run": RUN})
    assert listed.status_code == 200
    assert listed.text.count("index.html") == 3
    none = reader.get(f"{AT}/", params={"run": "<script>"})
    assert none.status_code == 200
    assert "<script" not in none.text
    assert reader.get(f"{AT}/style.css").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/..%2fsecret.html",
        "/articles/..%2f..%2fsecret.html",
        "/articles/%2e%2e/%2e%2e%2fsecret.html",
        "/articles/%2e%2e%5c/secret.html",
        "/articles//etc/passwd",
        "/%2fetc%2fpasswd",
        "/articles/none/index.html",
        "/secret.html",
    ],
)
def test_nothing_else_is_served(reader: Any, path: str) -> None:
    answer = reader.get(AT + path)
    assert answer.status_code == 404
    assert "a secret" not in answer.text


@pytest.mark.parametrize("path", [PAGE, f"{AT}/", f"{AT}/nothing", f"{AT}/articles/x/y.html"])
def test_every_answer_has_the_headers_that_keep_a_page_to_itself(browser: Any, reader: Any, path: str) -> None:
    for answer in (reader.get(path), browser.get(path, headers={"Authorization": "Bearer forged"})):
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "script" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_nothing_can_be_written(reader: Any) -> None:
    for method in ("post", "put", "patch", "delete"):
        assert getattr(reader, method)(PAGE).status_code == 405


def test_the_navigation_names_the_page(reader: Any) -> None:
    answer = reader.get("/api/v2/plugins", headers={"Authorization": f"Bearer {_token(reader, 'bo')}"}).json()
    (plugin,) = (plugin for plugin in answer["plugins"] if plugin["name"] == "sumber_data_docs")
    assert [(view["name"], view["href"]) for view in plugin["external_views"]] == [("Data Docs", f"{AT}/")]


def _token(client: Any, name: str) -> str:
    return str(client.post("/auth/token", json={"username": name, "password": f"pass-{name}"}).json()["access_token"])
