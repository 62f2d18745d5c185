"""The whole chain, step by step, with an engine that says its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from dashboard.bootstrap import App, build
from dashboard.domain.errors import (
    EngineRefused,
    EngineUnavailable,
    InvalidInput,
    StorageUnavailable,
    UserError,
)
from dashboard.domain.generation import Output, OutputStatus, SystemKind
from dashboard.domain.study_runs import Step, StepName, StudyPlan, StudyRun
from dashboard.domain.training import RunStatus
from dashboard.services.ports import Work
from dashboard.settings import Settings
from tests.fakes import RecordingQueue, ScriptedEngine, snapshot

PLAN = StudyPlan("affective-intervention", "local", "tiny", quick=True, rows=40)


@pytest.fixture
def run(app: App) -> StudyRun:
    return app.studies.launch(PLAN)


@pytest.fixture
def trained(app: App, run: StudyRun) -> StudyRun:
    """Frozen and trained; nothing is written yet."""
    return advanced(app, run, until=lambda now: now.generation_run_id is not None)


def advanced(app: App, run: StudyRun, until: Callable[[StudyRun], bool]) -> StudyRun:
    while not until(app.studies.run(run.id)):
        assert app.studies.advance(run.id)
    return app.studies.run(run.id)


def write_all(app: App, run: StudyRun) -> list[Output]:
    assert run.generation_run_id is not None
    while app.generation.pending(run.generation_run_id):
        app.studies.advance(run.id)
    return [one for row in app.generation.comparisons(run.generation_run_id) for one in row.outputs]


def step_of(app: App, run: StudyRun, name: StepName) -> Step:
    return next(step for step in app.studies.run(run.id).steps if step.name is name)


def test_launching_hands_the_study_to_the_worker_once(
    app: App, run: StudyRun, queue: RecordingQueue
) -> None:
    app.studies.launch(PLAN, run.id)
    assert queue.taken == [(Work.STUDY, run.id, ())]
    assert len(app.studies.runs(PLAN.study)) == 1


def test_an_unknown_study_is_refused(app: App) -> None:
    with pytest.raises(InvalidInput, match="no study"):
        app.studies.launch(StudyPlan("nothing", "local", "tiny"))


def test_a_queue_that_cannot_be_written_leaves_no_study_waiting(
    settings: Settings, app: App, engine: ScriptedEngine
) -> None:
    class FullQueue:
        def enqueue(self, work: Work, subject_id: str, *arguments: str) -> None:
            raise StorageUnavailable("The work queue cannot be written.")

    broken = build(settings, engine, FullQueue())
    with pytest.raises(StorageUnavailable):
        broken.studies.launch(PLAN)
    assert [run.status for run in app.studies.runs(PLAN.study)] == [RunStatus.FAILED]


def test_the_same_unit_of_work_twice_changes_nothing(
    app: App, run: StudyRun, engine: ScriptedEngine
) -> None:
    engine.snapshots = [snapshot(RunStatus.RUNNING, 1), snapshot(RunStatus.RUNNING, 1), snapshot()]
    advanced(app, run, until=lambda now: now.generation_run_id is not None)
    assert len(app.datasets.all(PLAN.study)) == 1
    assert len(app.finetuning.runs()) == len(engine.started) == 1
    assert len(app.generation.runs()) == 1


def test_training_progress_follows_the_curve(
    app: App, run: StudyRun, engine: ScriptedEngine
) -> None:
    engine.snapshots = [snapshot(RunStatus.QUEUED, 0), snapshot(RunStatus.RUNNING, 3), snapshot()]
    for _ in range(3):
        app.studies.advance(run.id)
    step = step_of(app, run, StepName.TRAIN)
    assert (step.done, step.total, step.status) == (3, 4, RunStatus.RUNNING)
    app.studies.advance(run.id)
    step = step_of(app, run, StepName.TRAIN)
    assert (step.done, step.status) == (4, RunStatus.SUCCEEDED)


def test_every_system_answers_every_held_out_row_once(app: App, trained: StudyRun) -> None:
    outputs = write_all(app, trained)
    assert len(outputs) == 24
    assert Counter(one.system for one in outputs) == dict.fromkeys(SystemKind, 8)


def test_base_gets_the_long_prompt_few_shot_also_examples_tuned_the_short(
    app: App, trained: StudyRun, engine: ScriptedEngine
) -> None:
    write_all(app, trained)
    base, few, tuned = engine.asked[0], engine.asked[8], engine.asked[16]
    assert base[1][0].content.startswith("Instruksi") and len(base[1]) == 2
    assert few[1][0].content == base[1][0].content and len(few[1]) == 8
    assert len(tuned[1][0].content) < len(base[1][0].content) / 2
    assert [base[0], few[0], tuned[0]] == ["tiny", "tiny", "ft:tiny:local:afektif:1"]


def test_few_shot_examples_are_training_rows_only(
    app: App, trained: StudyRun, engine: ScriptedEngine
) -> None:
    write_all(app, trained)
    assert trained.version_id is not None
    train = {row.message for row in app.datasets.rows(trained.version_id) if row.split == "train"}
    turns = [turn for _, chat, _ in engine.asked for turn in chat]
    shown = {turn.content for turn in turns if turn.role == "assistant"}
    assert shown and shown <= train


def test_an_engine_that_rests_loses_no_output_and_doubles_none(
    app: App, trained: StudyRun, engine: ScriptedEngine
) -> None:
    engine.faults = [EngineUnavailable("resting")]
    with pytest.raises(EngineUnavailable):
        app.studies.advance(trained.id)
    assert len(engine.asked) == 7
    write_all(app, trained)
    assert len(engine.asked) == 24


def test_one_refused_request_is_kept_with_its_sentence(
    app: App, trained: StudyRun, engine: ScriptedEngine
) -> None:
    engine.faults = [EngineRefused("too long")]
    failed = [one for one in write_all(app, trained) if one.status is OutputStatus.FAILED]
    assert [one.error for one in failed] == ["too long"]


def test_an_engine_that_refuses_everything_stops_the_study_and_stores_nothing(
    app: App, trained: StudyRun, engine: ScriptedEngine
) -> None:
    engine.faults = [EngineRefused("the key is wrong")] * 8
    with pytest.raises(EngineRefused, match="the key is wrong"):
        app.studies.advance(trained.id)
    assert len(write_all(app, trained)) == 24


@pytest.mark.parametrize(
    ("reason", "text", "status"),
    [
        ("stop", "Semangat!", OutputStatus.COMPLETE),
        ("length", "Semangat", OutputStatus.TRUNCATED),
        ("content_filter", "", OutputStatus.FILTERED),
        (None, "Sema", OutputStatus.FAILED),
        ("stop", "  ", OutputStatus.EMPTY),
    ],
)
def test_why_a_text_ended_is_kept(
    app: App,
    trained: StudyRun,
    engine: ScriptedEngine,
    reason: str | None,
    text: str,
    status: OutputStatus,
) -> None:
    engine.finish_reason, engine.lines = reason, [text]
    assert {one.status for one in write_all(app, trained)} == {status}


def test_a_failed_study_says_why_and_stops_its_job(
    app: App, run: StudyRun, engine: ScriptedEngine
) -> None:
    engine.snapshots = [snapshot(RunStatus.RUNNING, 1)]
    app.studies.advance(run.id)
    app.studies.advance(run.id)
    app.studies.fail(run.id, "The disk is full.")
    failed = app.studies.run(run.id)
    assert (failed.status, failed.error) == (RunStatus.FAILED, "The disk is full.")
    assert step_of(app, run, StepName.TRAIN).status is RunStatus.FAILED
    assert engine.cancelled == ["ftjob-1"]
    assert app.finetuning.unfinished() == ()


def test_a_training_that_failed_ends_the_study_with_its_reason(
    app: App, run: StudyRun, engine: ScriptedEngine
) -> None:
    engine.snapshots = [snapshot(RunStatus.FAILED, 1, "the loss is no number")]
    app.studies.advance(run.id)
    with pytest.raises(UserError, match="the loss is no number"):
        app.studies.advance(run.id)


def test_a_study_cancelled_before_training_never_starts_a_job(
    app: App, run: StudyRun, engine: ScriptedEngine
) -> None:
    app.studies.cancel(run.id)
    assert not app.studies.advance(run.id)
    assert engine.started == []


def test_cancelling_in_training_stops_the_engines_job(
    app: App, run: StudyRun, engine: ScriptedEngine
) -> None:
    engine.snapshots = [snapshot(RunStatus.RUNNING, 1)]
    app.studies.advance(run.id)
    app.studies.advance(run.id)
    app.studies.cancel(run.id)
    assert engine.cancelled == ["ftjob-1"]
    assert app.studies.run(run.id).status is RunStatus.CANCELLED


def test_cancelling_while_outputs_are_written_ends_the_generation_too(
    app: App, trained: StudyRun
) -> None:
    app.studies.cancel(trained.id)
    assert [run.status for run in app.generation.runs()] == [RunStatus.CANCELLED]
    assert not app.studies.advance(trained.id)


def test_a_job_created_while_somebody_cancelled_is_cancelled_too(
    app: App, run: StudyRun, engine: ScriptedEngine
) -> None:
    app.studies.advance(run.id)
    engine.snapshots = [snapshot(RunStatus.RUNNING, 1)]
    start = engine.start

    def cancelled_meanwhile(*wish: object) -> str:
        training = app.finetuning.runs()[0]
        app.finetuning.fail(training.id, RunStatus.CANCELLED, None)
        return start(*wish)  # type: ignore[arg-type]

    engine.start = cancelled_meanwhile  # type: ignore[assignment, method-assign]
    with pytest.raises(UserError, match="cancelled"):
        app.studies.advance(run.id)
    assert engine.cancelled == ["ftjob-1"]


def test_a_run_that_has_ended_stays_as_it_ended(app: App, run: StudyRun) -> None:
    app.studies.cancel(run.id)
    app.studies.fail(run.id, "too late")
    assert app.studies.run(run.id).status is RunStatus.CANCELLED
    assert app.studies.unfinished() == ()
