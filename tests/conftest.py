"""Worlds that tests of several rooms share: settings, a migrated database, an application."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from dashboard.bootstrap import App, build
from dashboard.domain.studies import Study
from dashboard.settings import ROOT, Settings
from storage import sqlite_files
from storage.migrating import migrate
from storage.study_folders import load_starters, load_study
from tests.fakes import RecordingQueue, ScriptedEngine

STUDY_FOLDER = ROOT / "data" / "studies" / "affective-intervention"


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*os.environ]:
        if name.startswith("AFEKTIF_") and name != "AFEKTIF_TEST_POSTGRES_URL":
            monkeypatch.delenv(name)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation in a folder of its own."""
    return Settings(data_dir=tmp_path / "var", cache_dir=tmp_path / "cache")


@pytest.fixture
def study() -> Study:
    """The default study."""
    return load_study(STUDY_FOLDER)


@pytest.fixture
def engine() -> ScriptedEngine:
    """An engine that says its lines."""
    return ScriptedEngine()


@pytest.fixture
def queue() -> RecordingQueue:
    """A queue that only listens."""
    return RecordingQueue()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema and nothing in it, to copy from."""
    path = tmp_path_factory.mktemp("migrated") / "afektif.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def starters_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the 160 starters, to copy from."""
    here = Settings(data_dir=tmp_path_factory.mktemp("starters"))
    used, at_rest = here.data_dir / "afektif.db", here.data_dir / "at-rest.db"
    shutil.copyfile(migrated_file, used)
    seeded = build(here, ScriptedEngine(), RecordingQueue())
    seeded.curation.seed("affective-intervention", load_starters(STUDY_FOLDER))
    sqlite_files.copy(used, at_rest)
    sqlite_files.prepare(at_rest)
    return at_rest


@pytest.fixture
def empty_app(
    settings: Settings, engine: ScriptedEngine, queue: RecordingQueue, migrated_file: Path
) -> App:
    """Every service over a fresh database without examples."""
    return over_copy(migrated_file, settings, engine, queue)


@pytest.fixture
def app(
    settings: Settings, engine: ScriptedEngine, queue: RecordingQueue, starters_file: Path
) -> App:
    """Every service over a database with the 160 starters."""
    return over_copy(starters_file, settings, engine, queue)


def over_copy(
    original: Path, settings: Settings, engine: ScriptedEngine, queue: RecordingQueue
) -> App:
    """Every service over a copy of a database that nobody uses."""
    settings.data_dir.mkdir(parents=True)
    shutil.copyfile(original, settings.data_dir / "afektif.db")
    return build(settings, engine, queue)
