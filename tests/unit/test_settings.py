"""The environment becomes settings: what is missing or wrong is said in one line, and passwords stay out of sight."""

from __future__ import annotations

from pathlib import Path

import pytest

from sumber.pipeline import settings


def test_defaults_need_no_environment() -> None:
    found = settings.read({})
    assert found.seeds == settings.PROJECT / "seeds"
    assert found.inbox == settings.PROJECT / "seeds" / "articles"
    assert found.database_url is None


def test_an_empty_variable_counts_as_not_set() -> None:
    assert settings.read({"SUMBER_DATABASE_URL": "", "SUMBER_INBOX": ""}) == settings.read({})


def test_folders_become_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own").mkdir()
    monkeypatch.chdir(tmp_path)
    assert settings.read({"SUMBER_SEEDS": "own"}).seeds == tmp_path / "own"


def test_a_missing_seeds_folder_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(settings.SettingsError, match=r"SUMBER_SEEDS: .*nowhere is not a folder"):
        settings.read({"SUMBER_SEEDS": str(tmp_path / "nowhere")})


@pytest.mark.parametrize(("role", "variable"), [("etl", "SUMBER_DATABASE_URL"), ("owner", "SUMBER_OWNER_DATABASE_URL")])
def test_a_missing_address_names_its_variable(role: str, variable: str) -> None:
    with pytest.raises(settings.SettingsError, match=f"{variable} is not set"):
        settings.read({}).url(role)


def test_passwords_do_not_show() -> None:
    found = settings.read({"SUMBER_DATABASE_URL": "postgresql://sumber_etl:secret@127.0.0.1/news"})
    assert found.url("etl").endswith("/news")
    assert "secret" not in repr(found)


def test_what_the_local_stack_wrote_stands_below_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "env").write_text(
        "export SUMBER_DATABASE_URL='postgresql://stack/news'\nexport SUMBER_APP_DATABASE_URL=x\nexport PATH=/nowhere\n"
    )
    monkeypatch.setenv("SUMBER_STATE", str(tmp_path))
    monkeypatch.setenv("SUMBER_APP_DATABASE_URL", "postgresql://own/news")
    monkeypatch.delenv("SUMBER_DATABASE_URL", raising=False)
    settings.current.cache_clear()
    try:
        found = settings.current()
    finally:
        settings.current.cache_clear()
    assert found.database_url == "postgresql://stack/news"
    assert found.app_database_url == "postgresql://own/news"


def test_data_docs_are_kept_for_a_number_of_days() -> None:
    assert settings.read({}).data_docs_days == 30
    assert settings.read({"SUMBER_DATA_DOCS_DAYS": "7"}).data_docs_days == 7
    for wrong in ("0", "-3", "a week", "1e3", "99999", "9" * 400):
        with pytest.raises(settings.SettingsError, match="SUMBER_DATA_DOCS_DAYS"):
            settings.read({"SUMBER_DATA_DOCS_DAYS": wrong})
