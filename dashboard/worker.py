"""The background process: durable workflows (DBOS), one per kind of long work.

Every step is one small unit that may be repeated after a crash and changes nothing the second
time; what people see lies in our own tables. Run it as `python -m dashboard.worker`.
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer

from dashboard.bootstrap import App, build
from dashboard.domain.errors import EngineUnavailable, UserError
from dashboard.domain.ids import GenerationRunId, StudyRunId, TrainingRunId
from dashboard.domain.study_runs import Step, StepName
from dashboard.domain.training import RunStatus
from dashboard.process_lock import ProcessLock
from dashboard.settings import Settings
from dashboard.work_queue import APPLICATION, QUEUE

log = logging.getLogger("afektif.worker")
Result = TypeVar("Result")
POLL_SECONDS = 1.0
SCORE_BATCH = 64


@cache
def app() -> App:
    """This process's application."""
    return build(Settings.from_env())


def may_pass(error: BaseException) -> bool:
    """An engine that restarts or loads its model answers again; anything else is final."""
    return isinstance(error, EngineUnavailable)


def patient(function: Callable[..., Result]) -> Callable[..., Result]:
    """A step that waits for a resting engine: twelve attempts over about nine minutes."""
    step = DBOS.step(
        retries_allowed=True,
        max_attempts=12,
        interval_seconds=1,
        backoff_rate=1.7,
        should_retry=may_pass,
    )
    return step(function)


@DBOS.step()
def freeze(run_id: str) -> None:
    """Freeze the study run's dataset version."""
    app().studies.freeze(StudyRunId(run_id))


@patient
def begin_study_training(run_id: str) -> str:
    """Start the study's training job, or find the one that was started."""
    return app().studies.begin_training(StudyRunId(run_id)).status.value


@patient
def follow_study_training(run_id: str) -> str:
    """One look at the training; the study's status when somebody cancelled it."""
    time.sleep(POLL_SECONDS)
    training = app().studies.follow_training(StudyRunId(run_id))
    if training.status is RunStatus.FAILED:
        raise UserError("Training failed: {why}", why=training.error or "the engine gave no reason")
    return training.status.value


@DBOS.step()
def plan_generation(run_id: str) -> None:
    """Record which systems write."""
    app().studies.plan_generation(StudyRunId(run_id))


@patient
def write_some(run_id: str) -> int:
    """One batch of outputs."""
    if app().studies.run(StudyRunId(run_id)).status.is_final:
        return 0
    return app().studies.write_some(StudyRunId(run_id))


@DBOS.step()
def score_study_some(run_id: str) -> int:
    """One batch of scores."""
    return app().studies.score_some(StudyRunId(run_id))


@DBOS.step()
def report(run_id: str) -> None:
    """Write the report's files."""
    run = app().studies.run(StudyRunId(run_id))
    assert run.generation_run_id is not None
    app().reporting.write(run.generation_run_id, app().settings.reports_dir / run_id)
    app().studies.progress(run.id, Step(StepName.REPORT, RunStatus.SUCCEEDED, 1, 1))
    app().studies.finish(run.id)


@DBOS.step()
def fail_study(run_id: str, sentence: str) -> None:
    """Show why the study stopped."""
    app().studies.fail(StudyRunId(run_id), sentence)


@DBOS.workflow(name="study")
def study(run_id: str, *_attempt: str) -> None:
    """Freeze, train, generate, score, report."""
    try:
        freeze(run_id)
        status = begin_study_training(run_id)
        while status not in FINAL:
            status = follow_study_training(run_id)
        if status == RunStatus.SUCCEEDED:
            follow_study_training(run_id)
            prove(run_id)
    except UserError as error:
        fail_study(run_id, str(error))
    except Exception as error:
        log.exception("study %s stopped", run_id)
        fail_study(run_id, f"Something unforeseen happened ({type(error).__name__}); see the log.")
        raise


FINAL = tuple(status.value for status in RunStatus if status.is_final)


def prove(run_id: str) -> None:
    """The part of the study after training."""
    plan_generation(run_id)
    while write_some(run_id):
        pass
    if cancelled(run_id):
        return
    while score_study_some(run_id):
        pass
    report(run_id)


@DBOS.step()
def cancelled(run_id: str) -> bool:
    """Somebody stopped the study."""
    return app().studies.run(StudyRunId(run_id)).status is RunStatus.CANCELLED


@patient
def begin_training(run_id: str) -> str:
    """Start the run's job, or find the one that was started."""
    return app().finetuning.begin(TrainingRunId(run_id)).status.value


@patient
def follow_training(run_id: str) -> str:
    """One look at the job."""
    time.sleep(POLL_SECONDS)
    return app().finetuning.refresh(TrainingRunId(run_id)).status.value


@DBOS.step()
def fail_training(run_id: str, sentence: str) -> None:
    """Show why the run stopped."""
    app().finetuning.fail(TrainingRunId(run_id), RunStatus.FAILED, sentence)


@DBOS.workflow(name="train")
def train(run_id: str, *_attempt: str) -> None:
    """One training run, from launch to its final status."""
    try:
        status = begin_training(run_id)
        while status not in FINAL:
            status = follow_training(run_id)
    except UserError as error:
        fail_training(run_id, str(error))


@DBOS.step()
def score_some(run_id: str, encoder: str) -> int:
    """One batch of scores with one encoder; how many are left."""
    generation_id = GenerationRunId(run_id)
    waiting = app().scoring.unscored(generation_id, encoder)
    if waiting:
        app().scoring.score(generation_id, waiting[:SCORE_BATCH], encoder)
    return max(len(waiting) - SCORE_BATCH, 0)


@DBOS.workflow(name="score")
def score(run_id: str, encoder: str) -> None:
    """Score a generation run with another encoder."""
    while score_some(run_id, encoder):
        pass


def main() -> int:
    """Work until SIGTERM or SIGINT; a second worker on the same data says so and leaves."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    settings = Settings.from_env()
    lock = ProcessLock(settings.data_dir / "worker.lock")
    if not lock.acquire():
        log.info("Another worker serves %s already; this one leaves.", settings.data_dir)
        return 0
    config: DBOSConfig = {
        "name": APPLICATION,
        "system_database_url": settings.work_database,
        "serializer": DBOSPortableJSONSerializer(),
        "application_version": "1",
        "executor_id": "worker",
        "log_level": "WARNING",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue(QUEUE, worker_concurrency=4)
    log.info("ready")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    stop.wait()
    DBOS.destroy(workflow_completion_timeout_sec=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
