"""The databases that tests run on: SQLite, and PostgreSQL where one is lent."""

from __future__ import annotations

import os

import psycopg

from storage.migrating import migrate

POSTGRES_URL = os.environ.get("AFEKTIF_TEST_POSTGRES_URL", "")
KINDS = ["sqlite", *(["postgresql"] if POSTGRES_URL else [])]


def migrated_postgresql() -> str:
    """The lent PostgreSQL, emptied and with our tables in it."""
    with psycopg.connect(POSTGRES_URL, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    migrate(POSTGRES_URL)
    return POSTGRES_URL
