"""Backups that are known to restore, and restores that lose nothing."""

from __future__ import annotations

from pathlib import Path

from dashboard.domain.errors import NotFound, StorageUnavailable
from storage import addresses, sqlite_files
from storage.migrating import known_version, migrate


def backup(url: str, target: Path) -> None:
    """A checked copy of the database as it is now; others may go on writing."""
    sqlite_files.copy(_file(url), target)


def restore(source: Path, url: str) -> None:
    """Put a checked backup in place of the database; what was there is kept beside it."""
    target = _file(url)
    if not source.is_file():
        raise NotFound("There is no backup {path}.", path=source)
    sqlite_files.check(source)
    if known_version(addresses.of_file(source)) is None:
        raise StorageUnavailable("{place} is not a backup of Afektif.", place=source)
    target.parent.mkdir(parents=True, exist_ok=True)
    _keep(target)
    sqlite_files.replace_content(source, target)
    migrate(url)


def _keep(path: Path) -> None:
    """A copy of the present database; a damaged one is moved aside as it is."""
    if not path.exists():
        return
    if sqlite_files.is_sound(path):
        sqlite_files.copy(path, sqlite_files.beside(path, "before-restore"))
        return
    damaged = sqlite_files.beside(path, "damaged")
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(damaged.with_name(damaged.name + suffix))


def _file(url: str) -> Path:
    path = addresses.file_of(addresses.parse(url))
    if path is None:
        raise StorageUnavailable(
            "Afektif copies SQLite files only. For PostgreSQL use `pg_dump` and `pg_restore`."
        )
    return path
