"""A migrated, empty database for every test; AFEKTIF_TEST_POSTGRES_URL adds PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.databases import KINDS, migrated_postgresql


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """A migrated SQLite file."""
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'afektif.db')}"


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest) -> str:
    """A migrated database of each kind."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    return migrated_postgresql()


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """The door to a migrated, empty database."""
    database = Database(url)
    yield database
    database.dispose()
