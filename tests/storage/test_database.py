"""The door: all or nothing, one moment per read, and failures said in a sentence."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from dashboard.domain.errors import StorageUnavailable
from dashboard.domain.examples import ExampleFilter
from dashboard.domain.ids import OutputId
from dashboard.domain.scores import Score
from dashboard.services import stores as ports
from storage.database import Database
from tests.storage.worlds import (
    STUDY,
    action,
    add_examples,
    add_version,
    added,
    all_examples,
    new_example,
    training_run,
)


def test_storage_is_what_the_services_ask_for(database: Database) -> None:
    door: ports.Database = database  # mypy compares every method of every store
    with door.reading() as stores:
        assert stores.examples.keys(STUDY) == frozenset()


def test_an_error_undoes_the_whole_transaction(database: Database) -> None:
    with pytest.raises(RuntimeError), database.transaction() as stores:
        stores.ledger.record(action(), added(new_example("a")))
        raise RuntimeError
    assert all_examples(database) == ()


def test_a_reader_sees_one_moment(database: Database) -> None:
    add_examples(database, new_example("a"))
    with database.reading() as stores:
        assert stores.examples.keys(STUDY) == {"a"}
        add_examples(database, new_example("b"))
        assert stores.examples.keys(STUDY) == {"a"}
    with database.reading() as stores:
        assert stores.examples.keys(STUDY) == {"a", "b"}


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    version, _ = add_version(database)
    vague = replace(training_run(version.id), created_at=datetime(2025, 5, 1))
    with pytest.raises(StatementError, match="no time zone"), database.transaction() as stores:
        stores.training.add(vague)


def test_an_error_does_not_quote_what_people_wrote(database: Database) -> None:
    with pytest.raises(IntegrityError) as said, database.transaction() as stores:
        stores.scores.save([Score(OutputId("secret-a"), "f1", 0.5, "secret-b")])
    assert "secret-b" not in str(said.value)


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(StorageUnavailable, match="read-only"), database.reading() as stores:
        stores.ledger.record(action(), added(new_example("a")))
    assert all_examples(database) == ()


def test_times_keep_their_moment_in_any_zone(database: Database) -> None:
    version, _ = add_version(database)
    jakarta = datetime(2025, 5, 1, 7, 0, tzinfo=timezone(timedelta(hours=7)))
    run = replace(training_run(version.id), created_at=jakarta)
    with database.transaction() as stores:
        stores.training.add(run)
        seen = stores.training.get(run.id).created_at
    assert seen == jakarta
    assert seen.tzinfo is UTC


def test_sqlite_is_set_up_to_keep_what_people_wrote(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.reading() as stores:
        asked = {
            name: stores.examples.session.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "query_only")
        }
    with database.transaction() as stores:
        asked |= {
            name: stores.examples.session.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("foreign_keys", "synchronous", "busy_timeout")
        }
    assert asked == {
        "journal_mode": "wal",
        "query_only": 1,
        "foreign_keys": 1,
        "synchronous": 2,
        "busy_timeout": 5000,
    }


def test_a_locked_file_is_waited_for_and_then_named(sqlite_url: str, tmp_path: Path) -> None:
    impatient = Database(sqlite_url, patience_seconds=0.2)
    with closing(sqlite3.connect(tmp_path / "afektif.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert all_examples(impatient) == ()
        with pytest.raises(StorageUnavailable, match=r"afektif\.db is in use"):
            add_examples(impatient, new_example("a"))
        other.execute("ROLLBACK")
    assert len(add_examples(impatient, new_example("a"))) == 1


def test_a_writer_waits_until_the_one_before_is_done(database: Database) -> None:
    asked = threading.Event()

    def add_another() -> None:
        asked.set()
        with database.transaction() as stores:
            number = len(stores.examples.keys(STUDY))
            stores.ledger.record(action(), added(new_example(f"k{number}")))

    other = threading.Thread(target=add_another)
    with database.transaction() as stores:
        assert stores.examples.keys(STUDY) == frozenset()
        other.start()
        asked.wait()
        other.join(0.3)
        assert other.is_alive(), "two write at the same time"
        stores.ledger.record(action(), added(new_example("k0")))
    other.join()
    assert {one.key for one in all_examples(database)} == {"k0", "k1"}


def test_a_writer_who_waits_too_long_is_told_and_readers_never_wait(url: str) -> None:
    database, impatient = Database(url), Database(url, patience_seconds=0.2)
    with database.transaction():
        assert all_examples(impatient) == ()
        with pytest.raises(StorageUnavailable, match="is in use"):
            add_examples(impatient, new_example("a"))
    assert len(add_examples(impatient, new_example("a"))) == 1
    database.dispose()
    impatient.dispose()


def test_a_full_disk_is_said_and_nothing_is_half_saved(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    rows = [new_example(f"k{number}", "panjang " * 500) for number in range(200)]
    with pytest.raises(StorageUnavailable, match=r"disk .* is full"), database.transaction() as one:
        pages = one.examples.session.execute(text("PRAGMA page_count")).scalar_one()
        one.examples.session.execute(text(f"PRAGMA max_page_count={pages + 20}"))
        one.ledger.record(action(), [change for row in rows for change in added(row)])
    database.dispose()
    assert all_examples(database) == ()
    assert len(add_examples(database, new_example("a"))) == 1


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "photo.db").write_bytes(b"GIF89a" * 500)
    with pytest.raises(StorageUnavailable, match=r"photo\.db is not a database"):
        all_examples(Database(f"sqlite:///{tmp_path}/photo.db"))


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable, match="cannot be opened"):
        all_examples(Database(f"sqlite:///{tmp_path}/missing/afektif.db"))


def test_a_database_without_tables_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable, match="no tables yet"):
        all_examples(Database(f"sqlite:///{tmp_path}/empty.db"))


def test_a_silent_server_is_named_without_its_password() -> None:
    database = Database("postgresql://ayu:secret@127.0.0.1:1/afektif")
    with pytest.raises(StorageUnavailable, match="does not answer") as said:
        all_examples(database)
    assert "127.0.0.1:1/afektif" in str(said.value)
    assert "secret" not in str(said.value)


def test_the_last_page_of_many_examples_is_found(database: Database) -> None:
    add_examples(database, *(new_example(f"k{number:05}") for number in range(3000)))
    with database.reading() as stores:
        page = stores.examples.page(ExampleFilter(STUDY, text="seman"), 2990, 20)
    assert (len(page.examples), page.total, page.is_more) == (10, 1000, True)
