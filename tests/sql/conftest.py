"""A database of the test's own, and a folder with the small archive."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from archive import ARTICLES, write

from sumber.pipeline import settings


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with the small archive."""
    return write(tmp_path / "inbox", ARTICLES)


@pytest.fixture
def current(database: settings.Settings, tmp_path: Path) -> settings.Settings:
    """Settings of an empty database, with the Data Docs out of the way."""
    return replace(database, data_docs=tmp_path / "docs")
