"""SQLite files as files: prepared, checked and copied whole, never byte by byte while in use."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from dashboard.domain.errors import StorageUnavailable
from dashboard.domain.ids import now
from storage.addresses import of_file
from storage.failures import DAMAGED, FOREIGN, UNOPENED, said_plainly


def prepare(path: Path) -> None:
    """The folder exists, the file is sound, and readers and writers do not block each other."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageUnavailable(UNOPENED, place=path) from error
    with opened(path) as connection:
        _check(connection, path, "quick_check")
        # Once, before the processes start: several that switch at the same time get "locked".
        connection.execute("PRAGMA journal_mode=WAL")


def check(path: Path) -> None:
    """Read the whole file; raises StorageUnavailable if anything is wrong with it."""
    with opened(path, "ro") as connection:
        _check(connection, path, "integrity_check")


def is_sound(path: Path) -> bool:
    """The file can be read to its end; raises StorageUnavailable when that cannot be said now."""
    try:
        check(path)
    except StorageUnavailable as error:
        if error.template in (DAMAGED, FOREIGN):
            return False
        raise
    return True


def copy(source: Path, target: Path) -> None:
    """A checked copy of one moment, also while others write; it appears whole or not at all."""
    if target.exists():
        raise StorageUnavailable("{place} exists already. Choose another name.", place=target)
    partial = target.with_name(f"{target.name}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        with opened(source, "rw") as connection, said_plainly(of_file(target)):
            connection.execute("VACUUM INTO ?", (str(partial),))
        check(partial)
        _flush(partial)
        partial.replace(target)
        _flush(target.parent)
    except OSError as error:
        raise StorageUnavailable(UNOPENED, place=target) from error
    finally:
        if target.parent.is_dir():
            partial.unlink(missing_ok=True)


def replace_content(source: Path, target: Path, patience_seconds: float = 5.0) -> None:
    """Write a copy over a database in one transaction, so that open connections see it too.

    Renaming a file over it would leave the old write-ahead log beside the new database.
    """
    with opened(source, "ro") as origin, opened(target) as destination:
        # The copying below would wait for ever; this asks once whether somebody is writing.
        destination.execute(f"PRAGMA busy_timeout={int(patience_seconds * 1000)}")
        destination.execute("BEGIN IMMEDIATE")
        destination.execute("ROLLBACK")
        origin.backup(destination)


def beside(path: Path, reason: str) -> Path:
    """A dated name next to a file."""
    return path.with_name(f"{path.stem}-{reason}-{_stamp(now())}{path.suffix}")


@contextmanager
def opened(path: Path, mode: str = "rwc") -> Iterator[sqlite3.Connection]:
    """A connection outside any transaction; what goes wrong is said with the file's name."""
    address = f"file:{quote(str(path))}?mode={mode}"
    with said_plainly(of_file(path)):
        connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=5)
        with closing(connection):
            yield connection


def _check(connection: sqlite3.Connection, path: Path, pragma: str) -> None:
    [first, *_] = connection.execute(f"PRAGMA {pragma}").fetchall()
    if first != ("ok",):
        raise StorageUnavailable(DAMAGED, place=path)


def _flush(path: Path) -> None:
    """Ask the system to put a file or folder on the disk now."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%S%fZ")
