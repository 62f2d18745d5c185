"""All jobs: one folder each, with the job, its files, its events and its adapters."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from ..disk import read_json, write_json
from ..errors import not_found
from .checkpoints import CheckpointShelf
from .events import EventLog
from .jobs import Job, job_from


class JobStore:
    """Keeps jobs in memory and on disk, and lets one thread at a time change them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        folder.mkdir(parents=True, exist_ok=True)
        found = [job_from(read_json(path)) for path in folder.glob("*/job.json")]
        self._jobs = {job.id: job for job in found}

    def add(self, job: Job) -> None:
        """Keep a new job, whose folder already holds its files."""
        with self._lock:
            write_json(self.folder(job.id) / "job.json", job.record())
            self._jobs[job.id] = job

    def get(self, job_id: str) -> Job:
        """The job with this id."""
        job = self._jobs.get(job_id)
        if job is None:
            raise not_found("fine_tuning/jobs", job_id, "fine_tuning_job_id")
        return job

    def newest_first(self) -> list[Job]:
        """All jobs."""
        with self._lock:
            jobs = list(self._jobs.values())
        return sorted(jobs, key=lambda job: job.created, reverse=True)

    def change(self, job_id: str, step: Callable[[Job], Job]) -> Job:
        """Replace a job by what `step` makes of it; memory leads when the disk is full."""
        with self._lock:
            changed = step(self.get(job_id))
            self._jobs[job_id] = changed
            write_json(self.folder(job_id) / "job.json", changed.record())
            return changed

    def folder(self, job_id: str) -> Path:
        """Where everything of a job lies."""
        return self._folder / job_id

    def events(self, job_id: str) -> EventLog:
        """The job's events."""
        return EventLog(self.folder(job_id))

    def checkpoints(self, job_id: str) -> CheckpointShelf:
        """The job's saved adapters."""
        return CheckpointShelf(self.folder(job_id))

    def forget_training(self, job: Job) -> None:
        """Remove every trace of an interrupted training, so that no step appears twice."""
        folder = self.folder(job.id)
        self.events(job.id).cut(job.events_before_training)
        for name in ("checkpoints", "model"):
            shutil.rmtree(folder / name, ignore_errors=True)
        for name in ("checkpoints.jsonl", "outcome.json"):
            (folder / name).unlink(missing_ok=True)
