"""What the engine keeps on disk, and how its queue closes jobs, without a server."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOSPC
from pathlib import Path

import pytest

from dashboard.local_engine.disk import append_line, read_lines
from dashboard.local_engine.records.files import FileStore
from dashboard.local_engine.records.job_store import JobStore
from dashboard.local_engine.records.jobs import (
    AdapterShape,
    Hyperparameters,
    Job,
    JobStatus,
)
from dashboard.local_engine.training.ending import Endings
from dashboard.local_engine.training.outcome import Outcome
from dashboard.local_engine.training.queue import JobQueue


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """The kernel cuts every write there, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def queued_job(jobs: JobStore, model: str = "tiny") -> Job:
    """A job whose files were checked."""
    job = Job(
        id="ftjob-1",
        created=time.time(),
        model=model,
        training_file="file-1",
        validation_file=None,
        seed=7,
        suffix=None,
        metadata=None,
        hyperparameters=Hyperparameters(1, 1, 1.0),
        adapter=AdapterShape(),
        status=JobStatus.QUEUED,
    )
    jobs.folder(job.id).mkdir(parents=True)
    jobs.add(job)
    return job


@pytest.fixture
def jobs(tmp_path: Path) -> JobStore:
    return JobStore(tmp_path / "jobs")


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def test_a_line_that_does_not_fit_is_an_error_and_leaves_nothing_behind(tmp_path: Path) -> None:
    log = tmp_path / "events.jsonl"
    append_line(log, {"n": 1})
    with files_no_longer_than(20), pytest.raises(OSError, match=str(ENOSPC)):
        append_line(log, {"text": "a line of more than twenty bytes"})
    append_line(log, {"n": 2})
    assert log.read_text() == '{"n": 1}\n{"n": 2}\n'


def test_a_line_that_an_old_crash_cut_short_hides_no_other(tmp_path: Path) -> None:
    log = tmp_path / "events.jsonl"
    log.write_bytes(b'{"n": 1}\n{"n": 2, "te{"n": 3}\n\xf0\x9f\n{"n": 4}\n{"n"')
    assert read_lines(log) == [{"n": 1}, {"n": 4}]


def test_a_cancelled_job_does_not_succeed_afterwards(jobs: JobStore, files: FileStore) -> None:
    job = queued_job(jobs)
    jobs.change(job.id, lambda job: job.ended(JobStatus.CANCELLED, 1.0))
    Endings(jobs, files).ended(job.id, Outcome(trained_tokens=5))
    assert jobs.get(job.id).status is JobStatus.CANCELLED
    assert jobs.get(job.id).fine_tuned_model is None
    assert files.newest_first() == [] and jobs.events(job.id).records() == []


def test_a_running_job_ends_with_its_model_and_results(jobs: JobStore, files: FileStore) -> None:
    job = queued_job(jobs)
    Endings(jobs, files).ended(job.id, Outcome(trained_tokens=5))
    ended = jobs.get(job.id)
    assert (ended.status, ended.trained_tokens) == (JobStatus.SUCCEEDED, 5)
    assert ended.result_files == [file.id for file in files.newest_first("fine-tune-results")]


def test_a_job_whose_base_is_gone_says_which_and_what_to_do(
    jobs: JobStore, files: FileStore
) -> None:
    job = queued_job(jobs, model="qwen")
    queue = JobQueue(jobs, files, {"tiny": Path("tiny")})
    queue.start()
    deadline = time.monotonic() + 10
    while not jobs.get(job.id).status.is_final and time.monotonic() < deadline:
        time.sleep(0.02)
    queue.stop()
    error = jobs.get(job.id).error
    assert error is not None and error.code == "model_not_found"
    assert error.message == (
        "The base model 'qwen' is no longer served: start the engine with --model qwen=FOLDER, "
        "then create the job again."
    )
