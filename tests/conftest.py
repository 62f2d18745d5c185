"""Worlds that tests of several rooms share: settings, a migrated database, an application."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.bootstrap import App, build
from dashboard.domain.studies import Study
from dashboard.settings import ROOT, Settings
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


@pytest.fixture
def empty_app(settings: Settings, engine: ScriptedEngine, queue: RecordingQueue) -> Iterator[App]:
    """Every service over a fresh database without examples."""
    migrate(settings.database)
    yield build(settings, engine, queue)


@pytest.fixture
def app(empty_app: App) -> App:
    """Every service over a database with the 160 starters."""
    empty_app.curation.seed("affective-intervention", load_starters(STUDY_FOLDER))
    return empty_app
