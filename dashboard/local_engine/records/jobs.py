"""A fine-tuning job: what was asked, how far it is, how it ended."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any, Final, Literal, Self

from ..names import ORGANIZATION

Auto = Literal["auto"]


class JobStatus(StrEnum):
    """The life of a job."""

    VALIDATING = "validating_files"
    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether nothing can happen to the job any more."""
        return self in FINAL


FINAL: Final = frozenset({JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED})


@dataclass(frozen=True)
class Hyperparameters:
    """How long and how fast to train; `auto` until the training file has been read."""

    n_epochs: int | Auto = "auto"
    batch_size: int | Auto = "auto"
    learning_rate_multiplier: float | Auto = "auto"


@dataclass(frozen=True)
class AdapterShape:
    """The size of the LoRA adapter, on every linear layer."""

    rank: int = 16
    alpha: float = 32.0
    dropout: float = 0.05


@dataclass(frozen=True)
class JobError:
    """Why a job failed, in a sentence."""

    code: str
    message: str
    param: str | None = None


@dataclass(frozen=True)
class Job:
    """One job; a change makes a new value."""

    id: str
    created: float
    model: str
    training_file: str
    validation_file: str | None
    seed: int
    suffix: str | None
    metadata: dict[str, str] | None
    hyperparameters: Hyperparameters
    adapter: AdapterShape
    status: JobStatus = JobStatus.VALIDATING
    started: float | None = None
    finished: float | None = None
    trained_tokens: int | None = None
    fine_tuned_model: str | None = None
    error: JobError | None = None
    result_files: list[str] = field(default_factory=list)
    events_before_training: int = 0

    def ended(self, status: JobStatus, now: float, **changes: Any) -> Self:
        """The same job in a final state."""
        return replace(self, status=status, finished=now, **changes)

    def record(self) -> dict[str, Any]:
        """The job as kept on disk."""
        return asdict(self)

    def answer(self, estimated_finish: int | None = None) -> dict[str, Any]:
        """The job as OpenAI's `fine_tuning.job` object."""
        hyperparameters = asdict(self.hyperparameters)
        return {
            "id": self.id,
            "object": "fine_tuning.job",
            "created_at": int(self.created),
            "model": self.model,
            "status": str(self.status),
            "training_file": self.training_file,
            "validation_file": self.validation_file,
            "fine_tuned_model": self.fine_tuned_model,
            "finished_at": None if self.finished is None else int(self.finished),
            "trained_tokens": self.trained_tokens,
            "error": None if self.error is None else asdict(self.error),
            "result_files": list(self.result_files),
            "hyperparameters": hyperparameters,
            "method": {"type": "supervised", "supervised": {"hyperparameters": hyperparameters}},
            "adapter": asdict(self.adapter),
            "user_provided_suffix": self.suffix,
            "organization_id": ORGANIZATION,
            "seed": self.seed,
            "integrations": None,
            "metadata": self.metadata,
            "estimated_finish": estimated_finish,
        }


def job_from(record: dict[str, Any]) -> Job:
    """The job that a record on disk describes."""
    error = record["error"]
    return Job(
        **{
            **record,
            "hyperparameters": Hyperparameters(**record["hyperparameters"]),
            "adapter": AdapterShape(**record["adapter"]),
            "status": JobStatus(record["status"]),
            "error": None if error is None else JobError(**error),
        }
    )
