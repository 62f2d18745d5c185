"""The queue of jobs: files are checked at once, training goes one job after the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from ..errors import invalid
from ..records.files import FileStore
from ..records.job_store import JobStore
from ..records.jobs import Job, JobError, JobStatus
from .child import TrainingChild
from .ending import Endings
from .outcome import TrainingFailed, read_outcome
from .plan import plan_for
from .validation import checked


class JobQueue:
    """Moves jobs through their life; a restart puts unfinished ones back."""

    def __init__(self, jobs: JobStore, files: FileStore, bases: Mapping[str, Path]) -> None:
        self._jobs = jobs
        self._bases = bases
        self._endings = Endings(jobs, files)
        self._checks = ThreadPoolExecutor(1, "check")
        self._thread = threading.Thread(target=self._work, name="training", daemon=True)
        self._news = threading.Condition()
        self._child: TrainingChild | None = None
        self._training: str | None = None
        self._stopping = False

    def start(self) -> None:
        """Take up what an earlier server left and begin."""
        for job in reversed(self._jobs.newest_first()):
            if job.status is JobStatus.RUNNING:
                self._requeue(job)
            elif job.status is JobStatus.VALIDATING:
                self.submit(job)
        self._thread.start()

    def submit(self, job: Job) -> None:
        """Check a new job's files without waiting for the one in training."""
        self._checks.submit(self._endings.guarded, job.id, lambda: self._check(job))

    def cancel(self, job_id: str) -> Job:
        """End a job now; its checkpoints stay."""
        job = self._jobs.change(job_id, _cancelled)
        with self._news:
            child = self._child if self._training == job_id else None
        if child is not None:
            child.stop()
        self._jobs.events(job_id).say("The job was cancelled.")
        return job

    def stop(self) -> None:
        """End the training process; its job trains again when the engine is started again."""
        with self._news:
            self._stopping = True
            self._news.notify_all()
            child = self._child
        if child is not None:
            child.stop()
        self._checks.shutdown(wait=False, cancel_futures=True)

    def _requeue(self, job: Job) -> None:
        self._jobs.forget_training(job)
        self._jobs.change(job.id, lambda job: replace(job, status=JobStatus.QUEUED, started=None))
        message = "The engine stopped while this job was training: it trains again from its start."
        self._jobs.events(job.id).say(message, "warn")

    def _check(self, job: Job) -> None:
        log = self._jobs.events(job.id)
        log.cut(0)
        log.say(f"Created fine-tuning job: {job.id}")
        numbers = checked(job, self._jobs.folder(job.id), log)
        log.say("The files are valid; the job is queued.")

        def queued(job: Job) -> Job:
            if job.status.is_final:
                return job
            return replace(
                job,
                status=JobStatus.QUEUED,
                hyperparameters=numbers,
                events_before_training=log.size(),
            )

        self._jobs.change(job.id, queued)
        with self._news:
            self._news.notify_all()

    def _work(self) -> None:
        while not self._stopping:
            with self._news:
                job = self._next()
                if job is None:
                    self._news.wait(1.0)
                    continue
            self._endings.guarded(job.id, self._turn(job.id))

    def _next(self) -> Job | None:
        waiting = [job for job in self._jobs.newest_first() if job.status is JobStatus.QUEUED]
        return waiting[-1] if waiting else None

    def _turn(self, job_id: str) -> Callable[[], None]:
        def train() -> None:
            job = self._jobs.change(job_id, _running)
            if job.status is not JobStatus.RUNNING:
                return
            folder = self._jobs.folder(job_id)
            plan_for(job, self._base(job.model)).write(folder)
            exit_code = self._watch(job_id, folder)
            if not self._stopping and self._jobs.get(job_id).status is JobStatus.RUNNING:
                self._endings.ended(job_id, read_outcome(folder, exit_code))

        return train

    def _base(self, name: str) -> Path:
        if name not in self._bases:
            advice = f"start the engine with --model {name}=FOLDER, then create the job again."
            message = f"The base model {name!r} is no longer served: {advice}"
            raise TrainingFailed(JobError("model_not_found", message, "model"))
        return self._bases[name]

    def _watch(self, job_id: str, folder: Path) -> int:
        """Run the training process, unless the job was cancelled in the same moment."""
        child = TrainingChild(folder)
        with self._news:
            self._child, self._training = child, job_id
            unwanted = self._stopping or self._jobs.get(job_id).status.is_final
        if unwanted:
            child.stop()
        exit_code = child.wait()
        with self._news:
            self._child = self._training = None
        return exit_code


def _running(job: Job) -> Job:
    if job.status is not JobStatus.QUEUED:
        return job
    return replace(job, status=JobStatus.RUNNING, started=time.time())


def _cancelled(job: Job) -> Job:
    if job.status.is_final:
        advice = "only a job that has not ended can be cancelled."
        raise invalid(f"The job has already {job.status}: {advice}", "fine_tuning_job_id")
    return job.ended(JobStatus.CANCELLED, time.time())
