"""Backups restore, also while people write; a restore loses nothing that was there."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from dashboard.domain.errors import NotFound, StorageUnavailable
from storage import sqlite_files
from storage.backups import backup, restore
from storage.database import Database
from tests.storage.worlds import add_examples, all_examples, new_example


def test_a_backup_restores_what_was_there(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    kept = add_examples(database, new_example("a"), new_example("b"))
    backup(sqlite_url, tmp_path / "copies" / "monday.db")
    both = add_examples(database, new_example("c"))
    restore(tmp_path / "copies" / "monday.db", sqlite_url)

    assert all_examples(database) == kept
    [before] = tmp_path.glob("afektif-before-restore-*.db")
    assert all_examples(Database(f"sqlite:///{before}")) == both
    assert len(add_examples(database, new_example("d"))) == 3
    with closing(sqlite3.connect(tmp_path / "afektif.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_search_works_after_a_restore(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    add_examples(database, *(new_example(f"k{number}") for number in range(5)))
    backup(sqlite_url, tmp_path / "copy.db")
    restore(tmp_path / "copy.db", sqlite_url)
    with closing(sqlite3.connect(tmp_path / "afektif.db")) as connection:
        connection.execute("INSERT INTO examples_fts (examples_fts) VALUES ('integrity-check')")


def test_backups_taken_while_people_write_are_all_whole(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    stop = threading.Event()

    def write(name: str) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            add_examples(database, new_example(f"{name}{number:05}"))

    writers = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for writer in writers:
        writer.start()
    copies = [tmp_path / f"copy{number}.db" for number in range(5)]
    for copy in copies:
        backup(sqlite_url, copy)
    stop.set()
    for writer in writers:
        writer.join()

    last = {one.key: one for one in all_examples(database)}
    for copy in copies:
        restored = tmp_path / f"restored-{copy.name}"
        restore(copy, f"sqlite:///{restored}")
        found = all_examples(Database(f"sqlite:///{restored}"))
        assert all(last[one.key] == one for one in found)


def test_a_backup_never_overwrites_a_file(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "taken.db").write_text("mine")
    with pytest.raises(StorageUnavailable, match="exists already"):
        backup(sqlite_url, tmp_path / "taken.db")
    assert (tmp_path / "taken.db").read_text() == "mine"


def test_a_backup_into_a_file_as_folder_is_said(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageUnavailable, match="cannot be opened"):
        backup(sqlite_url, tmp_path / "file" / "copy.db")


def test_a_backup_of_nothing_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable, match="cannot be opened"):
        backup(f"sqlite:///{tmp_path}/missing.db", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_a_bad_backup_is_refused_and_nothing_is_replaced(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    kept = add_examples(database, new_example("a"))
    backup(sqlite_url, tmp_path / "good.db")
    content = bytearray((tmp_path / "good.db").read_bytes())
    content[4096 * 2 : 4096 * 6] = b"\xff" * 4096 * 4
    (tmp_path / "damaged.db").write_bytes(content)
    (tmp_path / "photo.db").write_bytes(b"GIF89a" * 500)
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE songs (name)")

    for name, sentence in (
        ("damaged", "damaged"),
        ("photo", "not a database"),
        ("other", "not a backup"),
    ):
        with pytest.raises(StorageUnavailable, match=sentence):
            restore(tmp_path / f"{name}.db", sqlite_url)
    with pytest.raises(NotFound):
        restore(tmp_path / "missing.db", sqlite_url)
    assert all_examples(database) == kept


def test_a_damaged_database_is_moved_aside_by_a_restore(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    kept = add_examples(database, new_example("a"))
    backup(sqlite_url, tmp_path / "good.db")
    database.dispose()
    (tmp_path / "afektif.db").write_bytes(b"GIF89a" * 500)
    restore(tmp_path / "good.db", sqlite_url)

    assert all_examples(Database(sqlite_url)) == kept
    [damaged] = tmp_path.glob("afektif-damaged-*.db")
    assert damaged.read_bytes() == b"GIF89a" * 500


def test_a_restore_waits_for_nobody_for_ever(sqlite_url: str, tmp_path: Path) -> None:
    backup(sqlite_url, tmp_path / "good.db")
    path = tmp_path / "afektif.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailable, match="in use"):
            sqlite_files.replace_content(tmp_path / "good.db", path, patience_seconds=0.1)


def test_postgresql_is_left_to_its_own_tools(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable, match="pg_dump"):
        backup("postgresql://ayu@host/afektif", tmp_path / "copy.db")
    with pytest.raises(StorageUnavailable, match="pg_dump"):
        restore(tmp_path / "copy.db", "postgresql://ayu@host/afektif")
