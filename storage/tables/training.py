"""Tables of training runs: the plan as launched, the curve, the events and the checkpoints."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.domain.ids import TrainingRunId, VersionId
from dashboard.domain.training import (
    Adapter,
    Checkpoint,
    CurvePoint,
    Hyperparameters,
    RunEvent,
    RunStatus,
    TrainingPlan,
    TrainingRun,
)
from storage.tables.columns import Base


class TrainingRunRow(Base):
    """One fine-tuning job."""

    __tablename__ = "training_runs"

    id: Mapped[TrainingRunId] = mapped_column(primary_key=True)
    version_id: Mapped[VersionId] = mapped_column(ForeignKey("dataset_versions.id"))
    engine_url: Mapped[str]
    base_model: Mapped[str]
    system_prompt: Mapped[str]
    hyperparameters: Mapped[dict[str, Any]]
    adapter: Mapped[dict[str, Any]]
    seed: Mapped[int]
    suffix: Mapped[str]
    status: Mapped[RunStatus]
    job_id: Mapped[str | None]
    model: Mapped[str | None]
    error: Mapped[str | None]
    total_steps: Mapped[int | None]
    trained_tokens: Mapped[int | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    def as_run(self) -> TrainingRun:
        """The domain's value."""
        return TrainingRun(
            id=self.id,
            plan=self._plan(),
            status=self.status,
            job_id=self.job_id,
            model=self.model,
            error=self.error,
            total_steps=self.total_steps,
            trained_tokens=self.trained_tokens,
            created_at=self.created_at,
            finished_at=self.finished_at,
        )

    def _plan(self) -> TrainingPlan:
        return TrainingPlan(
            version_id=self.version_id,
            engine_url=self.engine_url,
            base_model=self.base_model,
            system_prompt=self.system_prompt,
            hyperparameters=Hyperparameters(**self.hyperparameters),
            adapter=Adapter(**self.adapter),
            seed=self.seed,
            suffix=self.suffix,
        )


class CurvePointRow(Base):
    """What is known about one step."""

    __tablename__ = "curve_points"

    run_id: Mapped[TrainingRunId] = mapped_column(ForeignKey("training_runs.id"), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True)
    train_loss: Mapped[float | None]
    train_accuracy: Mapped[float | None]
    valid_loss: Mapped[float | None]
    valid_accuracy: Mapped[float | None]

    def as_point(self) -> CurvePoint:
        """The domain's value."""
        return CurvePoint(
            step=self.step,
            train_loss=self.train_loss,
            train_accuracy=self.train_accuracy,
            valid_loss=self.valid_loss,
            valid_accuracy=self.valid_accuracy,
        )


class RunEventRow(Base):
    """One thing the engine said."""

    __tablename__ = "run_events"

    run_id: Mapped[TrainingRunId] = mapped_column(ForeignKey("training_runs.id"), primary_key=True)
    event_id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    level: Mapped[str]
    message: Mapped[str]

    def as_event(self) -> RunEvent:
        """The domain's value."""
        return RunEvent(self.event_id, self.created_at, self.level, self.message)


class CheckpointRow(Base):
    """A model kept at a step."""

    __tablename__ = "checkpoints"

    run_id: Mapped[TrainingRunId] = mapped_column(ForeignKey("training_runs.id"), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True)
    model: Mapped[str]
    valid_loss: Mapped[float | None]

    def as_checkpoint(self) -> Checkpoint:
        """The domain's value."""
        return Checkpoint(self.step, self.model, self.valid_loss)
