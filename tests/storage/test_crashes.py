"""What a crash or missing rights leave behind, seen from a child process that really has them."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dashboard.domain.errors import StorageUnavailable
from storage.backups import backup
from storage.database import Database
from storage.migrating import migrate
from tests.storage.worlds import add_examples, all_examples, new_example


def test_what_was_acknowledged_survives_a_kill(sqlite_url: str, tmp_path: Path) -> None:
    acknowledged, said = os.pipe()
    child = os.fork()
    if not child:
        try:
            database = Database(sqlite_url)
            for number in range(9_999):
                add_examples(database, new_example(f"k{number}"))
                os.write(said, f"k{number}\n".encode())
        finally:
            os._exit(0)
    os.close(said)
    time.sleep(0.5)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)

    with os.fdopen(acknowledged) as lines:
        keys = {line.strip() for line in lines if line.endswith("\n")}
    with closing(sqlite3.connect(tmp_path / "afektif.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert keys
    assert keys <= {one.key for one in all_examples(Database(sqlite_url))}


@pytest.fixture
def guarded_url(migrated_file: Path) -> Iterator[str]:
    """A migrated file that everybody may read and nobody but root may write."""
    folder = Path(tempfile.mkdtemp())
    shutil.copy(migrated_file, folder / "afektif.db")
    (folder / "afektif.db").chmod(0o444)
    folder.chmod(0o555)
    yield f"sqlite:///{folder}/afektif.db"
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "work",
    [
        lambda url: add_examples(Database(url), new_example("a")),
        migrate,
        lambda url: migrate(url.replace("afektif.db", "new/afektif.db")),
        lambda url: backup(url, Path(url.removeprefix("sqlite:///") + ".copy")),
    ],
    ids=["write", "migrate", "create", "backup"],
)
def test_missing_rights_are_said(guarded_url: str, work: Callable[[str], object]) -> None:
    said = refused_without_rights(lambda: work(guarded_url))
    assert said.startswith(guarded_url.removeprefix("sqlite:///").removesuffix("/afektif.db"))
    assert "read-only" in said or "cannot be opened" in said


def refused_without_rights(work: Callable[[], object]) -> str:
    """The sentence of StorageUnavailable in a child that is not root."""
    answer, said = os.pipe()
    child = os.fork()
    if not child:
        if os.getuid() == 0:
            os.setuid(65534)
        try:
            work()
        except StorageUnavailable as error:
            os.write(said, str(error).encode())
        finally:
            os._exit(0)
    os.close(said)
    os.waitpid(child, 0)
    with os.fdopen(answer) as sentence:
        return sentence.read()
