"""How a training process ended, written by it and read by the server."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from ..disk import read_json, write_json
from ..records.jobs import JobError

FILE: Final = "outcome.json"
FULL_DISK_EXIT: Final = 28
FULL_DISK: Final = JobError(
    "disk_full", "The engine's disk became full: free some space, then create the job again."
)


@dataclass(frozen=True)
class Outcome:
    """Trained tokens of a run that went well, or the error of one that did not."""

    trained_tokens: int = 0
    error: JobError | None = None

    def write(self, job_folder: Path) -> None:
        """Leave the outcome for the server."""
        write_json(job_folder / FILE, asdict(self))


class TrainingFailed(Exception):
    """A run that cannot go on, with the sentence for the job."""

    def __init__(self, error: JobError) -> None:
        super().__init__(error.message)
        self.error = error


def read_outcome(job_folder: Path, exit_code: int) -> Outcome:
    """What the process left, or what its exit code says when it could leave nothing."""
    if (job_folder / FILE).exists():
        record = read_json(job_folder / FILE)
        error = record["error"]
        return Outcome(record["trained_tokens"], None if error is None else JobError(**error))
    if exit_code == FULL_DISK_EXIT:
        return Outcome(error=FULL_DISK)
    if exit_code < 0:
        advice = "most often memory ran out; try a smaller batch_size or shorter rows."
        message = f"The training process was killed by signal {-exit_code}: {advice}"
        return Outcome(error=JobError("killed", message))
    message = f"The training process ended with code {exit_code}: read {job_folder / 'train.log'}."
    return Outcome(error=JobError("server_error", message))
