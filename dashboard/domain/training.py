"""Training runs: one fine-tuning job, frozen as launched, with its curve and events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dashboard.domain.ids import TrainingRunId, VersionId


class RunStatus(StrEnum):
    """Where a run stands; the last three are final."""

    WAITING = "waiting"
    VALIDATING = "validating"
    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Nothing more will happen."""
        return self in (RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.CANCELLED)


@dataclass(frozen=True)
class Hyperparameters:
    """What the engine is asked for; None leaves the choice to the engine ("auto")."""

    n_epochs: int | None = None
    batch_size: int | None = None
    learning_rate_multiplier: float | None = None


@dataclass(frozen=True)
class Adapter:
    """The LoRA adapter (Hu et al. 2021): rank, scale alpha and dropout."""

    rank: int = 16
    alpha: int = 32
    dropout: float = 0.05


@dataclass(frozen=True)
class TrainingPlan:
    """Everything a run is launched with, frozen."""

    version_id: VersionId
    engine_url: str
    base_model: str
    system_prompt: str
    hyperparameters: Hyperparameters
    adapter: Adapter
    seed: int
    suffix: str


@dataclass(frozen=True)
class TrainingRun:
    """One fine-tuning job."""

    id: TrainingRunId
    plan: TrainingPlan
    status: RunStatus
    job_id: str | None
    model: str | None
    error: str | None
    total_steps: int | None
    trained_tokens: int | None
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class CurvePoint:
    """Losses (mean negative log-likelihood per token, in nats) and accuracies at one step."""

    step: int
    train_loss: float | None = None
    train_accuracy: float | None = None
    valid_loss: float | None = None
    valid_accuracy: float | None = None


@dataclass(frozen=True)
class RunEvent:
    """One thing the engine said about a job."""

    id: str
    created_at: datetime
    level: str
    message: str


@dataclass(frozen=True)
class Checkpoint:
    """A model kept at a step."""

    step: int
    model: str
    valid_loss: float | None


@dataclass(frozen=True)
class JobSnapshot:
    """A job as an engine reports it."""

    job_id: str
    status: RunStatus
    status_text: str
    model: str | None
    error: str | None
    total_steps: int | None
    trained_tokens: int | None
    points: tuple[CurvePoint, ...] = ()
    events: tuple[RunEvent, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
