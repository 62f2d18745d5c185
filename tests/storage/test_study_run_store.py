"""Study runs: the chain, its steps and what it produced."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.domain.errors import NotFound
from dashboard.domain.ids import StudyRunId, new_id
from dashboard.domain.study_runs import Step, StepName, StudyPlan, StudyRun
from dashboard.domain.training import RunStatus
from storage.database import Database
from tests.storage.worlds import NOON, STUDY, add_generation, later


@pytest.fixture
def run(database: Database) -> StudyRun:
    """A stored study run that waits."""
    run = StudyRun(
        id=StudyRunId(new_id()),
        plan=StudyPlan(STUDY, "http://127.0.0.1:8000/v1", "gemma-3-270m", rows=60),
        status=RunStatus.WAITING,
        error=None,
        steps=tuple(Step(name, RunStatus.WAITING, 0, 0) for name in StepName),
        version_id=None,
        training_run_id=None,
        generation_run_id=None,
        created_at=NOON,
        finished_at=None,
    )
    with database.transaction() as stores:
        stores.study_runs.add(run)
    return run


def test_a_run_comes_back_with_its_steps_in_order(database: Database, run: StudyRun) -> None:
    with database.reading() as stores:
        assert stores.study_runs.get(run.id) == run
        assert stores.study_runs.all(STUDY) == (run,)
        assert stores.study_runs.all("another") == ()


def test_adding_a_run_again_changes_nothing(database: Database, run: StudyRun) -> None:
    with database.transaction() as stores:
        stores.study_runs.set_step(run.id, Step(StepName.TRAIN, RunStatus.RUNNING, 3, 60))
        stores.study_runs.add(run)
        seen = stores.study_runs.get(run.id)
    assert seen.steps[1] == Step(StepName.TRAIN, RunStatus.RUNNING, 3, 60)
    assert len(seen.steps) == len(StepName)


def test_runs_are_listed_newest_first(database: Database, run: StudyRun) -> None:
    second = replace(run, id=StudyRunId(new_id()), created_at=later(1))
    with database.transaction() as stores:
        stores.study_runs.add(second)
        assert stores.study_runs.all(STUDY) == (second, run)


def test_links_are_added_one_by_one(database: Database, run: StudyRun) -> None:
    generation, _ = add_generation(database)
    with database.transaction() as stores:
        stores.study_runs.link(run.id)
        stores.study_runs.link(run.id, version_id=generation.version_id)
        stores.study_runs.link(run.id, training_run_id=generation.training_run_id)
        stores.study_runs.link(run.id, generation_run_id=generation.id)
        seen = stores.study_runs.get(run.id)
    assert (seen.version_id, seen.training_run_id, seen.generation_run_id) == (
        generation.version_id,
        generation.training_run_id,
        generation.id,
    )


def test_the_status_says_how_it_ended(database: Database, run: StudyRun) -> None:
    with database.transaction() as stores:
        stores.study_runs.set_status(run.id, RunStatus.FAILED, "No engine.", later(3))
        seen = stores.study_runs.get(run.id)
    assert (seen.status, seen.error, seen.finished_at) == (
        RunStatus.FAILED,
        "No engine.",
        later(3),
    )


def test_an_unknown_run_is_not_found(database: Database) -> None:
    unknown = StudyRunId(new_id())
    with database.transaction() as stores:
        with pytest.raises(NotFound):
            stores.study_runs.get(unknown)
        with pytest.raises(NotFound):
            stores.study_runs.set_status(unknown, RunStatus.RUNNING)
