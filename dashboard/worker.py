"""The background process: durable workflows (DBOS), one per kind of long work.

Every step is one small unit that may be repeated after a crash and changes nothing the second
time; what people see lies in our own tables, and what comes next follows from it. Run it as
`python -m dashboard.worker`.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import cache

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer

from dashboard.bootstrap import App, build
from dashboard.domain.errors import EngineUnavailable, StorageUnavailable, UserError
from dashboard.domain.ids import (
    AugmentationRunId,
    GenerationRunId,
    StudyRunId,
    TrainingRunId,
    new_id,
)
from dashboard.domain.training import RunStatus
from dashboard.process_lock import ProcessLock
from dashboard.services.ports import Work
from dashboard.settings import Settings
from dashboard.work_queue import APPLICATION, QUEUE, DurableQueue

log = logging.getLogger("afektif.worker")
POLL_SECONDS = 1.0
MAY_PASS = (EngineUnavailable, StorageUnavailable)
"""An engine that restarts or loads its model answers again, and so does a locked database."""
PAUSES = (1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144)
"""Seconds between attempts while a fault may pass: six minutes in all."""


@cache
def app() -> App:
    """This process's application."""
    return build(Settings.from_env())


def attempted(work: Callable[[], bool], fail: Callable[[str], None]) -> bool:
    """One unit of work with patience; whether there is more. What cannot be mended is told."""
    try:
        for pause in PAUSES:
            try:
                return work()
            except MAY_PASS as error:
                log.info("waiting %s s: %s", pause, error)
                time.sleep(pause)
        return work()
    except UserError as error:
        fail(str(error))
    except Exception as error:
        log.exception("a piece of work stopped")
        fail(f"Something unforeseen happened ({type(error).__name__}); see the worker's log.")
    return False


@DBOS.step()
def advance_study(run_id: str) -> bool:
    """One unit of a study; unhurried, so that watching a job does not disturb it."""
    studies = app().studies
    known = StudyRunId(run_id)
    time.sleep(POLL_SECONDS)
    return attempted(lambda: studies.advance(known), lambda why: studies.fail(known, why))


@DBOS.step()
def advance_training(run_id: str) -> bool:
    """One look at a training run."""
    finetuning = app().finetuning
    known = TrainingRunId(run_id)
    time.sleep(POLL_SECONDS)
    return attempted(
        lambda: not finetuning.advance(known).status.is_final,
        lambda why: finetuning.fail(known, RunStatus.FAILED, why),
    )


@DBOS.step()
def score_some(run_id: str, encoder: str) -> bool:
    """One batch of scores with one encoder."""
    scoring = app().scoring
    known = GenerationRunId(run_id)
    return attempted(lambda: scoring.score_some(known, encoder) > 0, log.error)


@DBOS.step()
def advance_augmentation(run_id: str) -> bool:
    """One cell of an augmentation run, or a slice of it."""
    augmentation = app().augmentation
    known = AugmentationRunId(run_id)
    return attempted(lambda: augmentation.advance(known), lambda why: augmentation.fail(known, why))


@DBOS.workflow(name=Work.STUDY.value)
def study(run_id: str, *_attempt: str) -> None:
    """Freeze, train, generate, score, report."""
    while advance_study(run_id):
        pass


@DBOS.workflow(name=Work.TRAIN.value)
def train(run_id: str, *_attempt: str) -> None:
    """One training run, from launch to its final status."""
    while advance_training(run_id):
        pass


@DBOS.workflow(name=Work.SCORE.value)
def score(run_id: str, encoder: str, *_attempt: str) -> None:
    """Score a generation run with another encoder."""
    while score_some(run_id, encoder):
        pass


@DBOS.workflow(name=Work.AUGMENT.value)
def augment(run_id: str, *_attempt: str) -> None:
    """Fill one cell after the other."""
    while advance_augmentation(run_id):
        pass


def take_up_what_was_left() -> None:
    """Hand over again what is unfinished and in no queue: a kill between our two databases."""
    queue = DurableQueue(app().settings.work_database)
    studies = app().studies.unfinished()
    own = {app().studies.run(one).training_run_id for one in studies}
    trainings = [one for one in app().finetuning.unfinished() if one not in own]
    left = [(Work.STUDY, str(one)) for one in studies]
    left += [(Work.TRAIN, str(one)) for one in trainings]
    left += [(Work.AUGMENT, str(one)) for one in app().augmentation.unfinished()]
    for work, subject in left:
        waiting = DBOS.list_workflows(
            workflow_id_prefix=f"{work.value}-{subject}", status=["PENDING", "ENQUEUED"]
        )
        if not waiting:
            log.info("taking up %s %s", work.value, subject)
            queue.enqueue(work, subject, new_id())


def main() -> int:
    """Work until SIGTERM or SIGINT; a second worker on the same data says so and leaves."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    settings = Settings.from_env()
    lock = ProcessLock(settings.data_dir / "worker.lock")
    if not lock.acquire():
        log.info("Another worker serves %s already; this one leaves.", settings.data_dir)
        return 0
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
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
    take_up_what_was_left()
    log.info("ready")
    stop.wait()
    # Steps may be repeated, so nothing is lost by leaving in the middle of one.
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
