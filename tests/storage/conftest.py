"""A migrated, empty database for every test; AFEKTIF_TEST_POSTGRES_URL adds PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from storage.database import Database
from storage.migrating import migrate

POSTGRES_URL = os.environ.get("AFEKTIF_TEST_POSTGRES_URL", "")
KINDS = ["sqlite", *(["postgresql"] if POSTGRES_URL else [])]


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema and nothing in it, to copy from."""
    path = tmp_path_factory.mktemp("migrated") / "afektif.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """A migrated SQLite file."""
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'afektif.db')}"


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest) -> str:
    """A migrated database of each kind."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    with psycopg.connect(POSTGRES_URL, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    migrate(POSTGRES_URL)
    return POSTGRES_URL


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """The door to a migrated, empty database."""
    database = Database(url)
    yield database
    database.dispose()
