"""Datasets: versions that never change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.bootstrap import App, build
from dashboard.domain.datasets import Recipe, Split
from dashboard.domain.errors import InvalidInput
from dashboard.domain.responses import Decision
from dashboard.settings import Settings
from storage.migrating import migrate
from storage.study_folders import load_starters
from tests.conftest import STUDY_FOLDER
from tests.fakes import RecordingQueue, ScriptedEngine
from tests.reviewers import agreed, first

STUDY = "affective-intervention"


def test_the_same_examples_and_recipe_are_one_version(app: App) -> None:
    first = app.datasets.freeze(STUDY, Recipe())
    assert app.datasets.freeze(STUDY, Recipe()) == first
    assert app.datasets.all(STUDY) == (first,)


def test_two_databases_with_the_same_examples_freeze_the_same_bytes(
    app: App, tmp_path: Path
) -> None:
    other_settings = Settings(data_dir=tmp_path / "other", cache_dir=tmp_path)
    migrate(other_settings.database)
    other = build(other_settings, ScriptedEngine(), RecordingQueue())
    other.curation.seed(STUDY, load_starters(STUDY_FOLDER))
    versions = [one.datasets.freeze(STUDY, Recipe()) for one in (app, other)]
    files = [
        one.datasets.training_file(version.id, Split.TRAIN, "x")
        for one, version in zip((app, other), versions, strict=True)
    ]
    assert versions[0].sha256 == versions[1].sha256
    assert files[0] == files[1]


@pytest.mark.parametrize(
    ("recipe", "sha256"),
    [
        (Recipe(), "b11445fd59ffe970a4e2caac63b376b511e9a24303525d33b53ffb31d4c9467f"),
        (
            Recipe(seed=7, limit=48, test_share=0.25, alike=None),
            "8608874be0759e6d74df9c4ef253f8e6f3cc2b56451c3b13e35f4cb13e92bb20",
        ),
    ],
)
def test_the_starters_give_the_bytes_they_gave_before_children_came(
    app: App, recipe: Recipe, sha256: str
) -> None:
    assert app.datasets.freeze(STUDY, recipe).sha256 == sha256


def test_a_version_holds_out_a_fifth_and_says_how_much_is_unreviewed(app: App) -> None:
    version = app.datasets.freeze(STUDY, Recipe())
    assert version.counts == {"train": 112, "validation": 16, "test": 32}
    assert version.unreviewed == 160


def test_a_rejected_example_never_enters_a_version(app: App) -> None:
    [example] = first(app)
    agreed(app, example, Decision.REJECT)
    version = app.datasets.freeze(STUDY, Recipe())
    assert example.key not in {row.key for row in app.datasets.rows(version.id)}


def test_only_accepted_examples_when_the_researcher_wants_it(app: App) -> None:
    with pytest.raises(InvalidInput, match="at least 10"):
        app.datasets.freeze(STUDY, Recipe(accepted_only=True))
    for example in first(app, 20):
        agreed(app, example, Decision.ACCEPT)
    version = app.datasets.freeze(STUDY, Recipe(accepted_only=True))
    assert (sum(version.counts.values()), version.unreviewed) == (20, 0)


def test_a_training_file_is_openai_chat_jsonl(app: App) -> None:
    version = app.datasets.freeze(STUDY, Recipe())
    lines = app.datasets.training_file(version.id, Split.TRAIN, "Sistem").decode().splitlines()
    turns = [json.loads(line)["messages"] for line in lines]
    assert len(turns) == 112
    assert [turn["role"] for turn in turns[0]] == ["system", "user", "assistant"]
    assert turns[0][0]["content"] == "Sistem"
    assert turns[0][1]["content"].startswith("Username: ")
