"""Training runs: repeated reports merge, and an end is final."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.domain.errors import NotFound
from dashboard.domain.ids import TrainingRunId, new_id
from dashboard.domain.training import (
    Checkpoint,
    CurvePoint,
    JobSnapshot,
    RunEvent,
    RunStatus,
)
from storage.database import Database
from tests.storage.worlds import add_training, later

REPORT = JobSnapshot(
    job_id="ftjob-1",
    status=RunStatus.RUNNING,
    status_text="running",
    model=None,
    error=None,
    total_steps=60,
    trained_tokens=None,
    points=(CurvePoint(1, train_loss=2.5, train_accuracy=0.4), CurvePoint(2, train_loss=2.0)),
    events=(
        RunEvent("e1", later(1), "info", "Started 🚀"),
        RunEvent("e2", later(2), "warn", "Slow"),
    ),
    checkpoints=(Checkpoint(2, "gemma:ckpt-2", 1.9),),
)


def test_a_run_comes_back_as_launched(database: Database) -> None:
    run = add_training(database)
    with database.reading() as stores:
        assert stores.training.get(run.id) == run
        assert stores.training.all() == (run,)


def test_adding_a_run_again_changes_nothing(database: Database) -> None:
    run = add_training(database)
    with database.transaction() as stores:
        stores.training.add(replace(run, status=RunStatus.FAILED))
        assert stores.training.all() == (run,)


def test_runs_are_listed_newest_first(database: Database) -> None:
    first = add_training(database)
    second = replace(first, id=TrainingRunId(new_id()), created_at=later(1))
    with database.transaction() as stores:
        stores.training.add(second)
        assert stores.training.all() == (second, first)


def test_a_report_updates_the_run(database: Database) -> None:
    run = add_training(database)
    with database.transaction() as stores:
        stores.training.record(run.id, REPORT)
        seen = stores.training.get(run.id)
    assert (seen.status, seen.job_id, seen.total_steps) == (RunStatus.RUNNING, "ftjob-1", 60)
    assert (seen.finished_at, seen.plan) == (None, run.plan)
    with database.reading() as stores:
        assert stores.training.curve(run.id) == REPORT.points
        assert stores.training.events(run.id) == REPORT.events[::-1]
        assert stores.training.events(run.id, limit=1) == REPORT.events[1:]
        assert stores.training.checkpoints(run.id) == REPORT.checkpoints


def test_the_same_report_twice_changes_nothing(database: Database) -> None:
    run = add_training(database)
    for _ in range(2):
        with database.transaction() as stores:
            stores.training.record(run.id, REPORT)
    with database.reading() as stores:
        assert stores.training.curve(run.id) == REPORT.points
        assert len(stores.training.events(run.id)) == 2
        assert len(stores.training.checkpoints(run.id)) == 1


def test_points_merge_and_nothing_known_is_forgotten(database: Database) -> None:
    run = add_training(database)
    more = replace(
        REPORT,
        job_id="ftjob-1",
        total_steps=None,
        points=(CurvePoint(1, train_loss=2.4, valid_loss=2.6), CurvePoint(3, valid_accuracy=0.5)),
        events=(RunEvent("e3", later(3), "info", "Still here"),),
        checkpoints=(Checkpoint(2, "gemma:ckpt-2b", None), Checkpoint(4, "gemma:ckpt-4", 1.5)),
    )
    with database.transaction() as stores:
        stores.training.record(run.id, REPORT)
        stores.training.record(run.id, more)
        assert stores.training.curve(run.id) == (
            CurvePoint(1, train_loss=2.4, train_accuracy=0.4, valid_loss=2.6),
            CurvePoint(2, train_loss=2.0),
            CurvePoint(3, valid_accuracy=0.5),
        )
        assert [one.id for one in stores.training.events(run.id)] == ["e3", "e2", "e1"]
        assert stores.training.checkpoints(run.id) == (
            Checkpoint(2, "gemma:ckpt-2b", 1.9),
            Checkpoint(4, "gemma:ckpt-4", 1.5),
        )
        assert stores.training.get(run.id).total_steps == 60


def test_a_final_report_sets_the_end_once(database: Database) -> None:
    run = add_training(database)
    last = replace(REPORT, status=RunStatus.SUCCEEDED, model="ft:gemma", trained_tokens=3 * 10**9)
    with database.transaction() as stores:
        stores.training.record(run.id, last)
        ended = stores.training.get(run.id)
        stores.training.record(run.id, last)
        assert stores.training.get(run.id) == ended
    assert ended.finished_at is not None
    assert (ended.model, ended.trained_tokens) == ("ft:gemma", 3 * 10**9)


def test_a_late_report_adds_figures_but_does_not_reopen_a_run(database: Database) -> None:
    run = add_training(database)
    with database.transaction() as stores:
        stores.training.finish(run.id, RunStatus.CANCELLED, "Stopped by Ayu.")
        stores.training.record(run.id, REPORT)
        stores.training.finish(run.id, RunStatus.FAILED, "Too late.")
        seen = stores.training.get(run.id)
        assert stores.training.curve(run.id) == REPORT.points
    assert (seen.status, seen.error) == (RunStatus.CANCELLED, "Stopped by Ayu.")
    assert seen.finished_at is not None
    assert seen.total_steps == 60


def test_an_unknown_run_is_not_found(database: Database) -> None:
    unknown = TrainingRunId(new_id())
    with database.transaction() as stores:
        with pytest.raises(NotFound):
            stores.training.get(unknown)
        with pytest.raises(NotFound):
            stores.training.record(unknown, REPORT)
        with pytest.raises(NotFound):
            stores.training.finish(unknown, RunStatus.FAILED, None)
