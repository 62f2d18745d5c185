"""Reads a job's files before it may queue."""

from __future__ import annotations

from pathlib import Path

from ..language.rows import LEAST_ROWS, Row, TooFewRows, UnusableRow, read_rows
from ..records.events import EventLog
from ..records.jobs import Hyperparameters, Job, JobError
from ..requests.hyperparameters import resolved
from .outcome import TrainingFailed
from .plan import TRAINING_ROWS, VALIDATION_ROWS


def checked(job: Job, folder: Path, log: EventLog) -> Hyperparameters:
    """The job's hyperparameters as numbers, when its files can be trained on."""
    training = _rows(folder / TRAINING_ROWS, "training_file", LEAST_ROWS)
    log.say(f"The training file has {len(training)} examples.")
    if job.validation_file is not None:
        validation = _rows(folder / VALIDATION_ROWS, "validation_file", 1)
        log.say(f"The validation file has {len(validation)} examples.")
        _warn_of_shared(training, validation, log)
    if not any(message.role == "system" for row in training for message in row.messages):
        log.say("No example has a system message; the tuned model expects none either.", "warn")
    return resolved(job.hyperparameters, len(training))


def _rows(path: Path, param: str, least: int) -> list[Row]:
    try:
        return read_rows(path, least)
    except (UnusableRow, TooFewRows) as error:
        raise TrainingFailed(JobError(f"invalid_{param}", str(error), param)) from error


def _warn_of_shared(training: list[Row], validation: list[Row], log: EventLog) -> None:
    known = {row.messages for row in training}
    shared = [row.line for row in validation if row.messages in known]
    if shared:
        log.say(
            f"{len(shared)} validation examples are also trained on (first: line {shared[0]}): "
            "their loss says nothing about new texts.",
            "warn",
        )
