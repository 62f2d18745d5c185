"""Migrations: from nothing, from an older schema, killed anywhere, and refused from the future."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.schema import SchemaItem

from dashboard.domain.errors import StorageUnavailable
from dashboard.domain.examples import ExampleFilter, ValueCount
from dashboard.domain.ids import ExampleId
from storage.addresses import parse
from storage.database import Database
from storage.migrating import MIGRATIONS, migrate
from storage.search import facets
from storage.tables import Base
from tests.databases import KINDS, POSTGRES_URL
from tests.killing import killed_at
from tests.storage.worlds import STUDY, add_examples, all_examples, new_example

FULL_TEXT = ("ix_examples_terms", "terms")
LATER_REVISION = '''
"""A table, a changed one and a row, as a later schema may bring."""
import sqlalchemy as sa
from alembic import op

revision, down_revision = "0004", "0003"

def upgrade() -> None:
    op.create_table("notes", sa.Column("id", sa.Text(), primary_key=True))
    op.execute("INSERT INTO notes VALUES ('first')")
    with op.batch_alter_table("study_steps") as steps:
        steps.add_column(sa.Column("note", sa.Text()))
        steps.alter_column("total", new_column_name="units")
    op.execute("INSERT INTO notes VALUES ('second')")
'''


@pytest.fixture
def later_scripts(tmp_path: Path) -> Path:
    """The revisions of a later Afektif: ours and one more."""
    scripts = tmp_path / "later migrations 100%"
    shutil.copytree(MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "0004_notes.py").write_text(LATER_REVISION)
    return scripts


def asked(path: Path, query: str) -> list[tuple[object, ...]]:
    """What a file answers to a query."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def is_ours(
    item: SchemaItem, name: str | None, kind: str, reflected: bool, other: SchemaItem | None
) -> bool:
    """Everything except the full-text indexes, which the models do not describe."""
    return not str(name).startswith("examples_fts") and name not in FULL_TEXT


def test_the_models_are_what_the_migrations_make(url: str) -> None:
    engine = create_engine(parse(url))
    options = {"include_object": is_ours, "compare_type": True}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_migrating_creates_the_folder_and_a_file_many_can_use(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "afektif.db"
    migrate(f"sqlite:///{path}")
    assert asked(path, "PRAGMA journal_mode") == [("wal",)]
    assert asked(path, "SELECT version_num FROM alembic_version") == [("0003",)]
    assert [one.name for one in path.parent.iterdir()] == ["afektif.db"]


def test_migrating_again_changes_nothing(url: str) -> None:
    database = Database(url)
    [example] = add_examples(database, new_example("a"))
    database.dispose()
    migrate(url)
    assert all_examples(database) == (example,)
    database.dispose()


def test_an_upgrade_keeps_everything_and_a_copy(
    sqlite_url: str, tmp_path: Path, later_scripts: Path
) -> None:
    database = Database(sqlite_url)
    [example] = add_examples(database, new_example("a"))
    database.dispose()
    migrate(sqlite_url, later_scripts)

    assert asked(tmp_path / "afektif.db", "SELECT id FROM notes") == [("first",), ("second",)]
    assert all_examples(database) == (example,)
    [copy] = tmp_path.glob("afektif-before-0004-*.db")
    assert all_examples(Database(f"sqlite:///{copy}")) == (example,)
    assert asked(copy, "SELECT version_num FROM alembic_version") == [("0003",)]


def test_a_newer_schema_is_refused(sqlite_url: str, later_scripts: Path) -> None:
    migrate(sqlite_url, later_scripts)
    with pytest.raises(StorageUnavailable, match="newer Afektif"):
        migrate(sqlite_url)


def test_an_upgrade_that_leaves_dangling_rows_is_undone(
    sqlite_url: str, tmp_path: Path, later_scripts: Path
) -> None:
    dangling = "INSERT INTO study_steps VALUES ('gone', 'train', 'waiting', 0, 0, '')"
    broken = f'{LATER_REVISION}    op.execute("{dangling}")\n'
    (later_scripts / "versions" / "0004_notes.py").write_text(broken)
    with pytest.raises(RuntimeError, match="dangling"):
        migrate(sqlite_url, later_scripts)
    assert asked(tmp_path / "afektif.db", "SELECT version_num FROM alembic_version") == [("0003",)]


def test_logging_is_left_alone(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers), logging.getLogger("dashboard").disabled)
    migrate(f"sqlite:///{tmp_path}/afektif.db")
    assert (root.level, list(root.handlers), logging.getLogger("dashboard").disabled) == before


def test_what_is_no_database_is_refused_untouched(tmp_path: Path) -> None:
    photo = tmp_path / "photo.db"
    photo.write_bytes(b"GIF89a" * 500)
    with pytest.raises(StorageUnavailable, match="not a database"):
        migrate(f"sqlite:///{photo}")
    assert photo.read_bytes() == b"GIF89a" * 500


def test_a_damaged_file_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "afektif.db"
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 6] = b"\xff" * 4096 * 4
    path.write_bytes(content)
    with pytest.raises(StorageUnavailable, match="damaged"):
        migrate(sqlite_url)


@pytest.mark.parametrize("taken", ["folder", "folder/deeper"])
def test_a_file_where_a_folder_should_be_is_said(tmp_path: Path, taken: str) -> None:
    (tmp_path / "folder").write_text("not a folder")
    with pytest.raises(StorageUnavailable, match="cannot be opened"):
        migrate(f"sqlite:///{tmp_path}/{taken}/afektif.db")


def test_a_folder_where_the_file_should_be_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable, match="cannot be opened"):
        migrate(f"sqlite:///{tmp_path}")


def walk(path: Path, work: Callable[[], None], start: bytes | None) -> int:
    """Kill work at every moment in turn; each time a second run must finish it."""
    moment = 0
    survived = False
    while not survived:
        moment += 1
        for leftover in path.parent.glob(f"{path.stem}*"):
            leftover.unlink()
        if start is not None:
            path.write_bytes(start)
        survived = not killed_at(moment, work)
        if not survived:
            halves = asked(path, "SELECT name FROM sqlite_master WHERE name IN ('notes', 'scores')")
            assert len(halves) == (start is not None)
        work()
        assert asked(path, "PRAGMA integrity_check") == [("ok",)]
    return moment - 1


@pytest.mark.slow
def test_the_first_migration_survives_a_kill_at_every_statement(tmp_path: Path) -> None:
    path = tmp_path / "afektif.db"
    kills = walk(path, lambda: migrate(f"sqlite:///{path}"), start=None)
    assert kills >= 30
    assert len(add_examples(Database(f"sqlite:///{path}"), new_example("a"))) == 1


def test_an_upgrade_survives_a_kill_at_every_statement(
    sqlite_url: str, tmp_path: Path, later_scripts: Path
) -> None:
    path = tmp_path / "afektif.db"
    kills = walk(path, lambda: migrate(sqlite_url, later_scripts), start=path.read_bytes())
    assert kills >= 10
    assert asked(path, "SELECT id FROM notes") == [("first",), ("second",)]


OLD_RESPONSES = "id, example_id, revision_id, expert, decision, reason, created_at"


@pytest.fixture
def first_schema(tmp_path: Path) -> Path:
    """A file of the first schema with two examples, an edit and three judgments."""
    scripts = tmp_path / "first"
    shutil.copytree(MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__", "000[23]*"))
    path = tmp_path / "old" / "afektif.db"
    migrate(f"sqlite:///{path}", scripts)
    with closing(sqlite3.connect(path)) as connection:
        for number, current, edits in ((1, 2, (1, 2)), (2, 1, (1,))):
            connection.execute(
                "INSERT INTO examples VALUES (?, ?, ?, ?, 'authored', 'accepted', ?, ?, "
                """'{"emotion": "sad"}', 'Semangat 🌱', 'k sad semangat', """
                "'2025-05-01 12:00:00', '2025-05-01 12:00:00')",
                (number, f"e{number}", STUDY, f"k{number}", f"e{number}r{current}", current),
            )
            for edit in edits:
                connection.execute(
                    "INSERT INTO revisions VALUES (?, ?, ?, "
                    """'{"emotion": "sad"}', 'Semangat 🌱', 'Ayu', '', ?)""",
                    (f"e{number}r{edit}", f"e{number}", edit, f"2025-05-01 12:0{edit}:00.000000"),
                )
        for number, (expert, decision) in enumerate(
            [("Budi", "reject"), ("Citra", "accept"), ("Budi", "accept")]
        ):
            connection.execute(
                f"INSERT INTO responses ({OLD_RESPONSES}) VALUES (?, 'e2', 'e2r1', ?, ?, '', ?)",
                (f"x{number}", expert, decision, f"2025-05-01 13:0{number}:00.500000"),
            )
        connection.commit()
    return path


def test_judgments_of_the_first_schema_are_carried_over(first_schema: Path) -> None:
    migrate(f"sqlite:///{first_schema}")
    database = Database(f"sqlite:///{first_schema}")
    with database.reading() as stores:
        [answers] = [one.responses for one in stores.examples.cases([ExampleId("e2")])]
        found = [(one.expert, one.answer.decision.value) for one in answers if one.answer.decision]
        assert sorted(found) == [("Budi", "accept"), ("Citra", "accept")]
        assert not any(one.independent for one in answers)
        deeds = [one.action.deed.value for one in stores.ledger.of_example(ExampleId("e2"))]
        assert deeds == ["submit", "submit", "submit", "add", "add"]
        wanted = ExampleFilter(STUDY, text="semang", inputs=(("emotion", "sad"),))
        assert [one.key for one in stores.examples.page(wanted, 0, 9).examples] == ["k1", "k2"]
        assert stores.examples.get(ExampleId("e1")).author == "Ayu"


def test_the_upgrade_indexes_and_counts_as_the_code_does(first_schema: Path) -> None:
    migrate(f"sqlite:///{first_schema}")
    kept = asked(first_schema, "SELECT facets FROM examples ORDER BY sequence")
    with Database(f"sqlite:///{first_schema}").reading() as stores:
        examples = stores.examples.page(ExampleFilter(STUDY), 0, 9).examples
        made = [facets(one.entry, stores.examples.revisions(one.id)[0]) for one in examples]
        values = stores.examples.values(ExampleFilter(STUDY), "inputs.emotion", 9)
    assert [str(row[0]).split() for row in kept] == [one.split() for one in made]
    assert values == (ValueCount("sad", 2),)


def test_after_the_upgrade_the_ledger_adds_up_to_what_stands(first_schema: Path) -> None:
    migrate(f"sqlite:///{first_schema}")
    with Database(f"sqlite:///{first_schema}").reading() as stores:
        assert stores.ledger.replayed() == stores.ledger.state()


@pytest.mark.slow
def test_the_upgrade_survives_a_kill_at_every_statement(first_schema: Path) -> None:
    url, start = f"sqlite:///{first_schema}", first_schema.read_bytes()
    kills = walk(first_schema, lambda: migrate(url), start=start)
    assert kills >= 60
    with Database(url).reading() as stores:
        assert stores.ledger.replayed() == stores.ledger.state()


@pytest.mark.skipif("postgresql" not in KINDS, reason="AFEKTIF_TEST_POSTGRES_URL is not set")
def test_postgresql_survives_a_kill_halfway() -> None:
    for moment in range(1, 60, 7):
        with psycopg.connect(POSTGRES_URL, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        killed_at(moment, lambda: migrate(POSTGRES_URL))
        migrate(POSTGRES_URL)
    assert len(add_examples(Database(POSTGRES_URL), new_example("a"))) == 1
