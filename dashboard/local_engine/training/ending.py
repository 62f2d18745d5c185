"""How jobs end: with a model and a results file, or with a sentence."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable

from ..errors import ApiError, is_full_disk
from ..names import tuned_name
from ..records.files import Description, FileStore
from ..records.job_store import JobStore
from ..records.jobs import Job, JobError, JobStatus
from ..records.results import results_csv
from .outcome import FULL_DISK, Outcome, TrainingFailed


class Endings:
    """Writes the last word of a job, and keeps the server alive when even that fails."""

    def __init__(self, jobs: JobStore, files: FileStore) -> None:
        self._jobs = jobs
        self._files = files

    def guarded(self, job_id: str, work: Callable[[], None]) -> None:
        """Do a part of a job; whatever goes wrong becomes the job's error."""
        try:
            work()
        except TrainingFailed as failure:
            self._failed_at_last(job_id, failure.error)
        except Exception as error:  # The outermost place of the queue's threads.
            traceback.print_exc()
            full = JobError("server_error", f"The engine failed: {error}")
            self._failed_at_last(job_id, FULL_DISK if is_full_disk(error) else full)

    def ended(self, job_id: str, outcome: Outcome) -> None:
        """Close a job by what its training process left."""
        if outcome.error is not None:
            self._failed(job_id, outcome.error)
        else:
            self._succeeded(job_id, outcome.trained_tokens)

    def _succeeded(self, job_id: str, trained_tokens: int) -> None:
        log = self._jobs.events(job_id)
        table = results_csv(log.metrics()).encode("utf-8")
        described = Description("step_metrics.csv", "fine-tune-results")

        def finished(job: Job) -> Job:
            if job.status.is_final:
                return job
            # Added inside the change: no one can cancel the job between its file and its end.
            file = self._files.add(described, lambda stream: stream.write(table))
            return job.ended(
                JobStatus.SUCCEEDED,
                time.time(),
                fine_tuned_model=tuned_name(job.model, job.suffix, job.id),
                trained_tokens=trained_tokens,
                result_files=[file.id],
            )

        job = self._jobs.change(job_id, finished)
        if job.status is not JobStatus.SUCCEEDED:
            return
        log.say(f"New fine-tuned model created: {job.fine_tuned_model}")
        log.say("The job has successfully completed.")

    def _failed(self, job_id: str, error: JobError) -> None:
        def failed(job: Job) -> Job:
            if job.status.is_final:
                return job
            return job.ended(JobStatus.FAILED, time.time(), error=error)

        self._jobs.change(job_id, failed)
        self._jobs.events(job_id).say(error.message, "error")

    def _failed_at_last(self, job_id: str, error: JobError) -> None:
        try:
            self._failed(job_id, error)
        except (OSError, ApiError) as trouble:
            sys.stderr.write(f"The end of job {job_id} could not be written: {trouble}\n")
