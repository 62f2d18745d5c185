"""Failures of the database, said as one sentence to the person who can act."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from dashboard.domain.errors import StorageUnavailable
from storage.addresses import place

LOCKED = "{place} is in use by another program. Wait a moment and try again; nothing was saved."
FULL = "The disk that holds {place} is full. Free some space and try again; nothing was saved."
READ_ONLY = "{place} is read-only. Allow this account to write the file and its folder, or move it."
UNOPENED = "{place} cannot be opened. Check that its folder exists and that you may write there."
FOREIGN = "{place} is not a database. Move the file away, or restore a backup in its place."
DAMAGED = "{place} is damaged. Restore the latest backup."
UNREADABLE = "{place} could not be read or written. Check the disk and its free space."
UNPREPARED = "{place} has no tables yet. Start Afektif with `python -m dashboard` to create them."
SILENT = "{place} does not answer. Start the database server, or correct the database address."
REFUSED = "{place} refused the sign-in. Correct the name and password in the database address."

SQLITE_SENTENCES = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: UNOPENED,
    sqlite3.SQLITE_NOTADB: FOREIGN,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_IOERR: UNREADABLE,
}
# By the first two characters, the class, of SQLSTATE (PostgreSQL manual, appendix A).
POSTGRES_SENTENCES = {
    "08": SILENT,
    "57": SILENT,
    "28": REFUSED,
    "3D": SILENT,
    "40": LOCKED,
    "53": FULL,
    "55": LOCKED,
    "58": UNREADABLE,
}


@contextmanager
def said_plainly(address: URL) -> Iterator[None]:
    """Turn what the database raises into StorageUnavailable; mistakes of ours pass unchanged."""
    try:
        yield
    except (DBAPIError, PoolTimeout, sqlite3.Error) as error:
        sentence = sentence_of(error)
        if sentence is None:
            raise
        raise StorageUnavailable(sentence, place=place(address)) from error


def sentence_of(error: BaseException | None) -> str | None:
    """The sentence for a failure; None when nobody but a programmer can act."""
    if isinstance(error, DBAPIError):
        return sentence_of(error.orig)
    if isinstance(error, PoolTimeout):
        return LOCKED
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    return _of_postgres(error) if isinstance(error, psycopg.Error) else None


def is_locked(error: DBAPIError) -> bool:
    """Another connection holds the lock; the same call may succeed later."""
    return sentence_of(error) == LOCKED


def _of_sqlite(error: sqlite3.Error) -> str | None:
    if str(error).startswith("no such table"):
        return UNPREPARED
    # The low byte is the kind; the rest says where it happened (sqlite.org/rescode.html).
    return SQLITE_SENTENCES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)


def _of_postgres(error: psycopg.Error) -> str | None:
    if error.sqlstate is None:
        return SILENT if isinstance(error, psycopg.OperationalError) else None
    if error.sqlstate == psycopg.errors.UndefinedTable.sqlstate:
        return UNPREPARED
    if error.sqlstate in ("25006", "42501"):
        return READ_ONLY
    return POSTGRES_SENTENCES.get(error.sqlstate[:2])
