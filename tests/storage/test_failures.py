"""Failures: each kind has its sentence, and our own mistakes keep their traceback."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from storage import failures
from storage.failures import sentence_of


def sqlite_failure(code: int) -> sqlite3.Error:
    """An error as the driver raises it."""
    error = sqlite3.OperationalError("something")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (sqlite3.SQLITE_BUSY_SNAPSHOT, failures.LOCKED),
        (sqlite3.SQLITE_FULL, failures.FULL),
        (sqlite3.SQLITE_READONLY_DIRECTORY, failures.READ_ONLY),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, failures.UNOPENED),
        (sqlite3.SQLITE_CORRUPT_VTAB, failures.DAMAGED),
        (sqlite3.SQLITE_IOERR_WRITE, failures.UNREADABLE),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, None),
        (sqlite3.SQLITE_ERROR, None),
    ],
)
def test_a_failure_of_sqlite_has_its_sentence(code: int, sentence: str | None) -> None:
    assert sentence_of(OperationalError("", {}, sqlite_failure(code))) == sentence


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (psycopg.OperationalError("connection refused"), failures.SILENT),
        (psycopg.errors.AdminShutdown(), failures.SILENT),
        (psycopg.errors.DiskFull(), failures.FULL),
        (psycopg.errors.DeadlockDetected(), failures.LOCKED),
        (psycopg.errors.InvalidPassword(), failures.REFUSED),
        (psycopg.errors.ReadOnlySqlTransaction(), failures.READ_ONLY),
        (psycopg.errors.UndefinedTable(), failures.UNPREPARED),
        (psycopg.errors.UniqueViolation(), None),
        (psycopg.ProgrammingError(), None),
        (ValueError(), None),
    ],
)
def test_a_failure_of_postgresql_has_its_sentence(error: Exception, sentence: str | None) -> None:
    assert sentence_of(error) == sentence
