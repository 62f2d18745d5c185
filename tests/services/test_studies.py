"""The whole chain, step by step, with an engine that says its lines."""

from __future__ import annotations

import pytest

from dashboard.bootstrap import App
from dashboard.domain.errors import EngineRefused, EngineUnavailable, InvalidInput
from dashboard.domain.generation import OutputStatus, SystemKind
from dashboard.domain.study_runs import StepName, StudyPlan, StudyRun
from dashboard.domain.training import RunStatus
from dashboard.services.ports import Work
from tests.fakes import RecordingQueue, ScriptedEngine, snapshot

PLAN = StudyPlan("affective-intervention", "local", "tiny", quick=True, rows=40)


@pytest.fixture
def run(app: App) -> StudyRun:
    return app.studies.launch(PLAN)


@pytest.fixture
def trained(app: App, run: StudyRun) -> StudyRun:
    app.studies.freeze(run.id)
    app.studies.begin_training(run.id)
    app.studies.follow_training(run.id)
    app.studies.plan_generation(run.id)
    return app.studies.run(run.id)


def test_launching_hands_the_study_to_the_worker_once(
    app: App, run: StudyRun, queue: RecordingQueue
) -> None:
    app.studies.launch(PLAN, run.id)
    assert queue.taken == [(Work.STUDY, run.id, ())]
    assert len(app.studies.runs(PLAN.study)) == 1


def test_an_unknown_study_is_refused(app: App) -> None:
    with pytest.raises(InvalidInput, match="no study"):
        app.studies.launch(StudyPlan("nothing", "local", "tiny"))


def test_every_step_may_be_repeated_after_a_crash(
    app: App, run: StudyRun, engine: ScriptedEngine
) -> None:
    for _ in range(2):
        app.studies.freeze(run.id)
        app.studies.begin_training(run.id)
        app.studies.follow_training(run.id)
        app.studies.plan_generation(run.id)
    assert len(app.datasets.all(PLAN.study)) == 1
    assert len(app.finetuning.runs()) == len(engine.started) == 1
    assert len(app.generation.runs()) == 1


def test_training_progress_follows_the_curve(
    app: App, run: StudyRun, engine: ScriptedEngine
) -> None:
    engine.snapshots = [snapshot(RunStatus.QUEUED, 0), snapshot(RunStatus.RUNNING, 3), snapshot()]
    app.studies.freeze(run.id)
    app.studies.begin_training(run.id)
    app.studies.follow_training(run.id)
    step = {one.name: one for one in app.studies.run(run.id).steps}[StepName.TRAIN]
    assert (step.done, step.total, step.status) == (3, 4, RunStatus.RUNNING)
    app.studies.follow_training(run.id)
    step = {one.name: one for one in app.studies.run(run.id).steps}[StepName.TRAIN]
    assert (step.done, step.status) == (4, RunStatus.SUCCEEDED)


def test_every_system_answers_every_held_out_row_once(app: App, trained: StudyRun) -> None:
    while app.studies.write_some(trained.id):
        pass
    assert trained.generation_run_id is not None
    rows = app.generation.comparisons(trained.generation_run_id)
    assert len(rows) == 8
    assert {tuple(one.system for one in row.outputs) for row in rows} == {tuple(SystemKind)}


def test_base_gets_the_long_prompt_few_shot_also_examples_tuned_the_short(
    app: App, trained: StudyRun, engine: ScriptedEngine
) -> None:
    while app.studies.write_some(trained.id):
        pass
    base, few, tuned = engine.asked[0], engine.asked[8], engine.asked[16]
    assert base[1][0].content.startswith("Instruksi") and len(base[1]) == 2
    assert few[1][0].content == base[1][0].content and len(few[1]) == 8
    assert len(tuned[1][0].content) < len(base[1][0].content) / 2
    assert [base[0], few[0], tuned[0]] == ["tiny", "tiny", "ft:tiny:local:afektif:1"]


def test_few_shot_examples_are_training_rows_only(
    app: App, trained: StudyRun, engine: ScriptedEngine
) -> None:
    while app.studies.write_some(trained.id):
        pass
    assert trained.version_id is not None
    train = {row.message for row in app.datasets.rows(trained.version_id) if row.split == "train"}
    shown = {
        turn.content for _, chat, _ in engine.asked for turn in chat if turn.role == "assistant"
    }
    assert shown and shown <= train


def test_an_engine_that_rests_loses_no_output_and_doubles_none(
    app: App, trained: StudyRun, engine: ScriptedEngine
) -> None:
    engine.faults = [EngineUnavailable("resting")]
    with pytest.raises(EngineUnavailable):
        app.studies.write_some(trained.id)
    asked_before = len(engine.asked)
    while app.studies.write_some(trained.id):
        pass
    assert asked_before == 7
    assert len(engine.asked) == 24


def test_a_refused_request_is_kept_with_its_sentence(
    app: App, trained: StudyRun, engine: ScriptedEngine
) -> None:
    engine.faults = [EngineRefused("too long")]
    while app.studies.write_some(trained.id):
        pass
    assert trained.generation_run_id is not None
    outputs = [o for c in app.generation.comparisons(trained.generation_run_id) for o in c.outputs]
    failed = [one for one in outputs if one.status is OutputStatus.FAILED]
    assert [one.error for one in failed] == ["too long"]


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        ("stop", OutputStatus.COMPLETE),
        ("length", OutputStatus.TRUNCATED),
        ("content_filter", OutputStatus.FILTERED),
        (None, OutputStatus.FAILED),
    ],
)
def test_why_a_text_ended_is_kept(
    app: App, trained: StudyRun, engine: ScriptedEngine, reason: str | None, status: OutputStatus
) -> None:
    engine.finish_reason = reason
    app.studies.write_some(trained.id)
    assert trained.generation_run_id is not None
    outputs = [o for c in app.generation.comparisons(trained.generation_run_id) for o in c.outputs]
    assert {one.status for one in outputs} == {status}


def test_a_failed_study_says_why_and_where(app: App, run: StudyRun) -> None:
    app.studies.freeze(run.id)
    app.studies.fail(run.id, "The engine is gone.")
    failed = app.studies.run(run.id)
    assert (failed.status, failed.error) == (RunStatus.FAILED, "The engine is gone.")


def test_cancelling_stops_the_engines_job(app: App, run: StudyRun, engine: ScriptedEngine) -> None:
    engine.snapshots = [snapshot(RunStatus.RUNNING, 1)]
    app.studies.freeze(run.id)
    app.studies.begin_training(run.id)
    app.studies.cancel(run.id)
    assert engine.cancelled == ["ftjob-1"]
    assert app.studies.run(run.id).status is RunStatus.CANCELLED
